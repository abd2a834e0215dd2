"""What people are told before they say yes, and who answers for their data."""

from dataclasses import dataclass

from conversations.messages import Line, Say

CONSENT_VERSION = "2026-11-23"


@dataclass(frozen=True, slots=True)
class Controller:
    """Who answers for the data (law 09-08), with the numbers that the authority (CNDP) gave."""

    name: str = ""
    reach: str = ""  # a number, an address: as people use it
    declaration: str = ""  # of the processing
    transfer: str = ""  # the authorisation to pass data on abroad

    @property
    def complete(self) -> bool:
        """Whether real people may be asked for their data: before that, everything is a trial."""
        return bool(self.name and self.reach and self.declaration and self.transfer)


def told(controller: Controller) -> tuple[tuple[Line, ...], ...]:
    """The messages that come before the question, at most 300 characters each."""
    return (
        (Say("consent.who"), *answerable(controller)),
        (Say("consent.why"),),
        (Say("consent.who_sees"),),
        (Say("consent.abroad"), *_transferred(controller)),
        (Say("consent.rights"),),
    )


def answerable(controller: Controller) -> tuple[Line, ...]:
    """Who answers for the data and how they are reached; that it is a trial, as long as that is not set."""
    if not controller.complete:
        return (Say("consent.trial"),)
    known = {"name": controller.name, "reach": controller.reach, "declaration": controller.declaration}
    return (Say("consent.controller", known),)


def _transferred(controller: Controller) -> tuple[Line, ...]:
    return (Say("consent.transfer", {"transfer": controller.transfer}),) if controller.complete else ()

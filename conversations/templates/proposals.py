"""The wordings we propose for approval, one per purpose and language."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from conversations.messages import Argument, Say
from conversations.render.catalogue import say
from conversations.templates.purposes import Purpose
from conversations.templates.template import PLACE, Approval, Template
from conversations.templates.values import ONE_LINE
from conversations.vocabulary import Language


@dataclass(frozen=True, slots=True)
class Proposal:
    """A template as we would have it, with an example for each place."""

    purpose: Purpose
    language: Language
    body: str
    samples: Mapping[str, str]

    @property
    def name(self) -> str:
        return f"carnet_{self.purpose}_{self.language}"

    @property
    def shown(self) -> str:
        """As a person would read it."""
        return PLACE.sub(lambda place: self.samples[place[1]], self.body)


def proposal(purpose: Purpose, language: Language) -> Proposal:
    """Our wording. Its places are numbered as `values.values_of` fills them.

    >>> proposal(Purpose.BROADCAST, Language.ENGLISH).body
    'A message from the association: {{1}} To answer, write here.'
    """
    if purpose in ONE_LINE:
        names: tuple[str, ...] = ("text",)
    elif purpose.knocks:
        names = ()
    else:
        names = ("title", "when", "place")
    places: dict[str, Argument] = {name: f"{{{{{number}}}}}" for number, name in enumerate(names, start=1)}
    body = say(Say(f"template.{purpose}", places), language)
    samples = {str(n): say(Say(f"template.sample_{name}"), language) for n, name in enumerate(names, start=1)}
    used = set(PLACE.findall(body))
    return Proposal(purpose, language, body, {place: samples[place] for place in sorted(used)})


@dataclass(frozen=True, slots=True)
class Coverage:
    """How one purpose stands in one language."""

    proposal: Proposal
    templates: tuple[Template, ...]  # the newest first

    @property
    def serves(self) -> Template | None:
        """The one that goes out."""
        return next((each for each in self.templates if each.usable), None)

    @property
    def newest(self) -> Template | None:
        return next(iter(self.templates), None)

    @property
    def shown(self) -> str:
        """As a person would read it, with examples: what serves, else the newest, else our wording."""
        template = self.serves or self.newest
        if template is None:
            return self.proposal.shown
        return template.filled({**self.proposal.samples, **template.samples})


def coverage(templates: Iterable[Template]) -> Iterator[Coverage]:
    """Every purpose in every language."""
    known = [(name, template) for template in templates if (name := template.named)]
    for purpose in Purpose:
        for language in Language:
            fitting = [
                (name.version, template)
                for name, template in known
                if name.purpose is purpose and name.language is language
            ]
            newest_first = sorted(fitting, key=lambda each: each[0], reverse=True)
            yield Coverage(proposal(purpose, language), tuple(template for _, template in newest_first))


def missing(templates: Iterable[Template]) -> Iterator[Coverage]:
    """Where nothing was handed in yet. What was rejected waits for somebody to find other words."""
    for one in coverage(templates):
        if all(each.approval is Approval.UNSUBMITTED for each in one.templates):
            yield one

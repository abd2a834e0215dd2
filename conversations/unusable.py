"""What cannot be used here, and where nobody can be answered: said kindly, once, or not at all."""

from dataclasses import replace

from conversations.changes import Outcome
from conversations.entry.invitations import in_a_known_language
from conversations.events import Attachment, ContactCard, Unsupported
from conversations.messages import Prompt, PromptKind
from conversations.session import IN_CONFIDENCE, Place
from conversations.turn import Move, Turn, lines


def private_only(turn: Turn) -> Outcome:
    """In a group: that we speak with one person at a time. Nothing of what is said there is kept."""
    told = in_a_known_language(turn.snapshot, "elsewhere.private_only")
    return Outcome(turn.session, (Prompt(PromptKind.REPLY, told),), language=turn.language)


def rest_of_album(turn: Turn, outcome: Outcome) -> Outcome:
    """A further file of an album: kept like the first, but answered with it."""
    if not (turn.snapshot.in_album and isinstance(turn.event, Attachment)):
        return outcome
    in_confidence = turn.session.place in IN_CONFIDENCE
    changes = outcome.changes if in_confidence else ()
    return replace(outcome, session=turn.session, prompts=(), changes=changes)


def cannot_use(turn: Turn, event: Unsupported | ContactCard) -> Move:
    """That it cannot be used, and what can."""
    session = turn.session
    if isinstance(event, ContactCard):
        return Move(session, lines("contact.own" if event.own else "contact.theirs"))
    return Move(session, lines("unusable.here"), asks=session.place is not Place.TALK)

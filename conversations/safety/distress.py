"""The answer to words of distress: care, whom one can reach, when a human reads. It stops everything else.

The open question stays open: what is written next answers it, and its buttons still work.
"""

from conversations.changes import Change, Outcome, UrgentRaised
from conversations.events import Attachment, Edited, Event, Text
from conversations.messages import Argument, Line, Prompt, PromptKind, Say
from conversations.safety.causes import Cause
from conversations.safety.facts import HelpContact, Police, Safety
from conversations.safety.hours import when_read
from conversations.safety.phrases import ARABIC
from conversations.session import IN_CONFIDENCE
from conversations.turn import Turn, lines
from conversations.vocabulary import Language
from conversations.voice.tracks import track_of

MOST_TOLD = 5  # contacts in one answer, in the order of the project
HEARD = {
    Cause.SELF: "distress.heard_self",
    Cause.HARM: "distress.heard_harm",
    Cause.NEED: "distress.heard_need",
    Cause.UNTOLD: "distress.heard",
}


def answer_distress(turn: Turn) -> Outcome | None:
    """The answer, if there are words of distress in what was written; of a stranger nothing is kept."""
    text, safety = written(turn.event), turn.snapshot.project.safety
    if turn.session.place in IN_CONFIDENCE or not text:
        return None  # a report is answered where it is written: the team must not learn of it
    cause = safety.cause_of_distress(text)
    if cause is None:
        return None
    language = _language(turn, text)
    if turn.snapshot.edits_in_confidence:  # what was corrected was no word to the team; nor is this
        return _in_confidence(turn, heard(cause, safety, language), language)
    prompts = [*heard(cause, safety, language), _when(turn)]
    changes: tuple[Change, ...] = (UrgentRaised(),) if _known(turn) else ()
    aloud = track_of(turn.snapshot.project, turn.track)
    said = tuple(Prompt(PromptKind.REPLY, texts, media=aloud.of_lines(texts)) for texts in prompts)
    return Outcome(turn.session, said, changes, language)


def _in_confidence(turn: Turn, care: tuple[tuple[Line, ...], ...], language: Language) -> Outcome:
    """The words of care, and that the report stays as it was."""
    prompts = (Prompt(PromptKind.REPLY, texts) for texts in (*care, corrected(turn)))
    return Outcome(turn.session, tuple(prompts), language=language, in_confidence=True)


def corrected(turn: Turn) -> tuple[Line, ...]:
    """The answer to a correction of a report; nobody else on a shared phone shall learn of it."""
    return lines("edited.seen" if turn.snapshot.sharers else "report.edited")


def _known(turn: Turn) -> bool:
    """Whether somebody reads it: it is of someone with a logbook, or of one of those who share a phone."""
    return turn.snapshot.participant is not None or bool(turn.snapshot.sharers)


def written(event: Event) -> str:
    """What the person put into words: a message, its correction, the caption of a file."""
    match event:
        case Text(text) | Edited(text):
            return text
        case Attachment(caption=caption):
            return caption
        case _:
            return ""


def _language(turn: Turn, text: str) -> Language:
    """The person's; of someone whose own nobody knows, Arabic where they write in its letters."""
    known = turn.snapshot.participant or turn.snapshot.newcomer or turn.snapshot.language_hint
    return Language.ARABIC if not known and ARABIC.search(text) else turn.language


def heard(cause: Cause, safety: Safety, language: Language) -> tuple[tuple[Line, ...], ...]:
    """The words of care that fit, and whom one can reach; that there is nobody to name is said as well."""
    told = contact_lines(safety, language)
    if not told:
        return lines(HEARD[cause]), lines("distress.no_contact")
    return lines(HEARD[cause], "distress.contacts"), *told


def contact_lines(safety: Safety, language: Language) -> tuple[tuple[Line, ...], ...]:
    """Whom one can reach, each a message of its own."""
    return tuple((_contact(each, language),) for each in safety.contacts[:MOST_TOLD])


def _contact(contact: HelpContact, language: Language) -> Say:
    about: dict[str, Argument] = {
        "name": contact.name(language),
        "reach": contact.reach,
        "languages": contact.languages,
        "hours": contact.open_at(language),
        "police": POLICE[contact.police],
    }
    return Say("distress.contact", about)


POLICE = {
    Police.NEVER: Say("distress.police.never"),
    Police.IF_ASKED: Say("distress.police.if_asked"),
    Police.WORKS_WITH: Say("distress.police.works_with"),
}


def _when(turn: Turn) -> tuple[Line, ...]:
    """When a human reads, and how it goes on; nobody reads what a stranger writes."""
    if not _known(turn):
        return lines("distress.nobody_reads")
    safety = turn.snapshot.project.safety
    about_the_team = lines("distress.about_team") if safety.safeguarding else ()
    return (when_read(safety.hours, turn.now, turn.zone), *about_the_team, *lines("distress.go_on"))

"""Proofs of a step: asked among its details, or a file that came by itself; kept with a yes of its own."""

from dataclasses import replace

from conversations.answers.yes_no import yes_no
from conversations.asking import asking, understood
from conversations.changes import Change, TeamAwaited
from conversations.contacts.insertion import with_follow_ups
from conversations.entry.joining import consent_said
from conversations.events import Attachment, AttachmentKind, Text
from conversations.session import Aim, Place, Purpose, Session
from conversations.steps.milestones import documented, step_with
from conversations.turn import Move, Turn, lines
from conversations.vocabulary import ConsentPurpose, ConsentState, MilestoneKind
from conversations.voice.spoken import ANSWER, take_voice

SHOWN = (AttachmentKind.PHOTO, AttachmentKind.DOCUMENT)  # what may be a proof though nobody asked for one
AMID = (Place.HOME, Place.LOGBOOK, Place.FORM, Place.CONFIRM, Place.CHANGE, Place.FILE)
THIS = "this"  # the step that is being noted


def may_be_proof(turn: Turn) -> bool:
    """Whether the file that came is, or may be, the proof of a step."""
    event, place = turn.event, turn.session.place
    if not isinstance(event, Attachment):
        return False
    if place is Place.PROOF:
        return True
    return event.kind in SHOWN and place in AMID and bool(_noting(turn.session) or provable(turn))


def provable(turn: Turn) -> tuple[str, ...]:
    """The steps that may have a proof. Paperwork has none: nobody's papers end up here."""
    steps = turn.snapshot.milestones
    return tuple(step.id for step in steps if step.kind is not MilestoneKind.ADMINISTRATIVE)


def receive_file(turn: Turn) -> Move:
    """A file came: the proof that was asked for, or it is asked what it is for."""
    session, event = turn.session, turn.event
    reference = event.reference if isinstance(event, Attachment) else ""
    if session.place is Place.PROOF:
        return _with_consent(turn, Aim(THIS, file=reference, back_to=Place.CONFIRM))
    former = session.aim if session.place is Place.FILE else None
    among = (THIS,) if _noting(session) else provable(turn)
    aim = Aim(among=among, file=reference, back_to=former.back_to if former else session.place)
    unsorted: tuple[Change, ...] = (TeamAwaited(),) if former else ()
    return Move(replace(session, place=Place.FILE, aim=aim), changes=unsorted)


def answer_file(turn: Turn) -> Move:
    """What the file is for: one of the steps, or the team."""
    aim = turn.session.aim or Aim()
    match _choice(turn):
        case None:
            return Move(turn.session, lines("choice.unclear"))
        case "team":
            return Move(_back(turn, aim), lines("file.kept"), changes=(TeamAwaited(),))
        case "older":
            return Move(replace(turn.session, aim=replace(aim, page=aim.page + 1)))
        case step_id:
            return _with_consent(turn, replace(aim, step_id=step_id))


def answer_media(turn: Turn) -> Move:
    """Whether photos and voice may be kept; asked once, with the first of them."""
    aim = turn.session.aim or Aim()
    match _choice(turn):
        case "yes":
            kept = _keep(turn, aim)
            return replace(kept, changes=(_said(turn, ConsentState.GIVEN), *kept.changes))
        case "no":
            refused = _said(turn, ConsentState.REFUSED)
            told = lines("spoken.not_kept" if aim.step_id == ANSWER else "proof.not_kept")
            return Move(_back(turn, aim), told, changes=(refused,))
        case _:
            return Move(turn.session, lines("choice.unclear"))


def answer_proof(turn: Turn) -> Move:
    """No file came where a proof was asked for: none, one that is still to come, or it was not understood."""
    agrees = yes_no(turn.event.text) if isinstance(turn.event, Text) else None
    if agrees is False or _choice(turn) == "none":
        return Move(replace(turn.session, place=Place.CONFIRM))
    if agrees:
        return Move(turn.session, lines("proof.send"))
    return Move(turn.session, lines("choice.unclear"))


def _with_consent(turn: Turn, aim: Aim) -> Move:
    person = turn.snapshot.participant
    if person is not None and person.media is ConsentState.GIVEN:
        return _keep(turn, aim)
    return Move(replace(turn.session, place=Place.MEDIA, aim=aim))


def _keep(turn: Turn, aim: Aim) -> Move:
    """The file with its step: in the form that is open, or as a new version of a recorded one."""
    back = _back(turn, aim)
    if aim.step_id == ANSWER and back.form is not None:
        return take_voice(turn, back, aim.file)
    if aim.step_id == THIS and back.form is not None:
        return Move(replace(back, form=replace(back.form, proof=aim.file)), lines("proof.kept"))
    step = step_with(turn, aim.step_id)
    if step is None:
        return Move(back, lines("step.gone"), changes=(TeamAwaited(),))
    return Move(back, lines("proof.kept"), changes=with_follow_ups(turn, documented(step, aim.file)))


def _said(turn: Turn, state: ConsentState) -> Change:
    return consent_said(turn, ConsentPurpose.MEDIA, state)


def _noting(session: Session) -> bool:
    """Whether a step is being noted that may have a proof."""
    form = session.form
    if form is None or form.purpose is not Purpose.MILESTONE or session.place in (Place.HOME, Place.LOGBOOK):
        return False
    return form.may_have_proof


def _back(turn: Turn, aim: Aim) -> Session:
    return replace(turn.session, place=aim.back_to, aim=None)


def _choice(turn: Turn) -> str | None:
    question = asking(turn, turn.session, turn.language)
    return understood(turn, question) if question else None

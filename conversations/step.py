"""One event in, one outcome out: the whole conversation as a pure function.

A place decides its move; the question of the place it ends in is asked by itself. So every event that a
person caused is answered, and every answer ends in something to do.
"""

from dataclasses import replace
from datetime import datetime

from conversations import dialogues, home
from conversations.afterwards import after
from conversations.answering import answer
from conversations.asking import asking, of_an_earlier_question
from conversations.changes import (
    AddressClosed,
    AddressLinked,
    AddressOpened,
    Change,
    Enrolled,
    NewcomerKept,
    Outcome,
    TeamAwaited,
)
from conversations.contacts import by_sms
from conversations.contacts.checkins import begin_check_in
from conversations.contacts.coming_back import plan_to_come_back
from conversations.contacts.followups import plan_first_check_in
from conversations.entry import joining
from conversations.entry.entering import enter
from conversations.entry.linking import LINKING, link
from conversations.entry.who import ask_for_whom, hand_over, wants_other, who_writes
from conversations.events import (
    Attachment,
    Blocked,
    ContactCard,
    ContactDue,
    Edited,
    Elsewhere,
    Event,
    Location,
    Tap,
    Unblocked,
    Unsupported,
)
from conversations.guarding import behind_the_code, kept_open
from conversations.messages import Line, Media, Prompt, PromptKind, Recording
from conversations.render.capabilities import CAPABILITIES
from conversations.render.catalogue import say
from conversations.rights import erasing
from conversations.safety.distress import answer_distress
from conversations.safety.exits import quick_exit, stay_hidden
from conversations.safety.reporting import left, report
from conversations.session import IN_A_FORM, IN_CONFIDENCE, Place, Session
from conversations.snapshot import Newcomer, Snapshot
from conversations.steering.bursts import piece_of_an_answer
from conversations.steering.correcting import correct, meant_anew, remembering
from conversations.steering.doubting import before_the_doubt
from conversations.steering.silences import with_where_we_were
from conversations.steering.steer import answer_doubt, before_the_question, steer
from conversations.steps import proof
from conversations.turn import Ids, Move, Turn, lines
from conversations.unusable import cannot_use, private_only, rest_of_album
from conversations.vocabulary import Language
from conversations.voice import spoken
from conversations.voice.tracks import track_of
from conversations.workshops.answering import hear

LONGEST = 300  # characters of a message; what is said before a question is a message of its own, then


def step(snapshot: Snapshot, event: Event, now: datetime, ids: Ids) -> Outcome:
    """What follows from one event. `now` is aware UTC; the same arguments give the same outcome."""
    turn = meant_anew(Turn(snapshot, event, now, ids))
    return rest_of_album(turn, _stepped(turn))


def _stepped(turn: Turn) -> Outcome:
    """What follows, were each file of an album by itself."""
    snapshot = turn.snapshot
    match turn.event:
        case Elsewhere():
            return private_only(turn)
        case Blocked():
            closed: tuple[Change, ...] = (AddressClosed(), *by_sms.taken_back(turn))
            return Outcome(snapshot.session, changes=closed, language=turn.language)
        case ContactDue() as event:
            due = begin_check_in(turn, event)
            if not isinstance(due, Move):
                return Outcome(snapshot.session, changes=(due,), language=turn.language)
            return _outcome(turn, due)
    if snapshot.participant is None and snapshot.sharers:
        return who_writes(turn)
    for comes_first in (quick_exit, answer_distress, stay_hidden):
        outcome = comes_first(turn)
        if outcome is not None:
            return outcome
    if snapshot.participant is None and snapshot.entry is not None:
        return _outcome(turn, enter(turn, snapshot.entry))
    if snapshot.participant is None:
        return _joining_outcome(turn, joining.join(turn))
    if wants_other(turn):
        return hand_over(turn)
    turn = kept_open(turn)
    return _outcome(turn, by_sms.ask_in_passing(turn, behind_the_code(turn, _converse)))


def _converse(turn: Turn) -> Move:
    """The move of someone who has a logbook."""
    session, person = turn.session, turn.snapshot.participant
    reported = report(turn)
    if reported is not None:
        return reported
    if person is not None and person.erase_at is not None:
        return erasing.converse_while_planned(turn, person.erase_at)
    of_a_workshop = hear(turn)
    if of_a_workshop is not None:
        return of_a_workshop
    if session.interrupted and isinstance(turn.event, Tap) and not of_an_earlier_question(turn):
        # a trainer wrote in between, and yet they tapped an answer of the question that is still open
        session = session.uninterrupted()
        turn = replace(turn, snapshot=replace(turn.snapshot, session=session))
    match turn.event:
        case Unblocked():
            opened = (AddressOpened(), *by_sms.given_again(turn), *_asked_again(turn))
            return Move(session, lines("home.welcome_back"), changes=opened)
        case Edited(text):
            return correct(turn, text)
        case Attachment() | Location() if dialogues.asks_for_it(turn):
            return dialogues.answer_form(turn)
        case Attachment() if spoken.may_be_spoken(turn):
            return spoken.receive_voice(turn)
        case Attachment() if proof.may_be_proof(turn):
            return proof.receive_file(turn)
        case ContactCard() if session.place in LINKING:
            return link(turn)
        case Unsupported() if session.place is Place.CONFIRM:
            return dialogues.answer_confirm(turn)
        case Unsupported() as event:
            return cannot_use(turn, event)
        case ContactCard() as event if session.place is not Place.TALK:
            return cannot_use(turn, event)
        case Attachment() | Location() if session.place in IN_A_FORM:
            return Move(session, lines("file.kept_write_please"), changes=(TeamAwaited(),))
        case Attachment() | Location() | ContactCard():
            asks = session.place is not Place.TALK
            return Move(session, lines("file.kept"), changes=(TeamAwaited(),), asks=asks)
    if of_an_earlier_question(turn):
        return Move(session, lines("tap.old"))
    if (turn.snapshot.invitation or turn.snapshot.entry) and session.place is not Place.TALK:
        return ask_for_whom(turn)
    if session.place is Place.FORM and (turn.snapshot.question_unseen or session.unread):
        return before_the_question(turn)
    return _answer(turn)


def _answer(turn: Turn) -> Move:
    """The move of a message that steers or answers."""
    doubt = turn.session.doubt
    if doubt is not None and turn.session.place is Place.DOUBT:
        return answer_doubt(turn, doubt) or _answer(before_the_doubt(turn, doubt, turn.event))
    move = steer(turn) or piece_of_an_answer(turn)
    return move or with_where_we_were(turn, answer)


def _asked_again(turn: Turn) -> tuple[Change, ...]:
    """Who was out of reach is not forgotten: if no check-in is planned, one is."""
    person = turn.snapshot.participant
    if person is None or person.contact_planned or home.was_stopped(turn):
        return ()
    return (plan_first_check_in(turn.ids.row(), turn.now, turn.zone),)


def _joining_outcome(turn: Turn, move: Move) -> Outcome:
    """The outcome for a newcomer: what is remembered of them is added last, when the asking has a name."""
    outcome = _outcome(turn, move)
    enrolled = any(isinstance(change, Enrolled | AddressLinked) for change in move.changes)
    cohort = _cohort(turn.snapshot)
    if enrolled or not move.asks or cohort is None:
        return outcome
    session = outcome.session
    track = turn.track if move.track is None else move.track
    code = _code(turn.snapshot)
    kept = NewcomerKept(Newcomer(cohort, session.place, outcome.language, session.token, track, code))
    return replace(outcome, changes=(*outcome.changes, kept))


def _code(snapshot: Snapshot) -> str:
    if snapshot.invitation:
        return snapshot.invitation.meant
    return snapshot.newcomer.code if snapshot.newcomer else ""


def _cohort(snapshot: Snapshot) -> str | None:
    if snapshot.invitation:
        return snapshot.invitation.cohort_id
    return snapshot.newcomer.cohort_id if snapshot.newcomer else None


def _standing(turn: Turn, move: Move, token: str) -> Session:
    """The session that the move leads to, asked under this token; of the former one only what still holds."""
    session = move.session
    unasked = move.kind is not PromptKind.REPLY and session.place is Place.FORM
    unread = unasked and not CAPABILITIES[turn.snapshot.channel].carries_unasked
    doubt = session.doubt if session.place is Place.DOUBT else None
    return replace(session, token=token, doubt=doubt, unread=unread, interrupted=None)


def _is_long(texts: tuple[Line, ...], language: Language) -> bool:
    """Whether they are too much for one message."""
    return sum(len(say(line, language)) + 1 for line in texts) > LONGEST


def _outcome(turn: Turn, move: Move) -> Outcome:
    if move == Move(turn.session, asks=False):
        return Outcome(turn.session, language=turn.language)  # nothing to say: the open question stays open
    planned = plan_to_come_back(turn, move.changes)
    if planned:
        move = replace(move, changes=(*move.changes, *planned))
    language = move.language or turn.language
    known = after(turn.snapshot, move.changes)
    then = turn if known is turn.snapshot else replace(turn, snapshot=known)
    aloud = track_of(turn.snapshot.project, then.track if move.track is None else move.track)
    question = asking(then, move.session, language) if move.asks else None
    token = turn.ids.token() if question else ""
    session = _standing(turn, move, token)
    said: list[tuple[Line, ...]] = [*move.before]
    files = [Prompt(move.kind, (), media=(document,)) for document in move.documents]
    prompts = [Prompt(move.kind, texts, media=aloud.of_lines(texts)) for texts in said if texts]
    media: tuple[Media | Recording, ...] = (*aloud.of_lines(move.lead), *move.media)
    if question is None:
        if move.lead:
            prompts.append(Prompt(move.kind, move.lead, media=media))
        prompts += files
    else:
        question = question.read_aloud(aloud)
        if move.session.asks_as(turn.session):
            question = question.once_more()
        lead = move.lead
        if _is_long((*lead, *question.lines), language) and move.kind is PromptKind.REPLY:
            prompts.append(Prompt(move.kind, lead, media=media))
            lead, media = (), ()
        asked = Prompt(
            move.kind,
            (*lead, *question.lines),
            question.choices,
            token,
            several=question.several,
            own_number=question.own_number,
            pin=question.pin,
            media=(*media, *question.note_media, *question.media),
            beside=question.beside,
        )
        prompts += [*files, asked]
    in_confidence = move.in_confidence or session.place in IN_CONFIDENCE
    changes = (*move.changes, *spoken.no_more_spoken(turn.session, session, move.changes))
    session = remembering(turn, left(session))
    return Outcome(session, tuple(prompts), changes, language, in_confidence)

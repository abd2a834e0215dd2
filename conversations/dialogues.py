"""Forms in the chat: opening one, taking answers, what follows when it is complete."""

from dataclasses import replace

from conversations import forms
from conversations.answers import Chosen, Spot, yes_no
from conversations.asking import asking, understood
from conversations.changes import (
    Change,
    ContactMoved,
    FormSubmitted,
    NameGiven,
    TeamAwaited,
)
from conversations.contacts.followups import plan_next_check_in
from conversations.contacts.help_wanted import asks_for_help
from conversations.contacts.insertion import with_follow_ups
from conversations.entry.first_names import first_name
from conversations.events import Attachment, Location, Tap, Text
from conversations.form_questions import attached, offers_proof, recap_lines, settled
from conversations.forms import Filling, Form, Question, QuestionType, Refusal, Run, Submission
from conversations.messages import Line, Say, Verbatim
from conversations.session import FormDialogue, Place, Purpose, Session
from conversations.steering.commands import Command
from conversations.steps.milestones import answers_of, step_with, version_of
from conversations.steps.offering import offer_begin, offer_end
from conversations.turn import Move, Turn, lines
from conversations.vocabulary import ConsentState, ContactState
from conversations.ways_on import ask_name_again, doubts_name, is_unknown, refused, stuck

SEALED = frozenset({"contract"})  # kept encrypted only, although they are codes (product.md, vocabulary)


def opened(turn: Turn, purpose: Purpose, form_id: str, contact_id: str = "") -> Session:
    """The session with a new form in front."""
    form = turn.snapshot.project.current(form_id)
    around = replace(turn.surroundings(turn.language), seed=turn.ids.pseudonym())
    person = turn.snapshot.participant
    unsure_since = person.unsure_since if person else None
    begun = FormDialogue(purpose, forms.begin(form, around), contact_id, unsure_since=unsure_since)
    return turn.session.opening(begun)


def answer_form(turn: Turn) -> Move:
    """An answer to the open question of the form."""
    run = _run(turn)
    if settled(run, turn.session.front):
        return answer_confirm(turn)
    match turn.event:
        case Text(text) if doubts_name(turn, run, text):
            return ask_name_again(turn, run)
        case Text(text):
            refusal = run.answer_text(text)
            if refusal is not None and is_unknown(text):
                return _leave_out(turn, run, lines("form.unknown"))
        case Tap() if turn.snapshot.tapped:
            refusal = run.answer(Chosen((turn.snapshot.tapped.value,)))
        case Attachment():
            refusal = run.answer(turn.event)
        case Location(latitude, longitude):
            refusal = run.answer(Spot(latitude, longitude))
        case _:
            refusal = Refusal(Say("form.please_write"))
    return _after(turn, run, refusal)


def steer_form(turn: Turn, command: Command) -> Move:
    """Back, skip or cancel within a form."""
    dialogue, form = _front(turn)
    match command:
        case Command.SKIP if turn.session.place is Place.FORM:
            return _leave_out(turn, _run(turn))
        case Command.CANCEL if dialogue.purpose is Purpose.PROFILE:
            return Move(replace(turn.session, place=Place.HOME), lines("form.later"))
        case Command.CANCEL if dialogue.revises:
            return Move(turn.session.closing(), lines("milestone.unchanged"))
        case Command.CANCEL:
            changes = _closed(turn, dialogue, ContactState.CANCELLED)
            return Move(turn.session.closing(), lines("form.cancelled"), changes=changes)
        case Command.BACK if turn.session.place in (Place.CHANGE, Place.PROOF):
            return Move(replace(turn.session, place=Place.CONFIRM))
        case Command.SKIP if turn.session.place is Place.PROOF:
            return Move(replace(turn.session, place=Place.CONFIRM))
        case Command.BACK if dialogue.filling.trail:
            return Move(_with(turn.session, forms.back(form, dialogue.filling)))
        case Command.BACK:
            return Move(turn.session, lines("form.first_question"))
        case _:
            return Move(turn.session, lines("form.nothing_to_skip"))


def _leave_out(turn: Turn, run: Run, lead: tuple[Line, ...] = ()) -> Move:
    """On without an answer; where one is needed, the other ways on."""
    refusal = run.skip()
    return after_answer(turn, run, lead) if refusal is None else stuck(turn, run, refusal)


def answer_confirm(turn: Turn) -> Move:
    """The summary was read: right, change an answer, or drop it. A plain yes or no is clear too."""
    question = asking(turn, turn.session, turn.language)
    choice = understood(turn, question) if question else None
    if choice is None and isinstance(turn.event, Text):
        plain = yes_no(turn.event.text)
        choice = None if plain is None else "confirm" if plain else "change"
    match choice:
        case "confirm":
            return complete(turn, turn.session)
        case "change":
            return Move(replace(turn.session, place=Place.CHANGE))
        case "details":
            return _in_detail(turn)
        case "drop":
            return steer_form(turn, Command.CANCEL)
        case _:
            return Move(turn.session, lines("confirm.unclear"))


def _in_detail(turn: Turn) -> Move:
    """What may be left out is asked as well."""
    dialogue = replace(turn.session.front, in_detail=True)
    session = replace(turn.session, place=Place.FORM, form=dialogue)
    if settled(_run(turn), dialogue):
        return Move(_summed_up(turn, session))
    return Move(session, lines("form.details_intro"))


def answer_change(turn: Turn) -> Move:
    """Which answer to change was chosen: that question is asked again."""
    dialogue, form = _front(turn)
    question = asking(turn, turn.session, turn.language)
    path = understood(turn, question) if question else None
    if path is None:
        return Move(turn.session, lines("choice.unclear"))
    return Move(_with(turn.session, forms.revisit(form, dialogue.filling, path)))


def open_question(turn: Turn) -> Question | None:
    """The question of the form that waits for an answer; None where the conversation stands elsewhere."""
    if turn.session.place is not Place.FORM or settled(_run(turn), turn.session.front):
        return None
    return _run(turn).question()


def asks_number(turn: Turn) -> bool:
    """Whether the open question of the form takes a number."""
    return asked_type(turn) in (QuestionType.INTEGER, QuestionType.DECIMAL, QuestionType.RANGE)


def dry_run(turn: Turn) -> Run:
    """The form in front at work by itself: to try an answer that is not to be taken."""
    dialogue, form = _front(turn)
    return Run(form, dialogue.filling, turn.surroundings(turn.language))


def asks_for_it(turn: Turn) -> bool:
    """Whether the open question of the form takes the file or the place that came."""
    match turn.event:
        case Attachment():
            return asked_type(turn) in (
                QuestionType.IMAGE,
                QuestionType.AUDIO,
                QuestionType.VIDEO,
                QuestionType.FILE,
            )
        case Location():
            return asked_type(turn) is QuestionType.PLACE
    return False


def asked_type(turn: Turn) -> QuestionType | None:
    """What sort of answer the open question of the form takes."""
    question = open_question(turn)
    return question.type if question else None


def _front(turn: Turn) -> tuple[FormDialogue, Form]:
    dialogue = turn.session.front
    return dialogue, turn.snapshot.project.forms[dialogue.filling.version_id]


def _run(turn: Turn) -> Run:
    return turn.run(turn.session.front.filling, turn.language)


def _with(session: Session, filling: Filling) -> Session:
    return replace(session, place=Place.FORM, form=replace(session.front, filling=filling))


def _after(turn: Turn, run: Run, refusal: Refusal | None) -> Move:
    return after_answer(turn, run) if refusal is None else refused(turn, run, refusal)


def after_answer(turn: Turn, run: Run, lead: tuple[Line, ...] = ()) -> Move:
    """On to the next question, or to what follows the last one."""
    session = _with(turn.session, run.filling)
    if not settled(run, session.front):
        return Move(session, lead, changes=_name_so_far(turn, session.front))
    if session.front.purpose is Purpose.MILESTONE:
        return Move(_summed_up(turn, session), lead)
    return complete(turn, session, (*lead, *recap_lines(run, turn.language)))


def _summed_up(turn: Turn, session: Session) -> Session:
    """On to the summary; with the details wanted, a proof is asked before it, where a file can be sent."""
    wanted = session.front.in_detail and offers_proof(turn, session.front)
    return replace(session, place=Place.PROOF if wanted else Place.CONFIRM)


def complete(turn: Turn, session: Session, recap: tuple[Line, ...] = ()) -> Move:
    """Write the form down, and what it means for the person."""
    dialogue = session.front
    run = turn.run(dialogue.filling, turn.language)
    closing: tuple[Line, ...] = tuple(Verbatim(text) for text in run.closing_notes())
    done = run.submission()
    coded = {name: value for name, value in done.coded.items() if name not in SEALED}
    version_id, spoken = dialogue.filling.version_id, run.spoken()
    submitted = FormSubmitted(turn.ids.row(), version_id, done.instance_xml, coded, tuple(spoken.values()))
    former = step_with(turn, dialogue.revises)
    if former and done.values == answers_of(former) and not dialogue.proof:
        return Move(session.closing(), lines("milestone.unchanged"))
    lead, changes = _consequences(turn, dialogue, done, submitted)
    media = attached(run.closing_media(), dialogue.filling.version_id)
    closed = session.closing()
    then = _with_news(turn, closed, dialogue, done) or closed
    return Move(then, (*recap, *closing, *lead), media=media, changes=(submitted, *changes))


def _with_news(turn: Turn, closed: Session, dialogue: FormDialogue, done: Submission) -> Session | None:
    """Where the answers tell of a step that is not recorded so: the question whether to record it."""
    match dialogue.purpose:
        case Purpose.CHECK_IN:
            return offer_begin(turn, closed, done)
        case Purpose.FOLLOW_UP:
            return offer_end(turn, closed, dialogue.filling.form_id, done)
    return None


def _consequences(
    turn: Turn, dialogue: FormDialogue, done: Submission, submitted: FormSubmitted
) -> tuple[tuple[Line, ...], tuple[Change, ...]]:
    match dialogue.purpose:
        case Purpose.PROFILE:
            name = first_name(done.values.get("first_name", ""))
            thanks = Say("profile.done", {"name": name}) if name else Say("profile.done_by_voice")
            return (thanks,), _name_so_far(turn, dialogue)
        case Purpose.MILESTONE:
            done_as = "milestone.changed" if dialogue.revises else "milestone.done"
            return lines(done_as), with_follow_ups(turn, version_of(turn, dialogue, done, submitted))
        case Purpose.CHECK_IN | Purpose.FOLLOW_UP:
            asks = asks_for_help(done.values.get("need", "")) or any(
                place.endswith("/need") for place in dialogue.filling.spoken
            )
            help_wanted: tuple[Change, ...] = (TeamAwaited(),) if asks else ()
            closed = _closed(turn, dialogue, ContactState.ANSWERED)
            return lines("checkin.help" if help_wanted else "checkin.done"), (*closed, *help_wanted)
        case Purpose.SURVEY:
            return lines("survey.done"), _closed(turn, dialogue, ContactState.ANSWERED)


def _closed(turn: Turn, dialogue: FormDialogue, state: ContactState) -> tuple[Change, ...]:
    """The planned contact behind this form goes on; after a check-in, however it ended, comes the next."""
    changes: tuple[Change, ...] = ()
    if dialogue.contact_id:
        changes += (ContactMoved(dialogue.contact_id, state),)
    person = turn.snapshot.participant
    welcome = person is not None and person.prompting is ConsentState.GIVEN and not person.contact_planned
    if dialogue.purpose in (Purpose.CHECK_IN, Purpose.FOLLOW_UP) and welcome:
        changes += (plan_next_check_in(turn.ids.row(), turn.now, turn.zone),)
    return changes


def _name_so_far(turn: Turn, dialogue: FormDialogue) -> tuple[Change, ...]:
    """The first name as soon as it is given, so that nobody stays nameless who never finishes the profile."""
    person = turn.snapshot.participant
    if dialogue.purpose is not Purpose.PROFILE or person is None:
        return ()
    answers = dialogue.filling.answers
    name = first_name(next((value for path, value in answers.items() if path.endswith("/first_name")), ""))
    return (NameGiven(name),) if name and name != person.first_name else ()

"""Forms in the chat: opening one, taking answers, what follows when it is complete."""

from dataclasses import replace

from conversations import forms
from conversations.answers import yes_no
from conversations.asking import asking, understood
from conversations.changes import Change, ContactMoved, FormSubmitted, MilestoneRecorded, NameGiven
from conversations.commands import Command
from conversations.events import Tap, Text
from conversations.followups import plan_next_check_in
from conversations.forms import Filling, Form, Refusal, Submission
from conversations.messages import Line, Say, Verbatim
from conversations.session import FormDialogue, Place, Purpose, Session
from conversations.turn import Move, Turn, lines
from conversations.vocabulary import ConsentState, ContactState, MilestoneKind, Stage


def opened(turn: Turn, purpose: Purpose, form_id: str, contact_id: str = "") -> Session:
    """The session with a new form in front."""
    form = turn.snapshot.project.current(form_id)
    filling = forms.begin(form, turn.surroundings(turn.language))
    return turn.session.opening(FormDialogue(purpose, filling, contact_id))


def answer_form(turn: Turn) -> Move:
    """An answer to the open question of the form."""
    dialogue, form = _front(turn)
    around = turn.surroundings(turn.language)
    if forms.question(form, dialogue.filling, around) is None:
        return answer_confirm(turn)
    match turn.event:
        case Text(text):
            result = forms.answer_text(form, dialogue.filling, around, text)
        case Tap() if turn.snapshot.tapped:
            result = forms.answer_option(form, dialogue.filling, around, turn.snapshot.tapped.value)
        case _:
            result = Refusal(Say("form.please_write"))
    return _after(turn, result)


def steer_form(turn: Turn, command: Command) -> Move:
    """Back, skip or cancel within a form."""
    dialogue, form = _front(turn)
    match command:
        case Command.SKIP if turn.session.place is Place.FORM:
            return _after(turn, forms.skip(form, dialogue.filling, turn.surroundings(turn.language)))
        case Command.CANCEL:
            changes: tuple[Change, ...] = ()
            if dialogue.contact_id:
                changes = (ContactMoved(dialogue.contact_id, ContactState.CANCELLED),)
            return Move(turn.session.closing(), lines("form.cancelled"), changes=changes)
        case Command.BACK if turn.session.place is Place.CHANGE:
            return Move(replace(turn.session, place=Place.CONFIRM))
        case Command.BACK if dialogue.filling.trail:
            return Move(_with(turn.session, forms.back(form, dialogue.filling)))
        case Command.BACK:
            return Move(turn.session, lines("form.first_question"))
        case _:
            return Move(turn.session, lines("form.nothing_to_skip"))


def answer_confirm(turn: Turn) -> Move:
    """The summary was read: right, change an answer, or drop it. A plain yes or no is clear too."""
    question = asking(turn, turn.session, turn.language)
    choice = understood(turn, question) if question else None
    if choice is None and isinstance(turn.event, Text):
        plain = yes_no(turn.event.text)
        choice = None if plain is None else "confirm" if plain else "change"
    match choice:
        case "confirm":
            return _complete(turn, turn.session)
        case "change":
            return Move(replace(turn.session, place=Place.CHANGE))
        case "drop":
            return steer_form(turn, Command.CANCEL)
        case _:
            return Move(turn.session, lines("choice.unclear"))


def answer_change(turn: Turn) -> Move:
    """Which answer to change was chosen: that question is asked again."""
    dialogue, form = _front(turn)
    question = asking(turn, turn.session, turn.language)
    path = understood(turn, question) if question else None
    if path is None:
        return Move(turn.session, lines("choice.unclear"))
    return Move(_with(turn.session, forms.revisit(form, dialogue.filling, path)))


def asks_number(turn: Turn) -> bool:
    """Whether the open question of the form takes a number."""
    if turn.session.place is not Place.FORM:
        return False
    dialogue, form = _front(turn)
    question = forms.question(form, dialogue.filling, turn.surroundings(turn.language))
    numeric = (forms.QuestionType.INTEGER, forms.QuestionType.DECIMAL)
    return question is not None and question.type in numeric


def _front(turn: Turn) -> tuple[FormDialogue, Form]:
    dialogue = turn.session.front
    return dialogue, turn.snapshot.project.forms[dialogue.filling.version_id]


def _with(session: Session, filling: Filling) -> Session:
    return replace(session, place=Place.FORM, form=replace(session.front, filling=filling))


def _after(turn: Turn, result: Filling | Refusal) -> Move:
    if isinstance(result, Refusal):
        return Move(turn.session, (result.line,))
    session = _with(turn.session, result)
    dialogue, form = _front(turn)
    if forms.question(form, result, turn.surroundings(turn.language)) is not None:
        return Move(session)
    if dialogue.purpose is Purpose.MILESTONE:
        return Move(replace(session, place=Place.CONFIRM))
    return _complete(turn, session)


def _complete(turn: Turn, session: Session) -> Move:
    """Write the form down, and what it means for the person."""
    dialogue = session.front
    form = turn.snapshot.project.forms[dialogue.filling.version_id]
    around = turn.surroundings(turn.language)
    done = forms.submission(form, dialogue.filling, around)
    submitted = FormSubmitted(turn.ids.row(), dialogue.filling.version_id, done.instance_xml, done.coded)
    closing: tuple[Line, ...] = tuple(
        Verbatim(text) for text in forms.closing_notes(form, dialogue.filling, around)
    )
    lead, changes = _consequences(turn, dialogue, done, submitted)
    return Move(session.closing(), (*closing, *lead), changes=(submitted, *changes))


def _consequences(
    turn: Turn, dialogue: FormDialogue, done: Submission, submitted: FormSubmitted
) -> tuple[tuple[Line, ...], tuple[Change, ...]]:
    match dialogue.purpose:
        case Purpose.PROFILE:
            name = done.values.get("first_name", "")
            return (Say("profile.done", {"name": name}),), (NameGiven(name),)
        case Purpose.MILESTONE:
            return lines("milestone.done"), (_milestone(turn, done, submitted),)
        case Purpose.CHECK_IN:
            changes: tuple[Change, ...] = ()
            if dialogue.contact_id:
                changes += (ContactMoved(dialogue.contact_id, ContactState.ANSWERED),)
            person = turn.snapshot.participant
            if person and person.prompting is ConsentState.GIVEN and not person.contact_planned:
                changes += (plan_next_check_in(turn.ids.row(), turn.now, turn.zone),)
            return lines("checkin.done"), changes
        case Purpose.SURVEY:
            return lines("survey.done"), (ContactMoved(dialogue.contact_id, ContactState.ANSWERED),)


def _milestone(turn: Turn, done: Submission, submitted: FormSubmitted) -> MilestoneRecorded:
    """The step a `milestone-<kind>` form describes; the names of its questions are the convention."""
    values = done.values
    return MilestoneRecorded(
        milestone_id=turn.ids.row(),
        kind=MilestoneKind.JOB,
        stage=Stage(values["stage"]),
        started_on=values["started_on"],
        ended_on=values.get("ended_on", ""),
        occupation=values.get("occupation", ""),
        employer=values.get("employer", ""),
        contract=values.get("contract", ""),
        submission_id=submitted.submission_id,
    )

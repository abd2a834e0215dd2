"""The forms begun and left, by what people call them."""

from conversations.messages import Choice, Day, Line, Say
from conversations.session import FormDialogue, Purpose, Session
from conversations.steps.kinds import kind_of

MOST_SHOWN = 9  # with a way out a list on WhatsApp holds ten
TOLD_APART_BY = "/occupation"  # the answer that says which of two jobs it is

NAMES = {
    Purpose.PROFILE: Say("silence.profile"),
    Purpose.CHECK_IN: Say("silence.check_in"),
    Purpose.FOLLOW_UP: Say("silence.check_in"),
    Purpose.SURVEY: Say("silence.survey"),
}
MENU = Choice("menu", Say("logbook.menu"))


def name_of(form: FormDialogue) -> Say:
    """What sort of form it is."""
    if form.purpose is Purpose.MILESTONE:
        return Say(f"kind.{kind_of(form.filling.form_id)}")
    return NAMES[form.purpose]


def which_to_resume(session: Session) -> tuple[tuple[Line, ...], tuple[Choice, ...]]:
    """The forms that can be gone on with, the newest first; a choice is its place in that order."""
    forms = session.under_way[:MOST_SHOWN]
    choices = (Choice(str(place), _label(form)) for place, form in enumerate(forms))
    return (Say("resume.which"),), (*choices, MENU)


def _label(form: FormDialogue) -> Line:
    """Its sort, with what was said of it, or else the day it was begun."""
    answers = form.filling.answers
    said = next((value for path, value in answers.items() if path.endswith(TOLD_APART_BY) and value), "")
    if said:
        return Say("logbook.what", {"kind": name_of(form), "title": said})
    return Say("resume.begun", {"what": name_of(form), "day": Day(form.filling.started_at[:10])})

"""Walking through a form: begin, answer, skip, go back. Each gives a new state, or says why not."""

from dataclasses import replace

from conversations.answers.choose import Chosen
from conversations.answers.places import Spot
from conversations.answers.refusal import Refusal
from conversations.events import Attachment
from conversations.forms.asking import Question
from conversations.forms.errors import UnknownQuestion
from conversations.forms.filling import Filling, Surroundings
from conversations.forms.form import Form
from conversations.forms.places import order_key, path_of
from conversations.forms.running import Run
from conversations.forms.submission import Submission
from conversations.forms.understand import Answer


def begin(form: Form, surroundings: Surroundings) -> Filling:
    """An empty filling, with the form's defaults."""
    return Run.begin(form, surroundings).filling


def question(form: Form, filling: Filling, surroundings: Surroundings) -> Question | None:
    """The question to ask now; None when the form is complete."""
    return Run(form, filling, surroundings).question()


def closing_notes(form: Form, filling: Filling, surroundings: Surroundings) -> tuple[str, ...]:
    """The notes after the last question."""
    return Run(form, filling, surroundings).closing_notes()


def answer(form: Form, filling: Filling, surroundings: Surroundings, typed: Answer) -> Filling | Refusal:
    """Answer the question at hand. Raises NothingToAsk when the form is complete."""
    run = Run(form, filling, surroundings)
    return run.answer(typed) or run.filling


def answer_text(form: Form, filling: Filling, surroundings: Surroundings, text: str) -> Filling | Refusal:
    """Answer the question at hand with a typed message; one that can mean several things is asked about."""
    run = Run(form, filling, surroundings)
    return run.answer_text(text) or run.filling


def answer_option(form: Form, filling: Filling, surroundings: Surroundings, name: str) -> Filling | Refusal:
    """Answer the question at hand with a tapped choice."""
    return answer(form, filling, surroundings, Chosen((name,)))


def answer_attachment(
    form: Form, filling: Filling, surroundings: Surroundings, attachment: Attachment
) -> Filling | Refusal:
    """Answer the question at hand with a file; its reference is what the form holds."""
    return answer(form, filling, surroundings, attachment)


def answer_location(
    form: Form, filling: Filling, surroundings: Surroundings, spot: Spot
) -> Filling | Refusal:
    """Answer the question at hand with a place."""
    return answer(form, filling, surroundings, spot)


def skip(form: Form, filling: Filling, surroundings: Surroundings) -> Filling | Refusal:
    """Leave the question at hand without an answer; refused where one is required."""
    run = Run(form, filling, surroundings)
    return run.skip() or run.filling


def back(form: Form, filling: Filling) -> Filling:
    """To the question passed last; its answer stays as the value it holds. At the start, nothing changes."""
    if not filling.trail:
        return filling
    *trail, last = filling.trail
    return replace(filling, trail=tuple(trail), asked=last, readings=())


def revisit(form: Form, filling: Filling, place: str) -> Filling:
    """Ask one question again; then the form goes on with the first one not yet passed.

    Those passed before it come last in the trail, so that `back` leads to them.
    Raises UnknownQuestion.
    """
    if form.field(path_of(place)) is None:
        raise UnknownQuestion(place)
    here = order_key(place, form.order)
    others = [other for other in filling.trail if other != place]
    before = [other for other in others if order_key(other, form.order) < here]
    after = [other for other in others if order_key(other, form.order) > here]
    return replace(filling, trail=(*after, *before), asked=place, readings=())


def summary(form: Form, filling: Filling, surroundings: Surroundings) -> tuple[tuple[str, str, str], ...]:
    """(place, question, answer) of each passed question that is relevant, in the order of the form."""
    return Run(form, filling, surroundings).summary()


def submission(form: Form, filling: Filling, surroundings: Surroundings) -> Submission:
    """The final values, in document order."""
    return Run(form, filling, surroundings).submission()

"""Walking through a form: begin, answer, skip, go back. Each gives a new state, or says why not."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date
from zoneinfo import ZoneInfo

from conversations.answers.choose import Chosen
from conversations.answers.refusal import Refusal
from conversations.forms.asking import Question, current_field, options, worded
from conversations.forms.checking import not_accepted, not_skipped, written
from conversations.forms.errors import NothingToAsk, UnknownQuestion
from conversations.forms.filling import Filling, Surroundings
from conversations.forms.form import Field, Form
from conversations.forms.instance import Instance, instance_of
from conversations.forms.understand import Answer, understand


def begin(form: Form, surroundings: Surroundings) -> Filling:
    """An empty filling, with the form's defaults."""
    started = surroundings.now.astimezone(UTC).isoformat(timespec="seconds")
    filling = Filling(form.form_id, form.version_id, {}, (), started)
    for default in form.defaults:
        instance = instance_of(form, filling, surroundings)
        value = default.value.text(instance.context(default.path))
        filling = replace(filling, answers={**filling.answers, default.path: value})
    return _settled(filling, instance_of(form, filling, surroundings))


def answer(form: Form, filling: Filling, surroundings: Surroundings, typed: Answer) -> Filling | Refusal:
    """Answer the question at hand. Raises NothingToAsk when the form is complete."""
    instance, field = _at_hand(form, filling, surroundings)
    return _take(instance, filling, field, worded(instance, field), typed)


def answer_text(form: Form, filling: Filling, surroundings: Surroundings, text: str) -> Filling | Refusal:
    """Answer the question at hand with a typed message."""
    instance, field = _at_hand(form, filling, surroundings)
    asked = worded(instance, field)
    typed = understand(asked, text, surroundings.language, _today(surroundings))
    return typed if isinstance(typed, Refusal) else _take(instance, filling, field, asked, typed)


def answer_option(form: Form, filling: Filling, surroundings: Surroundings, name: str) -> Filling | Refusal:
    """Answer the question at hand with a tapped choice."""
    return answer(form, filling, surroundings, Chosen((name,)))


def skip(form: Form, filling: Filling, surroundings: Surroundings) -> Filling | Refusal:
    """Leave the question at hand without an answer; refused where one is required."""
    instance, field = _at_hand(form, filling, surroundings)
    if instance.required(field):
        return not_skipped(instance, field)
    passed = _passed(filling, field, "")
    return _settled(passed, instance_of(form, passed, surroundings))


def back(form: Form, filling: Filling) -> Filling:
    """To the question passed last; its answer stays as the value it holds. At the start, nothing changes."""
    return replace(filling, trail=filling.trail[:-1])


def revisit(form: Form, filling: Filling, path: str) -> Filling:
    """Ask one question again; then the form goes on with the first one not yet passed.

    Those passed before it come last in the trail, so that `back` leads to them.
    Raises UnknownQuestion.
    """
    if form.field(path) is None:
        raise UnknownQuestion(path)
    order = [field.path for field in form.fields]
    others = [other for other in filling.trail if other != path]
    before = [other for other in others if order.index(other) < order.index(path)]
    after = [other for other in others if order.index(other) > order.index(path)]
    return replace(filling, trail=(*after, *before))


def _at_hand(form: Form, filling: Filling, surroundings: Surroundings) -> tuple[Instance, Field]:
    instance = instance_of(form, filling, surroundings)
    field = current_field(instance, filling)
    if field is None:
        raise NothingToAsk(form.form_id)
    return instance, field


def _today(surroundings: Surroundings) -> date:
    return surroundings.now.astimezone(ZoneInfo(surroundings.zone)).date()


def _take(
    instance: Instance, filling: Filling, field: Field, asked: Question, typed: Answer
) -> Filling | Refusal:
    value = written(asked, typed, _today(instance.surroundings))
    if isinstance(value, Refusal):
        return value
    passed = _passed(filling, field, value)
    after = instance_of(instance.form, passed, instance.surroundings)
    return _settled(passed, after) if after.accepts(field) else not_accepted(after, field)


def _passed(filling: Filling, field: Field, value: str) -> Filling:
    return replace(
        filling, answers={**filling.answers, field.path: value}, trail=(*filling.trail, field.path)
    )


def _settled(filling: Filling, instance: Instance) -> Filling:
    """Calculated values are kept (`once` reads them); passed questions that no longer fit are asked again."""
    calculated = {
        rule.path: instance.nodes[rule.path].text
        for rule in instance.form.rules
        if rule.calculate is not None and instance.nodes[rule.path].relevant
    }
    passed = set(filling.trail)
    fitting = {
        field.path for field in instance.form.fields if field.path in passed and _still_fits(instance, field)
    }
    answers: Mapping[str, str] = {**filling.answers, **calculated} if calculated else filling.answers
    trail = tuple(path for path in filling.trail if path in fitting)
    return replace(filling, answers=answers, trail=trail)


def _still_fits(instance: Instance, field: Field) -> bool:
    """Whether a passed question is relevant, its value allowed and its choice still offered."""
    if not instance.relevant(field) or not instance.accepts(field):
        return False
    chosen = set(instance.value(field.path).split()) if field.choices else set()
    return not chosen or chosen.issubset(option.name for option in options(instance, field))

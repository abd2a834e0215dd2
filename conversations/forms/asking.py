"""The question to ask now, worded in the person's language."""

from collections.abc import Iterator
from dataclasses import dataclass

from conversations.forms.filling import Filling, Surroundings
from conversations.forms.form import Field, Form, QuestionType
from conversations.forms.instance import Instance, instance_of
from conversations.forms.wording import NO_WORDING


@dataclass(frozen=True, slots=True)
class Option:
    """One visible choice."""

    name: str  # the code that is stored
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question, ready to be shown."""

    path: str
    name: str
    type: QuestionType
    label: str
    hint: str
    required: bool
    options: tuple[Option, ...] = ()
    notes: tuple[str, ...] = ()  # shown before it
    value: str = ""  # what it holds already: a default, or an answer being changed


def question(form: Form, filling: Filling, surroundings: Surroundings) -> Question | None:
    """The question to ask now; None when the form is complete."""
    instance = instance_of(form, filling, surroundings)
    field = current_field(instance, filling)
    return worded(instance, field) if field else None


def closing_notes(form: Form, filling: Filling, surroundings: Surroundings) -> tuple[str, ...]:
    """The notes after the last question."""
    instance = instance_of(form, filling, surroundings)
    return tuple(instance.write(note.label, note.path) for note in _notes_before(instance, None))


def current_field(instance: Instance, filling: Filling) -> Field | None:
    """The first relevant question not yet passed."""
    passed = set(filling.trail)
    return next((field for field in _askable(instance) if field.path not in passed), None)


def worded(instance: Instance, field: Field) -> Question:
    """A question as the person reads it."""
    return Question(
        path=field.path,
        name=field.name,
        type=field.type,
        label=instance.write(field.label, field.path),
        hint=instance.write(field.hint, field.path),
        required=instance.required(field),
        options=options(instance, field),
        notes=tuple(instance.write(note.label, note.path) for note in _notes_before(instance, field)),
        value=instance.value(field.path),
    )


def options(instance: Instance, field: Field) -> tuple[Option, ...]:
    """The choices that can be made now; an item without a label shows its name."""
    choices = field.choices
    if choices is None:
        return ()
    found: list[Option] = []
    for item in choices.nodes.nodes(instance.context(field.path)):
        parts = {child.name: child.value() for child in item.children}
        name, label = parts.get(choices.value, ""), parts.get(choices.label, "")
        if choices.translated:
            label = instance.write(instance.form.texts.get(label, NO_WORDING), field.path)
        found.append(Option(name, label or name))
    return tuple(found)


def _askable(instance: Instance) -> Iterator[Field]:
    for field in instance.form.fields:
        if field.type is not QuestionType.NOTE and instance.relevant(field):
            yield field


def _notes_before(instance: Instance, field: Field | None) -> list[Field]:
    """The relevant notes between a question and the one before it; with None, those after the last."""
    notes: list[Field] = []
    for other in instance.form.fields:
        if other is field:
            break
        if not instance.relevant(other):
            continue
        if other.type is QuestionType.NOTE:
            notes.append(other)
        else:
            notes.clear()
    return notes

"""The question to ask now, worded in the person's language."""

from dataclasses import dataclass, replace

from conversations.forms.choices import Option, options
from conversations.forms.form import Bounds, Field, QuestionType, Repeat
from conversations.forms.instance import Instance
from conversations.forms.walk import Next, Stop
from conversations.forms.wording import Media
from conversations.messages import Say
from conversations.render.catalogue import say

MOST_WITH_FILES = 10  # choices with sound or a picture; more would flood the chat and cost people's data
AGREED = "OK"  # what an acknowledgement is stored as, as in ODK


@dataclass(frozen=True, slots=True)
class Question:
    """One question, ready to be shown."""

    path: str  # its place; of a repeat, the place of the turn that may follow
    name: str
    type: QuestionType
    label: str
    hint: str
    required: bool
    options: tuple[Option, ...] = ()
    notes: tuple[str, ...] = ()  # shown before it
    note_media: tuple[Media, ...] = ()  # sent before those
    value: str = ""  # what it holds already: a default, or an answer being changed
    media: tuple[Media, ...] = ()  # sent before it, for people who do not read
    bounds: Bounds | None = None  # of a range
    appearance: str = ""  # as the sheet says; `year` and `month-year` take no day
    recap: tuple[tuple[str, str], ...] = ()  # (question, answer) of the group that ended just before it
    readings: tuple[Option, ...] = ()  # what the last message can mean: which one is asked first


def worded(instance: Instance, ahead: Next) -> Question | None:
    """What comes next, as the person reads it."""
    stop = ahead.stop
    if stop is None:
        return None
    notes, media = written_notes(instance, ahead.notes), media_of_notes(instance, ahead.notes)
    if isinstance(stop.item, Repeat):
        return replace(_another_turn(instance, stop, stop.item, notes), note_media=media)
    field, place = stop.item, stop.place
    choices = offered(instance, field, place)
    return Question(
        path=place,
        name=field.name,
        type=QuestionType.NOTE if instance.holds(field.readonly, place) else field.type,
        label=instance.write(field.label, place),
        hint=instance.write(field.hint, place),
        required=instance.holds(field.required, place),
        options=choices,
        notes=notes,
        note_media=media,
        value=_shown_value(instance, stop, choices),
        media=instance.media(field.label),
        bounds=field.bounds,
        appearance=field.appearance,
    )


def written_notes(instance: Instance, notes: tuple[Stop, ...]) -> tuple[str, ...]:
    """What is only shown: its text, and the value it holds where it holds one."""
    written = (
        "\n".join(filter(None, (instance.write(note.item.label, note.place), instance.value(note.place))))
        for note in notes
    )
    return tuple(filter(None, written))


def media_of_notes(instance: Instance, notes: tuple[Stop, ...]) -> tuple[Media, ...]:
    """The recordings and pictures of what is only shown, in its order."""
    return tuple(each for note in notes for each in instance.media(note.item.label))


def offered(instance: Instance, field: Field, place: str) -> tuple[Option, ...]:
    """What can be chosen: the choices, or the one thing to say to an acknowledgement."""
    if field.type is QuestionType.ACKNOWLEDGE:
        return (Option(AGREED, say(Say("form.acknowledge"), instance.surroundings.language)),)
    choices = tuple(options(instance, field, place))
    if sum(1 for choice in choices if choice.media) > MOST_WITH_FILES:
        return tuple(replace(choice, media=()) for choice in choices)
    return choices


def _shown_value(instance: Instance, stop: Stop, choices: tuple[Option, ...]) -> str:
    """What the question holds; of a choice, only what is still offered."""
    value = instance.value(stop.place)
    names = {option.name for option in choices}
    match stop.item:
        case Field(type=QuestionType.SELECT_ONE):
            return value if value in names else ""
        case Field(type=QuestionType.SELECT_MULTIPLE | QuestionType.RANK):
            return " ".join(name for name in value.split() if name in names)
        case _:
            return value


def _another_turn(instance: Instance, stop: Stop, repeat: Repeat, notes: tuple[str, ...]) -> Question:
    language = instance.surroundings.language
    base = stop.place.rpartition("[")[0]
    above = base.rpartition("/")[0]
    there = stop.place in instance.nodes
    return Question(
        path=stop.place,
        name=repeat.path.rpartition("/")[2],
        type=QuestionType.REPEAT,
        label=instance.write(repeat.label, above),
        hint="",
        required=True,
        options=(Option("yes", say(Say("yes"), language)), Option("no", say(Say("no"), language))),
        notes=notes,
        value="yes" if there else "",
        media=instance.media(repeat.label),
    )

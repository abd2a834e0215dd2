"""An answer as a person reads it."""

from datetime import datetime

from conversations.forms.asking import offered
from conversations.forms.form import Field, QuestionType
from conversations.forms.instance import Instance
from conversations.forms.understand import FILES, PARTIAL
from conversations.messages import Say
from conversations.render.catalogue import say, written_date
from conversations.vocabulary import Language

CHOSEN = (QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE, QuestionType.RANK, QuestionType.ACKNOWLEDGE)


def as_read(instance: Instance, field: Field, place: str) -> str:
    """The answer in words; empty where there is none."""
    value = instance.value(place)
    return value_as_read(instance, field, place, value) if value else ""


def value_as_read(instance: Instance, field: Field, place: str, value: str) -> str:
    """A value that the question could hold, in words."""
    language = instance.surroundings.language
    if field.type in FILES:
        return say(Say("form.file"), language)
    if field.type in CHOSEN:
        return _chosen(instance, field, place, value)
    match field.type:
        case QuestionType.DATE:
            return _date(value, language, field.appearance)
        case QuestionType.TIME:
            return value[:5]
        case QuestionType.DATE_TIME:
            return f"{_date(value[:10], language)}, {value[11:16]}"
        case QuestionType.PLACE:
            return ", ".join(value.split()[:2])
        case _:
            return value


def _chosen(instance: Instance, field: Field, place: str, value: str) -> str:
    """The labels; of a ranking in the order given, else in the order offered."""
    labels = {option.name: option.label for option in offered(instance, field, place)}
    one = field.type in (QuestionType.SELECT_ONE, QuestionType.ACKNOWLEDGE)
    names = [value] if one else value.split()
    if field.type is QuestionType.SELECT_MULTIPLE:
        names = [name for name in labels if name in names]
    between = "، " if instance.surroundings.language is Language.ARABIC else ", "
    return between.join(labels[name] for name in names if name in labels)


def _date(value: str, language: Language, appearance: str = "") -> str:
    """A day in words, or what of it was asked; as it stands where a sheet filled in something else."""
    shown = appearance.split()
    exact = len("2025") if "year" in shown else len("2025-03") if "month-year" in shown else None
    try:
        if PARTIAL in shown:
            return written_date(value, language)
        return written_date(datetime.fromisoformat(value).date().isoformat()[:exact], language)
    except ValueError:
        return value

"""The answers so far, as a person reads them."""

from conversations.forms.asking import options
from conversations.forms.filling import Filling, Surroundings
from conversations.forms.form import Field, Form, QuestionType
from conversations.forms.instance import Instance, instance_of
from conversations.render.catalogue import written_date
from conversations.vocabulary import Language

NO_ANSWER = "—"


def summary(form: Form, filling: Filling, surroundings: Surroundings) -> tuple[tuple[str, str, str], ...]:
    """(path, question, answer) of each passed question that is relevant, in the order of the form."""
    instance = instance_of(form, filling, surroundings)
    return tuple(
        (field.path, instance.write(field.label, field.path), _as_read(instance, field) or NO_ANSWER)
        for field in form.fields
        if field.path in filling.trail and instance.relevant(field)
    )


def _as_read(instance: Instance, field: Field) -> str:
    value, language = instance.value(field.path), instance.surroundings.language
    match field.type:
        case QuestionType.DATE if value:
            return written_date(value, language)
        case QuestionType.SELECT_ONE | QuestionType.SELECT_MULTIPLE:
            chosen = value.split()
            labels = [option.label for option in options(instance, field) if option.name in chosen]
            return ("، " if language is Language.ARABIC else ", ").join(labels)
        case _:
            return value

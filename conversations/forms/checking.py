"""Whether a typed answer fits its question, and how an XForm writes it."""

from datetime import date
from decimal import Decimal

from conversations.answers.choose import Chosen
from conversations.answers.clean import clean
from conversations.answers.refusal import Refusal
from conversations.forms.asking import Question
from conversations.forms.form import Field, QuestionType
from conversations.forms.instance import Instance
from conversations.forms.understand import Answer, how_to_answer
from conversations.messages import Line, Say, Verbatim

LONGEST_TEXT = 4_000  # characters; about two dense pages


def written(question: Question, answer: Answer, today: date) -> str | Refusal:
    """The answer as an XForm stores it (ISO dates, codes apart by spaces), or how to answer instead."""
    match question.type, answer:
        case QuestionType.TEXT, str() if clean(answer):
            text = clean(answer)
            return (
                text if len(text) <= LONGEST_TEXT else Refusal(Say("answer.too_long", {"most": LONGEST_TEXT}))
            )
        case QuestionType.INTEGER, int():
            return str(answer)
        case QuestionType.DECIMAL, (int() | Decimal()):
            return format(answer, "f")
        case QuestionType.DATE, date():
            return answer.isoformat()
        case ((QuestionType.SELECT_ONE | QuestionType.SELECT_MULTIPLE), Chosen(names)) if _offered(
            question, names
        ):
            return " ".join(names)
        case _:
            return how_to_answer(question, today)


def _offered(question: Question, names: tuple[str, ...]) -> bool:
    enough = len(names) == 1 if question.type is QuestionType.SELECT_ONE else len(names) > 0
    return enough and {option.name for option in question.options}.issuperset(names)


def not_accepted(instance: Instance, field: Field) -> Refusal:
    """What to say when the constraint does not hold: the form's own words where it has any."""
    return Refusal(_own_words(instance.write(field.constraint_message, field.path), "answer.not_accepted"))


def not_skipped(instance: Instance, field: Field) -> Refusal:
    """What to say when a required question is skipped."""
    return Refusal(_own_words(instance.write(field.required_message, field.path), "answer.required"))


def _own_words(text: str, otherwise: str) -> Line:
    return Verbatim(text) if text else Say(otherwise)

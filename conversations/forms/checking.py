"""Whether a typed answer fits its question, and how an XForm writes it."""

from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from conversations.answers.choose import Chosen
from conversations.answers.clean import clean
from conversations.answers.numbers import LONGEST as LONGEST_NUMBER
from conversations.answers.places import Spot
from conversations.answers.refusal import Refusal
from conversations.events import Attachment, AttachmentKind
from conversations.forms.asking import Question
from conversations.forms.filling import Surroundings
from conversations.forms.form import Bounds, Field, QuestionType
from conversations.forms.instance import Instance
from conversations.forms.understand import PARTIAL, Answer, how_to_answer
from conversations.messages import Day, Line, Say, Verbatim

LONGEST_TEXT = 4_000  # characters; about two dense pages
MANY = (QuestionType.SELECT_MULTIPLE, QuestionType.RANK)
ONE = (QuestionType.SELECT_ONE, QuestionType.ACKNOWLEDGE, QuestionType.REPEAT)
SENT_AS = {
    QuestionType.IMAGE: (AttachmentKind.PHOTO,),
    QuestionType.AUDIO: (AttachmentKind.VOICE, AttachmentKind.AUDIO),
    QuestionType.VIDEO: (AttachmentKind.VIDEO,),
    QuestionType.FILE: tuple(AttachmentKind),
}


def written(question: Question, answer: Answer, surroundings: Surroundings) -> str | Refusal:
    """The answer as an XForm stores it (ISO dates, codes apart by spaces), or how to answer instead."""
    match question.type, answer:
        case QuestionType.TEXT, str() if clean(answer):
            text = clean(answer)
            return (
                text if len(text) <= LONGEST_TEXT else Refusal(Say("answer.too_long", {"most": LONGEST_TEXT}))
            )
        case QuestionType.INTEGER, int() if _plausible(answer):
            return str(answer)
        case QuestionType.DECIMAL, (int() | Decimal()) if _plausible(answer):
            return format(Decimal(answer), "f")
        case QuestionType.RANGE, (int() | Decimal()) if question.bounds and _within(question.bounds, answer):
            return format(Decimal(answer), "f")
        case QuestionType.DATE, date() if not isinstance(answer, datetime):
            return answer.isoformat()
        case QuestionType.DATE, Day(iso) if PARTIAL in question.appearance.split():
            return iso
        case QuestionType.DATE_TIME, datetime() if moment := _moment(answer, surroundings):
            return moment
        case QuestionType.TIME, time():
            today = surroundings.now.astimezone(ZoneInfo(surroundings.zone)).date()
            return _moment(datetime.combine(today, answer), surroundings).partition("T")[2]
        case QuestionType.PLACE, Spot() if answer.possible:
            return f"{answer.latitude} {answer.longitude} {answer.altitude} {answer.accuracy}"
        case _, Attachment() if _of_that_sort(question, answer) and clean(answer.reference):
            return clean(answer.reference)
        case _, Chosen(names) if _offered(question, names):
            return " ".join(names)
        case _:
            return how_to_answer(question, surroundings.now.astimezone(ZoneInfo(surroundings.zone)).date())


def _offered(question: Question, names: tuple[str, ...]) -> bool:
    if question.type not in (*MANY, *ONE):
        return False
    enough = len(names) == 1 if question.type in ONE else 0 < len(names) == len(set(names))
    return enough and {option.name for option in question.options}.issuperset(names)


def _plausible(number: int | Decimal) -> bool:
    """Whether it has as many figures as a typed number may have, and is one."""
    exact = Decimal(number)
    return exact.is_finite() and abs(exact.adjusted()) < LONGEST_NUMBER


def _within(bounds: Bounds, number: int | Decimal) -> bool:
    if not _plausible(number) or not bounds.start <= number <= bounds.end:
        return False
    steps = (float(number) - bounds.start) / bounds.step if bounds.step else 0.0
    return abs(steps - round(steps)) < 1e-6


def _moment(moment: datetime, surroundings: Surroundings) -> str:
    """ISO 8601 with milliseconds and the offset of the zone; `Z` where there is none, as ODK writes it.

    Empty where the zone has no such moment: on the first or the last day of the calendar.
    """
    aware = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(surroundings.zone))
    try:
        text = aware.astimezone(ZoneInfo(surroundings.zone)).isoformat(timespec="milliseconds")
    except OverflowError:
        return ""
    return f"{text.removesuffix('+00:00')}Z" if text.endswith("+00:00") else text


def _of_that_sort(question: Question, attachment: Attachment) -> bool:
    """Whether the file is what is asked; a document counts by what it holds."""
    if question.type not in SENT_AS:
        return False
    asked = question.type.value
    return attachment.kind in SENT_AS[question.type] or attachment.mime_type.startswith(f"{asked}/")


def not_accepted(instance: Instance, field: Field, place: str) -> Refusal:
    """What to say when the constraint does not hold: the form's own words where it has any."""
    return Refusal(_own_words(instance.write(field.constraint_message, place), "answer.not_accepted"))


def not_skipped(instance: Instance, field: Field, place: str) -> Refusal:
    """What to say when a required question is skipped."""
    return Refusal(_own_words(instance.write(field.required_message, place), "answer.required"))


def _own_words(text: str, otherwise: str) -> Line:
    return Verbatim(text) if text else Say(otherwise)

"""What a person typed, tapped or sent, as a typed answer to the question at hand."""

from datetime import date, datetime, time
from decimal import Decimal

from conversations.answers.choose import Chosen, choose_in_order, choose_one, choose_several
from conversations.answers.clean import clean, has_content
from conversations.answers.days import read_date
from conversations.answers.numbers import read_decimal, read_integer
from conversations.answers.periods import read_known, read_month, read_year
from conversations.answers.places import Spot, read_place
from conversations.answers.refusal import Ambiguous, Refusal
from conversations.answers.relative import Tense
from conversations.answers.second_thoughts import reread
from conversations.answers.second_words import BETWEEN_CHOICES, DENYING
from conversations.answers.times import read_day_and_time, read_time
from conversations.answers.yes_no import yes_no
from conversations.events import Attachment
from conversations.forms.asking import AGREED, Question
from conversations.forms.form import QuestionType
from conversations.messages import Day, Say
from conversations.vocabulary import Language

Answer = str | int | Decimal | date | time | Day | Chosen | Spot | Attachment
PARTIAL = "partial-date"  # appearance of a date that is asked as exactly as the person knows it

HOW = {
    QuestionType.INTEGER: "answer.not_a_whole_number",
    QuestionType.DECIMAL: "answer.not_a_number",
    QuestionType.TIME: "answer.not_a_time",
    QuestionType.PLACE: "answer.not_a_place",
    QuestionType.IMAGE: "answer.send_image",
    QuestionType.AUDIO: "answer.send_audio",
    QuestionType.VIDEO: "answer.send_video",
    QuestionType.FILE: "answer.send_file",
    QuestionType.ACKNOWLEDGE: "answer.please_acknowledge",
    QuestionType.REPEAT: "answer.yes_or_no",
    QuestionType.NOTE: "answer.go_back",
}
CHOOSING = {
    QuestionType.SELECT_ONE: "answer.not_a_choice",
    QuestionType.SELECT_MULTIPLE: "answer.not_choices",
    QuestionType.RANK: "answer.not_a_ranking",
}
LONGEST_SAID = 1_000  # characters of an answer that is no free text; reading a longer one may take seconds
MOST_RECONSIDERED = 60  # choices; each second thought reads a long list many times over
FILES = (QuestionType.IMAGE, QuestionType.AUDIO, QuestionType.VIDEO, QuestionType.FILE)
# Types whose answers are read once more behind «pardon», and on both sides of «or».
RECONSIDERED = (
    QuestionType.INTEGER,
    QuestionType.DECIMAL,
    QuestionType.RANGE,
    QuestionType.DATE,
    QuestionType.TIME,
    QuestionType.DATE_TIME,
    QuestionType.SELECT_ONE,
    QuestionType.SELECT_MULTIPLE,
)


def understand(
    question: Question, text: str, language: Language, today: date, tense: Tense = Tense.EITHER
) -> Answer | Ambiguous[Answer] | Refusal:
    """The answer that the text means, the answers it can mean, or what to tell the person instead."""
    said = clean(text)
    if not said:
        return Refusal(Say("answer.empty"))
    if len(said) > LONGEST_SAID and question.type is not QuestionType.TEXT:
        return how_to_answer(question, today)
    read = _read(question, said, language, today, tense)
    unread = read is None or isinstance(read, Refusal)
    if unread and question.type in RECONSIDERED and len(question.options) <= MOST_RECONSIDERED:
        again = _second_thought(question, said, language, today, tense)
        read = read if again is None else again
    return how_to_answer(question, today) if read is None else read


def _second_thought(
    question: Question, said: str, language: Language, today: date, tense: Tense
) -> Answer | Ambiguous[Answer] | None:
    """What is meant behind «pardon», or on both sides of «or»."""

    def plainly(part: str) -> Answer | Ambiguous[Answer] | None:
        read = _read(question, part, language, today, tense)
        return None if isinstance(read, Refusal) else read

    return reread(said, plainly, BETWEEN_CHOICES if question.type in CHOOSING else DENYING)


def _read(
    question: Question, said: str, language: Language, today: date, tense: Tense
) -> Answer | Ambiguous[Answer] | Refusal | None:
    match question.type:
        case QuestionType.INTEGER:
            return read_integer(said, language)
        case QuestionType.DECIMAL | QuestionType.RANGE:
            return read_decimal(said, language)
        case QuestionType.DATE:
            return _read_day(question, said, today, tense)
        case QuestionType.TIME:
            return read_time(said)
        case QuestionType.DATE_TIME:
            return read_day_and_time(said, today, tense)
        case QuestionType.PLACE:
            return read_place(said)
        case QuestionType.SELECT_ONE:
            return choose_one(said, question.options, language)
        case QuestionType.SELECT_MULTIPLE:
            return choose_several(said, question.options, language)
        case QuestionType.RANK:
            return choose_in_order(said, question.options, language)
        case QuestionType.ACKNOWLEDGE:
            chosen = choose_one(said, question.options, language)
            return Chosen((AGREED,)) if yes_no(said) or isinstance(chosen, Chosen) else None
        case QuestionType.REPEAT:
            chosen = choose_one(said, question.options, language)
            return chosen if isinstance(chosen, Chosen) else None
        case _ if question.type in (*FILES, QuestionType.NOTE):
            return None
        case _:
            return said if has_content(said) else None


def _read_day(
    question: Question, said: str, today: date, tense: Tense
) -> date | Day | Ambiguous[date] | Ambiguous[Day] | None:
    """A day; the first of the month or the year where the sheet asks no more; or what is known of it."""
    shown = question.appearance.split()
    if PARTIAL in shown:
        return read_known(said, today, tense)
    if "year" in shown and (year := read_year(said)):
        return year
    if "month-year" in shown and (month := read_month(said, today, tense)):
        return month
    return read_date(said, today, tense)


def how_to_answer(question: Question, today: date) -> Refusal:
    """What sort of answer the question takes, with an example."""
    if question.type in HOW:
        return Refusal(Say(HOW[question.type]))
    if question.type in CHOOSING:
        return Refusal(Say(CHOOSING[question.type], {"n": len(question.options)}))
    match question.type:
        case QuestionType.DATE if PARTIAL in question.appearance.split():
            examples = {"day": f"{today:%d/%m/%Y}", "month": f"{today:%m/%Y}", "year": f"{today:%Y}"}
            return Refusal(Say("answer.not_a_date_as_known", examples))
        case QuestionType.DATE if "year" in question.appearance.split():
            return Refusal(Say("answer.not_a_year", {"example": f"{today:%Y}"}))
        case QuestionType.DATE if "month-year" in question.appearance.split():
            return Refusal(Say("answer.not_a_month", {"example": f"{today:%m/%Y}"}))
        case QuestionType.DATE:
            return Refusal(Say("answer.not_a_date", {"example": f"{today:%d/%m/%Y}"}))
        case QuestionType.DATE_TIME:
            example = f"{datetime.combine(today, time(14, 30)):%d/%m/%Y %H:%M}"
            return Refusal(Say("answer.not_a_moment", {"example": example}))
        case QuestionType.RANGE if question.bounds:
            bounds = question.bounds
            ends = {"least": f"{bounds.start:g}", "most": f"{bounds.end:g}", "step": f"{bounds.step:g}"}
            return Refusal(Say("answer.not_in_range", ends))
        case _:
            return Refusal(Say("answer.no_words"))

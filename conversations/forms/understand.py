"""What a person typed or tapped, as a typed answer to the question at hand."""

from datetime import date
from decimal import Decimal

from conversations.answers.choose import Chosen, choose_one, choose_several
from conversations.answers.clean import clean, has_content
from conversations.answers.dates import read_date
from conversations.answers.numbers import read_decimal, read_integer
from conversations.answers.refusal import Refusal
from conversations.forms.asking import Question
from conversations.forms.form import QuestionType
from conversations.messages import Say
from conversations.vocabulary import Language

Answer = str | int | Decimal | date | Chosen


def understand(question: Question, text: str, language: Language, today: date) -> Answer | Refusal:
    """The answer that the text means, or what to tell the person instead."""
    said = clean(text)
    if not said:
        return Refusal(Say("answer.empty"))
    read: Answer | Refusal | None
    match question.type:
        case QuestionType.INTEGER:
            read = read_integer(said)
        case QuestionType.DECIMAL:
            read = read_decimal(said, language)
        case QuestionType.DATE:
            read = read_date(said, today)
        case QuestionType.SELECT_ONE:
            read = choose_one(said, question.options)
        case QuestionType.SELECT_MULTIPLE:
            read = choose_several(said, question.options)
        case _:
            read = said if has_content(said) else None
    return how_to_answer(question, today) if read is None else read


def how_to_answer(question: Question, today: date) -> Refusal:
    """What sort of answer the question takes, with an example."""
    match question.type:
        case QuestionType.INTEGER:
            return Refusal(Say("answer.not_a_whole_number"))
        case QuestionType.DECIMAL:
            return Refusal(Say("answer.not_a_number"))
        case QuestionType.DATE:
            return Refusal(Say("answer.not_a_date", {"example": f"{today:%d/%m/%Y}"}))
        case QuestionType.SELECT_ONE:
            return Refusal(Say("answer.not_a_choice", {"n": len(question.options)}))
        case QuestionType.SELECT_MULTIPLE:
            return Refusal(Say("answer.not_choices", {"n": len(question.options)}))
        case _:
            return Refusal(Say("answer.no_words"))

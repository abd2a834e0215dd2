"""A completed form as question and answer, in the reader's language."""

from datetime import datetime

from conversations.forms import Form, Surroundings, reopened, summary
from conversations.vocabulary import Language


def read_answers(
    form: Form, instance_xml: str, answered_at: datetime, zone: str, language: Language
) -> tuple[tuple[str, str], ...]:
    """(question, answer) for every question that was answered, in the order of the form, turn by turn.

    Raises BrokenForm for what is no submission.
    """
    filling = reopened(form, instance_xml, answered_at.isoformat())
    read = summary(form, filling, Surroundings(answered_at, zone, language))
    return tuple((question, answer) for _, question, answer in read)

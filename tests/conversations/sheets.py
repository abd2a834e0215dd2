"""Small XLSForms for the tests, and a way to walk through them."""

from datetime import UTC, datetime
from functools import cache

from conversations.forms import (
    Filling,
    Form,
    Refusal,
    Surroundings,
    answer_text,
    begin,
    builtin_forms,
    compile_form,
    question,
    skip,
)
from conversations.vocabulary import Language

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)  # a Monday
FRENCH = Surroundings(NOON, "Africa/Casablanca", Language.FRENCH)
ARABIC = Surroundings(NOON, "Africa/Casablanca", Language.ARABIC)
ENGLISH = Surroundings(NOON, "Africa/Casablanca", Language.ENGLISH)


@cache
def builtin(form_id: str) -> Form:
    """One form of the library, compiled."""
    source = next(form.source for form in builtin_forms() if form.form_id == form_id)
    return compile_form(source, "md", "v1")


@cache
def sheet(survey: str, choices: str = "") -> Form:
    """A form of one language: columns `type name label required relevant constraint calculation default`."""
    head = "| | type | name | label | required | relevant | constraint | calculation | default |"
    rows = "\n".join(f"| {row.strip()}" for row in survey.strip().splitlines())
    text = f"| survey |\n{head}\n{rows}\n"
    if choices:
        items = "\n".join(f"| {row.strip()}" for row in choices.strip().splitlines())
        text += f"| choices |\n| | list_name | name | label | area |\n{items}\n"
    return compile_form(f"{text}| settings |\n| | form_id |\n| | test |\n".encode(), "md", "v1")


def walk(
    form: Form, surroundings: Surroundings, *said: str | None, filling: Filling | None = None
) -> Filling:
    """Answer one question after the other with typed text; None skips. A refusal fails the test."""
    filling = filling or begin(form, surroundings)
    for text in said:
        after = (
            skip(form, filling, surroundings)
            if text is None
            else answer_text(form, filling, surroundings, text)
        )
        assert not isinstance(after, Refusal), after
        filling = after
    return filling


def asked(form: Form, filling: Filling, surroundings: Surroundings) -> str | None:
    """The name of the question to ask now."""
    now = question(form, filling, surroundings)
    return now.name if now else None

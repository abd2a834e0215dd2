"""What of a submission is kept in clear: codes, numbers and dates, never words of a person."""

from conversations.forms import (
    Filling,
    Refusal,
    Surroundings,
    answer_option,
    answer_text,
    begin,
    builtin_forms,
    compile_form,
    question,
    skip,
    submission,
)
from conversations.vocabulary import Language
from tests.conversations.talking import START

AROUND = Surroundings(START, "Africa/Casablanca", Language.ENGLISH)

SHEET = b"""| survey |
| | type | name | label | calculation |
| | text | who | Who? | |
| | integer | a | A? | |
| | calculate | greeting | | concat('Hello ', ${who}) |
| | calculate | instrument | | 'ours-2' |
| | calculate | twice | | ${a} * 2 |
| settings |
| | form_id |
| | small |
"""


def test_a_score_and_its_instrument_are_kept_in_clear() -> None:
    sheet = next(form for form in builtin_forms() if form.form_id == "living-conditions")
    form = compile_form(sheet.source, "md", "v1")
    filling = begin(form, AROUND)
    while (asked := question(form, filling, AROUND)) is not None:
        if asked.options:
            after = answer_option(form, filling, AROUND, asked.options[0].name)
        else:
            after = answer_text(form, filling, AROUND, "5")
        after = skip(form, filling, AROUND) if isinstance(after, Refusal) else after
        assert isinstance(after, Filling)
        filling = after
    coded = submission(form, filling, AROUND).coded
    assert coded["instrument"] == "living-conditions-1"
    assert isinstance(coded["score"], int)


def test_a_text_that_the_sheet_puts_together_is_not() -> None:
    form = compile_form(SHEET, "md", "v1")
    filling = begin(form, AROUND)
    for text in ("Amina", "4"):
        after = answer_text(form, filling, AROUND, text)
        assert isinstance(after, Filling)
        filling = after
    coded = submission(form, filling, AROUND).coded
    assert "Amina" not in str(coded)
    assert (coded["a"], coded["instrument"]) == (4, "ours-2")

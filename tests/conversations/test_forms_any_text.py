"""No text a person can send breaks any question, in any language."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.forms import Filling, Refusal, Surroundings, answer_text, begin, submission, summary
from conversations.messages import Verbatim
from conversations.render.catalogue import say
from tests.conversations.sheets import ARABIC, ENGLISH, FRENCH, sheet

YES_NO = """
| yn | yes | Oui | |
| yn | no | Non | |
"""
TYPES = ("text", "integer", "decimal", "date", "select_one yn", "select_multiple yn")
TEXTS = st.text(max_size=80) | st.text(alphabet="0123456789٠١٢٣۴ ,.٫٬/-+\u200f\u202e\x00eEx", max_size=14)


@pytest.mark.parametrize("question_type", TYPES)
@given(text=TEXTS, surroundings=st.sampled_from((FRENCH, ARABIC, ENGLISH)))
@settings(deadline=None)  # the first example also compiles the form
def test_a_text_is_taken_or_refused_with_something_to_say(
    question_type: str, text: str, surroundings: Surroundings
) -> None:
    form = sheet(f"| {question_type} | a | A? | | | . != 'x' | | |", YES_NO)
    result = answer_text(form, begin(form, surroundings), surroundings, text)
    if isinstance(result, Refusal):
        line = result.line
        assert isinstance(line, Verbatim) or 0 < len(say(line, surroundings.language)) <= 300
    else:
        assert isinstance(result, Filling)
        assert submission(form, result, surroundings).values["a"]
        assert summary(form, result, surroundings)[0][2]

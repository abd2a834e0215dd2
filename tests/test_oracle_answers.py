"""What people type is read as a reader of their language reads it, where the recorded cases are at hand."""

from pathlib import Path

import pytest

from tests.oracle.answers import check, read_wrongly

CASES = Path(__file__).parent.parent.parent / "shared" / "oracle" / "answers" / "cases.jsonl"

pytestmark = pytest.mark.skipif(
    not CASES.is_file(), reason="the recorded answers are not beside the repository"
)


def test_answers_are_read_right_or_asked_about() -> None:
    results = list(check(CASES))
    assert results
    assert [result.about for result in results if read_wrongly(result)] == []
    assert sum(result.agrees for result in results) / len(results) >= 0.95

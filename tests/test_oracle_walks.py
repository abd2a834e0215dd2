"""Forms run as JavaRosa runs them, question by question, where the recorded walks are at hand."""

from pathlib import Path

import pytest

from tests.oracle.walks import check

FOLDER = Path(__file__).parent.parent.parent / "shared" / "oracle" / "forms"


pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the recorded walks are not beside the repository"
)


def test_every_step_of_every_walk_agrees() -> None:
    results = list(check(FOLDER))
    disagreeing = [(result.case, result.about) for result in results if not result.agrees]
    assert results
    assert disagreeing == []

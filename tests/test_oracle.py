"""The program answers as the engines that define the standard do, where the recorded cases are at hand."""

from pathlib import Path

import pytest

from tests.oracle import xpath
from tests.oracle.report import count

CASES = Path(__file__).parent.parent.parent / "shared" / "oracle"

pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the recorded cases are not beside the repository")


def test_expressions_agree_with_odk() -> None:
    results = [result for result in xpath.check(CASES / "xpath" / "cases.jsonl.gz") if result.odk_relevant]
    reached = count(results)
    assert reached.of > 1_000
    assert reached.agree / reached.of >= 0.985, str(reached)

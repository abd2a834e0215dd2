"""What fuzzing begins with breaks nothing; the fuzzing itself takes minutes: `make fuzz`."""

from random import Random
from types import ModuleType

import pytest

from tests.fuzz import answers, expressions, sheets, xforms


@pytest.mark.parametrize("target", [answers, expressions, sheets, xforms], ids=lambda target: target.__name__)
def test_a_target_takes_what_it_begins_with(target: ModuleType) -> None:
    for seed in target.SEEDS:
        target.check(seed)


@pytest.mark.parametrize("number", range(40))
def test_a_damaged_form_is_read_or_refused(number: int) -> None:
    seed = Random(number).choice(xforms.SEEDS)
    xforms.check(xforms.mutate(seed, 20_000, number))

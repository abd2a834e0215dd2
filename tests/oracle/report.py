"""What every check gives, and how it is counted and shown."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Result:
    """One case: what the program answered beside what was expected."""

    case: dict[str, object]  # what names it: its id, or form, seed and step
    about: str  # the expression, the question: what a reader needs to find it
    expected: object
    own: object
    agrees: bool
    odk_relevant: bool = True  # the semantics that forms in the wild rely on


@dataclass(frozen=True, slots=True)
class Count:
    """How many of how many agree."""

    agree: int
    of: int

    def __str__(self) -> str:
        return f"{self.agree} of {self.of} agree"


def count(results: Iterable[Result]) -> Count:
    """How many of the results agree."""
    agreed = [result.agrees for result in results]
    return Count(sum(agreed), len(agreed))


def show_disagreements(results: Iterable[Result]) -> None:
    """One line for each result that is not what was expected."""
    for result in results:
        if not result.agrees:
            name = " ".join(str(part) for part in result.case.values())
            print(f"{name}: {result.about}: expected {result.expected!r}, got {result.own!r}")


def write_own(results: Iterable[Result], file: Path) -> None:
    """One JSON line per case with the program's own answer, so that anyone can compare."""
    with file.open("w", encoding="utf-8") as out:
        for result in results:
            out.write(json.dumps(result.case | {"own": result.own}, ensure_ascii=False) + "\n")

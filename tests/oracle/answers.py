"""What people type: the cases of `answers/cases.jsonl`, read by the very functions that the chat uses.

Right is the value itself; or nothing where nothing must be read; or asking about the same readings.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from conversations.answers import Ambiguous, Chosen, Refusal, Tense, yes_no
from conversations.forms import Option, Question, QuestionType
from conversations.forms.understand import PARTIAL, understand
from conversations.messages import Day
from conversations.vocabulary import Language
from tests.oracle.report import Result

Case = dict[str, Any]
TYPES = {
    "integer": QuestionType.INTEGER,
    "decimal": QuestionType.DECIMAL,
    "date": QuestionType.DATE,
    "partial_date": QuestionType.DATE,
    "time": QuestionType.TIME,
    "select_one": QuestionType.SELECT_ONE,
    "select_multiple": QuestionType.SELECT_MULTIPLE,
}
SPOKEN_WITH = {"darija": Language.ARABIC}  # Darija is written by people who read the Arabic texts


def check(path: Path) -> Iterator[Result]:
    """Read each case as its question would."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            case = json.loads(line)
            own = read(case)
            about = f"{case['lang']} {case['type']} {case['text']!r}"
            name = {"id": case.get("id", number)}
            yield Result(name, about, case["expect"], own, agrees(case["expect"], own))


def read(case: Case) -> object:
    """What the program reads, as the cases write it."""
    language = SPOKEN_WITH.get(case["lang"]) or Language(case["lang"])
    if case["type"] == "yes_no":
        return yes_no(case["text"], language)
    options = tuple(Option(str(place), label) for place, label in enumerate(case.get("choices", ())))
    question = Question(
        path="/data/q",
        name="q",
        type=TYPES[case["type"]],
        label="",
        hint="",
        required=True,
        options=options,
        appearance=PARTIAL if case["type"] == "partial_date" else "",
    )
    tense = Tense(case.get("prefer", Tense.EITHER))
    return _written(
        understand(question, case["text"], language, date.fromisoformat(case["today"]), tense), case
    )


def _written(read: object, case: Case) -> object:
    match read:
        case Refusal():
            return None
        case Ambiguous(readings):
            return {"ask": [_written(each, case) for each in readings]}
        case Chosen(names):
            places = [int(name) for name in names]
            return places if case["type"] == "select_multiple" else places[0]
        case Day(iso):
            return iso
        case time():
            return read.isoformat("seconds" if read.second else "minutes")
        case datetime() | date():
            return read.isoformat()
        case Decimal():
            return int(read) if read == int(read) else float(read)
        case _:
            return read


def agrees(expected: object, own: object) -> bool:
    """Whether it is what was expected; the order in which readings are asked about does not matter."""
    if isinstance(expected, dict) and isinstance(own, dict):
        return sorted(map(str, expected["ask"])) == sorted(map(str, own["ask"]))
    return (type(expected) is type(own) and expected == own) or _same_number(expected, own)


def _same_number(expected: object, own: object) -> bool:
    numbers = all(isinstance(each, (int, float)) and not isinstance(each, bool) for each in (expected, own))
    return numbers and expected == own


def read_wrongly(result: Result) -> bool:
    """Whether something was read that is not so, and nobody was asked."""
    return not result.agrees and result.own is not None and not isinstance(result.own, dict)


def summary(results: list[Result]) -> str:
    """The last line of the report."""
    right = sum(result.agrees for result in results)
    return f"{right} of {len(results)} right, {sum(map(read_wrongly, results))} read wrongly without asking"

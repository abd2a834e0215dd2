"""Expressions beside ODK Web Forms, Enketo and JavaRosa: the cases of `cases.jsonl`, gzipped or not."""

import gzip
import json
import math
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from lxml import etree

from conversations.expressions import ExpressionError, Node, compile_expression, context_at
from tests.oracle.report import Result

Case = dict[str, Any]


def check(path: Path) -> Iterator[Result]:
    """Evaluate each case as it says: on its instance, at its time, in its zone."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            case = json.loads(line)
            own = evaluate(case)
            yield Result(
                {"id": case["id"]},
                case["expression"],
                case["expected"],
                own,
                agrees(case, own),
                case["odk_relevant"],
            )


def evaluate(case: Case) -> object:
    """What the program answers: a value of the case's kind, or `{"throws": …}`."""
    root = etree.fromstring(case["xml"].encode())
    document = Node("")
    document.add(_node(root))
    try:
        context = context_at(
            document, document, datetime.fromisoformat(case["now"]), case["tz"].replace("GMT", "UTC")
        )
        expression = compile_expression(case["expression"])
        match case["kind"]:
            case "boolean":
                return expression.truth(context)
            case "number" | "number_rounded":
                return _plain(expression.number(context))
            case _:
                return expression.text(context)
    except ExpressionError as error:
        return {"throws": str(error)}


def agrees(case: Case, own: object) -> bool:
    """Whether the answer is the expected one, as the case's kind compares."""
    match case["kind"]:
        case "throws":
            return isinstance(own, dict)
        case "string_matches":
            return isinstance(own, str) and re.search(case["expected"], own) is not None
        case "string_length":
            return isinstance(own, str) and len(own) == case["expected"]
        case _:
            return bool(own == case["expected"])


def _plain(number: float) -> float | str:
    """JSON has no word for what is not finite."""
    return number if math.isfinite(number) else repr(number)


def _node(element: etree._Element) -> Node:
    node = Node(str(element.tag), element.text or "")
    for child in element:
        node.add(_node(child))
    return node

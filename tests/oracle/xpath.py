"""Expressions beside ODK Web Forms, Enketo and JavaRosa: the cases of `cases.jsonl`, gzipped or not."""

import gzip
import json
import math
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from lxml import etree

from conversations.expressions import Context, ExpressionError, Outside, context_in, read_expression
from tests.oracle.report import Result
from tests.oracle.trees import document_of, find_node, path_of, secondary_instances, texts_of

Case = dict[str, Any]
NEAR = 1e-12  # what the recorded suites themselves let pass between two numbers
NO_CLOCK = datetime(2026, 11, 23, tzinfo=UTC)  # for cases that say no time


def check(path: Path) -> Iterator[Result]:
    """Evaluate each case as it says: on its instance, at its time, in its zone."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            case = json.loads(line)
            own = evaluate(case)
            name = {"id": case["id"]}
            about = f"{case['expression']} at {case['context']}"
            yield Result(
                name, about, case["expected"], own, agrees(case, own), case.get("odk_relevant", True)
            )


def evaluate(case: Case) -> object:
    """What the program answers: a value of the case's kind, or `{"throws": …}`."""
    try:
        expression = read_expression(case["expression"])
        context = _context(case)
        match case["kind"]:
            case "boolean":
                return expression.truth(context)
            case "number" | "number_rounded":
                return _plain(expression.number(context))
            case "nodeset" | "nodeset_unordered":
                return [path_of(node) for node in expression.nodes(context)]
            case _:
                return expression.text(context)
    except ExpressionError as error:
        return {"throws": str(error)}


def _context(case: Case) -> Context:
    xml = etree.fromstring(case["xml"].strip().encode())
    tree = document_of(xml)
    root = find_node(tree, case["root"])
    now = datetime.fromisoformat(case["now"]) if "now" in case else NO_CLOCK
    outside = Outside(
        now=now,
        zone=case.get("tz", "UTC"),
        instances=secondary_instances(tree),
        texts=texts_of(tree, case.get("lang")),
        chance=partial(Random, case["id"]),
        namespaces={prefix: uri for element in xml.iter() for prefix, uri in element.nsmap.items() if prefix},
    )
    return context_in(find_node(tree, case["context"]), root, outside)


def agrees(case: Case, own: object) -> bool:
    """Whether the answer is the expected one, as the case's kind compares."""
    expected = case["expected"]
    match case["kind"]:
        case "throws":
            return isinstance(own, dict)
        case "number":
            return own == expected or _near(own, expected, NEAR)
        case "number_rounded":
            return own == expected or _near(own, expected, 0.5 / case["factor"])
        case "string_matches":
            return isinstance(own, str) and re.search(expected, own) is not None
        case "string_length":
            return isinstance(own, str) and len(own) == expected
        case "nodeset_unordered":
            return isinstance(own, list) and sorted(own) == sorted(expected)
        case _:
            return bool(own == expected)


def _near(own: object, expected: object, most: float) -> bool:
    if not isinstance(own, (int, float)) or not isinstance(expected, (int, float)):
        return False
    return math.isclose(own, expected, rel_tol=NEAR, abs_tol=most)


def _plain(number: float) -> float | str:
    """JSON has no word for what is not finite: the cases write it as text."""
    if math.isfinite(number):
        return float(number)
    return "NaN" if math.isnan(number) else "Infinity" if number > 0 else "-Infinity"

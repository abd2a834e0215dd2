"""Expressions beside lxml (libxml2, in C) and elementpath (Python): the same ones on the same tree.

Those that only ODK knows (`selected`, `today`, …) are timed alone.
"""

from collections.abc import Callable
from copy import copy
from datetime import UTC, datetime
from functools import partial
from statistics import mean
from typing import Any

import elementpath
from lxml import etree

from benchmarks.timing import medians
from conversations.expressions import Node, compile_expression, context_at, read_expression

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ZONE = "Africa/Casablanca"
CONTEXT = "/data/household/age"
XPATH = (
    "/data/household/age",
    "/data/household/age > 18",
    "../name = 'Amina'",
    "../age >= 15 and ../age <= 99",
    "/data/consent = 'yes' and (/data/kind = 'job' or /data/kind = 'training')",
    ". * 2 + /data/household/size div 3",
    "string-length(../name) < 60",
    "concat(../name, ' - ', /data/kind)",
    "count(/data/member)",
    "sum(/data/member/income) > 5000",
    "/data/member[3]/income",
    "/data/member[name = 'p7']/income",
    "not(/data/note = '') or string(/data/other) = '96'",
    "round(/data/household/size * 1.5)",
    "normalize-space(../name)",
    "contains(/data/kind, 'tr') and starts-with(/data/kind, 't')",
)
ODK = (
    "selected(/data/skills, 'sewing')",
    "if(/data/kind = 'job', 'work', 'other')",
    "coalesce(/data/note, ../name)",
    "count-selected(/data/skills) <= 3",
    "regex(../phone, '^0[67][0-9]{8}$')",
    "/data/started <= today()",
    "format-date(/data/started, '%d/%m/%Y')",
    "int((today() - /data/started) div 30.4)",
    "indexed-repeat(/data/member/name, /data/member, 2)",
)


def _xml() -> etree._Element:
    members = "".join(f"<member><name>p{n}</name><income>{n}00</income></member>" for n in range(10))
    return etree.fromstring(
        "<data><consent>yes</consent><kind>training</kind><skills>sewing cooking</skills><note/>"
        "<other>96</other><started>2026-03-01</started><household><name>Amina</name><phone>0600000001</phone>"
        f"<age>34</age><size>5</size></household>{members}</data>"
    )


def _tree(element: etree._Element) -> Node:
    node = Node(str(element.tag), element.text or "")
    for child in element:
        node.add(_tree(child))
    return node


def run() -> None:
    """Print the mean time of one warm expression, and of one compilation."""
    root = _xml()
    document = Node("")
    document.add(_tree(root))
    here = compile_expression(CONTEXT).nodes(context_at(document, document, NOW, ZONE))[0]
    context = context_at(here, document, NOW, ZONE)
    element = next(root.iter("age"))
    whole = elementpath.XPathContext(root=etree.ElementTree(root))
    assert whole.root is not None
    item = next(node for node in whole.root.iter() if getattr(node, "elem", None) is element)
    by_name: dict[str, list[float]] = {"carnet": [], "lxml": [], "elementpath": []}
    for text in XPATH:
        contenders: dict[str, Callable[[], object]] = {
            "carnet": partial(compile_expression(text).evaluate, context),
            "lxml": partial(etree.XPath(text), element),
            "elementpath": partial(_evaluate, elementpath.XPath1Parser().parse(text), whole, item),
        }
        for name, seconds in medians(contenders, 20).items():
            by_name[name].append(seconds)
    print(f"expressions of XPath 1.0 ({len(XPATH)}), warm, mean of medians:")
    for name, times in by_name.items():
        print(f"  {name:12} {mean(times) * 1e6:8.1f} µs")
    odk = [
        medians({"carnet": partial(compile_expression(text).evaluate, context)}, 20)["carnet"] for text in ODK
    ]
    print(f"expressions of ODK ({len(ODK)}), warm, mean of medians:")
    print(f"  {'carnet':12} {mean(odk) * 1e6:8.1f} µs")
    compiling = medians({"carnet": _compile_all}, 1)["carnet"] / len(XPATH + ODK)
    print(f"compiling an expression:\n  {'carnet':12} {compiling * 1e6:8.1f} µs")


def _evaluate(parsed: Any, whole: elementpath.XPathContext, item: Any) -> object:
    """As elementpath asks for it: each evaluation on a context of its own."""
    context = copy(whole)
    context.item = item
    return parsed.evaluate(context)


def _compile_all() -> None:
    read_expression.cache_clear()
    for text in XPATH + ODK:
        read_expression(text)

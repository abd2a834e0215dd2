"""Any text as an expression, compiled and evaluated in a small instance."""

import re
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from random import Random

from conversations.expressions import (
    ExpressionError,
    Node,
    Outside,
    compile_expression,
    context_in,
    read_expression,
)
from conversations.expressions.build import FUNCTIONS
from conversations.forms import builtin_forms, compile_form

QUOTED = re.compile(r'(?:relevant|constraint|calculate|nodeset|required|value)="([^"]+)"')
VALUES = ("", "Amina", "34", "2025-03-12", "14:30", "yes no", "34.02 -6.84 0 0;34 -6;33 -6", "é\ud83d٣")
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def _instance() -> Node:
    """A household with members, and lists of the same."""
    document = Node("")
    data = document.add(Node("data", attributes={"id": "data", "version": "1"}))
    for number, text in enumerate(VALUES):
        data.add(Node(f"q{number}", text))
        item = data.add(Node("item", attributes={"id": f"i{number}"}))
        item.add(Node("name", text))
        item.add(Node("area", VALUES[-number])).relevant = number % 3 > 0
    return document


DOCUMENT = _instance()
PLACES = (DOCUMENT, DOCUMENT.children[0], *DOCUMENT.children[0].children[1:8])
FORMS = [compile_form(form.source, "md", "v1").xml for form in builtin_forms()]
CALLS = [
    f"{name}({arguments})" for name in FUNCTIONS for arguments in ("", "q2", "item/name, q1", "., 2, 'x'")
]
PATHS = ["/data/item[position() = 2]/name", "//item[name = 'Amina']/@id", "../q3 div 2 - -1.5 mod 3 | //*"]
SEEDS = sorted({text.encode() for xml in FORMS for text in QUOTED.findall(xml)})
SEEDS += [text.encode() for text in (*CALLS, *PATHS)]


def check(data: bytes) -> None:
    """Compile the text and evaluate it everywhere, as everything."""
    text = data.decode("utf-8", "surrogateescape")
    with suppress(ExpressionError):
        compile_expression(text)
    try:
        expression = read_expression(text)
    except ExpressionError:
        return
    outside = Outside(NOW, "Africa/Casablanca", {"list": DOCUMENT}, chance=partial(Random, 1))
    for place in PLACES:
        for read in (expression.text, expression.number, expression.truth, expression.nodes):
            try:
                read(context_in(place, DOCUMENT, outside))
            except ExpressionError:
                continue

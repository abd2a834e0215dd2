"""The order of calculation: each rule after those that it reads."""

from collections.abc import Iterator, Sequence
from graphlib import CycleError, TopologicalSorter

from conversations.forms.errors import BrokenForm
from conversations.forms.form import Rule, ancestors


def in_order(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """The rules sorted so that each finds what it reads worked out. Raises BrokenForm for a circle."""
    by_path = {rule.path: rule for rule in rules}
    below: dict[str, list[str]] = {}
    for path in by_path:
        for above in (*ancestors(path), "/"):
            below.setdefault(above, []).append(path)
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for rule in rules:
        sorter.add(rule.path, *_needed(rule, by_path, below))
    try:
        return tuple(by_path[path] for path in sorter.static_order())
    except CycleError as error:
        names = ", ".join(sorted({path.rpartition("/")[2] for path in error.args[1]}))
        raise BrokenForm(f"these questions depend on each other in a circle: {names}") from None


def _needed(rule: Rule, by_path: dict[str, Rule], below: dict[str, list[str]]) -> Iterator[str]:
    """Rules of the groups around it, of what it reads, and of what lies in or around that."""
    around = set(ancestors(rule.path))
    yield from (path for path in around if path in by_path)
    for read in rule.reads:
        if read == rule.path or read in around:
            continue  # itself, or the group it is in: `position(..)`
        near = (read, *ancestors(read), *below.get(read, ()))
        yield from (path for path in near if path in by_path and path != rule.path)

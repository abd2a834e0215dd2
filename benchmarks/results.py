"""What a benchmark measured: figures of several rounds, goals, the tables and the JSON they become.

A benchmark is a module with `run(quick: bool) -> list[Result]`; it prints nothing itself.
"""

import json
import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

LIBRARIES = ("starlette", "uvicorn", "python-telegram-bot", "sqlalchemy")  # whose versions a run names


RATIO = "ratio"  # the measure of one figure over another
VERDICTS = {True: "[green]reached[/green]", False: "[red]not reached[/red]", None: ""}


class Bound(StrEnum):
    """On which side of a goal a figure must lie."""

    AT_LEAST = "≥"
    AT_MOST = "≤"


@dataclass(frozen=True, slots=True)
class Goal:
    """A number to reach.

    >>> Goal(Bound.AT_LEAST, 0.99).reached(0.995), Goal(Bound.AT_MOST, 2).reached(2.1)
    (True, False)
    """

    bound: Bound
    value: float

    def reached(self, measured: float) -> bool:
        return measured >= self.value if self.bound is Bound.AT_LEAST else measured <= self.value


@dataclass(frozen=True, slots=True)
class Result:
    """One figure of one contestant, a value for each round.

    >>> str(Result("inbound", "Carnet", "messages/s", (900.0, 1100.0, 1000.0)))
    '1000 (900–1100)'
    """

    benchmark: str  # of the table it belongs to: «inbound»
    contestant: str  # the row of the table: «Carnet on SQLite»
    measure: str  # the column, with its unit: «p99 ms»
    values: tuple[float, ...]  # one per round, in their order
    goal: Goal | None = None

    @property
    def median(self) -> float:
        return median(self.values)

    @property
    def reached(self) -> bool | None:
        """Whether the median reaches the goal; None without one."""
        return self.goal.reached(self.median) if self.goal else None

    def __str__(self) -> str:
        middle = _figure(self.median)
        if len(self.values) == 1:
            return middle
        return f"{middle} ({_figure(min(self.values))}–{_figure(max(self.values))})"


def ratio(what: str, above: Result, below: Result, goal: Goal | None = None) -> Result:
    """One figure over another, round by round: what slows a whole round down weighs on both.

    >>> fast, slow = (Result("inbound", name, "messages/s", (rate,)) for name, rate in (("a", 3), ("b", 2)))
    >>> ratio("a ÷ b", fast, slow, Goal(Bound.AT_LEAST, 1)).reached
    True
    """
    values = tuple(one / other for one, other in zip(above.values, below.values, strict=True))
    return Result(above.benchmark, what, RATIO, values, goal)


def find(results: Iterable[Result], contestant: str, measure: str) -> Result:
    """One figure among many."""
    return next(one for one in results if one.contestant == contestant and one.measure == measure)


def print_tables(results: Sequence[Result], console: Console) -> None:
    """A table for each benchmark with a row for each contestant; then the goals, and which are reached."""
    for benchmark in dict.fromkeys(one.benchmark for one in results):
        console.print(_figures(benchmark, [one for one in results if one.benchmark == benchmark]))
    ratios = Table("what", "to reach", "measured", "", title="Goals")
    for one in results:
        if one.goal is not None or one.measure == RATIO:
            what = f"{one.benchmark}: {one.contestant}" + ("" if one.measure == RATIO else f", {one.measure}")
            wanted = f"{one.goal.bound} {_figure(one.goal.value)}" if one.goal else ""
            ratios.add_row(what, wanted, str(one), VERDICTS[one.reached])
    if ratios.row_count:
        console.print(ratios)


def write_json(results: Sequence[Result], path: Path, begun: datetime) -> None:
    """The whole run as a file: figures, goals, and on what it was measured."""
    run = {
        "begun": begun.isoformat(timespec="seconds"),
        "took_seconds": round((datetime.now(UTC) - begun).total_seconds()),
        "machine": {"processors": os.cpu_count(), "system": platform.system(), "kind": platform.machine()},
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in LIBRARIES},
        "results": [asdict(one) | {"median": one.median, "reached": one.reached} for one in results],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(run, ensure_ascii=False, indent=1), encoding="utf-8")


def _figures(benchmark: str, results: Sequence[Result]) -> Table:
    """Ratios have no columns of their own: they stand below."""
    shown = [one for one in results if one.measure != RATIO]
    measures = list(dict.fromkeys(one.measure for one in shown))
    table = Table(benchmark, title=f"{benchmark}: median (lowest–highest)")
    for measure in measures:
        table.add_column(measure, justify="right")
    for contestant in dict.fromkeys(one.contestant for one in shown):
        cells = {one.measure: str(one) for one in shown if one.contestant == contestant}
        table.add_row(contestant, *(cells.get(measure, "") for measure in measures))
    return table


def _figure(value: float) -> str:
    """Three figures that mean something.

    >>> [_figure(value) for value in (1234.5, 98.7, 3.14159, 0.9946, 0.0, 2)]
    ['1234', '98.7', '3.14', '0.995', '0', '2']
    """
    if value == int(value) or abs(value) >= 100:
        return f"{value:.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}" if abs(value) >= 1 else f"{value:.3f}"

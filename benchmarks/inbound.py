"""Messages in: a signed webhook, 64 connections, everyone in the same conversation of three questions.

Each contestant is a process of its own behind the same web server, the requests come from another. They take
turns, round by round, each time from an empty or a freshly copied database. After each turn it is looked up
that every acknowledged message was handled; one that was not makes the run void.

What is measured is the way in. The other bots answer a message before they acknowledge it: their calls are
answered within the process. Carnet commits its replies and acknowledges; its send loop is at rest, as it
nearly is in life, where Telegram takes 30 messages a second. Then once more with everything: all send their
replies over HTTP to a provider without limits, and a message counts as answered when they are there.
"""

import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.contestants import stage
from benchmarks.contestants.carnet import Replies
from benchmarks.contestants.processes import free_port, program
from benchmarks.contestants.stage import CPU, P99, RATE, WARM, Figures, Stage
from benchmarks.contestants.stores import postgres_store, sqlite_store
from benchmarks.results import Bound, Goal, Result, find, ratio

PEOPLE, ROUNDS = 1024, 5
PEOPLE_QUICK, ROUNDS_QUICK = 256, 2

BARE = "a route that does nothing (Starlette)"
PTB = "PTB ConversationHandler, in memory"
PTB_KEPT = "PTB ConversationHandler, SQLite"
FSM = "aiogram FSM, SQLite"
CARNET = "Carnet, SQLite"
CARNET_POSTGRES = "Carnet, PostgreSQL"

Turn = Callable[[Stage], Figures]
Contestants = Mapping[str, Turn]


@dataclass(frozen=True, slots=True)
class Field:
    """Who takes part, on one stage."""

    where: Stage
    on_the_way_in: Contestants
    with_replies: Contestants  # all send them over HTTP


def run(quick: bool) -> list[Result]:
    """Every contestant in every round, and the ratios that there are goals for."""
    people, rounds = (PEOPLE_QUICK, ROUNDS_QUICK) if quick else (PEOPLE, ROUNDS)
    with field(people) as ready:
        results = measure("inbound", ready.where, ready.on_the_way_in, rounds)
        sent = measure("inbound and replies", ready.where, ready.with_replies, rounds - rounds // 2)
    return [*results, *goals(results), *sent]


@contextmanager
def field(people: int) -> Iterator[Field]:
    """Databases of people who have joined, a provider that listens, and who takes part."""
    with tempfile.TemporaryDirectory(prefix="carnet-") as name:
        folder, port = Path(name), free_port()
        provider = f"http://127.0.0.1:{port}"
        sqlite = sqlite_store(folder, people + WARM)
        with (
            postgres_store(folder, people + WARM) as postgres,
            program("benchmarks.contestants.provider", port, log=folder / "log"),
        ):
            inbound: dict[str, Turn] = {
                BARE: stage.bare,
                PTB: stage.ptb,
                PTB_KEPT: stage.ptb_kept,
                FSM: stage.fsm,
                CARNET: partial(stage.carnet, store=sqlite, replies=Replies.KEPT),
                CARNET_POSTGRES: partial(stage.carnet, store=postgres, replies=Replies.KEPT),
            }
            replies: dict[str, Turn] = {
                PTB_KEPT: partial(stage.ptb_kept, provider=provider),
                FSM: partial(stage.fsm, provider=provider),
                CARNET: partial(stage.carnet, store=sqlite, replies=Replies.SENT),
                CARNET_POSTGRES: partial(stage.carnet, store=postgres, replies=Replies.SENT),
            }
            if not stage.AIOGRAM.exists():  # `make bench` sets it up
                del inbound[FSM], replies[FSM]
            yield Field(Stage(folder, people, provider), inbound, replies)


def measure(name: str, where: Stage, everyone: Contestants, rounds: int) -> list[Result]:
    """All take turns, round by round."""
    figures: dict[tuple[str, str], list[float]] = defaultdict(list)
    for _ in range(rounds):
        for contestant, turn in everyone.items():
            for what, value in turn(where).items():
                figures[contestant, what].append(value)
    return [Result(name, who, what, tuple(values)) for (who, what), values in figures.items()]


def goals(results: list[Result]) -> Iterator[Result]:
    """The ratios. Those of processor time have no goal; other work on the machine moves them least."""
    took_part = {one.contestant for one in results}
    for what, above, below, measure_, goal in (
        ("Carnet ÷ PTB in memory", CARNET, PTB, RATE, Goal(Bound.AT_LEAST, 1.0)),
        ("Carnet ÷ PTB with SQLite", CARNET, PTB_KEPT, RATE, Goal(Bound.AT_LEAST, 4.0)),
        ("Carnet ÷ aiogram with SQLite", CARNET, FSM, RATE, Goal(Bound.AT_LEAST, 4.0)),
        ("p99 of Carnet ÷ p99 of PTB with SQLite", CARNET, PTB_KEPT, P99, Goal(Bound.AT_MOST, 0.5)),
        ("Carnet on PostgreSQL ÷ PTB in memory", CARNET_POSTGRES, PTB, RATE, Goal(Bound.AT_LEAST, 0.8)),
        ("CPU of PTB in memory ÷ CPU of Carnet", PTB, CARNET, CPU, None),
        ("CPU of PTB with SQLite ÷ CPU of Carnet", PTB_KEPT, CARNET, CPU, None),
    ):
        if {above, below} <= took_part:
            yield ratio(what, find(results, above, measure_), find(results, below, measure_), goal)

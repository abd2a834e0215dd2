"""The command `python -m benchmarks`: everything the goals are about in one run, as tables and as JSON."""

import argparse
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from rich.console import Console

from benchmarks.results import Result, print_tables, write_json
from bot.logs import set_up_logs

PARTS = ("inbound", "memory_and_start")
FOLDER = Path(".benchmarks")
WIDE = 140  # characters, where nobody says how wide it is


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", default=PARTS, metavar="part", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--quick", action="store_true", help="a minute, for a first look; ratios are rough")
    parser.add_argument("--json", type=Path, help="where the figures go; else a new file in .benchmarks/")
    wanted = parser.parse_args()
    set_up_logs()
    begun = datetime.now(UTC)
    console = Console()
    if not console.is_terminal:
        console = Console(width=WIDE)
    results: list[Result] = []
    for part in wanted.parts:
        console.print(f"[dim]{part} …[/dim]")
        results += import_module(f"benchmarks.{part}").run(quick=wanted.quick)
    print_tables(results, console)
    path = wanted.json or FOLDER / f"{begun:%Y%m%d-%H%M%S}.json"
    write_json(results, path, begun)
    console.print(f"Written to {path}")


if __name__ == "__main__":
    main()

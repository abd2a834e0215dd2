"""The command: `python -m tests.oracle xpath FILE`; `-v` shows disagreements, `--out` keeps every answer."""

import argparse
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.oracle import answers, walks, xpath
from tests.oracle.report import Result, count, show_disagreements, write_own

CHECKS: dict[str, Callable[[Path], Iterable[Result]]] = {
    "answers": answers.check,
    "walks": walks.check,
    "xpath": xpath.check,
}


def main() -> None:
    """Run one check; the last line printed is `N of M agree`, or what the check itself sums up."""
    parser = argparse.ArgumentParser(prog="python -m tests.oracle", description=__doc__)
    parser.add_argument("check", choices=sorted(CHECKS))
    parser.add_argument("path", type=Path, help="the file or folder with the cases")
    parser.add_argument("-v", "--verbose", action="store_true", help="show each disagreement")
    parser.add_argument("--out", type=Path, help="write what the program answered, one JSON line per case")
    asked = parser.parse_args()
    results = list(CHECKS[asked.check](asked.path))
    if asked.verbose:
        show_disagreements(results)
    if asked.out:
        write_own(results, asked.out)
    relevant = [result for result in results if result.odk_relevant]
    if len(relevant) < len(results):
        print(f"that forms rely on: {count(relevant)}")
    print(answers.summary(results) if asked.check == "answers" else count(results))


if __name__ == "__main__":
    main()

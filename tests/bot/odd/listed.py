"""The tables of docs/channels.md that say what each incoming thing does."""

from dataclasses import dataclass
from pathlib import Path

DOCUMENT = Path(__file__).parents[3] / "docs" / "channels.md"


@dataclass(frozen=True, slots=True)
class Listed:
    """One row: what the thing is read as, and whether it is answered."""

    read_as: str  # the type of the event, or `nothing`
    answered: str  # `yes`, `no`, `once`


def listed(heading: str) -> dict[str, Listed]:
    """The rows of the table under this heading, by what comes."""
    section = DOCUMENT.read_text(encoding="utf-8").partition(f"### {heading}")[2].partition("\n#")[0]
    lines = [line for line in section.splitlines() if line.startswith("| ")]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]
    assert all(len(row) == 4 for row in rows), "a cell is missing or too many"
    found = {row[0]: Listed(row[1], row[2]) for row in rows}
    assert len(found) == len(rows), "something is listed twice"
    return found

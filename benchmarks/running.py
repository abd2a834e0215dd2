"""Forms as they are read and walked: compiling, and one step of a conversation in large ones."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from pyxform.xls2xform import convert

from benchmarks.timing import medians
from conversations.answers import Refusal
from conversations.events import Text
from conversations.forms import Filling, Form, Run, Surroundings, compile_form, read_xform
from conversations.session import FormDialogue, Place, Purpose, Session
from conversations.snapshot import Participant, Project, Snapshot
from conversations.step import step
from conversations.vocabulary import Channel, ConsentState, Language

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
AROUND = Surroundings(NOW, "Africa/Casablanca", Language.ENGLISH)
HEAD = "| survey |\n| | type | name | label | required | relevant | constraint | calculation |\n"
CHOICES = (
    "| choices |\n| | list_name | name | label |\n"
    "| | yn | yes | Yes |\n| | yn | no | No |\n| settings |\n| | form_id |\n| | made |\n"
)


class Ids:
    """Ids as a step needs them; they are not measured."""

    def row(self) -> str:
        return "row"

    def pseudonym(self) -> str:
        return "pseudonym"

    def token(self) -> str:
        return "token"

    def secret(self) -> str:
        return "secret"


def generated(questions: int, relevant: int, constraints: int) -> bytes:
    """A sheet of so many questions, each rule reading the question before it or the first."""
    rows = []
    for number in range(questions):
        before = f"${{q{number - 1}}}" if number else ""
        rule = f"{before} != 'no' and ${{q0}} != 'no'" if 0 < number <= relevant else ""
        limit = ". >= 0 and . < 1000" if relevant < number <= relevant + constraints else ""
        sort = "select_one yn" if number <= relevant else ("integer" if limit else "text")
        rows.append(f"| | {sort} | q{number} | Question {number}? | | {rule} | {limit} | |")
    return f"{HEAD}{chr(10).join(rows)}\n{CHOICES}".encode()


def run() -> None:
    """Print what compiling and stepping take."""
    for questions in (50, 500):
        sheet = generated(questions, questions * 2 // 5, questions // 10)
        converting: Callable[[], str] = partial(_convert, sheet)
        reading = partial(read_xform, converting(), "v1")
        whole = partial(compile_form, sheet, "md", "v1")
        taken = medians({"whole": whole, "pyxform": converting, "ours": reading}, 1)
        print(
            f"compile {questions} questions, sheet to form: {taken['whole'] * 1000:.1f} ms"
            f" (pyxform {taken['pyxform'] * 1000:.1f} ms, XForm to form {taken['ours'] * 1000:.1f} ms)"
        )
    _print_step(
        "370 questions, 150 relevant, 40 constraint", read_xform(_convert(generated(370, 150, 40)), "v1")
    )
    for path in map(Path, sys.argv[1:]):
        content, kind = path.read_bytes(), path.suffix.removeprefix(".")
        form = read_xform(content.decode(), "v1") if kind == "xml" else compile_form(content, kind, "v1")
        _print_step(f"{path.name} ({len(form.fields)} questions, {len(form.rules)} rules)", form)


def _convert(sheet: bytes) -> str:
    return str(convert(sheet, file_type=".md").xform)


def _print_step(name: str, form: Form) -> None:
    """The slowest median of one conversation step, at a dozen places of the form."""
    fillings = _fillings(form)
    steps = {
        str(number): partial(_step, form, filling, text) for number, (filling, text) in enumerate(fillings)
    }
    taken = sorted(medians(steps, 3).values())
    middle, slowest = taken[len(taken) // 2] * 1000, taken[-1] * 1000
    print(f"one step in {name}: median {middle:.2f} ms, slowest {slowest:.2f} ms")


def _step(form: Form, filling: Filling, text: str) -> object:
    project = Project("Africa/Casablanca", Language.ENGLISH, {"v1": form}, {form.form_id: "v1"})
    person = Participant("p1", Language.ENGLISH, ConsentState.GIVEN, NOW, first_name="Amina")
    session = Session(Place.FORM, "token", FormDialogue(Purpose.SURVEY, filling))
    snapshot = Snapshot(project, Channel.PHONE, participant=person, session=session)
    return step(snapshot, Text(text), NOW, Ids())


def _fillings(form: Form) -> list[tuple[Filling, str]]:
    """Twelve places of a walk through the form, each with an answer that is taken there."""
    run = Run.begin(form, AROUND)
    found: list[tuple[Filling, str]] = []
    while run.ahead.stop is not None and len(found) < 400:
        texts = ("1", "7", "yes", "2025-03-12", "14:30", "2025-03-12 14:30", "34.02, -6.83", "0612345678")
        for text in texts:
            before = run.filling
            if not isinstance(run.answer_text(text), Refusal):
                found.append((before, text))
                break
        else:
            if run.skip() is not None:
                break
    return found[:: max(1, len(found) // 12)]

"""Forms beside JavaRosa: the walks of `walks.jsonl` through the sheets in the same folder.

A step agrees when the question, its text, help, choices, the value it held, what became of each answer tried,
and what is stored agree; a walk's end agrees when the form has nothing more ahead, and all its values agree.
"""

import json
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from conversations.answers import Chosen, Refusal, Spot
from conversations.events import Attachment, AttachmentKind
from conversations.forms import Form, FormError, Run, Surroundings, compile_form, read_xform
from conversations.forms.asking import offered, worded
from conversations.forms.form import Field, Repeat
from conversations.forms.places import order_key, path_of
from conversations.forms.submission import submitted
from conversations.forms.understand import Answer
from conversations.forms.walk import Next, Stop
from conversations.messages import Say, Verbatim
from conversations.vocabulary import Language
from tests.oracle.final_values import as_web_forms_writes, final_values, varying_paths
from tests.oracle.report import Result

WALKED_AT = datetime(2026, 11, 23, 13, 20, tzinfo=UTC)
MOST_CHOICES = 60  # as many as the walks keep
MISSING = "-"  # what pyxform writes for a missing translation; we show the default language instead
SHEETS = (".xlsx", ".xls", ".csv", ".md")

Json = dict[str, Any]


class Properties(dict[str, str]):
    """What JavaRosa's stand-in device said of itself."""

    def get(self, name: str, default: Any = None) -> str:
        """Each property by its own name."""
        return f"prop-{name}"


@dataclass(slots=True)
class Walk:
    """One walk as it is repeated."""

    name: Json
    run: Run
    trail: list[str]  # places of what was passed, notes too


def check(folder: Path) -> Iterator[Result]:
    """Repeat each walk; one result per step and one for the end."""
    forms: dict[str, Form | FormError] = {}
    with (folder / "walks.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            walk = json.loads(line)
            name = walk["form"]
            if name not in forms:
                forms[name] = form_of(folder, name)
            yield from _repeat(walk, forms[name])


def form_of(folder: Path, name: str) -> Form | FormError:
    """The form of a walk, compiled from its sheet; from the stored XForm where the sheet is not enough."""
    sheet = folder / name.removesuffix(".xform.xml")
    attached = {each.name: each.read_bytes() for each in folder.glob("*.geojson")}
    try:
        if sheet.suffix in SHEETS and sheet.exists():
            return compile_form(sheet.read_bytes(), sheet.suffix, name, attached)
    except FormError:
        pass
    try:
        with tarfile.open(folder / "xforms.tar.gz") as archive:
            stored = archive.extractfile(name)
            return read_xform(stored.read().decode() if stored else "", name, attached)
    except (FormError, KeyError) as error:
        return error if isinstance(error, FormError) else FormError(f"there is no form {name}")


def _repeat(walk: Json, form: Form | FormError) -> Iterator[Result]:
    name = {"form": walk["form"], "seed": walk["seed"]}
    if isinstance(form, FormError):
        for number, step in enumerate(walk["steps"]):
            yield Result(name | {"step": number}, _about(step), step, str(form), agrees=False)
        return
    around = Surroundings(
        WALKED_AT, "UTC", Language.ENGLISH, sheet_language=walk["lang"] or "", properties=Properties()
    )
    own = Walk(name, Run.begin(form, around), [])
    for number, step in enumerate(walk["steps"]):
        expected = _expected(step)
        try:
            given = _step(own, step)
        except FormError as error:
            given = {"error": str(error)}
        yield Result(
            name | {"step": number}, _about(step), expected, given, agrees=_same(expected, given, form)
        )
    yield _end(own, walk)


def _about(step: Json) -> str:
    return str(step.get("q") or step.get("repeat"))


def _expected(step: Json) -> Json:
    if "repeat" in step:
        return {"repeat": step["repeat"]}
    return {
        "q": step["q"],
        "text": step["text"] or "",
        "help": step["help"] or "",
        "required": step["required"],
        "readonly": step["readonly"],
        "before": step["before"] or "",
        "choices": step.get("choices") or [],
        "tries": [
            [verdict, (message or "") if verdict == "constraint" else ""]
            for _, verdict, message in step["tries"]
        ],
        "stored": step["stored"] or "",
    }


def _step(own: Walk, step: Json) -> Json:
    stop = _ahead(own)
    if stop is None:
        return {"q": None}
    if isinstance(stop.item, Repeat):
        if "repeat" in step:
            own.run.answer(Chosen(("yes" if step["add"] else "no",)))
            own.trail.append(stop.place)
        return {"repeat": _indexed(stop.place)}
    return _question(own, stop, stop.item, step)


def _ahead(own: Walk) -> Stop | None:
    """What comes next, notes one by one. JavaRosa only goes forward: what is behind is not asked."""
    run = own.run
    passed = set(own.trail)
    order = run.form.order
    last = order_key(own.trail[-1], order) if own.trail else ()
    ahead = run.ahead
    for stop in (*ahead.notes, *([ahead.stop] if ahead.stop else [])):
        if stop.place not in passed and order_key(stop.place, order) > last:
            return stop
    return None


def _question(own: Walk, stop: Stop, field: Field, step: Json) -> Json:
    run, place = own.run, stop.place
    shown = worded(run.instance, Next(stop, ()))
    assert shown is not None
    readonly = run.instance.holds(field.readonly, place)
    required = shown.required and not run.instance.value(place)
    given: Json = {
        "q": _indexed(place),
        "text": shown.label,
        "help": shown.hint,
        "required": shown.required,
        "readonly": readonly,
        "before": shown.value,
        "choices": [
            [option.name, option.label] for option in offered(run.instance, field, place)[:MOST_CHOICES]
        ]
        if field.choices
        else [],
    }
    own.trail.append(place)
    if step.get("q") != given["q"]:
        return given
    if readonly and required:
        run.put(place, field, "")  # JavaRosa's walker went past it
        return given | {"tries": [["required", ""]], "stored": ""}
    if readonly:
        run.instance.hold(place, "")  # JavaRosa's walker answers a note with nothing
        run.instance.refresh({field.path})
        run.filling = _with_answers(run)
        given |= {"tries": [["ok", ""]], "stored": ""}
        return given
    tries = []
    for answer, _, _ in step["tries"]:
        tries.append(_try(run, step, answer, place))
    given["tries"] = tries
    if tries[-1][0] != "ok":
        run.put(place, field, run.instance.nodes[place].text)  # the walker gave up, and went on
    given["stored"] = run.instance.nodes[place].text
    return given


def _try(run: Run, step: Json, answer: str | None, place: str) -> list[str]:
    required = bool((question := run.question()) and question.required)
    refusal = run.skip() if answer is None else run.answer(_typed(step, answer))
    if refusal is None:
        return ["ok", ""]
    return _verdict(refusal, required and answer is None)


def _verdict(refusal: Refusal, skipped: bool) -> list[str]:
    match refusal.line:
        case Verbatim(text):
            return ["required", ""] if skipped else ["constraint", text]
        case Say("answer.required"):
            return ["required", ""]
        case Say("answer.not_accepted"):
            return ["constraint", ""]
        case Say(id):
            return ["refused", id]


def _with_answers(run: Run) -> Any:
    return replace(run.filling, answers={**run.filling.answers, **run.instance.written})


def _typed(step: Json, answer: str) -> Answer:
    """The answer as the program's own channels would give it."""
    match step["ctl"], step["dt"]:
        case ((10 | 12 | 13 | 15), _):
            kinds = {10: AttachmentKind.PHOTO, 12: AttachmentKind.AUDIO, 13: AttachmentKind.VIDEO}
            return Attachment(kinds.get(step["ctl"], AttachmentKind.DOCUMENT), answer)
        case ((2 | 9), _):
            return Chosen((answer,))
        case ((3 | 16), _):
            return Chosen(tuple(answer.split()))
        case _, 2:
            return int(answer)
        case _, 3:
            return Decimal(answer)
        case _, 4:
            return date.fromisoformat(answer)
        case _, 5:
            return time.fromisoformat(answer).replace(tzinfo=None)
        case _, 6:
            return datetime.fromisoformat(answer)
        case _, 10:
            return Spot(*map(float, answer.split()))
        case _:
            return answer


def _indexed(place: str) -> str:
    """A place as the walks write it: every name below the root with its position."""
    root, *below = place.strip("/").split("/")
    return "/".join(["", root, *(name if name.endswith("]") else f"{name}[1]" for name in below)])


def _same(expected: Json, given: Json, form: Form) -> bool:
    if "repeat" in expected:
        return expected == given
    comparable = dict(expected), dict(given)
    if expected["readonly"]:
        for each in comparable:
            each["before"] = ""
            each["stored"] = ""
    for key in ("text", "help"):
        if expected[key] == MISSING:
            comparable[1][key] = MISSING
    if len(expected["choices"]) == len(given.get("choices", ())):
        comparable[1]["choices"] = [
            [own[0], its[1] if its[1] == MISSING or (its[1] is None and own[1] == own[0]) else own[1]]
            for its, own in zip(expected["choices"], given.get("choices", ()), strict=True)
        ]
    return comparable[0] == comparable[1]


def _end(own: Walk, walk: Json) -> Result:
    """Nothing is ahead, and the final values agree."""
    rest = _ahead(own)
    form = own.run.form
    varying = varying_paths(form)
    expected = final_values(walk["xml"], varying)
    given = final_values(submitted(own.run.instance).instance_xml, varying)
    calculated = {rule.path for rule in form.rules if rule.calculate}
    for place, value in expected.items():
        if path_of(place) in calculated and given.get(place) in as_web_forms_writes(value):
            expected[place] = given[place]
    if rest is not None:
        given["ahead"] = rest.place
    return Result(own.name | {"step": "end"}, "the end", expected, given, agrees=expected == given)

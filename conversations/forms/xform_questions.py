"""Reading the body of an XForm: its questions, groups and repeats, with what their binds say of them."""

import math
from collections.abc import Iterator

from lxml import etree

from conversations.forms.errors import BrokenForm, UnsupportedForm
from conversations.forms.form import (
    Action,
    Bounds,
    Choices,
    Field,
    Item,
    QuestionType,
    Repeat,
    Section,
    StaticChoice,
)
from conversations.forms.source import Source, reads
from conversations.forms.wording import NO_WORDING
from conversations.forms.xform_names import ITEXT_OF_ITEM, JR, XF, holds, local_name

INPUTS = {
    "int": QuestionType.INTEGER,
    "integer": QuestionType.INTEGER,
    "long": QuestionType.INTEGER,
    "decimal": QuestionType.DECIMAL,
    "double": QuestionType.DECIMAL,
    "float": QuestionType.DECIMAL,
    "date": QuestionType.DATE,
    "time": QuestionType.TIME,
    "dateTime": QuestionType.DATE_TIME,
    "geopoint": QuestionType.PLACE,
}
UPLOADS = {"image": QuestionType.IMAGE, "audio": QuestionType.AUDIO, "video": QuestionType.VIDEO}
SELECTS = {
    "select1": QuestionType.SELECT_ONE,
    "select": QuestionType.SELECT_MULTIPLE,
    "rank": QuestionType.RANK,
}
ON_A_MAP_ONLY = ("geotrace", "geoshape")
NO_QUESTIONS = ("label", "hint", "setvalue", "setgeopoint", "recordaudio", "itext", "help")
CHANGED, NEW_TURN, FIRST_LOAD = "xforms-value-changed", "odk-new-repeat", "odk-instance-first-load"
AT_FIRST = (FIRST_LOAD, "odk-instance-load", "xforms-ready")


def items(parent: etree._Element, source: Source, given: dict[str, int]) -> Iterator[Item]:
    """What is asked, in order; `given` says how many turns each repeat has from the start."""
    for control in parent:
        match local_name(control):
            case name if name in NO_QUESTIONS:
                continue
            case "group":
                yield from _group(control, source, given)
            case "repeat":
                yield _repeat(control, control.getparent(), source, given)
            case "input" | "select1" | "select" | "rank" | "upload" | "trigger" | "range":
                yield from _question(control, source)
            case other:
                raise UnsupportedForm(f"a chat cannot ask a {other} ({control.get('ref', '')})")


def actions(parent: etree._Element, source: Source, events: tuple[str, ...]) -> tuple[Action, ...]:
    """The values that the element sets on any of these events."""
    return tuple(
        Action(
            action.get("ref", "") or action.get("bind", ""),
            source.expression(action.get("value", "")) if action.get("value", "").strip() else None,
            action.text or "",
        )
        for action in parent.iterfind(f"{XF}setvalue")
        if set(action.get("event", "").split()).intersection(events)
    )


def _group(control: etree._Element, source: Source, given: dict[str, int]) -> Iterator[Item]:
    """A group; one that only wraps a repeat gives it its label."""
    inner = tuple(items(control, source, given))
    if len(inner) == 1 and isinstance(inner[0], Repeat) and control.find(f"{XF}repeat") is not None:
        yield inner[0]
        return
    label = source.wording(control.find(f"{XF}label"))
    path = control.get("ref", "") or control.get("nodeset", "")
    yield Section(path, label, inner, control.get("appearance", ""), control.get("intent", ""))


def _repeat(
    control: etree._Element, around: etree._Element | None, source: Source, given: dict[str, int]
) -> Repeat:
    path = control.get("nodeset", "")
    label = control.find(f"{XF}label")
    if label is None and around is not None:
        label = around.find(f"{XF}label")
    count_text = control.get(f"{JR}count", "").strip()
    count = source.expression(count_text) if count_text else None
    return Repeat(
        path=path,
        label=source.wording(label),
        items=tuple(items(control, source, given)),
        given=given.get(path, 0),
        count=count,
        fixed=holds(control.get(f"{JR}noAddRemove", "")),
        relevant=source.of_bind(path, "relevant"),
        actions=actions(control, source, (NEW_TURN,)),
    )


def _question(control: etree._Element, source: Source) -> Iterator[Field]:
    path = control.get("ref", "")
    bind = source.binds.get(path, {})
    if bind.get("type") in ON_A_MAP_ONLY:
        if holds(bind.get("required", "")):
            raise UnsupportedForm(f"a chat cannot ask a {bind['type']} ({path}), and it is required")
        return  # what is drawn on a map is left out, as the check of the form says
    constraint = source.of_bind(path, "constraint")
    yield Field(
        path=path,
        type=_type(control, bind.get("type", "string").removeprefix("xsd:")),
        label=source.wording(control.find(f"{XF}label")),
        hint=source.wording(control.find(f"{XF}hint")),
        required=source.of_bind(path, "required"),
        required_message=source.message(path, "requiredMsg"),
        constraint=constraint,
        constraint_message=source.message(path, "constraintMsg"),
        constraint_reads=reads(path, constraint),
        readonly=source.of_bind(path, "readonly"),
        choices=_choices(control, path, source) if local_name(control) in SELECTS else None,
        bounds=_bounds(control, path) if local_name(control) == "range" else None,
        appearance=control.get("appearance", ""),
        intent=control.get("intent", ""),
        actions=actions(control, source, (CHANGED,)),
    )


def _type(control: etree._Element, data_type: str) -> QuestionType:
    match local_name(control):
        case "trigger":
            return QuestionType.ACKNOWLEDGE
        case "range":
            return QuestionType.RANGE
        case "upload":
            return UPLOADS.get(control.get("mediatype", "").partition("/")[0], QuestionType.FILE)
        case name:
            return SELECTS.get(name) or INPUTS.get(data_type, QuestionType.TEXT)


def _bounds(control: etree._Element, path: str) -> Bounds:
    try:
        start, end, step = (float(control.get(name, "")) for name in ("start", "end", "step"))
    except ValueError:
        raise BrokenForm(f"the range {path} needs a start, an end and a step") from None
    if not all(map(math.isfinite, (start, end, step))):
        raise BrokenForm(f"the range {path} has no bounds")
    return Bounds(min(start, end), max(start, end), abs(step))


def _choices(control: etree._Element, path: str, source: Source) -> Choices:
    itemset = control.find(f"{XF}itemset")
    if itemset is None:
        return Choices(written=tuple(_written(control, source)))
    nodes = source.expression(itemset.get("nodeset", ""))
    value, label = itemset.find(f"{XF}value"), itemset.find(f"{XF}label")
    if value is None or not value.get("ref"):
        raise BrokenForm(f"the choices of {path} have no names")
    label_ref = label.get("ref", "") if label is not None else ""
    pointer = ITEXT_OF_ITEM.fullmatch(label_ref)
    return Choices(
        nodes=nodes,
        value=source.expression(value.get("ref", "")),
        label=source.expression(pointer[1] if pointer else label_ref or value.get("ref", "")),
        translated=pointer is not None,
        reads=reads(path, nodes),
    )


def _written(control: etree._Element, source: Source) -> Iterator[StaticChoice]:
    for item in control.iterfind(f"{XF}item"):
        label = item.find(f"{XF}label")
        yield StaticChoice(
            item.findtext(f"{XF}value", "").strip(),
            source.wording(label) if label is not None else NO_WORDING,
        )

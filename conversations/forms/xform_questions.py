"""Reading the questions of an XForm: its controls, with what their binds say of them."""

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from conversations.expressions import Expression, compile_expression
from conversations.forms.errors import UnsupportedForm
from conversations.forms.form import Choices, Field, QuestionType
from conversations.forms.wording import Wording
from conversations.forms.xform_texts import XF, message, wording

ITEXT_OF_ITEM = re.compile(r"\s*jr:itext\(\s*([\w.-]+)\s*\)\s*")
INPUTS = {
    "string": QuestionType.TEXT,
    "int": QuestionType.INTEGER,
    "decimal": QuestionType.DECIMAL,
    "date": QuestionType.DATE,
}
SELECTS = {f"{XF}select1": QuestionType.SELECT_ONE, f"{XF}select": QuestionType.SELECT_MULTIPLE}


def fields(
    parent: etree._Element, binds: Mapping[str, Mapping[str, str]], translated: Mapping[str, Wording]
) -> Iterator[Field]:
    """The questions in order, those of groups among them."""
    for control in parent:
        match etree.QName(control).localname:
            case "label" | "hint":
                continue
            case "group":
                yield from fields(control, binds, translated)
            case "input" | "select1" | "select":
                yield _field(control, binds.get(control.get("ref", ""), {}), translated)
            case other:
                raise UnsupportedForm(f"a chat cannot ask a {other} ({control.get('ref', '')}) yet")


def _field(control: etree._Element, bind: Mapping[str, str], translated: Mapping[str, Wording]) -> Field:
    path = control.get("ref", "")
    if control.find(f"{XF}setvalue") is not None:
        raise UnsupportedForm(f"{path} sets another value when answered: a chat cannot do that yet")
    return Field(
        path=path,
        type=_type(control, bind, path),
        label=wording(control.find(f"{XF}label"), translated),
        hint=wording(control.find(f"{XF}hint"), translated),
        required=expression_of(bind, "required"),
        required_message=message(bind, "requiredMsg", translated),
        constraint=expression_of(bind, "constraint"),
        constraint_message=message(bind, "constraintMsg", translated),
        choices=_choices(control, path) if control.tag in SELECTS else None,
    )


def _type(control: etree._Element, bind: Mapping[str, str], path: str) -> QuestionType:
    if bind.get("readonly", "").strip() == "true()":
        return QuestionType.NOTE
    if control.tag in SELECTS:
        return SELECTS[control.tag]
    asked = INPUTS.get(bind.get("type", "string"))
    if asked is None:
        raise UnsupportedForm(f"a chat cannot ask a {bind.get('type')} ({path}) yet")
    return asked


def _choices(control: etree._Element, path: str) -> Choices:
    itemset = control.find(f"{XF}itemset")
    value = itemset.find(f"{XF}value") if itemset is not None else None
    label = itemset.find(f"{XF}label") if itemset is not None else None
    if itemset is None or value is None or label is None:
        raise UnsupportedForm(f"the choices of {path} are not in a list")
    pointer = ITEXT_OF_ITEM.fullmatch(label.get("ref", ""))
    return Choices(
        nodes=compile_expression(itemset.get("nodeset", "")),
        value=value.get("ref", ""),
        label=pointer[1] if pointer else label.get("ref", ""),
        translated=pointer is not None,
    )


def expression_of(bind: Mapping[str, str], name: str) -> Expression | None:
    """The expression in an attribute of a bind; None where there is none."""
    source = bind.get(name, "").strip()
    return compile_expression(source) if source else None

"""Reading an XForm: the XML that pyxform makes of a spreadsheet, and the only form format we store."""

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from conversations.expressions import Expression, ExpressionError, Node, compile_expression
from conversations.forms.errors import BrokenForm, UnsupportedForm
from conversations.forms.form import Choices, Default, Element, Field, Form, QuestionType, Rule
from conversations.forms.order import in_order
from conversations.forms.wording import Wording
from conversations.forms.xform_texts import JR, XF, languages, message, texts, wording

XHTML = "{http://www.w3.org/1999/xhtml}"
ITEXT_OF_ITEM = re.compile(r"\s*jr:itext\(\s*([\w.-]+)\s*\)\s*")
INPUTS = {
    "string": QuestionType.TEXT,
    "int": QuestionType.INTEGER,
    "decimal": QuestionType.DECIMAL,
    "date": QuestionType.DATE,
}
SELECTS = {f"{XF}select1": QuestionType.SELECT_ONE, f"{XF}select": QuestionType.SELECT_MULTIPLE}
FILLED_BY_THE_PROGRAM = ("uid",)  # preloads that need no question and no value while the form runs


def read_xform(xml: str, version_id: str) -> Form:
    """The form of an XForm document. Raises a FormError for one that cannot run."""
    head, body = _parts(xml)
    model = head.find(f"{XF}model")
    title = head.findtext(f"{XHTML}title", "").strip()
    if model is None:
        raise BrokenForm("the form has no model")
    instances = model.findall(f"{XF}instance")
    if not instances or len(instances[0]) != 1:
        raise BrokenForm("the form has no instance")
    root = instances[0][0]
    binds = {bind.get("nodeset", ""): _attributes(bind) for bind in model.iterfind(f"{XF}bind")}
    try:
        translated = texts(model)
        names, default = languages(model)
        return Form(
            form_id=root.get("id", ""),
            version_id=version_id,
            title=title,
            languages=names,
            default_language=default,
            fields=tuple(_fields(body, binds, translated)),
            rules=in_order([rule for path, bind in binds.items() for rule in _rule(path, bind)]),
            defaults=tuple(_defaults(model)),
            instance=_element(root),
            lists={instance.get("id", ""): _list(instance) for instance in instances[1:]},
            texts=translated,
            xml=xml,
        )
    except ExpressionError as error:
        raise BrokenForm(f"an expression of the form is wrong: {error}") from error


def _parts(xml: str) -> tuple[etree._Element, etree._Element]:
    """Head and body. Entities are not resolved and nothing is fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(xml.encode(), parser)
    except etree.XMLSyntaxError:
        raise BrokenForm("the form is not XML") from None
    head, body = root.find(f"{XHTML}head"), root.find(f"{XHTML}body")
    if head is None or body is None:
        raise BrokenForm("the form has no head or no body")
    return head, body


def _attributes(element: etree._Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.attrib.items()}


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname


def _element(element: etree._Element) -> Element:
    attributes = {name: value for name, value in _attributes(element).items() if not name.startswith("{")}
    if f"{JR}template" in element.attrib:
        raise UnsupportedForm(f"{_name(element)} is asked again and again: a chat cannot do that yet")
    text = (element.text or "").strip() if len(element) else (element.text or "")
    return Element(_name(element), text, attributes, tuple(_element(child) for child in element))


def _list(instance: etree._Element) -> Node:
    document = Node("")
    for root in instance:
        _copy(root, document)
    if instance.get("src"):
        raise UnsupportedForm(f"the list {instance.get('id')} is in another file")
    return document


def _copy(element: etree._Element, parent: Node) -> None:
    node = parent.add(Node(_name(element), "" if len(element) else element.text or ""))
    for child in element:
        _copy(child, node)


def _rule(path: str, bind: Mapping[str, str]) -> Iterator[Rule]:
    preload = bind.get(f"{JR}preload", "")
    if preload and preload not in FILLED_BY_THE_PROGRAM:
        raise UnsupportedForm(f"{path} is filled with {preload}: a chat cannot do that yet")
    relevant, calculate = _expression(bind, "relevant"), _expression(bind, "calculate")
    if relevant or calculate:
        yield Rule(path, relevant, calculate)


def _expression(bind: Mapping[str, str], name: str) -> Expression | None:
    source = bind.get(name, "").strip()
    return compile_expression(source) if source else None


def _defaults(model: etree._Element) -> Iterator[Default]:
    for action in model.iterfind(f"{XF}setvalue"):
        if action.get("event") != "odk-instance-first-load":
            raise UnsupportedForm("a value is set while the form runs: a chat cannot do that yet")
        yield Default(action.get("ref", ""), compile_expression(action.get("value", "")))


def _fields(
    parent: etree._Element, binds: Mapping[str, Mapping[str, str]], translated: Mapping[str, Wording]
) -> Iterator[Field]:
    """The questions in order, those of groups among them."""
    for control in parent:
        match _name(control):
            case "label" | "hint":
                continue
            case "group":
                yield from _fields(control, binds, translated)
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
        required=_expression(bind, "required"),
        required_message=message(bind, "requiredMsg", translated),
        constraint=_expression(bind, "constraint"),
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

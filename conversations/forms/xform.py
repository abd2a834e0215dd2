"""Reading an XForm: the XML that pyxform makes of a spreadsheet, and the only form format we store."""

from collections.abc import Iterator, Mapping

from lxml import etree

from conversations.expressions import ExpressionError, Node, compile_expression
from conversations.forms.errors import BrokenForm, UnsupportedForm
from conversations.forms.form import Default, Element, Form, Rule
from conversations.forms.order import in_order
from conversations.forms.xform_questions import expression_of, fields
from conversations.forms.xform_texts import JR, XF, languages, texts

XHTML = "{http://www.w3.org/1999/xhtml}"
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
    if not root.get("id"):
        raise BrokenForm("the form has no id")
    binds = {bind.get("nodeset", ""): _attributes(bind) for bind in model.iterfind(f"{XF}bind")}
    try:
        translated = texts(model)
        names, default = languages(model)
        form = Form(
            form_id=root.get("id", ""),
            version_id=version_id,
            title=title,
            languages=names,
            default_language=default,
            fields=tuple(fields(body, binds, translated)),
            rules=in_order([rule for path, bind in binds.items() for rule in _rule(path, bind)]),
            defaults=tuple(_defaults(model)),
            instance=_element(root),
            lists={instance.get("id", ""): _list(instance) for instance in instances[1:]},
            texts=translated,
            xml=xml,
        )
    except ExpressionError as error:
        raise BrokenForm(f"an expression of the form is wrong: {error}") from error
    _check_paths(form)
    return form


def _check_paths(form: Form) -> None:
    """Every question, rule and default must stand on a node of the instance."""
    paths: set[str] = set()
    waiting = [("", form.instance)]
    while waiting:
        above, element = waiting.pop()
        path = f"{above}/{element.name}"
        if path in paths:
            raise UnsupportedForm(f"{path} is there twice: a chat cannot do that yet")
        paths.add(path)
        waiting.extend((path, child) for child in element.children)
    used = [
        *(field.path for field in form.fields),
        *(rule.path for rule in form.rules),
        *(default.path for default in form.defaults),
    ]
    for path in used:
        if path not in paths:
            raise BrokenForm(f"there is no node {path}")


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
    relevant, calculate = expression_of(bind, "relevant"), expression_of(bind, "calculate")
    if relevant or calculate:
        yield Rule(path, relevant, calculate)


def _defaults(model: etree._Element) -> Iterator[Default]:
    for action in model.iterfind(f"{XF}setvalue"):
        if action.get("event") != "odk-instance-first-load":
            raise UnsupportedForm("a value is set while the form runs: a chat cannot do that yet")
        yield Default(action.get("ref", ""), compile_expression(action.get("value", "")))

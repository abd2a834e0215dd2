"""Reading an XForm: the XML that pyxform makes of a spreadsheet, and the only form format we store."""

from collections import Counter
from collections.abc import Iterator, Mapping

from lxml import etree

from conversations.forms.errors import BrokenForm, UnsupportedForm
from conversations.forms.form import Element, Form, Item, Preload, Repeat, Rule, Section, ancestors, elements
from conversations.forms.order import in_order
from conversations.forms.source import Source, reads
from conversations.forms.xform_lists import read_list, safe_xml
from conversations.forms.xform_names import JR, XF, XHTML, attributes, local_name, without_namespaced
from conversations.forms.xform_questions import AT_FIRST, actions, items
from conversations.forms.xform_texts import languages, texts

PRELOADS = ("timestamp", "date", "property")
NO_FILES: Mapping[str, bytes] = {}


def read_xform(xml: str, version_id: str, attachments: Mapping[str, bytes] = NO_FILES) -> Form:
    """The form of an XForm document, with its attached lists by name. Raises a FormError."""
    head, body = _parts(xml)
    model = head.find(f"{XF}model")
    if model is None:
        raise BrokenForm("the form has no model")
    instances = model.findall(f"{XF}instance")
    if not instances or len(instances[0]) != 1:
        raise BrokenForm("the form has no instance")
    root = instances[0][0]
    if not root.get("id"):
        raise BrokenForm("the form has no id")
    source = Source({bind.get("nodeset", ""): attributes(bind) for bind in model.iterfind(f"{XF}bind")})
    source.texts.update(texts(model, source))
    names, default = languages(model)
    instance = _element(root, "")
    form = Form(
        form_id=root.get("id", ""),
        version_id=version_id,
        title=head.findtext(f"{XHTML}title", "").strip(),
        languages=names,
        default_language=default,
        items=tuple(items(body, source, _turns(instance))),
        rules=in_order([rule for path in source.binds for rule in _rule(path, source)]),
        actions=(
            *actions(model, source, AT_FIRST),
            *(action for element in body.iter() for action in actions(element, source, AT_FIRST)),
        ),
        preloads=tuple(_preloads(source)),
        instance=instance,
        lists={each.get("id", ""): read_list(each, attachments) for each in instances[1:]},
        texts=source.texts,
        xml=xml,
    )
    _check_paths(form)
    return form


def _check_paths(form: Form) -> None:
    """All that is asked, worked out or set must stand on a node; only repeats are there twice."""
    paths: set[str] = set()
    waiting = [form.instance]
    while waiting:
        element = waiting.pop()
        paths.add(element.path)
        for path, turns in Counter(child.path for child in element.children).items():
            if turns > 1 and path not in form.repeats:
                raise UnsupportedForm(f"{path} is there twice, and is no repeat")
        waiting.extend(element.children)
    used = [
        *(field.path for field in form.fields),
        *form.repeats,
        *filter(None, form.order),  # a group may have no node
        *(action.path for field in form.fields for action in field.actions),
        *(rule.path for rule in form.rules),
        *(action.path for action in form.actions),
    ]
    for path in used:
        if path not in paths:
            raise BrokenForm(f"there is no node {path}")
    _check_repeats(form, form.items, frozenset())
    for path, models in form.templates.items():
        if len({frozenset(each.path for each in elements(model)) for model in models}) > 1:
            raise BrokenForm(f"the turns of {path} do not hold the same questions")


def _check_repeats(form: Form, items: tuple[Item, ...], inside: frozenset[str]) -> None:
    """What stands in a repeat of the instance must be asked in that repeat."""
    for item in items:
        around = {path for path in (item.path, *ancestors(item.path)) if path in form.repeats}
        if isinstance(item, Repeat):
            if item.path in inside or item.path == form.instance.path:
                raise BrokenForm(f"the repeat {item.path} is in itself, or is the whole form")
            around.discard(item.path)
        if not around <= inside:
            raise BrokenForm(f"{item.path} is asked outside its repeat")
        match item:
            case Section():
                _check_repeats(form, item.items, inside)
            case Repeat():
                _check_repeats(form, item.items, inside | {item.path})


def _parts(xml: str) -> tuple[etree._Element, etree._Element]:
    """Head and body."""
    try:
        root = safe_xml(xml.encode())
    except (etree.XMLSyntaxError, UnicodeEncodeError):
        raise BrokenForm("the form is not XML") from None
    head, body = root.find(f"{XHTML}head"), root.find(f"{XHTML}body")
    if head is None or body is None:
        raise BrokenForm("the form has no head or no body")
    return head, body


def _element(element: etree._Element, above: str) -> Element:
    found = attributes(element)
    path = f"{above}/{local_name(element)}"
    text = (element.text or "").strip() if len(element) else (element.text or "")
    children = tuple(_element(child, path) for child in element)
    return Element(
        local_name(element), path, text, without_namespaced(found), children, f"{JR}template" in found
    )


def _turns(instance: Element) -> dict[str, int]:
    """How many turns of each repeat the empty instance has; a template is none."""
    found: dict[str, int] = {}
    waiting = [instance]
    while waiting:
        element = waiting.pop()
        here: dict[str, int] = {}
        for child in element.children:
            here[child.path] = here.get(child.path, 0) + (0 if child.template else 1)
        found.update({path: max(count, found.get(path, 0)) for path, count in here.items()})
        waiting.extend(element.children)
    return found


def _rule(path: str, source: Source) -> Iterator[Rule]:
    relevant, calculate = source.of_bind(path, "relevant"), source.of_bind(path, "calculate")
    if relevant or calculate:
        whole = source.binds[path].get("type", "").removeprefix("xsd:") in ("int", "integer")
        yield Rule(path, relevant, calculate, whole, reads(path, relevant, calculate))


def _preloads(source: Source) -> Iterator[Preload]:
    for path, bind in source.binds.items():
        kind = bind.get(f"{JR}preload", "")
        if kind in PRELOADS:
            yield Preload(path, kind, bind.get(f"{JR}preloadParams", ""))

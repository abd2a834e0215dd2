"""Checking types and appearances: known to XLSForm, and such that a chat can ask them."""

from collections.abc import Iterator, Sequence

from conversations.forms.adapting import BETWEEN, DRAWN, EXTERNAL_APP
from conversations.forms.lint.finding import Code, Finding, Severity
from conversations.forms.lint.questionnaire import YES, Item, ItemKind, Questionnaire
from conversations.forms.lint.spelling import nearest
from conversations.forms.lint.workbook import Cell, at_cell, at_row

USUAL = """text integer decimal range date time dateTime datetime select_one select_multiple rank note
acknowledge trigger geopoint geotrace geoshape image photo audio video file barcode calculate hidden today
start end deviceid username email phonenumber audit background-audio background-geopoint start-geopoint
csv-external xml-external select_one_from_file select_multiple_from_file begin_group end_group begin_repeat
end_repeat"""
NOT_ASKED = frozenset(("geotrace", "geoshape", "q geotrace", "q geoshape", "osm"))
BACKGROUND = frozenset(("audit", "background-audio", "background-geopoint", "start-geopoint"))
BARCODES = frozenset(("barcode", "q barcode", "add barcode prompt"))
ON_A_MAP = frozenset(("map", "quickmap", "image-map"))  # appearances of a select


def check_types(form: Questionnaire) -> Iterator[Finding]:
    """The type and the appearance of every row."""
    yield from _without_type(form)
    for item in form.items:
        if item.kind is ItemKind.QUESTION:
            yield from _type(form, item)
        if item.kind in (ItemKind.QUESTION, ItemKind.BEGIN):
            yield from _appearance(form, item)
        if item.type == "calculate" and not (
            form.survey.text(item.row, "calculation") or form.survey.text(item.row, "default")
        ):
            yield at_row(Severity.ERROR, Code.NO_CALCULATION, form.survey, item.row.number, name=item.name)


def _without_type(form: Questionnaire) -> Iterator[Finding]:
    for row in form.survey.rows:
        if not form.survey.text(row, "type") and (
            form.survey.text(row, "name") or form.survey.text(row, "label")
        ):
            yield at_row(Severity.ERROR, Code.NO_TYPE, form.survey, row.number)


def _type(form: Questionnaire, item: Item) -> Iterator[Finding]:
    from pyxform.question_type_dictionary import QUESTION_TYPE_DICT  # slow to import

    cell = form.survey.cell(item.row, "type")
    if cell is None or item.list_name:
        return
    if item.type in BACKGROUND:
        yield at_cell(Severity.WARNING, Code.DROPPED, form.survey, cell, type=item.type)
    elif item.type in BARCODES:
        yield at_cell(Severity.WARNING, Code.BARCODE_AS_TEXT, form.survey, cell)
    elif item.type in NOT_ASKED or item.type.startswith("osm "):
        severity = Severity.ERROR if required(form, item) else Severity.WARNING
        code = Code.NOT_ASKABLE_REQUIRED if required(form, item) else Code.NOT_ASKABLE
        yield at_cell(severity, code, form.survey, cell, type=item.type)
    elif item.type not in QUESTION_TYPE_DICT:
        first = item.type.split()[0]
        suggestion = nearest(item.type, USUAL.split()) or nearest(first, USUAL.split())
        if suggestion == first:
            suggestion = None  # `select_one` without its list
        if suggestion:
            yield at_cell(
                Severity.ERROR,
                Code.MISSPELLED_TYPE,
                form.survey,
                cell,
                type=item.type,
                suggestion=suggestion,
            )
        else:
            yield at_cell(Severity.ERROR, Code.UNKNOWN_TYPE, form.survey, cell, type=item.type)


def _appearance(form: Questionnaire, item: Item) -> Iterator[Finding]:
    for base in ("appearance", "intent"):
        cell = form.survey.cell(item.row, base)
        if cell is None:
            continue
        words = BETWEEN.split(cell.text.lower())
        if item.list_name and (shown := next(filter(ON_A_MAP.__contains__, words), "")):
            yield at_cell(Severity.WARNING, Code.MAP_AS_LIST, form.survey, cell, appearance=shown)
        elif missed := _missed(item, cell, words):
            blocks = any(required(form, one) for one in _inside(form, item))
            severity = Severity.ERROR if blocks else Severity.WARNING
            code = Code.APPEARANCE_REQUIRED if blocks else Code.APPEARANCE_SKIPPED
            yield at_cell(severity, code, form.survey, cell, appearance=missed)
            return


def _missed(item: Item, cell: Cell, words: Sequence[str]) -> str:
    """What of an appearance or intent a chat cannot do; empty where it can do all."""
    if cell.header.base == "intent":
        # Without a namespace pyxform reads the column of groups only; of a picture it names a camera.
        read = item.kind is ItemKind.BEGIN or (":" in cell.header.text and not _is_image(item))
        return cell.text if read else ""
    if found := EXTERNAL_APP.search(cell.text):
        return found[0]
    return next(filter(DRAWN.__contains__, words), "") if _is_image(item) else ""


def _is_image(item: Item) -> bool:
    from pyxform.question_type_dictionary import QUESTION_TYPE_DICT  # slow to import

    control = QUESTION_TYPE_DICT.get(item.type, {}).get("control", {})
    return str(control.get("mediatype", "")).startswith("image/")


def _inside(form: Questionnaire, item: Item) -> Iterator[Item]:
    """The question; of a group, the questions in it."""
    if item.kind is ItemKind.QUESTION:
        yield item
    else:
        yield from (one for one in form.questions if one.path.startswith(f"{item.path}/"))


def required(form: Questionnaire, item: Item) -> bool:
    """Whether an answer is always needed. A condition counts: it may hold."""
    value = form.survey.text(item.row, "required").lower()
    return value in (*YES, "1") or (("$" in value or "(" in value) and value != "false()")

"""Checking names: there, well formed, and one for each question of a group."""

import re
from collections.abc import Iterator

from conversations.forms.lint.finding import Code, Finding, Severity
from conversations.forms.lint.questionnaire import Item, ItemKind, Questionnaire
from conversations.forms.lint.workbook import at_cell, at_row

NAME = re.compile(r"[^\W\d][\w.-]*(:[^\W\d][\w.-]*)?")
NAMELESS = ("note", "audit")  # pyxform names them itself
RESERVED = ("meta",)
METADATA = """instanceid instancename deprecatedid formhub __version__ _id _uuid _submission_time _status
_notes _tags _validation_status _submitted_by _index _parent_index _parent_table_name _attachments
_geolocation _xform_id_string"""


def check_names(form: Questionnaire) -> Iterator[Finding]:
    """Every name of the survey sheet."""
    seen: dict[tuple[str, str], Item] = {}
    nearly: dict[tuple[str, str], Item] = {}
    for item in form.items:
        if item.kind not in (ItemKind.QUESTION, ItemKind.BEGIN):
            continue
        cell = form.survey.cell(item.row, "name")
        if cell is None:
            if item.type not in NAMELESS:
                yield at_row(Severity.ERROR, Code.NO_NAME, form.survey, item.row.number)
            continue
        name = cell.text
        if not NAME.fullmatch(name):
            yield at_cell(Severity.ERROR, Code.BAD_NAME, form.survey, cell, name=name)
        if name.lower() in RESERVED:
            yield at_cell(Severity.ERROR, Code.RESERVED_NAME, form.survey, cell, name=name)
        if name.lower() in METADATA.split():
            yield at_cell(Severity.WARNING, Code.METADATA_NAME, form.survey, cell, name=name)
        here, folded = (item.above, name), (item.above, name.lower())
        if here in seen:
            yield at_cell(
                Severity.ERROR,
                Code.DUPLICATE_NAME,
                form.survey,
                cell,
                name=name,
                other_row=seen[here].row.number,
            )
        elif folded in nearly:
            yield at_cell(
                Severity.WARNING,
                Code.NEARLY_DUPLICATE_NAME,
                form.survey,
                cell,
                name=name,
                other_row=nearly[folded].row.number,
            )
        seen.setdefault(here, item)
        nearly.setdefault(folded, item)


def check_nesting(form: Questionnaire) -> Iterator[Finding]:
    """Every group has its end, and every end its group."""
    open_groups: list[Item] = []
    for item in form.items:
        if item.kind is ItemKind.BEGIN:
            open_groups.append(item)
        elif item.kind is ItemKind.END:
            if not open_groups or open_groups[-1].control != item.control:
                yield at_row(Severity.ERROR, Code.NOT_OPENED, form.survey, item.row.number)
            else:
                open_groups.pop()
    for item in open_groups:
        yield at_row(Severity.ERROR, Code.NOT_CLOSED, form.survey, item.row.number, name=item.name)

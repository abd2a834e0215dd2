"""Checking labels: short enough for the buttons of every channel that has some."""

from collections.abc import Iterator

from conversations.forms.lint.finding import Code, Finding, Severity
from conversations.forms.lint.questionnaire import Questionnaire
from conversations.forms.lint.workbook import Cell, Row, at_cell
from conversations.messages import Choice, Prompt, PromptKind, Verbatim
from conversations.render.capabilities import CAPABILITIES, Capabilities
from conversations.render.parts import render
from conversations.render.splitting import utf16_units
from conversations.vocabulary import Language

CARRIED = "0"  # buttons carry a token; nobody taps these


def check_labels(form: Questionnaire) -> Iterator[Finding]:
    """The choices of lists that are short enough for buttons; longer lists are read and numbered anyway."""
    channel = narrowest()
    if form.choices is None:
        return
    tapped = {item.list_name for item in form.questions if item.list_name and not item.several}
    for name in tapped & set(form.lists):
        rows = form.lists[name]
        if len(rows) > channel.buttons:
            continue
        for number, row in enumerate(rows):
            for cell in form.choices.cells(row, "label"):
                if utf16_units(cell.text) > channel.button_title:
                    shown = _shown(form, rows, cell, number, channel)
                    yield at_cell(
                        Severity.WARNING,
                        Code.LONG_LABEL,
                        form.choices,
                        cell,
                        limit=channel.button_title,
                        shown=shown,
                    )


def narrowest() -> Capabilities:
    """The channel with the shortest titles, of those that have buttons."""
    return min(
        (channel for channel in CAPABILITIES.values() if channel.buttons),
        key=lambda channel: channel.button_title,
    )


def _shown(form: Questionnaire, rows: tuple[Row, ...], cell: Cell, at: int, channel: Capabilities) -> str:
    """The button as people will see it, in the words of the rendering itself."""
    column = cell.header.column
    labels = [row.cells.get(column) or form.choices.text(row, "name") for row in rows] if form.choices else []
    prompt = Prompt(
        PromptKind.REPLY,
        (Verbatim("?"),),
        tuple(Choice(str(number), Verbatim(label or "?")) for number, label in enumerate(labels)),
        CARRIED,
    )
    parts = render(prompt, Language.ENGLISH, channel)
    titles = [button.title for part in parts for row in part.rows for button in row]
    return titles[at]

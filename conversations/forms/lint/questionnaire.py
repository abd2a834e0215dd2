"""The sheet as a questionnaire: its questions with their groups, its lists of choices, its languages."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from conversations.forms.lint.headers import MEDIA, TRANSLATED
from conversations.forms.lint.workbook import Cell, Header, Row, Sheet, Workbook

BEGIN = re.compile(r"begin[ _](?P<of>group|lgroup|repeat|loop|looped group)(?: (?:over )?(?P<list>\S+))?")
END = re.compile(r"end[ _](?P<of>group|lgroup|repeat|loop|looped group)")
SELECT = re.compile(
    r"(?P<command>add select one prompt using|add select multiple prompt using|select all that apply from"
    r"|select all that apply|select[ _]one[ _]from[ _]file|select[ _]multiple[ _]from[ _]file"
    r"|select_one_external|select one from|select1|select[ _]one|select_multiple|rank)"
    r" (?P<list>\S+)(?P<other> (?:or specify other|or_other|or other))?"
)
SEVERAL = ("add select multiple prompt using", "select all that apply from", "select all that apply")
YES = ("yes", "true", "true()")  # as pyxform understands them, in small or capital letters
DEFAULT_ROOT = "data"  # what pyxform calls the root of a form without a name


class ItemKind(StrEnum):
    """What a row of the survey sheet is."""

    QUESTION = "question"  # asked, calculated or recorded
    BEGIN = "begin"  # of a group or repeat
    END = "end"
    SETTING = "setting"  # an old way of writing the form's title or id


@dataclass(frozen=True, slots=True)
class Item:
    """One row of the survey sheet."""

    row: Row
    kind: ItemKind
    type: str  # of a select without its list: `select_one`
    name: str
    path: str  # in the form: `/data/group/name`
    control: str = ""  # of a begin or end: `group`, `repeat` or `loop`
    list_name: str = ""  # of a select, as written: the list, a file, or a `${repeat}`

    @property
    def above(self) -> str:
        """The path of its group."""
        return self.path.rpartition("/")[0]

    @property
    def from_file(self) -> bool:
        return bool(self.list_name) and "file" in self.type

    @property
    def several(self) -> bool:
        """Whether several choices may be taken."""
        return self.type.startswith(("select_multiple", "select multiple", "rank")) or self.type in SEVERAL


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """What the checks read."""

    book: Workbook
    survey: Sheet
    choices: Sheet | None
    settings: Mapping[str, Cell]  # of the first row, by column
    settings_sheet: Sheet | None
    items: tuple[Item, ...]
    lists: Mapping[str, tuple[Row, ...]]  # by name
    languages: tuple[str, ...]  # as headers name them; empty where nothing is translated

    @property
    def questions(self) -> Iterator[Item]:
        return (item for item in self.items if item.kind is ItemKind.QUESTION)

    @property
    def named(self) -> Iterator[Item]:
        """What `${…}` may mean: questions, groups and repeats."""
        return (i for i in self.items if i.kind in (ItemKind.QUESTION, ItemKind.BEGIN) and i.name)

    def setting(self, name: str) -> str:
        cell = self.settings.get(name)
        return cell.text if cell else ""


def read_questionnaire(book: Workbook) -> Questionnaire | None:
    """The questionnaire of a workbook; None where no sheet holds questions."""
    survey, choices, settings = book.sheet("survey"), book.sheet("choices"), book.sheet("settings")
    if survey is None:
        return None
    values = {header.base: cell for header, cell in _first_row(settings)} if settings else {}
    root = values["name"].text if "name" in values else DEFAULT_ROOT
    return Questionnaire(
        book=book,
        survey=survey,
        choices=choices,
        settings=values,
        settings_sheet=settings,
        items=tuple(_items(survey, root)),
        lists=_lists(choices) if choices else {},
        languages=_languages(survey, choices),
    )


def _first_row(settings: Sheet) -> Iterator[tuple[Header, Cell]]:
    for row in settings.rows[:1]:
        for header in settings.headers:
            if header.column in row.cells:
                yield header, Cell(row.number, header, row.cells[header.column])


def _items(survey: Sheet, root: str) -> Iterator[Item]:
    groups = [f"/{root}"]
    for row in survey.rows:
        written = " ".join(survey.text(row, "type").split())
        if not written or survey.text(row, "disabled").lower() in YES:
            continue
        name = survey.text(row, "name")
        path = f"{groups[-1]}/{name}"
        if begin := BEGIN.fullmatch(written):
            yield Item(row, ItemKind.BEGIN, written, name, path, _control(begin["of"]), begin["list"] or "")
            groups.append(path)
        elif end := END.fullmatch(written):
            yield Item(row, ItemKind.END, written, name, groups[-1], _control(end["of"]))
            groups = groups[:-1] or [f"/{root}"]
        elif select := SELECT.fullmatch(written):
            command = select["command"]
            yield Item(row, ItemKind.QUESTION, command, name, path, list_name=select["list"])
        elif written in ("form_title", "set form title", "form_id", "set form id"):
            yield Item(row, ItemKind.SETTING, written, name, path)
        else:
            named = name or ("audit" if written == "audit" else "")
            yield Item(row, ItemKind.QUESTION, written, named, f"{groups[-1]}/{named}")


def _control(word: str) -> str:
    return {"lgroup": "repeat", "looped group": "repeat"}.get(word, word)


def _lists(choices: Sheet) -> dict[str, tuple[Row, ...]]:
    lists: dict[str, list[Row]] = {}
    for row in choices.rows:
        name = choices.text(row, "list_name")
        if name:
            lists.setdefault(name, []).append(row)
    return {name: tuple(rows) for name, rows in lists.items()}


def _languages(*sheets: Sheet | None) -> tuple[str, ...]:
    found = {
        header.language: None
        for sheet in sheets
        if sheet
        for header in sheet.headers
        if header.language and header.base in (*TRANSLATED, *MEDIA)
    }
    return tuple(found)

"""The sheet through typst: template and fonts are read once; texts reach it as data, never as source."""

from functools import cache
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Literal

from pydantic import TypeAdapter

from admin.pdf.sheet import Sheet

if TYPE_CHECKING:
    import typst

SHEET: TypeAdapter[Sheet] = TypeAdapter(Sheet)
ONE_AT_A_TIME = Lock()  # a compiler keeps the data of the document it is making


class NotTypeset(Exception):
    """The page could not be made. Never holds what typst said, which may quote the person."""


def typeset(sheet: Sheet) -> bytes:
    """The PDF. NotTypeset if the template does not take the sheet."""
    return _compile(sheet, "pdf")[0]


def pictures(sheet: Sheet) -> list[bytes]:
    """The pages as PNG, to look at."""
    return _compile(sheet, "png")


def _compile(sheet: Sheet, to: Literal["pdf", "png"]) -> list[bytes]:
    import typst  # 7 MB, for who asks for a PDF

    data = {"sheet": SHEET.dump_json(sheet).decode()}
    try:
        with ONE_AT_A_TIME:
            made = _compiler().compile(format=to, sys_inputs=data)
    except typst.TypstError:
        raise NotTypeset("typst refused the sheet") from None
    if isinstance(made, bytes):
        return [made]
    if not made:
        raise NotTypeset("typst made nothing")
    return made


@cache
def _compiler() -> "typst.Compiler":
    """The template with its fonts: Amiri, and the ones within typst for other scripts."""
    import typst

    fonts = typst.Fonts(include_system_fonts=False, font_paths=[_folder("fontpkg_amiri", "files")])
    folder = _folder("admin.pdf", "templates")
    return typst.Compiler(
        str(Path(folder) / "logbook.typ"), root=folder, font_paths=fonts, ignore_system_fonts=True
    )


def _folder(package: str, name: str) -> str:
    return str(files(package) / name)

"""Spreadsheet to form, by way of pyxform; its XForm is what we keep."""

from collections.abc import Mapping
from warnings import catch_warnings, simplefilter

from conversations.forms.commas import for_pyxform
from conversations.forms.errors import BrokenForm
from conversations.forms.form import Form
from conversations.forms.xform import NO_FILES, read_xform


def compile_form(
    source: bytes, file_type: str, version_id: str, attachments: Mapping[str, bytes] = NO_FILES
) -> Form:
    """The form of an XLSForm file; `file_type` is `md`, `xlsx`, `xls` or `csv`. Raises a FormError.

    What pyxform finds wrong is told in its own words: they name cells of the sheet, never people.
    """
    from pyxform.xls2xform import convert  # slow to import, and needed only where forms are made

    try:
        with catch_warnings():
            simplefilter("ignore")  # of the readers of spreadsheets, about parts that hold no questions
            result = convert(for_pyxform(source, file_type), file_type=f".{file_type}")
    except MemoryError:
        raise
    except Exception as error:  # besides its own errors, pyxform lets through whatever a slip leads to
        raise BrokenForm(str(error)) from error
    return read_xform(result.xform, version_id, attachments)

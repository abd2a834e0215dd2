"""The answers to one form as a file: the headers of Kobo and ODK, one table for it and one per repeat.

In the order data flows:

wanted       what is asked for, and the file that comes of it
shape        the tables and columns that the answers of one version make
choices      the choices of a question and what they are called
answers      the stored submissions within a perimeter, opened
rows         one submission as rows
cells        one stored value as a cell
sheets       the sheets of a file: the columns of all versions, united in order
workbook     written as XLSX
comma        written as CSV, one file or a zip
export       all of it
errors       what can go wrong
"""

from storage.exports.errors import ExportTooLarge, FormNotLoaded, UnknownForm
from storage.exports.export import export_form
from storage.exports.wanted import ExportFile, ExportFormat, ExportValues, ExportWanted

__all__ = [
    "ExportFile",
    "ExportFormat",
    "ExportTooLarge",
    "ExportValues",
    "ExportWanted",
    "FormNotLoaded",
    "UnknownForm",
    "export_form",
]

"""CSV whatever its separator: French Excel writes semicolons where others write commas."""

import csv
from io import StringIO

COMMA, SEMICOLON = ",", ";"


def separator_of(text: str) -> str:
    """What separates the cells of a CSV text, as its first line that has separators shows.

    >>> separator_of("survey\\n;type;name;label, in words\\n"), separator_of("name,label\\na;b,c\\n")
    (';', ',')
    """
    for line in text.splitlines():
        if COMMA in line or SEMICOLON in line:
            return SEMICOLON if line.count(SEMICOLON) > line.count(COMMA) else COMMA
    return COMMA


def for_pyxform(source: bytes, file_type: str) -> bytes:
    """The file as pyxform reads it: a CSV with commas and without byte order mark, each line where it was.

    What is no UTF-8 text, or not CSV, is given back as it is: whoever reads it says so.
    """
    if file_type != "csv":
        return source
    try:
        text = source.decode("utf-8-sig")
        if separator_of(text) == COMMA:
            return text.encode()
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=SEMICOLON))
    except (UnicodeDecodeError, csv.Error):
        return source
    target = StringIO(newline="")
    csv.writer(target, lineterminator="\n").writerows(rows)
    return target.getvalue().encode()

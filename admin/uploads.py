"""What an uploaded file is, by its content; hostile and hopeless ones are refused with a reason."""

import zipfile
import zlib
from collections.abc import Mapping
from contextlib import suppress
from enum import StrEnum
from io import BytesIO
from typing import IO
from xml.parsers.expat import ExpatError, ParserCreate

from admin.errors import AdminError

MOST_BYTES = 5 * 2**20  # of the sheet
MOST_ATTACHED = 20 * 2**20  # of all attachments together
MOST_PARTS = 1_000  # files in an .xlsx; real ones have some tens
MOST_UNPACKED = 64 * 2**20  # of all parts together
MOST_RATIO = 200  # unpacked to packed, for parts that matter; sheets of text reach some tens
MATTERS = 2**20  # bytes of a part; below that its ratio does no harm
CHUNK = 2**16  # bytes

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the stream that an .xlsx with a password is kept in
BIFF = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")  # .xls of before 1997
READ = ("xlsx", "xls", "csv", "md")


class Reason(StrEnum):
    """Why an upload is refused. Its text is `lint.refused.<reason>`."""

    EMPTY = "empty"  # nothing in it
    TOO_BIG = "too_big"  # [limit], in MiB
    UNKNOWN_KIND = "unknown_kind"  # its name does not end in .xlsx, .xls, .csv or .md
    NOT_A_SHEET = "not_a_sheet"  # something else, whatever its name says
    WRONG_EXTENSION = "wrong_extension"  # a spreadsheet of another kind [found]
    ENCRYPTED = "encrypted"  # behind a password
    DAMAGED = "damaged"  # a spreadsheet that cannot be read
    NOT_UTF8 = "not_utf8"  # a text file in another encoding
    ZIP_BOMB = "zip_bomb"  # it would unpack to far more than it is
    ENTITIES = "entities"  # XML with definitions of its own, which may grow without end
    TOO_MANY_QUESTIONS = "too_many_questions"  # [limit]
    TOO_SLOW = "too_slow"  # compiling took too long
    TOO_HEAVY = "too_heavy"  # compiling took too much memory
    STOPPED = "stopped"  # compiling ended without an answer


class RefusedUpload(AdminError):
    """The file is not taken. The message names the reason only."""

    def __init__(self, reason: Reason, **args: str | int) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.details: Mapping[str, str | int] = args

    @property
    def text_id(self) -> str:
        """Of its text in the `web` catalogue."""
        return f"lint.refused.{self.reason}"


def check_sizes(source: bytes, attachments: Mapping[str, bytes]) -> None:
    """Raises RefusedUpload for an empty file or one past the limits."""
    if not source.strip():
        raise RefusedUpload(Reason.EMPTY)
    if len(source) > MOST_BYTES:
        raise RefusedUpload(Reason.TOO_BIG, limit=MOST_BYTES // 2**20)
    if sum(map(len, attachments.values())) > MOST_ATTACHED:
        raise RefusedUpload(Reason.TOO_BIG, limit=MOST_ATTACHED // 2**20)


def file_type(source: bytes, file_name: str) -> str:
    """`xlsx`, `xls`, `csv` or `md`, as name and content agree. Raises RefusedUpload.

    >>> file_type(b"| survey |", "form.md")
    'md'
    """
    named = file_name.rpartition(".")[2].lower() if "." in file_name else ""
    if named not in READ:
        raise RefusedUpload(Reason.UNKNOWN_KIND)
    if source.startswith(ZIP):
        found = _kind_of_zip(source)
    elif source.startswith(OLE):
        if ENCRYPTED in source:
            raise RefusedUpload(Reason.ENCRYPTED)
        found = "xls"
    elif source.startswith(BIFF):
        found = "xls"
    else:
        found = _kind_of_text(source, named)
    if found != named:
        raise RefusedUpload(Reason.WRONG_EXTENSION, found=found)
    return found


def refuse_entities(content: IO[bytes]) -> None:
    """Raises RefusedUpload for XML with a document type, where entities are defined.

    It can only stand before the first element, so no more is read. What is no XML passes: whoever reads it as
    such will say so.
    """
    elements: list[str] = []

    def at_doctype(*declared: object) -> None:
        raise RefusedUpload(Reason.ENTITIES)

    def at_element(name: str, attributes: object) -> None:
        elements.append(name)

    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = at_doctype
    parser.StartElementHandler = at_element
    with suppress(ExpatError):
        while not elements and (chunk := content.read(CHUNK)):
            parser.Parse(chunk, False)


def _kind_of_zip(source: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(source)) as archive:
            parts = archive.infolist()
            _check_directory(parts, len(source))
            if "[Content_Types].xml" not in archive.namelist():
                raise RefusedUpload(Reason.NOT_A_SHEET)
            for part in parts:
                if part.flag_bits & 1:
                    raise RefusedUpload(Reason.ENCRYPTED)
                with archive.open(part) as content:
                    refuse_entities(content)
            if not any(name.startswith("xl/") for name in archive.namelist()):
                raise RefusedUpload(Reason.NOT_A_SHEET)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, EOFError):
        raise RefusedUpload(Reason.DAMAGED) from None
    return "xlsx"


def _check_directory(parts: list[zipfile.ZipInfo], size: int) -> None:
    """What the directory promises. Python's zipfile unpacks no more of a part than is written there."""
    unpacked = sum(part.file_size for part in parts)
    inflated = any(
        part.file_size > MATTERS and part.file_size > MOST_RATIO * max(part.compress_size, 1)
        for part in parts
    )
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or inflated:
        raise RefusedUpload(Reason.ZIP_BOMB)


def _kind_of_text(source: bytes, named: str) -> str:
    """Tables in markdown begin with a bar; any other text counts as CSV."""
    if b"\x00" in source and not source.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise RefusedUpload(Reason.NOT_A_SHEET)
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RefusedUpload(Reason.NOT_UTF8 if named in ("csv", "md") else Reason.NOT_A_SHEET) from None
    start = text.lstrip()
    if start.startswith(("<", "{", "%PDF")):
        raise RefusedUpload(Reason.NOT_A_SHEET)
    tables = any(line.lstrip().startswith("|") for line in text.splitlines())
    if not tables and "," not in text and ";" not in text:
        raise RefusedUpload(Reason.NOT_A_SHEET)
    return "md" if tables else "csv"

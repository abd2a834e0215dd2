"""What is asked for, and the file that comes of it."""

from dataclasses import dataclass
from enum import StrEnum

from conversations.vocabulary import Language


class ExportFormat(StrEnum):
    """How the file is written."""

    XLSX = "xlsx"  # one sheet per table
    CSV = "csv"  # commas, as ODK; one file, and with repeats a zip with one per table
    CSV_SEMICOLONS = "csv-semicolons"  # as Kobo, and as Excel in French and Arabic reads it


class ExportValues(StrEnum):
    """How choices are written."""

    NAMES = "names"  # the codes of the sheet: what other programs expect
    LABELS = "labels"  # what people read


@dataclass(frozen=True, slots=True)
class ExportWanted:
    """One export, and why; the language matters for labels only."""

    format: ExportFormat
    values: ExportValues
    language: Language
    reason: str  # in the words of who takes it away; goes into the audit trail


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A finished file; its name tells the form and the day, nothing of people."""

    name: str
    media_type: str
    content: bytes

"""A form with everything an export must show, and people who answered it."""

import csv
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO, StringIO
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from conversations.forms import BuiltinForm, Form, compile_form
from conversations.vocabulary import Language
from storage.database import Storage
from storage.exports import ExportFile, ExportFormat, ExportValues, ExportWanted, export_form
from storage.perimeter import Perimeter
from storage.tables.core import SUBMISSIONS, VERSIONS

REASON = "rapport du trimestre"
FRENCH, ARABIC = "label::Français (fr)", "label::العربية (ar)"
HEAD = f"| | type | name | {FRENCH} | {ARABIC} | calculation | repeat_count | choice_filter |"
CHOICES = """
| choices |
| | list_name | name | label::Français (fr) | label::العربية (ar) | area |
| | skills | sew | Couture | خياطة | a |
| | skills | cook | Cuisine | طبخ | b |
| | skills | build | Bâtiment | بناء | b |
| | yes_no | yes | Oui | نعم | |
| | yes_no | no | Non | لا | |
| settings |
| | form_title | form_id | default_language |
| | Ménage: enquête/2026 | household | Français (fr) |
"""
SURVEY = """
| | start | start | | | | | |
| | text | word | Un mot | كلمة | | | |
| | begin_group | who | Qui | من | | | |
| | integer | age | Âge | العمر | | | |
| | decimal | weight | Poids | الوزن | | | |
| | date | born | Né le | تاريخ الميلاد | | | |
| | dateTime | met | Rencontre | اللقاء | | | |
| | select_one yes_no | works | Travaille | يعمل | | | |
| | select_multiple skills | can | Sait faire | المهارات | | | |
| | end_group | who | | | | | |
| | note | thanks | Merci | شكرا | | | |
| | geopoint | place | Où | أين | | | |
| | begin_repeat | child | Enfant | طفل | | | |
| | text | name | Prénom | الاسم | | | |
| | select_multiple skills | likes | Aime | يحب | | | area = 'b' |
| | begin_repeat | school | École | مدرسة | | | |
| | integer | grade | Classe | الصف | | | |
| | end_repeat | school | | | | | |
| | end_repeat | child | | | | | |
| | calculate | older | | | ${age} + 1 | | |
"""


def form_source(survey: str = SURVEY, choices: str = CHOICES) -> BuiltinForm:
    return BuiltinForm("household", f"| survey |\n{HEAD}\n{survey.strip()}\n\n{choices.strip()}\n".encode())


def instance(inside: str) -> str:
    return f'<data id="household">{inside}<meta><instanceID/></meta></data>'


@dataclass
class Exporting:
    """One form and its answers in a storage."""

    storage: Storage
    now: datetime
    forms: dict[str, Form] = field(default_factory=dict)  # published, by version id, oldest first

    def publish(self, form: BuiltinForm | None = None) -> str:
        """Publish a version; its id."""
        form, version_id = form or form_source(), self.storage.ids.row()
        compiled = compile_form(form.source, "md", version_id)
        self.forms[version_id] = compiled
        with self.storage.write() as tx:
            tx.execute(
                VERSIONS.insert(),
                {
                    "id": version_id,
                    "form_id": compiled.form_id,
                    "number": len(self.forms),
                    "file_name": "sheet.md",
                    "source": form.source,
                    "source_hash": version_id,
                    "xform": compiled.xml,
                    "created_at": self.now,
                    "published_at": self.now,
                },
            )
        return version_id

    def answered(self, person: str, inside: str, ago: timedelta = timedelta(), version: str = "") -> str:
        """Keep a submission of these elements; its id."""
        return self.keep(person, instance(inside), ago, version)

    def keep(self, person: str, xml: str, ago: timedelta = timedelta(), version: str = "") -> str:
        """Keep a submission as the inbox does; its id."""
        key = self.storage.keystore.of_participants([person])[person]
        submission_id = self.storage.ids.row()
        place = f"submissions.instance:{submission_id}"
        with self.storage.write() as tx:
            tx.execute(
                SUBMISSIONS.insert(),
                {
                    "id": submission_id,
                    "pseudonym": key.pseudonym,
                    "form_version_id": version or list(self.forms)[-1],
                    "coded": {},
                    "instance": key.cipher.seal_text(xml, place),
                    "submitted_at": self.now - ago,
                },
            )
        return submission_id

    def file(
        self,
        perimeter: Perimeter,
        format: ExportFormat = ExportFormat.XLSX,
        values: ExportValues = ExportValues.NAMES,
        language: Language = Language.FRENCH,
        form_id: str = "household",
        reason: str = REASON,
    ) -> ExportFile:
        wanted = ExportWanted(format, values, language, reason)
        return export_form(self.storage, perimeter, form_id, self.forms, wanted, self.now)


def sheets_in(file: ExportFile) -> dict[str, Worksheet]:
    book = load_workbook(BytesIO(file.content))
    return {sheet.title: sheet for sheet in book.worksheets}


def table(sheet: Worksheet) -> list[dict[str, object]]:
    """The rows of a sheet by header, the empty cells left out."""
    head, *rows = sheet.iter_rows(values_only=True)
    return [
        {str(name): value for name, value in zip(head, row, strict=True) if value is not None} for row in rows
    ]


def tables_in(file: ExportFile) -> dict[str, list[dict[str, object]]]:
    return {name: table(sheet) for name, sheet in sheets_in(file).items()}


def csv_rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


def csv_files(file: ExportFile) -> dict[str, list[dict[str, str]]]:
    with ZipFile(BytesIO(file.content)) as archive:
        return {name: csv_rows(archive.read(name)) for name in archive.namelist()}

"""A form whose question has a recording, published with whatever files are attached."""

from collections.abc import Mapping
from datetime import datetime

from conversations.forms import compile_form
from conversations.vocabulary import Language, Role
from storage.database import Storage
from storage.forms import NewVersion, publish_draft, save_draft
from storage.perimeter import Perimeter
from storage.staff import NewStaff, add

FORM_ID = "wellbeing"
QUESTION = "Comment allez-vous ?"
SOUND = b"OggS an invented recording"
PICTURE = b"\x89PNG an invented picture"
SHEET = f"""
| survey |
| | type | name | label | audio | image |
| | text | well | {QUESTION} | bien.ogg | bien.png |
| settings |
| | form_id |
| | {FORM_ID} |
"""
WITH_CHOICES = f"""
| survey |
| | type | name | label | audio |
| | note | hello | Bonjour < | hello.ogg |
| | select_one work | does | {QUESTION} | |
| choices |
| | list_name | name | label | audio | image |
| | work | sew | Couture | | sew.png |
| | work | cook | Pain & thé | cook.ogg | |
| settings |
| | form_id |
| | {FORM_ID} |
"""


def publish(
    storage: Storage, now: datetime, files: Mapping[str, bytes], sheet: str = SHEET
) -> tuple[Perimeter, str]:
    """Publish the form with these files; gives the admin who did it, and the version."""
    source = sheet.encode()
    version = NewVersion(FORM_ID, "wellbeing.md", source, compile_form(source, "md", "v1").xml, files)
    with storage.write() as tx:
        staff_id = add(tx, storage, NewStaff("salma", "Salma", Role.ADMIN, Language.FRENCH), "", now)
        version_id = save_draft(tx, storage, version, staff_id, now)
        publish_draft(tx, storage, version_id, staff_id, now)
    return Perimeter(staff_id, Role.ADMIN), version_id

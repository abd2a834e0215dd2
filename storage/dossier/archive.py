"""Page, data, schema and files in one zip."""

import io
import json
import zipfile
from collections.abc import Iterable

from pydantic import TypeAdapter

from storage.dossier.contents import Dossier
from storage.dossier.page import make_page

ARCHIVE_NAME = "my-data.zip"  # names nobody
DOSSIER: TypeAdapter[Dossier] = TypeAdapter(Dossier)


def make_archive(dossier: Dossier, zone: str, sent: Iterable[tuple[str, bytes]] = ()) -> bytes:
    """`page.html` to read, `data.json` for another program, its JSON schema, and the files that were sent."""
    schema = json.dumps(DOSSIER.json_schema(mode="serialization"), indent=1)
    files = {
        "page.html": make_page(dossier, zone).encode(),
        "data.json": DOSSIER.dump_json(dossier, indent=1),
        "schema.json": schema.encode(),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            made = zipfile.ZipInfo(name, dossier.made_at.timetuple()[:6])
            made.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(made, content)
        for name, content in sent:  # photos and recordings are packed as they are
            archive.writestr(zipfile.ZipInfo(name, dossier.made_at.timetuple()[:6]), content)
    return packed.getvalue()

"""Everything that is kept about one person, as a file for them: to read, and for another program to read.

In the order data flows:

contents   what the file tells; its fields are the documented schema
attached   the files that go along
gather     all of it, opened
page       as one self-contained page in the person's language
archive    page, data, schema and files in one zip
pack       from one person to their archive
"""

from storage.dossier.archive import ARCHIVE_NAME, make_archive
from storage.dossier.contents import Dossier
from storage.dossier.gather import gather
from storage.dossier.pack import pack

__all__ = ["ARCHIVE_NAME", "Dossier", "gather", "make_archive", "pack"]

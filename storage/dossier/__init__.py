"""Everything that is kept about one person, as a file for them: to read, and for another program to read.

In the order data flows:

contents   what the file tells; its fields are the documented schema
gather     all of it, opened
page       as one self-contained page in the person's language
archive    page, data and schema in one zip
"""

from storage.dossier.archive import ARCHIVE_NAME, make_archive
from storage.dossier.contents import Dossier
from storage.dossier.gather import gather

__all__ = ["ARCHIVE_NAME", "Dossier", "gather", "make_archive"]

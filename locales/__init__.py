"""The catalogues: `<language>/LC_MESSAGES/<domain>.po`, compiled in memory at start.

Two domains: `chat` (what participants read) and `web` (what staff read). Message ids are stable keys such
as `join.welcome`; every language, English too, has its text in its own catalogue.
"""

from functools import cache
from importlib.resources import files
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

LANGUAGES = ("fr", "ar", "en")
DOMAINS = ("chat", "web")


def read_catalogue(language: str, domain: str) -> Catalog:
    """The catalogue as it stands in its .po file."""
    po = files(__package__).joinpath(language, "LC_MESSAGES", f"{domain}.po").read_bytes()
    return read_po(BytesIO(po), locale=language, domain=domain, abort_invalid=True)


@cache
def translations(language: str, domain: str) -> Translations:
    """The catalogue ready to be asked with gettext and ngettext."""
    compiled = BytesIO()
    write_mo(compiled, read_catalogue(language, domain))
    compiled.seek(0)
    return Translations(compiled, domain=domain)

"""Damaged XForms: read, and walked as far as they go without answers."""

from conversations.forms import FormError, Run, builtin_forms, compile_form, read_xform
from tests.conversations.sheets import ENGLISH
from tests.fuzz.answers import EVERYTHING
from tests.fuzz.damage import damaged
from tests.fuzz.sheets import SMALL

SMALL_FORM = compile_form(SMALL.encode(), "md", "v1")
LIBRARY = [compile_form(form.source, "md", "v1") for form in builtin_forms()]
SEEDS = [form.xml.encode() for form in (SMALL_FORM, EVERYTHING, *LIBRARY)]


def check(data: bytes) -> None:
    """Read the XForm; one that can be read is begun, and skipped through."""
    try:
        run = Run.begin(read_xform(data.decode("utf-8", "surrogateescape"), "v1"), ENGLISH)
        for _ in range(100):
            if run.question() is None or run.skip() is not None:
                break
        assert run.submission().instance_xml
    except FormError:
        return


def mutate(data: bytes, most: int, seed: int) -> bytes:
    """The next input: the same XML with some of its parts moved, doubled, exchanged or gone."""
    return damaged(data, seed)[:most]

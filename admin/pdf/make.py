"""One person's career to the bytes of a file."""

from datetime import date

from admin.pdf.code import qr_svg
from admin.pdf.sheet import lay_out
from admin.pdf.typeset import typeset
from conversations.vocabulary import Language
from storage.career import Career


def make_pdf(career: Career, language: Language, made_on: date, link: str = "") -> bytes:
    """The logbook as a PDF; with a QR code that leads to `link`, if there is one. May raise NotTypeset."""
    return typeset(lay_out(career, language, made_on, qr_svg(link) if link else ""))

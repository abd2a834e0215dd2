"""A link as a QR code, to be scanned from paper."""

from io import BytesIO


def qr_svg(link: str) -> str:
    """The code as SVG without a margin; it can still be read with a seventh of it gone (level M)."""
    import segno  # for paper only

    picture = BytesIO()
    segno.make_qr(link, error="m").save(picture, kind="svg", border=0, xmldecl=False)
    return picture.getvalue().decode()

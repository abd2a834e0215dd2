"""What a file is, by its first bytes: what a provider or a name says is not trusted.

The list is closed, after the WHATWG's MIME Sniffing Standard and the formats' own specifications; what is not
on it is not kept. Nothing on it can run a script where it is shown: SVG, HTML and XML are not.
"""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

HEAD = 4096  # bytes looked at

PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})

_SIGNATURES: tuple[tuple[re.Pattern[bytes], str], ...] = tuple(
    (re.compile(pattern, re.DOTALL), media_type)
    for pattern, media_type in (
        (rb"\xff\xd8\xff", "image/jpeg"),
        (rb"\x89PNG\r\n\x1a\n", "image/png"),
        (rb"GIF8[79]a", "image/gif"),
        (rb"RIFF.{4}WEBPVP8", "image/webp"),
        (rb"RIFF.{4}WAVE", "audio/wav"),
        (rb"OggS\0", "audio/ogg"),
        (rb"ID3[\x02-\x04]", "audio/mpeg"),
        (rb"\xff[\xf2\xf3\xfa\xfb][\x10-\xef]", "audio/mpeg"),  # a frame of MPEG audio, layer III
        (rb"\xff[\xf0\xf1\xf8\xf9][\x00-\xb3]", "audio/aac"),  # ADTS
        (rb"#!AMR(?:-WB)?\n", "audio/amr"),
        (rb"\x1a\x45\xdf\xa3.{0,64}?webm", "video/webm"),
        (rb"%PDF-[12]\.", "application/pdf"),
    )
)
_BOX = re.compile(rb".{4}ftyp(.{4})", re.DOTALL)  # ISO/IEC 14496-12; the brand says which of its family
_BRANDS: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"M4[AB] "), "audio/mp4"),
    (re.compile(rb"hei[cxs]|hev[cx]|mif1|msf1"), "image/heic"),
    (re.compile(rb"3g[a-z0-9]{2}"), "video/3gpp"),
    (re.compile(rb"iso[a-z0-9]|mp4[12]|avc1|M4V |MSNV|dash"), "video/mp4"),
)
_ZIP = b"PK\x03\x04"
# Documents that are archives are known by the first names in them; one with macros is another type.
_OFFICE: Mapping[bytes, str] = MappingProxyType(
    {
        b"word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        b"xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        b"ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    }
)
_OPEN_DOCUMENT = re.compile(rb"mimetype(application/vnd\.oasis\.opendocument\.(?:text|spreadsheet))")
_ENTRY = re.compile(rb"PK\x03\x04.{22}(.{2})(.{2})", re.DOTALL)


def sniff(head: bytes) -> str:
    """The type of a file that begins like this; empty for what is not kept.

    >>> sniff(b"%PDF-1.7 ..."), sniff(b"<!DOCTYPE html><html>"), sniff(b"....ftypM4A ....")
    ('application/pdf', '', 'audio/mp4')
    """
    head = head[:HEAD]
    for pattern, media_type in _SIGNATURES:
        if pattern.match(head):
            return media_type
    if box := _BOX.match(head):
        return next((kind for pattern, kind in _BRANDS if pattern.match(box[1])), "")
    return _document(head) if head.startswith(_ZIP) else ""


def _document(head: bytes) -> str:
    if told := _OPEN_DOCUMENT.search(head, 30, 200):  # the first entry, not packed, says what it is
        return told[1].decode()
    for name in _entries(head):
        for folder, media_type in _OFFICE.items():
            if name.startswith(folder):
                return media_type
    return ""


def _entries(head: bytes) -> Iterator[bytes]:
    """The names of an archive's first files."""
    for entry in _ENTRY.finditer(head):
        length = int.from_bytes(entry[1], "little")
        yield head[entry.end() : entry.end() + length]

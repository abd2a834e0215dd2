"""Kinds of files that are kept: under which name they are saved, and which a browser shows or plays."""

from collections.abc import Mapping
from types import MappingProxyType

SUFFIXES: Mapping[str, str] = MappingProxyType(
    {
        "image/jpeg": "jpg",
        "image/png": "png",
        "image/webp": "webp",
        "image/heic": "heic",
        "audio/wav": "wav",
        "audio/ogg": "ogg",
        "audio/mpeg": "mp3",
        "audio/aac": "aac",
        "audio/amr": "amr",
        "audio/mp4": "m4a",
        "video/webm": "webm",
        "video/3gpp": "3gp",
        "video/mp4": "mp4",
        "application/pdf": "pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
        "application/vnd.oasis.opendocument.text": "odt",
        "application/vnd.oasis.opendocument.spreadsheet": "ods",
    }
)
PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
SOUNDS = frozenset({"audio/wav", "audio/ogg", "audio/mpeg", "audio/aac", "audio/mp4"})  # AMR plays nowhere
FILMS = frozenset({"video/webm", "video/mp4"})
SHOWN = PICTURES | SOUNDS | FILMS  # in a page; all others are saved


def suffix(media_type: str) -> str:
    """What the name of a saved file ends with.

    >>> suffix("audio/ogg"), suffix("text/html")
    ('ogg', 'bin')
    """
    return SUFFIXES.get(media_type, "bin")

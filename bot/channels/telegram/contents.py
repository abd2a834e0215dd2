"""What the person sent in one message of Telegram's, read field by field: an odd one costs no other."""

from collections.abc import Iterator, Mapping

from bot.channels.cleaning import clean
from bot.channels.places import place
from bot.channels.telegram.fields import ABOUT, NOTES, UNUSABLE
from conversations.events import Attachment, AttachmentKind, ContactCard, Content, Edited, Text, Unsupported

Json = Mapping[str, object]

FILES = {  # in this order: of several in one message the first counts
    "voice": AttachmentKind.VOICE,
    "audio": AttachmentKind.AUDIO,
    "video": AttachmentKind.VIDEO,
    "video_note": AttachmentKind.VIDEO,
    "document": AttachmentKind.DOCUMENT,
}
TYPES = {"video_note": "video/mp4"}  # where Telegram does not say the type
LARGEST = 2**62  # of the numbers we keep; a database has no room for more
DEEPEST = 30  # texts within texts of a rich message
LONGEST_NAME = 40  # characters of Telegram's word for something


def content_of(message: Json) -> Content | None:
    """What the person sent; None where there is nothing that anybody wrote."""
    if isinstance(text := message.get("text"), str):
        return Text(command(clean(text)))
    caption = words(message, "caption")
    unusable = sorted(what for what in UNUSABLE & message.keys() if message[what])
    if unusable:  # before the files: an animation also comes as a document
        return Text(caption) if caption else Unsupported(unusable[0])
    venue = part(message, "venue")
    if spot := part(message, "location") or part(venue, "location"):
        return place(spot.get("latitude"), spot.get("longitude"))
    if card := part(message, "contact"):
        return _card(card, message)
    if rich := part(message, "rich_message"):
        said = "".join(_texts(rich.get("blocks"))).strip()
        return Text(clean(said)) if said else Unsupported("rich_message")
    return _file(message, caption) or _unknown(message)


def correction_of(message: Json) -> Edited | None:
    """The new wording; None for the other edits (a live location moves every few seconds)."""
    for name in ("text", "caption"):
        if isinstance(text := message.get(name), str):
            return Edited(clean(text))
    return None


def is_a_note(message: Json) -> bool:
    """Whether it is a note of Telegram's own."""
    return not NOTES.isdisjoint(message)


def command(text: str) -> str:
    """A bot command without the name of a bot, which Telegram adds where there are several.

    In a private chat it can only mean us, whichever name stands there.

    >>> command("/menu@carnet_bot"), command("/start abc"), command("me@example.org")
    ('/menu', '/start abc', 'me@example.org')
    """
    if not text.startswith("/"):
        return text
    said, space, rest = text.partition(" ")
    return said.partition("@")[0] + space + rest


def part(inside: Json, name: str) -> Json:
    """An object within an object; empty if there is none."""
    found = inside.get(name)
    return found if isinstance(found, dict) else {}


def words(inside: Json, name: str) -> str:
    """A text within an object, as a database takes it; empty if there is none."""
    found = inside.get(name)
    return clean(found) if isinstance(found, str) else ""


def number(inside: Json, name: str) -> int | None:
    """A whole number within an object; None if there is none, or none that can be kept."""
    found = inside.get(name)
    if isinstance(found, float) and found.is_integer():
        found = int(found)
    return found if type(found) is int and -LARGEST < found < LARGEST else None


def _card(card: Json, message: Json) -> ContactCard | Unsupported:
    """A contact; «own» only where it is the sender's by Telegram's word, and not handed on."""
    phone = words(card, "phone_number")
    sender = number(part(message, "from"), "id")
    own = sender is not None and number(card, "user_id") == sender and not message.get("forward_origin")
    return ContactCard(phone, own=own) if phone else Unsupported("contact")


def _file(message: Json, caption: str) -> Attachment | None:
    """The file in a message; of a photo's sizes the largest."""
    photos = message.get("photo")
    sizes = [size for size in photos if isinstance(size, dict)] if isinstance(photos, list) else []
    if sizes:
        largest = max(sizes, key=lambda size: (number(size, "width") or 0) * (number(size, "height") or 0))
        # Telegram re-encodes every photo as JPEG and does not say so.
        return _attachment(AttachmentKind.PHOTO, largest, "image/jpeg", caption)
    for name, kind in FILES.items():
        if file := part(message, name):
            return _attachment(kind, file, words(file, "mime_type") or TYPES.get(name, ""), caption)
    return None


def _attachment(kind: AttachmentKind, file: Json, mime_type: str, caption: str) -> Attachment | None:
    reference = words(file, "file_id")
    if not reference:
        return None
    size, seconds = number(file, "file_size"), number(file, "duration")
    return Attachment(kind, reference, mime_type, size, caption, seconds)


def _texts(rich: object, depth: int = DEEPEST) -> Iterator[str]:
    """The words of a rich message: what stands in its blocks, each on a line of its own."""
    if isinstance(rich, str):
        yield rich
    elif isinstance(rich, list) and depth:
        for each in rich:
            yield from _texts(each, depth - 1)
    elif isinstance(rich, dict) and depth:
        for name in ("label", "summary", "text", "alternative_text", "expression"):
            yield from _texts(rich.get(name), depth - 1)
        inner = [rich[name] for name in ("blocks", "items", "cells", "caption", "credit") if name in rich]
        yield from _texts(inner, depth - 1)
        if rich.get("type") in ("paragraph", "heading", "pre", "footer"):
            yield "\n"


def _unknown(message: Json) -> Unsupported | None:
    """What is newer than this program, or cannot be read; None for Telegram's own notes, and for nothing."""
    if is_a_note(message):
        return None
    names = (name for name, value in message.items() if name not in ABOUT and value is not None)
    return next((Unsupported(clean(name)[:LONGEST_NAME]) for name in names), None)

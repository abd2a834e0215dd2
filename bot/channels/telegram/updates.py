"""Telegram's updates as events."""

import os
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

import structlog

from bot.channels.cleaning import clean
from bot.channels.places import place
from conversations.events import (
    Attachment,
    AttachmentKind,
    Blocked,
    ContactCard,
    Content,
    Edited,
    InboundEvent,
    Tap,
    Text,
    Unblocked,
    Unsupported,
)
from conversations.vocabulary import Channel

if TYPE_CHECKING:
    import telegram

# The library's opt-in to durations as timedelta; without it reading a duration is a deprecation warning.
os.environ.setdefault("PTB_TIMEDELTA", "true")

log = structlog.get_logger(__name__)

# What we ask Telegram to deliver; named because the default leaves my_chat_member out in some cases.
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")

# Things a person sends on purpose and we cannot use yet. Service notes («pinned», «joined») are not here.
UNUSABLE = (
    "sticker",
    "animation",
    "poll",
    "dice",
    "game",
    "story",
    "paid_media",
    "checklist",
    "invoice",
    "gift",
)

# All that python-telegram-bot lets through when an update is not what the specification says (OSError: a
# date beyond what the system knows).
UNPARSABLE = (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError)


def parse(raw: Mapping[str, object], now: datetime) -> InboundEvent | None:
    """The event in one update; None where there is nothing for us or nothing that can be understood.

    `raw` is the update as JSON; `now` (aware, UTC) stands in where Telegram gives no time. Never raises for
    what a provider sends: an update that cannot be read must not hold up those behind it.
    """
    import telegram  # slow to import, and not needed where Telegram is not connected

    try:
        update = telegram.Update.de_json(dict(raw), None)
        return _event(update, now)
    except UNPARSABLE as error:
        log.warning("telegram.unparsable_update", error=type(error).__name__)
        return None


def callback_query_id(raw: Mapping[str, object]) -> str | None:
    """The id under which a tap is acknowledged; None if the update is not a tap."""
    match raw.get("callback_query"):
        case {"id": str(identifier)}:
            return identifier
        case _:
            return None


def _event(update: "telegram.Update", now: datetime) -> InboundEvent | None:
    if query := update.callback_query:
        # The message may be inaccessible or missing: in a private chat the chat id is the person's id.
        if query.data is None or (query.message and query.message.chat.type != "private"):
            return None
        return _inbound(update, query.from_user.id, query.from_user, now, _tap(query.data, query.message))
    if member := update.my_chat_member:
        content = _membership(member.new_chat_member.status)
        if content is None or member.chat.type != "private":
            return None
        return _inbound(update, member.chat.id, member.from_user, member.date, content)
    message = update.message or update.edited_message
    if message is None or message.chat.type != "private":
        return None
    said = _correction(message) if update.edited_message else _content(message)
    if said is None:
        return None
    at = message.edit_date or message.date
    return _inbound(update, message.chat.id, message.from_user, at, said, str(message.message_id))


def _inbound(
    update: "telegram.Update",
    chat_id: int,
    user: "telegram.User | None",
    at: datetime,
    content: Content,
    message_id: str = "",
) -> InboundEvent:
    return InboundEvent(
        channel=Channel.TELEGRAM,
        event_id=str(int(update.update_id)),
        address=str(chat_id),
        received_at=at,
        content=content,
        language_hint=(user.language_code or "") if user else "",
        message_id=message_id,
        order=int(update.update_id),
    )


def _membership(status: str) -> Content | None:
    """In a private chat `kicked` means that the person blocked the bot, `member` that they took it back."""
    match status:
        case "kicked":
            return Blocked()
        case "member":
            return Unblocked()
        case _:
            return None


def _tap(data: str, message: "telegram.MaybeInaccessibleMessage | None") -> Tap:
    """The tap with the title of its button, where the message it hung under can still be seen."""
    keyboard = getattr(message, "reply_markup", None)
    buttons = [button for row in keyboard.inline_keyboard for button in row] if keyboard else []
    titles = (button.text for button in buttons if button.callback_data == data)
    return Tap(clean(data), clean(next(titles, "")))


def _correction(message: "telegram.Message") -> Edited | None:
    """The new wording; None for the other edits (a live location moves every few seconds)."""
    text = message.text if message.text is not None else message.caption
    return None if text is None else Edited(clean(text))


def _content(message: "telegram.Message") -> Content | None:
    if message.text is not None:
        return Text(_command(clean(message.text)))
    for what in UNUSABLE:  # before the files: an animation also comes as a document
        if getattr(message, what, None):
            return Text(clean(message.caption)) if message.caption else Unsupported(what)
    if message.location:
        return place(message.location.latitude, message.location.longitude)
    if message.contact:
        sender = message.from_user.id if message.from_user else None
        own = sender is not None and message.contact.user_id == sender
        return ContactCard(clean(message.contact.phone_number), own=own)
    return _attachment(message) or _unknown(message)


def _command(text: str) -> str:
    """A bot command without the bot's name: in a group of bots, or from a link, Telegram adds it.

    >>> _command("/menu@carnet_bot"), _command("/start abc"), _command("me@example.org")
    ('/menu', '/start abc', 'me@example.org')
    """
    if not text.startswith("/"):
        return text
    command, space, rest = text.partition(" ")
    return command.partition("@")[0] + space + rest


def _attachment(message: "telegram.Message") -> Attachment | None:
    """The file in a message; of a photo's sizes the largest."""
    caption = clean(message.caption or "")
    if message.photo:
        largest = max(message.photo, key=lambda photo: photo.width * photo.height)
        return Attachment(
            AttachmentKind.PHOTO, largest.file_id, "image/jpeg", largest.file_size, caption
        )  # Telegram re-encodes every photo as JPEG and does not say so
    for kind, file in (
        (AttachmentKind.VOICE, message.voice),
        (AttachmentKind.AUDIO, message.audio),
        (AttachmentKind.VIDEO, message.video),
        (AttachmentKind.DOCUMENT, message.document),
    ):
        if file:
            mime_type = clean(file.mime_type or "")
            return Attachment(kind, file.file_id, mime_type, file.file_size, caption, _seconds(file))
    if note := message.video_note:
        seconds = _seconds(note)
        return Attachment(AttachmentKind.VIDEO, note.file_id, "video/mp4", note.file_size, caption, seconds)
    return None


def _seconds(file: "telegram.TelegramObject") -> int | None:
    """How long a recording or film is; as Telegram wrote it, since the library is changing its type."""
    said = file.to_dict().get("duration")
    return int(said) if isinstance(said, int | float) else None


def _unknown(message: "telegram.Message") -> Unsupported | None:
    """A kind of message newer than the library, answered kindly; None for Telegram's own service notes."""
    return next((Unsupported(name) for name in message.api_kwargs), None)

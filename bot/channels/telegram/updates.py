"""Telegram's updates as events. Nothing a provider sends raises here: polling must not stop at an update."""

from collections.abc import Mapping
from datetime import UTC, datetime

from bot.channels.telegram.contents import (
    Json,
    content_of,
    correction_of,
    is_a_note,
    number,
    part,
    words,
)
from conversations.events import Blocked, Content, Elsewhere, InboundEvent, Tap, Unblocked
from conversations.vocabulary import Channel

# What we ask Telegram to deliver; named because the default leaves my_chat_member out in some cases.
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")

PRIVATE = "private"
GROUPS = ("group", "supergroup")  # of channels we take no notice: nobody there could be answered
HERE = ("member", "administrator")  # in a group


def parse(raw: Mapping[str, object], now: datetime) -> InboundEvent | None:
    """The event in one update; None where there is nothing for us or nothing that can be understood.

    `raw` is the update as JSON; `now` (aware, UTC) stands in where Telegram gives no time.
    """
    update_id = number(raw, "update_id")
    if update_id is None:
        return None
    if query := part(raw, "callback_query"):
        return _tapped(update_id, query, now)
    if member := part(raw, "my_chat_member"):
        return _membership(update_id, member, now)
    edited = part(raw, "edited_message")
    message = part(raw, "message") or edited
    return _message(update_id, message, now, edited=message is edited) if message else None


def callback_query_id(raw: Mapping[str, object]) -> str | None:
    """The id under which a tap is acknowledged; None if the update is not a tap."""
    match raw.get("callback_query"):
        case {"id": str(identifier)}:
            return identifier
        case _:
            return None


def _tapped(update_id: int, query: Json, now: datetime) -> InboundEvent | None:
    """A tap. Its message may be inaccessible or missing: in a private chat the chat id is the person's id."""
    person, message = part(query, "from"), part(query, "message")
    chat_id, data = number(person, "id"), query.get("data")
    elsewhere = bool(message) and part(message, "chat").get("type") != PRIVATE
    if chat_id is None or not isinstance(data, str) or elsewhere or person.get("is_bot") is True:
        return None
    content = Tap(words(query, "data"), _title(message, data))
    return _inbound(update_id, str(chat_id), person, now, content)


def _title(message: Json, data: str) -> str:
    """What the tapped button showed, where the message it hung under can still be seen."""
    rows = part(message, "reply_markup").get("inline_keyboard")
    for row in rows if isinstance(rows, list) else ():
        for button in row if isinstance(row, list) else ():
            if isinstance(button, dict) and button.get("callback_data") == data:
                return words(button, "text")
    return ""


def _membership(update_id: int, change: Json, now: datetime) -> InboundEvent | None:
    """In a private chat `kicked` means that the person blocked the bot, `member` that they took it back."""
    chat = part(change, "chat")
    chat_id, at = number(chat, "id"), _moment(change, "date", now)
    content: Content
    match chat.get("type"), part(change, "new_chat_member").get("status"):
        case "private", "kicked":
            content = Blocked()
        case "private", "member":
            content = Unblocked()
        case kind, status if kind in GROUPS and status in HERE:
            return _in_a_group(update_id, chat, part(change, "from"), at)
        case _:
            return None
    return _inbound(update_id, str(chat_id), part(change, "from"), at, content) if chat_id else None


def _message(update_id: int, message: Json, now: datetime, *, edited: bool) -> InboundEvent | None:
    chat, person = part(message, "chat"), part(message, "from")
    chat_id = number(chat, "id")
    at = _moment(message, "edit_date" if edited and message.get("edit_date") else "date", now)
    if person.get("is_bot") is True and chat.get("type") == PRIVATE:
        return None  # two programs would talk to each other for ever
    if chat.get("type") in GROUPS:
        silent = edited or is_a_note(message)
        return None if silent else _in_a_group(update_id, chat, person, at)
    if chat_id is None or chat.get("type") != PRIVATE:
        return None
    content = correction_of(message) if edited else content_of(message)
    if content is None:
        return None
    message_id = number(message, "message_id")
    return _inbound(
        update_id,
        str(chat_id),
        person,
        at,
        content,
        message_id="" if message_id is None else str(message_id),
        album=words(message, "media_group_id"),
    )


def _in_a_group(update_id: int, chat: Json, person: Json, at: datetime) -> InboundEvent | None:
    """Somebody took the bot into a group, or wrote to it there: told once, then nothing more."""
    chat_id = number(chat, "id")
    return None if chat_id is None else _inbound(update_id, str(chat_id), person, at, Elsewhere())


def _inbound(
    update_id: int,
    address: str,
    person: Json,
    at: datetime,
    content: Content,
    message_id: str = "",
    album: str = "",
) -> InboundEvent:
    return InboundEvent(
        channel=Channel.TELEGRAM,
        event_id=str(update_id),
        address=address,
        received_at=at,
        content=content,
        language_hint=words(person, "language_code"),
        message_id=message_id,
        order=update_id,
        album=album,
    )


def _moment(inside: Json, name: str, now: datetime) -> datetime:
    """A Unix time as a moment, never one that is still to come: they wrote before we heard of it."""
    seconds = number(inside, name)
    try:
        return min(datetime.fromtimestamp(seconds, UTC), now) if seconds else now
    except (OverflowError, OSError, ValueError):  # beyond what a calendar holds
        return now

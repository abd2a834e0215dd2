"""Twilio's inbound messages and status reports, for WhatsApp and SMS, as events."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from bot.channels.cleaning import clean
from bot.channels.places import place
from bot.channels.twilio.codes import WHOLE_ACCOUNT, number, outcome_of_report
from bot.channels.twilio.numbers import other_form
from conversations.events import (
    Attachment,
    AttachmentKind,
    Blocked,
    ContactCard,
    Content,
    InboundEvent,
    Location,
    StatusEvent,
    Tap,
    Text,
    Unblocked,
    Unsupported,
)
from conversations.vocabulary import Channel

WHATSAPP = "whatsapp:"
SHORTEST_NUMBER = 7  # digits of a person's phone number; shorter ones are services
SILENT = frozenset({"reaction", "system", "ephemeral"})  # what nobody waits to have answered
MOST_MEDIA = 10  # files in one message, Twilio's limit
LONGEST_ID = 100  # characters; Twilio's have 34 and ours 32
CONTACTS = ("contact", "contacts")
CONTACT_CARDS = frozenset({"text/vcard", "text/x-vcard", "text/directory"})


def parse(form: Mapping[str, str], now: datetime) -> tuple[InboundEvent, ...]:
    """The events in one delivery: mostly one; nothing where it is not a message to us.

    Further files or a text beside a place are events of their own, `<sid>/1`, `<sid>/2` …, so that nothing
    is lost. Twilio gives no time of sending: `now` (aware, UTC) is when it reached us.
    """
    sid = _identifier(_first(form, "MessageSid", "SmsMessageSid", "SmsSid"))
    sender = clean(form.get("From", ""))
    channel = channel_of(sender)
    if not sid or channel is None or not _is_written_by_a_person(form, sender):
        return ()
    names = _names(form, sender)
    contents = tuple(_contents(form))
    several = sum(isinstance(content, Attachment) for content in contents) > 1
    return tuple(
        InboundEvent(
            channel=channel,
            event_id=f"{sid}/{index}" if index else sid,
            address=names[0],
            received_at=now,
            content=content,
            aliases=names[1:],
            album=sid if several and isinstance(content, Attachment) else "",
        )
        for index, content in enumerate(contents)
    )


def _is_written_by_a_person(form: Mapping[str, str], sender: str) -> bool:
    """Whether it is a message to us from somebody who can be answered.

    Not so: reports that were sent to the wrong address, our own messages coming back, reactions, and what
    operators and shops send from a name or a short number.
    """
    report = _first(form, "MessageStatus", "SmsStatus").lower() not in ("", "received", "receiving")
    ours = sender == form.get("To", "")
    reaction = form.get("MessageType", "").lower() in SILENT
    number = sender.removeprefix(WHATSAPP).removeprefix("+")
    person = bool(number) if sender.startswith(WHATSAPP) else _is_a_number(number)
    return person and not (report or ours or reaction)


def _is_a_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) >= SHORTEST_NUMBER


def parse_status(form: Mapping[str, str], outbox_id: str) -> StatusEvent | None:
    """The report about one message we sent; `outbox_id` is what our callback URL carried.

    Reports come out of order and repeated, and with words not known yet: whoever stores them sorts that out.
    """
    sid = _identifier(_first(form, "MessageSid", "SmsSid"))
    status = clean(_first(form, "MessageStatus", "SmsStatus"))
    channel = channel_of(_first(form, "To", "From"))
    if not sid or not status or channel is None:
        return None
    error = _identifier(form.get("ErrorCode", ""))
    code = number(error)
    return StatusEvent(
        channel,
        sid,
        status,
        error,
        _identifier(outbox_id),
        outcome=outcome_of_report(code),
        whole_account=code in WHOLE_ACCOUNT,
    )


def channel_of(address: str) -> Channel | None:
    """The channel an address belongs to, by its prefix.

    >>> channel_of("whatsapp:+212600000001"), channel_of("+212600000001"), channel_of("messenger:1")
    (<Channel.WHATSAPP: 'whatsapp'>, <Channel.SMS: 'sms'>, None)
    """
    if address.startswith(WHATSAPP):
        return Channel.WHATSAPP
    return Channel.SMS if address and ":" not in address else None


def _first(form: Mapping[str, str], *names: str) -> str:
    return next((form[name] for name in names if form.get(name)), "")


def _identifier(text: str) -> str:
    """An id as a database takes it; empty where no id is that long."""
    identifier = clean(text)
    return identifier if len(identifier) <= LONGEST_ID else ""


def _names(form: Mapping[str, str], sender: str) -> tuple[str, ...]:
    """Every name of the sender, the one to write to first: the phone number wherever it is known.

    Once a person hides their number WhatsApp gives a business-scoped id (`whatsapp:MA.…`) in its place, or
    beside it in ExternalUserId. WaId may spell the same number in another way (Mexico, Brazil, Argentina).
    """
    if not sender.startswith(WHATSAPP):
        return tuple(filter(None, (sender, other_form(sender))))
    wa_id = clean(form.get("WaId", ""))
    names = [sender]
    if wa_id:
        names.append(f"{WHATSAPP}+{wa_id}" if wa_id.isdecimal() else f"{WHATSAPP}{wa_id}")
    if external := clean(form.get("ExternalUserId", "")):
        names.append(external if external.startswith(WHATSAPP) else f"{WHATSAPP}{external}")
    names.sort(key=lambda name: not name.startswith(f"{WHATSAPP}+"))
    others = filter(None, (other_form(name.removeprefix(WHATSAPP)) for name in names))
    return tuple(dict.fromkeys((*names, *(f"{WHATSAPP}{other}" for other in others))))


def _contents(form: Mapping[str, str]) -> Iterator[Content]:
    body = clean(form.get("Body", ""))
    # Set by Twilio's own opt-out; what it blocks or unblocks it also answers, so the word itself is done.
    match form.get("OptOutType", "").upper():
        case "STOP":
            yield Blocked()
            return
        case "START":
            yield Unblocked()
            return
    if payload := _first(form, "ButtonPayload", "ListId"):
        yield Tap(clean(payload), clean(_first(form, "ButtonText", "ListTitle") or body))
        return
    if not body and (chosen := clean(_first(form, "ButtonText", "ListTitle"))):
        yield Text(chosen)  # a button of somebody else's template: its words
        return
    if told := _place(form):
        yield told
        if body:
            yield Text(body)
        return
    files = list(_files(form, body))
    yield from files
    if not files:
        yield _text(form, body)
    elif body and not isinstance(files[0], Attachment):
        yield Text(body)  # no caption could carry it


def _text(form: Mapping[str, str], body: str) -> Content:
    """The words; where there are none, what came instead that we cannot use."""
    kind = clean(form.get("MessageType", "")).lower()
    if body:
        return Text(body)
    if form.get("ErrorCode") or form.get("NumMedia", "0") not in ("", "0"):
        return Unsupported("media")  # a file that never reached Twilio
    if kind in CONTACTS:
        return ContactCard("", own=False)
    return Text("") if kind in ("", "text", "button", "interactive") else Unsupported(kind[:LONGEST_ID])


def _place(form: Mapping[str, str]) -> Location | Unsupported | None:
    """The place in the form, if it tells of one."""
    told = form.get("Latitude", ""), form.get("Longitude", "")
    if told == ("", ""):
        return None
    try:
        return place(float(told[0]), float(told[1]))
    except ValueError:
        return place(*told)


def _files(form: Mapping[str, str], body: str) -> Iterator[Content]:
    """The files, the first with the text as its caption. Stickers we cannot use."""
    for index in range(MOST_MEDIA):
        reference = clean(form.get(f"MediaUrl{index}", ""))
        if not reference:
            return
        mime_type = clean(form.get(f"MediaContentType{index}", "")).lower()
        caption = body if index == 0 else ""
        if mime_type.partition(";")[0] in CONTACT_CARDS:
            yield ContactCard("", own=False)  # the number stands in the file, and is not looked up
        elif _is_sticker(form, mime_type):
            yield Unsupported("sticker")
        else:
            yield Attachment(_kind(mime_type), reference, mime_type, caption=caption)


def _is_sticker(form: Mapping[str, str], mime_type: str) -> bool:
    """Whether it is a sticker: WhatsApp's are WebP, its photos never are."""
    kind = form.get("MessageType", "").lower()
    of_whatsapp = form.get("From", "").startswith(WHATSAPP)
    return kind == "sticker" or (
        of_whatsapp and mime_type == "image/webp" and kind not in ("document", "image")
    )


def _kind(mime_type: str) -> AttachmentKind:
    """What sort of file it is.

    >>> _kind("image/jpeg"), _kind("audio/ogg; codecs=opus"), _kind("application/pdf")
    (<AttachmentKind.PHOTO: 'photo'>, <AttachmentKind.VOICE: 'voice'>, <AttachmentKind.DOCUMENT: 'document'>)
    """
    if mime_type.startswith("audio/ogg"):  # what WhatsApp records
        return AttachmentKind.VOICE
    family = mime_type.partition("/")[0]
    return {
        "image": AttachmentKind.PHOTO,
        "audio": AttachmentKind.AUDIO,
        "video": AttachmentKind.VIDEO,
    }.get(family, AttachmentKind.DOCUMENT)

"""What can happen to a conversation. Channels make these; `step` handles them."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal

from conversations.vocabulary import Channel, ContactKind, SendOutcome


@dataclass(frozen=True, slots=True)
class Text:
    """The person wrote something. May be empty, huge, or contain any character but NUL."""

    text: str
    type: Literal["text"] = "text"


@dataclass(frozen=True, slots=True)
class Edited:
    """The person changed a message they had sent; `text` is the new wording."""

    text: str
    type: Literal["edited"] = "edited"


@dataclass(frozen=True, slots=True)
class Tap:
    """The person tapped a button: what it carried, and what it showed where the channel says."""

    payload: str
    label: str = ""
    type: Literal["tap"] = "tap"


class AttachmentKind(StrEnum):
    """What sort of file came."""

    PHOTO = "photo"
    VOICE = "voice"
    AUDIO = "audio"
    VIDEO = "video"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Attachment:
    """The person sent a file; `reference` finds it at the provider (file id or URL)."""

    kind: AttachmentKind
    reference: str
    mime_type: str = ""
    size: int | None = None  # bytes, where the provider says
    caption: str = ""
    seconds: int | None = None  # how long a recording or film is, where the provider says
    type: Literal["attachment"] = "attachment"


@dataclass(frozen=True, slots=True)
class Location:
    """The person sent a place; degrees, WGS 84."""

    latitude: float
    longitude: float
    type: Literal["location"] = "location"


@dataclass(frozen=True, slots=True)
class ContactCard:
    """The person shared a contact; `own` is true only where the channel proves that it is theirs."""

    phone: str
    own: bool
    type: Literal["contact"] = "contact"


@dataclass(frozen=True, slots=True)
class Blocked:
    """The person blocked us or opted out with the provider: no more sends on this address."""

    type: Literal["blocked"] = "blocked"


@dataclass(frozen=True, slots=True)
class Unblocked:
    """The person unblocked us or opted in again."""

    type: Literal["unblocked"] = "unblocked"


@dataclass(frozen=True, slots=True)
class Unsupported:
    """Something we cannot use yet (sticker, poll, …); `what` is the provider's own word for it."""

    what: str
    type: Literal["unsupported"] = "unsupported"


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Somebody spoke to us where others read along, in a group; nothing of what is said there is kept."""

    type: Literal["elsewhere"] = "elsewhere"


@dataclass(frozen=True, slots=True)
class ContactDue:
    """A planned contact's hour has come (from the schedule or a trainer's «ask now»), not from the person."""

    contact_id: str
    form_id: str = "check-in"
    asked_by_staff: bool = False
    kind: ContactKind = ContactKind.CHECK_IN
    reminders: int | None = None  # it was sent before: so often it was brought back to mind since
    type: Literal["contact_due"] = "contact_due"


Content = (
    Text | Edited | Tap | Attachment | Location | ContactCard | Blocked | Unblocked | Unsupported | Elsewhere
)
Event = Content | ContactDue


@dataclass(frozen=True, slots=True)
class InboundEvent:
    """One thing a provider delivered, parsed; nothing in it is trusted beyond the webhook's signature."""

    channel: Channel
    event_id: str  # the provider's id, unique per channel account
    address: str  # where replies go, in the channel's own form: a chat id, `whatsapp:+212…`, `+212…`
    received_at: datetime  # aware, UTC
    content: Content
    aliases: tuple[str, ...] = ()  # further names of the same address (WhatsApp's business-scoped id)
    language_hint: str = ""  # BCP 47, as the app said; a hint only
    message_id: str = ""  # under which the provider knows it, where it can delete it: on Telegram
    order: int = field(default=0)  # Telegram's update_id; 0 where arrival is the only order
    album: str = ""  # what files that were sent together have in common; empty for one by itself


@dataclass(frozen=True, slots=True)
class StatusEvent:
    """A provider's report about one message we sent."""

    channel: Channel
    provider_message_id: str
    status: (
        str  # the provider's own word: `sent`, `delivered`, `read`, `failed`, `undelivered`, or unknown to us
    )
    error_code: str = ""
    outbox_id: str = ""  # our own id, when it came back in the callback URL
    outcome: SendOutcome | None = None  # what a failure means; None if the provider did not say why
    whole_account: bool = False  # the failure concerns every send of the account

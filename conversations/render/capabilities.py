"""What each channel can show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from conversations.messages import MediaKind
from conversations.vocabulary import Channel

EVERY_SORT = frozenset(MediaKind)


@dataclass(frozen=True, slots=True)
class Capabilities:
    """The limits of one channel, as the rendering needs them."""

    text_limit: int  # UTF-16 units in one provider message, the strictest way any provider counts
    buttons: int  # buttons under one message; 0: numbered text only
    button_title: int  # characters of a button's title
    html: bool  # the text is Telegram's HTML: `&`, `<` and `>` are escaped
    window: timedelta | None  # how long after the person's last message we may write; None: always
    mirrors_buttons: bool  # the channel itself lays a row out from right to left in Arabic
    carries_unasked: bool  # content may travel in messages nobody just asked for; else only a notice
    media: bool  # sound and pictures travel too
    own_number: bool  # a button sends the person\'s own number, proved by the channel
    pins: bool  # a place on the map travels as a message of its own; else as a link in the text
    captions: frozenset[MediaKind]  # the sorts that words can go with, in one message
    # WhatsApp's own buttons and lists, of contents that the provider keeps; characters in their places
    quick_replies: int = 0
    quick_title: int = 20
    list_items: int = 0
    list_title: int = 24
    interactive_body: int = 1024


CAPABILITIES: Mapping[Channel, Capabilities] = MappingProxyType(
    {
        Channel.PHONE: Capabilities(
            text_limit=4096,
            buttons=12,
            button_title=60,
            html=False,
            window=None,
            mirrors_buttons=True,
            carries_unasked=True,
            media=True,
            own_number=False,
            pins=False,
            captions=EVERY_SORT,
        ),
        # Bot API: text 4096, and titles past some 40 characters are cut by the apps themselves.
        Channel.TELEGRAM: Capabilities(
            text_limit=4096,
            buttons=12,
            button_title=40,
            html=True,
            window=None,
            mirrors_buttons=False,
            carries_unasked=True,
            media=True,
            own_number=True,
            pins=True,
            captions=EVERY_SORT,
        ),
        # Twilio takes buttons only as a stored content: where there is none, every choice is a number.
        Channel.WHATSAPP: Capabilities(
            text_limit=1600,
            buttons=0,
            button_title=20,
            html=False,
            window=timedelta(hours=24),
            mirrors_buttons=True,
            carries_unasked=True,
            media=True,
            own_number=False,
            pins=True,
            captions=EVERY_SORT - {MediaKind.AUDIO},  # WhatsApp drops words beside a recording
            quick_replies=3,
            list_items=10,
        ),
        Channel.SMS: Capabilities(
            text_limit=1600,
            buttons=0,
            button_title=0,
            html=False,
            window=None,
            mirrors_buttons=False,
            carries_unasked=False,
            media=False,
            own_number=False,
            pins=False,
            captions=frozenset(),
        ),
    }
)

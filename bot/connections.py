"""The channels that the settings connect: the transport of each and the name of our account there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.channels.downloads import MediaSource
from bot.channels.phone.media import PhoneMedia
from bot.channels.phone.screens import PhoneTransport
from bot.channels.sending import Transport
from bot.settings import Settings
from conversations.vocabulary import Channel

if TYPE_CHECKING:
    from bot.channels.contents import Contents
    from bot.channels.telegram.transport import TelegramTransport
    from bot.channels.twilio.transport import TwilioTransport


@dataclass(frozen=True, slots=True)
class Connections:
    """Our way out on each channel. The provider libraries are loaded only where they are used."""

    phone: PhoneTransport
    telegram: "TelegramTransport | None"
    others: tuple[tuple[Transport, str], ...]  # with the account's name
    telegram_name: str = ""
    files: Mapping[Channel, MediaSource] = field(default_factory=dict)  # what people sent, where it is
    contents: "Contents | None" = None  # WhatsApp's templates and buttons, where they can be had
    whatsapp: "TwilioTransport | None" = None

    @property
    def all(self) -> tuple[tuple[Transport, str], ...]:
        """Every transport with the name of our account, which is no secret."""
        telegram = ((self.telegram, self.telegram_name),) if self.telegram else ()
        return ((self.phone, "phone"), *telegram, *self.others)

    async def close(self) -> None:
        for transport, _ in self.all:
            await transport.close()
        if self.contents:
            self.contents.close()


def connect(settings: Settings) -> Connections:
    """Make the transports; nothing is called yet."""
    telegram, phone = None, PhoneTransport()
    files: dict[Channel, MediaSource] = {Channel.PHONE: PhoneMedia(phone.files)}
    if settings.telegram:
        from bot.channels.telegram.media import TelegramMedia
        from bot.channels.telegram.transport import TelegramTransport

        telegram = TelegramTransport(settings.telegram)
        files[Channel.TELEGRAM] = TelegramMedia(settings.telegram)
    others: list[tuple[Transport, str]] = []
    contents, whatsapp = None, None
    if settings.twilio:
        from bot.channels.twilio.media import TwilioMedia
        from bot.channels.twilio.transport import TwilioTransport

        files |= dict.fromkeys((Channel.WHATSAPP, Channel.SMS), TwilioMedia(settings.twilio))
        if settings.twilio_whatsapp_from:
            whatsapp = TwilioTransport(settings.twilio, Channel.WHATSAPP)
            others.append((whatsapp, settings.twilio_whatsapp_from))
            if settings.twilio.content_url:
                from bot.channels.twilio.contents import TwilioContents

                contents = TwilioContents(settings.twilio)
        if sms := settings.twilio_sms_from or settings.twilio_messaging_service_sid:
            others.append((TwilioTransport(settings.twilio, Channel.SMS), sms))
    bot_id = settings.telegram_token.get_secret_value().partition(":")[0]
    return Connections(phone, telegram, tuple(others), bot_id, files, contents, whatsapp)

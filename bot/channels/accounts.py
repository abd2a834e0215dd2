"""Our accounts with the providers; the secrets in them stay out of every printed form."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class TelegramAccount:
    """A Telegram bot, as @BotFather gave it."""

    token: str = field(repr=False)
    api_url: str = "https://api.telegram.org"
    webhook_secret: str = field(default="", repr=False)  # [A-Za-z0-9_-]{1,256}; empty: no webhook is served


@dataclass(frozen=True, slots=True)
class TwilioAccount:
    """A Twilio account with its senders; a sender left empty means that channel is off."""

    account_sid: str
    auth_token: str = field(repr=False)
    public_url: str  # where Twilio reaches us, without a slash at the end; signatures are made over it
    api_url: str = "https://api.twilio.com"
    content_url: str = ""  # of the Content API, for templates and buttons; empty: it is not asked
    whatsapp_from: str = ""  # `whatsapp:+…`
    sms_from: str = ""  # `+…` or a short code
    messaging_service_sid: str = ""  # `MG…`: Twilio chooses the SMS sender

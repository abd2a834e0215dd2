"""The settings: environment variables or `.env`, prefix `CARNET_`. A wrong value stops the start."""

import os
import re
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot.channels.accounts import TelegramAccount, TwilioAccount
from bot.sending.pace import Limits
from conversations.vocabulary import Channel, Language
from storage.database import default_url
from storage.vault import MasterKeys

DATABASES = ("sqlite", "postgresql", "postgresql+psycopg")  # what storage.database opens
TWILIO, TWILIO_CONTENT = "https://api.twilio.com", "https://content.twilio.com"
WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")  # Bot API, setWebhook

MOST = 1000.0  # messages a second of one account
LOOPBACK = ("127.0.0.1", "::1", "localhost")


class WrongSetting(Exception):
    """A setting cannot be used; the text says which and why, in one line, without its value."""


class TelegramMode(StrEnum):
    """How Telegram's messages reach us."""

    POLLING = "polling"  # we ask; needs no public address
    WEBHOOK = "webhook"  # Telegram calls; needs PUBLIC_URL


class LogLevel(StrEnum):
    """From which weight on the program tells of itself."""

    DEBUG = "debug"  # also every delivery and every send, by their random names
    INFO = "info"  # also what the jobs did
    WARNING = "warning"
    ERROR = "error"


class Settings(BaseSettings):
    """Everything that can be set; the defaults run on one computer, without any account."""

    model_config = SettingsConfigDict(
        env_prefix="CARNET_", env_file=".env", extra="ignore", hide_input_in_errors=True
    )

    database_url: SecretStr = SecretStr("")  # empty: SQLite in DATA_DIR
    data_dir: Path = Path(".carnet")
    public_url: str = ""  # https://… as providers and people reach us
    host: str = "127.0.0.1"
    log_level: LogLevel = LogLevel.INFO
    port: int = Field(default=8000, ge=1, le=65535)
    timezone: str = "Africa/Casablanca"  # of the participants
    default_language: Language = Language.FRENCH
    master_key: SecretStr = SecretStr("")  # empty: made in DATA_DIR/master.key
    simulator: bool | None = None  # None: on while no real channel is connected and HOST is loopback
    telegram_token: SecretStr = SecretStr("")
    telegram_api_url: str = "https://api.telegram.org"
    telegram_mode: TelegramMode = TelegramMode.POLLING
    telegram_webhook_secret: SecretStr = SecretStr("")
    twilio_account_sid: str = ""
    twilio_auth_token: SecretStr = SecretStr("")
    twilio_api_url: str = TWILIO
    twilio_content_url: str = ""  # empty: Twilio's own, unless TWILIO_API_URL leads elsewhere
    twilio_whatsapp_from: str = ""
    rates: dict[str, Decimal] = {}  # JSON: cost per message by sort, as in {"utility": 0.12, "sms": 0.35}
    currency: str = "MAD"
    whatsapp_tier: int = Field(default=250, ge=0)  # people we may begin with in 24 hours; 0: no limit
    telegram_rate: float = Field(default=30, gt=0, le=MOST)  # messages a second, all chats together
    telegram_chat_rate: float = Field(default=1, gt=0, le=MOST)  # messages a second to one chat
    whatsapp_rate: float = Field(default=80, gt=0, le=MOST)
    sms_rate: float = Field(default=10, gt=0, le=MOST)
    twilio_sms_from: str = ""
    twilio_messaging_service_sid: str = ""

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError("is not a time zone; write one like Africa/Casablanca") from None
        return zone

    @field_validator("telegram_token")
    @classmethod
    def _token(cls, token: SecretStr) -> SecretStr:
        if token.get_secret_value() and not re.fullmatch(r"\d+:[\w-]+", token.get_secret_value()):
            raise ValueError("is not a bot token; @BotFather gives one like 123456:AbC-dEf")
        return token

    @field_validator("public_url", "telegram_api_url", "twilio_api_url", "twilio_content_url")
    @classmethod
    def _web_address(cls, url: str) -> str:
        parts = urlsplit(url)
        if url and (parts.scheme not in ("http", "https") or not parts.hostname):
            raise ValueError("is not a web address; write one like https://carnet.example.org")
        return url.rstrip("/")

    @field_validator("twilio_whatsapp_from")
    @classmethod
    def _whatsapp_sender(cls, sender: str) -> str:
        return f"whatsapp:{sender}" if sender.startswith("+") else sender

    @field_validator("master_key")
    @classmethod
    def _usable_key(cls, key: SecretStr) -> SecretStr:
        if key.get_secret_value():
            MasterKeys.parse(key.get_secret_value())
        return key

    @field_validator("database_url")
    @classmethod
    def _usable_database(cls, url: SecretStr) -> SecretStr:
        if not url.get_secret_value():
            return url
        try:
            parsed = make_url(url.get_secret_value())
        except ArgumentError:
            raise ValueError(
                "is not a database address; write one like postgresql://user@host/carnet"
            ) from None
        if parsed.drivername not in DATABASES:
            raise ValueError("must begin with postgresql:// or sqlite:///")
        if parsed.get_backend_name() == "sqlite" and parsed.database in (None, "", ":memory:"):
            raise ValueError("must name a file, as in sqlite:////var/lib/carnet/carnet.db")
        return url

    @field_validator("telegram_webhook_secret")
    @classmethod
    def _usable_webhook_secret(cls, secret: SecretStr) -> SecretStr:
        if secret.get_secret_value() and not WEBHOOK_SECRET.fullmatch(secret.get_secret_value()):
            raise ValueError("must be 1 to 256 characters of A-Z, a-z, 0-9, _ and -")
        return secret

    @model_validator(mode="after")
    def _complete(self) -> "Settings":
        if self.telegram_token.get_secret_value() and self.telegram_mode is TelegramMode.WEBHOOK:
            self._require("public_url", "TELEGRAM_MODE=webhook needs it")
            self._require("telegram_webhook_secret", "TELEGRAM_MODE=webhook needs it")
        if self.twilio_whatsapp_from or self.twilio_sms_from or self.twilio_messaging_service_sid:
            for name in ("twilio_account_sid", "twilio_auth_token", "public_url"):
                self._require(name, "WhatsApp and SMS need it")
        return self

    def _require(self, name: str, why: str) -> None:
        value = getattr(self, name)
        if not (value.get_secret_value() if isinstance(value, SecretStr) else value):
            raise ValueError(f"CARNET_{name.upper()} is missing: {why}")

    @property
    def limits(self) -> Mapping[Channel, Limits]:
        """What each provider takes from us."""
        return {
            Channel.PHONE: Limits(MOST),
            Channel.TELEGRAM: Limits(self.telegram_rate, self.telegram_chat_rate),
            Channel.WHATSAPP: Limits(self.whatsapp_rate),
            Channel.SMS: Limits(self.sms_rate),
        }

    @property
    def database(self) -> str:
        return self.database_url.get_secret_value() or default_url(self.data_dir)

    @property
    def embedded(self) -> bool:
        """Whether the database is a SQLite file of our own."""
        return make_url(self.database).get_backend_name() == "sqlite"

    @property
    def master_key_file(self) -> Path:
        return self.data_dir / "master.key"

    @property
    def recordings_folder(self) -> Path:
        return self.data_dir / "recordings"

    @property
    def telegram(self) -> TelegramAccount | None:
        token = self.telegram_token.get_secret_value()
        secret = self.telegram_webhook_secret.get_secret_value()
        return TelegramAccount(token, self.telegram_api_url, secret) if token else None

    @property
    def twilio(self) -> TwilioAccount | None:
        if not (self.twilio_whatsapp_from or self.twilio_sms_from or self.twilio_messaging_service_sid):
            return None
        return TwilioAccount(
            account_sid=self.twilio_account_sid,
            auth_token=self.twilio_auth_token.get_secret_value(),
            public_url=self.public_url,
            api_url=self.twilio_api_url,
            content_url=self.twilio_content_url or (TWILIO_CONTENT if self.twilio_api_url == TWILIO else ""),
            whatsapp_from=self.twilio_whatsapp_from,
            sms_from=self.twilio_sms_from,
            messaging_service_sid=self.twilio_messaging_service_sid,
        )

    @property
    def on_loopback(self) -> bool:
        return self.host in LOOPBACK

    @property
    def base_url(self) -> str:
        """What the address of a page begins with: as people reach us, else as this computer does."""
        return self.public_url or f"http://{self.host}:{self.port}"

    @property
    def simulator_open(self) -> bool:
        """Whether anyone who reaches the program may use the simulated phone; else signed-in staff only."""
        return self.on_loopback and self.telegram is None and self.twilio is None

    @property
    def simulator_on(self) -> bool:
        return self.simulator_open if self.simulator is None else self.simulator


def unknown_settings() -> list[str]:
    """Names in the environment or `.env` that look like ours and are none, such as misspelt ones."""
    prefix = str(Settings.model_config["env_prefix"])
    known = {f"{prefix}{name}".upper() for name in Settings.model_fields}
    given = {*os.environ, *dotenv_values(".env")}
    return sorted(name for name in given if name.upper().startswith(prefix) and name.upper() not in known)


def read_settings() -> Settings:
    """The settings as they stand. WrongSetting when one cannot be used."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = f"CARNET_{str(first['loc'][0]).upper()} " if first["loc"] else ""
        reason = first["msg"].removeprefix("Value error, ")
        raise WrongSetting(f"{name}{reason}") from None


def require_data_dir(settings: Settings) -> None:
    """Make the data folder if it is not there. WrongSetting when it cannot be made or written to."""
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        raise WrongSetting(
            "CARNET_DATA_DIR cannot be made: name a folder that this user may write to"
        ) from None
    if not os.access(settings.data_dir, os.W_OK):
        raise WrongSetting("CARNET_DATA_DIR cannot be written to: name a folder that this user owns")

"""Sending through Telegram's Bot API."""

import os
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import structlog

from bot.channels.accounts import TelegramAccount
from bot.channels.http_logs import silence_libraries
from bot.channels.sending import MediaFile, SendResult
from conversations.messages import Document, MediaKind, Pin
from conversations.render.capabilities import CAPABILITIES, Capabilities
from conversations.render.parts import Part
from conversations.vocabulary import Channel, SendOutcome

if TYPE_CHECKING:
    import telegram

# The library's opt-in to durations as timedelta; without it reading a duration is a deprecation warning.
os.environ.setdefault("PTB_TIMEDELTA", "true")

log = structlog.get_logger(__name__)

CONNECT_TIMEOUT = 5.0  # seconds
ANSWER_TIMEOUT = 15.0  # seconds; longer than any normal answer, so that «unknown» stays rare
VOICE = (".ogg", ".oga")  # played in the chat itself, where other recordings show as a file to open
DELETED_AT_ONCE = 100  # message ids in one call, Bot API deleteMessages
CONNECTIONS = 32  # more than the 30 messages a second Telegram takes


def make_bot(account: TelegramAccount) -> "telegram.Bot":
    """The library's bot with our own timeouts, ready to call."""
    import telegram

    from bot.channels.telegram.request import Request

    silence_libraries()
    request = Request(
        connection_pool_size=CONNECTIONS,
        connect_timeout=CONNECT_TIMEOUT,
        pool_timeout=CONNECT_TIMEOUT,
        read_timeout=ANSWER_TIMEOUT,
        write_timeout=ANSWER_TIMEOUT,
    )
    base = account.api_url.rstrip("/")
    return telegram.Bot(
        account.token,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=request,
        get_updates_request=request,
    )


class TelegramTransport:
    """Sends parts as messages with inline keyboards."""

    channel = Channel.TELEGRAM
    capabilities: Capabilities = CAPABILITIES[Channel.TELEGRAM]

    def __init__(self, account: TelegramAccount) -> None:
        self.bot = make_bot(account)

    async def send(self, address: str, part: Part, outbox_id: str) -> SendResult:
        """Send one part to a chat id. Telegram has no place for our own id: `outbox_id` is not sent."""
        import telegram

        if part.pin:
            return await self._send_pin(address, part.pin)
        rows = [
            [telegram.InlineKeyboardButton(button.title, callback_data=button.payload) for button in row]
            for row in part.rows
        ]
        return await _result(
            self.bot.send_message(
                chat_id=int(address),
                text=part.text,
                parse_mode=telegram.constants.ParseMode.HTML,
                link_preview_options=telegram.LinkPreviewOptions(is_disabled=True),  # a link may be secret
                reply_markup=_own_number(part) or (telegram.InlineKeyboardMarkup(rows) if rows else None),
            )
        )

    async def send_media(self, address: str, file: MediaFile, caption: str, outbox_id: str) -> SendResult:
        """Send a file to a chat id, as what it is."""
        import telegram

        send = partial(self._method(file), int(address), file.content, filename=file.name)
        if caption:
            send = partial(send, caption=caption, parse_mode=telegram.constants.ParseMode.HTML)
        return await _result(send())

    async def _send_pin(self, address: str, pin: Pin) -> SendResult:
        return await _result(
            self.bot.send_venue(
                chat_id=int(address),
                latitude=pin.latitude,
                longitude=pin.longitude,
                title=pin.title,
                address=pin.place,
            )
        )

    def _method(self, file: MediaFile) -> Callable[..., Awaitable["telegram.Message"]]:
        if isinstance(file.media, Document):
            return self.bot.send_document
        match file.media.kind:
            case MediaKind.AUDIO if file.name.lower().endswith(VOICE):
                return self.bot.send_voice
            case MediaKind.AUDIO:
                return self.bot.send_audio
            case MediaKind.IMAGE:
                return self.bot.send_photo
            case MediaKind.VIDEO:
                return self.bot.send_video

    async def delete(self, address: str, message_ids: tuple[str, ...]) -> SendResult:
        """Delete messages of both sides from a chat; Telegram skips those it does not find any more."""
        import telegram

        ids = [int(message_id) for message_id in message_ids if message_id.isdecimal()]
        for start in range(0, len(ids), DELETED_AT_ONCE):
            try:
                await self.bot.delete_messages(int(address), ids[start : start + DELETED_AT_ONCE])
            except telegram.error.TelegramError as error:
                return result_of(error)
            except Exception as error:  # an answer that is none; asking again does no harm
                return SendResult(SendOutcome.UNKNOWN, code=type(error).__name__)
        return SendResult(SendOutcome.SENT)

    async def acknowledge(self, callback_query_id: str) -> None:
        """Stop the spinner on a tapped button. Best effort: the answer itself comes through the outbox."""
        try:
            await self.bot.answer_callback_query(callback_query_id)
        except Exception as error:
            # Too old, the network, an odd answer: the spinner ends by itself, nothing else depends on it.
            log.info("telegram.tap_not_acknowledged", error=type(error).__name__)

    async def close(self) -> None:
        await self.bot.request.shutdown()


def _own_number(part: Part) -> "telegram.ReplyKeyboardMarkup | None":
    """The button that sends the person's own number; only a keyboard of its own can hold it."""
    import telegram

    if not part.own_number:
        return None
    share = telegram.KeyboardButton(part.own_number, request_contact=True)
    return telegram.ReplyKeyboardMarkup([[share]], resize_keyboard=True, one_time_keyboard=True)


async def _result(sending: Awaitable["telegram.Message"]) -> SendResult:
    import telegram

    try:
        message = await sending
    except telegram.error.TelegramError as error:
        return result_of(error)
    except Exception as error:  # whatever the library makes of an answer that is none: the request left
        return SendResult(SendOutcome.UNKNOWN, code=type(error).__name__)
    message_id: object = getattr(message, "message_id", None)  # the library also hands on a bare `true`
    if not isinstance(message_id, int):
        return SendResult(SendOutcome.UNKNOWN, code="no message")
    return SendResult(SendOutcome.SENT, provider_message_id=str(message_id))


def result_of(error: "telegram.error.TelegramError") -> SendResult:
    """What an error of the library means for the message. Order matters: BadRequest is a NetworkError."""
    from telegram import error as errors

    from bot.channels.telegram.request import Redirected

    name = type(error).__name__
    match error:
        case errors.RetryAfter():
            # Telegram's limit of one message a second is per chat; the others go on.
            wait = _seconds(error.retry_after) or None  # it may have said no time
            return SendResult(SendOutcome.RETRY_LATER, code="429", retry_after=wait)
        case errors.Forbidden():
            return SendResult(_forbidden(error.message), code="403")
        case errors.InvalidToken():
            return SendResult(SendOutcome.ACCOUNT_TROUBLE, code="401", whole_account=True)
        case errors.Conflict():
            return SendResult(SendOutcome.ACCOUNT_TROUBLE, code="409", whole_account=True)
        case Redirected():
            return SendResult(SendOutcome.ACCOUNT_TROUBLE, code=error.message, whole_account=True)
        case errors.ChatMigrated():
            return SendResult(SendOutcome.UNREACHABLE, code="migrated")
        case errors.BadRequest():
            return SendResult(_bad_request(error.message), code="400")
        case errors.NetworkError():
            return SendResult(SendOutcome.UNKNOWN if _left(error) else SendOutcome.RETRY_LATER, code=name)
        case _:  # 200 without JSON: something between us and Telegram answered
            return SendResult(SendOutcome.UNKNOWN, code=name)


def _seconds(duration: timedelta | int) -> float:
    return duration.total_seconds() if isinstance(duration, timedelta) else float(duration)


def _forbidden(description: str) -> SendOutcome:
    return SendOutcome.OPTED_OUT if "blocked" in description.lower() else SendOutcome.UNREACHABLE


def _bad_request(description: str) -> SendOutcome:
    gone = ("chat not found", "peer_id_invalid", "user not found", "user_is_deactivated")
    unreachable = any(words in description.lower() for words in gone)
    return SendOutcome.UNREACHABLE if unreachable else SendOutcome.DEFECT


def _left(error: "telegram.error.NetworkError") -> bool:
    """Whether the request may have reached Telegram; it did not if no connection came about."""
    import httpx

    return not isinstance(error.__cause__, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)

"""Keeping the Telegram bot connected: its set-up, and polling where there is no webhook."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog

from bot.channels.accounts import TelegramAccount
from bot.channels.receiving import Receiver
from bot.channels.telegram.polling import Clock, poll
from bot.channels.telegram.setup import set_commands, set_webhook
from bot.channels.telegram.transport import TelegramTransport
from bot.watching.troubles import Doing, Troubles
from conversations.vocabulary import Channel, Language

log = structlog.get_logger()

RETRY = 30.0  # seconds
CODES = {"InvalidToken": "401", "Forbidden": "403", "Conflict": "409", "RetryAfter": "429"}  # by error

Call = Callable[[], Awaitable[None]]


class TelegramService:
    """One bot. `username` is known once Telegram has answered; join links need it."""

    def __init__(
        self,
        account: TelegramAccount,
        transport: TelegramTransport,
        default_language: Language,
        clock: Clock,
        troubles: Troubles,
    ) -> None:
        self.account, self.transport, self.default_language = account, transport, default_language
        self.clock, self.troubles = clock, troubles
        self.username = ""
        self._stop = asyncio.Event()

    async def serve(self, receiver: Receiver, webhook_url: str) -> None:
        """Set the bot up and take messages until stopped: by asking, from the start, or by webhook."""
        calls: list[Call] = [self._meet, self._show_commands]
        if webhook_url:
            calls.append(lambda: set_webhook(self.transport.bot, self.account, webhook_url))
            await self._set_up(calls)
        else:
            polling = poll(self.account, self.transport, receiver, self.clock, self._stop, self.troubles)
            await asyncio.gather(polling, self._set_up(calls))

    def stop(self) -> None:
        self._stop.set()

    async def _meet(self) -> None:
        self.username = (await self.transport.bot.get_me()).username or ""

    async def _show_commands(self) -> None:
        await set_commands(self.transport.bot, self.default_language)

    async def _set_up(self, calls: Sequence[Call]) -> None:
        """Make each call until Telegram agrees or the program stops; one that fails holds up no other."""
        while calls and not self._stop.is_set():
            said = [(call, await _trouble(call)) for call in calls]
            calls = [call for call, code in said if code]
            if calls:
                code = next(code for _, code in said if code)
                self.troubles.note(Channel.TELEGRAM, Doing.SETTING_UP, code, self.clock())
                await self._pause()
        self.troubles.over(Channel.TELEGRAM, Doing.SETTING_UP)

    async def _pause(self) -> None:
        try:
            async with asyncio.timeout(RETRY):
                await self._stop.wait()
        except TimeoutError:
            return


async def _trouble(call: Call) -> str:
    """What Telegram has against it, by its code or the error's name; empty where it did as it was told."""
    try:
        await call()
    except Exception as error:  # the library lets anything through at an odd answer
        log.error("telegram.set_up", error=type(error).__name__)
        return CODES.get(type(error).__name__, type(error).__name__)
    return ""

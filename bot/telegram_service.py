"""Keeping the Telegram bot connected: its set-up, and polling where there is no webhook."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from bot.channels.accounts import TelegramAccount
from bot.channels.receiving import Receiver
from bot.channels.telegram_polling import poll
from bot.channels.telegram_setup import set_commands, set_webhook
from bot.channels.telegram_transport import TelegramTransport
from conversations.vocabulary import Language

log = structlog.get_logger()

RETRY = 30.0  # seconds


class TelegramService:
    """One bot. `username` is known once Telegram has answered; join links need it."""

    def __init__(
        self, account: TelegramAccount, transport: TelegramTransport, default_language: Language
    ) -> None:
        self.account, self.transport, self.default_language = account, transport, default_language
        self.username = ""
        self._stop = asyncio.Event()

    async def serve(self, receiver: Receiver, webhook_url: str) -> None:
        """Set the bot up, then poll until stopped; with a webhook address there is nothing to poll."""
        await self._until_done(self._set_up)
        if webhook_url:
            await self._until_done(lambda: set_webhook(self.transport.bot, self.account, webhook_url))
        else:
            await poll(self.account, self.transport, receiver, self._stop)

    def stop(self) -> None:
        self._stop.set()

    async def _set_up(self) -> None:
        me = await self.transport.bot.get_me()
        self.username = me.username or ""
        await set_commands(self.transport.bot, self.default_language)

    async def _until_done(self, call: Callable[[], Awaitable[None]]) -> None:
        """Try until Telegram agrees or the program stops: a start must not depend on the network."""
        from telegram.error import TelegramError

        while not self._stop.is_set():
            try:
                await call()
                return
            except TelegramError as error:
                log.error("telegram.set_up", error=type(error).__name__)
            try:
                async with asyncio.timeout(RETRY):
                    await self._stop.wait()
            except TimeoutError:
                continue

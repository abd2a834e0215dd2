"""Our own getUpdates loop, for a bot without a public URL.

The library's Updater confirms updates before they are handled, so a crash loses them, and one update it
cannot parse blocks all behind it. Here each item is parsed alone, and the offset moves after the commit.
"""

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import httpx
import structlog

from bot.channels.accounts import TelegramAccount
from bot.channels.counters import Result, count
from bot.channels.receiving import Receiver, Unavailable
from bot.channels.telegram.transport import TelegramTransport
from bot.channels.telegram.updates import ALLOWED_UPDATES, callback_query_id, parse
from bot.watching.troubles import Doing, Troubles
from conversations.vocabulary import Channel

log = structlog.get_logger(__name__)

Clock = Callable[[], datetime]  # aware, UTC

WAIT = 25  # seconds Telegram holds an empty answer back
BATCH = 100  # updates per answer, Telegram's most
TIMEOUT = httpx.Timeout(10, read=WAIT + 10)  # seconds
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0  # seconds after trouble, doubling in between

CONFLICT = "409"
ADVICE = {
    "401": "Telegram refuses the token: check CARNET_TELEGRAM_TOKEN",
    "404": "Telegram refuses the token: check CARNET_TELEGRAM_TOKEN",
    CONFLICT: "another program takes this bot's messages: stop it, or set CARNET_TELEGRAM_MODE=webhook",
}


class PollingTrouble(Exception):
    """Telegram gave no updates; `code` is its HTTP status or the name of the network error."""

    def __init__(self, code: str, retry_after: float = 0.0) -> None:
        super().__init__(code)
        self.code = code
        self.retry_after = retry_after  # seconds


async def poll(
    account: TelegramAccount,
    transport: TelegramTransport,
    receiver: Receiver,
    clock: Clock,
    stop: asyncio.Event,
    troubles: Troubles,
) -> None:
    """Hand every update to the receiver until `stop` is set. Trouble is waited out, never raised."""
    working = asyncio.create_task(_poll_for_ever(account, transport, receiver, clock, troubles))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            working.result()
    finally:
        # What was received but not confirmed comes again at the next start, and is known by its id.
        working.cancel()
        stopping.cancel()
        await asyncio.gather(working, stopping, return_exceptions=True)


async def _poll_for_ever(
    account: TelegramAccount,
    transport: TelegramTransport,
    receiver: Receiver,
    clock: Clock,
    troubles: Troubles,
) -> None:
    url = f"{account.api_url.rstrip('/')}/bot{account.token}/getUpdates"
    offset, pause, webhook_may_be_set = 0, FIRST_PAUSE, True
    async with httpx.AsyncClient(timeout=TIMEOUT) as client, asyncio.TaskGroup() as taps:
        while True:
            try:
                if webhook_may_be_set:
                    await _delete_webhook(transport)
                    webhook_may_be_set = False
                updates = await _fetch(client, url, offset)
                troubles.over(Channel.TELEGRAM, Doing.RECEIVING)
                await _hand_over(updates, receiver, clock())
            except PollingTrouble as trouble:
                troubles.note(Channel.TELEGRAM, Doing.RECEIVING, trouble.code, clock())
                log.error("telegram.polling", code=trouble.code, advice=ADVICE.get(trouble.code, ""))
                webhook_may_be_set = trouble.code == CONFLICT
                await asyncio.sleep(max(pause, trouble.retry_after))
                pause = min(2 * pause, LONGEST_PAUSE)
            except Unavailable:
                count(Channel.TELEGRAM, Result.UNAVAILABLE)
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
            except Exception as error:  # the loop must outlive whatever one answer or one batch does
                log.error("telegram.polling", code=type(error).__name__, advice="")
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
            else:
                pause = FIRST_PAUSE
                offset = max([offset, *(_update_id(update) + 1 for update in updates)])
                for tap in filter(None, map(callback_query_id, updates)):
                    taps.create_task(transport.acknowledge(tap))


async def _delete_webhook(transport: TelegramTransport) -> None:
    """While a webhook is set Telegram answers getUpdates with a conflict; what waits there is kept.

    Best effort: where it fails and one is set, the conflict says so and it is tried again.
    """
    try:
        await transport.bot.delete_webhook(drop_pending_updates=False)
    except Exception as error:
        log.warning("telegram.webhook_not_deleted", error=type(error).__name__)


async def _fetch(client: httpx.AsyncClient, url: str, offset: int) -> Sequence[Mapping[str, object]]:
    """The updates from `offset` on; by plain HTTP, since the library parses all of them or none."""
    form = {
        "offset": str(offset),
        "limit": str(BATCH),
        "timeout": str(WAIT),
        "allowed_updates": json.dumps(ALLOWED_UPDATES),
    }
    try:
        response = await client.post(url, data=form)
        answer = response.json()
    except httpx.HTTPError as error:
        raise PollingTrouble(
            type(error).__name__
        ) from None  # the cause's text may hold the URL, so the token
    except ValueError:
        raise PollingTrouble(f"{response.status_code} without JSON") from None
    match answer:
        case {"ok": True, "result": [*updates]} if all(_update_id(update) >= 0 for update in updates):
            return updates
        case {"error_code": code, "parameters": {"retry_after": int(seconds)}}:
            raise PollingTrouble(str(code), float(seconds))
        case {"error_code": code}:
            raise PollingTrouble(str(code))
        case _:
            raise PollingTrouble("not the answer the specification says")


def _update_id(update: object) -> int:
    """The update's number; -1 if it has none, so that it can never be confirmed by mistake."""
    match update:
        case {"update_id": int(number)}:
            return number
        case _:
            return -1


async def _hand_over(updates: Sequence[Mapping[str, object]], receiver: Receiver, now: datetime) -> None:
    """Store what these updates say. Raises Unavailable if it could not be stored."""
    parsed = [parse(update, now) for update in updates]
    events = [event for event in parsed if event is not None]
    if events:
        await receiver.receive(events)
    for event in parsed:
        count(Channel.TELEGRAM, Result.STORED if event else Result.IGNORED)

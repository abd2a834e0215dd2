"""A message outside WhatsApp's 24 hours: by a template, after a knock that asks for an answer, or waiting."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import structlog

from bot.channels.sending import SendResult, SendsContents
from bot.sending.account import Account
from bot.sending.pace import AccountHeld
from bot.sending.tier import Tier
from bot.templates import TemplateBook
from bot.watching.counters import count_send
from conversations.templates.choosing import ByTemplate, choose
from conversations.templates.values import Unfit
from conversations.vocabulary import DeliveryState, SendOutcome
from storage.outbox import PartSent, Settlement
from storage.outbox.claim import Claimed
from storage.outbox.knocks import KNOCK, KNOCKS
from storage.tables.vocabulary import FailureReason

log = structlog.get_logger()

FOUND_SHUT = "63016"  # Twilio's code, by which we know that the window is closed against our count
TRIES = 5  # templates of one message, each newer than the next
# What a template is not to blame for; anything else means that the provider does not take it.
NOT_ITS_FAULT = frozenset(SendOutcome) - {SendOutcome.DEFECT, SendOutcome.WINDOW_CLOSED}

NotSent = Callable[[Claimed, Account, SendResult], Settlement]  # what follows from any other outcome


class Outside:
    """Chooses the way of messages whose window is closed, and sends those that have one."""

    def __init__(self, book: TemplateBook, tier: Tier, clock: Callable[[], datetime]) -> None:
        self.book, self.tier, self.clock = book, tier, clock

    async def attempt(self, message: Claimed, account: Account, not_sent: NotSent) -> Settlement:
        """Send the message by template, or knock; else it waits until the person writes."""
        if message.knocked:
            return Settlement(message, DeliveryState.WAITING, reason=FailureReason.KNOCKED)
        transport, code = account.transport, ""
        if message.parts_sent or not isinstance(transport, SendsContents):
            return _waiting(message)
        for _ in range(TRIES):
            way = await asyncio.to_thread(self._way, message)
            if not isinstance(way, ByTemplate):
                return _waiting(message, code or (f"template_{way}" if way else ""))
            room_at = await asyncio.to_thread(self.tier.take, message.account_id, message.chat)
            if room_at is not None:
                full = FailureReason.TIER_FULL
                return Settlement(message, DeliveryState.WAITING, reason=full, due_at=room_at)
            mark = KNOCKS if way.knocks else ""
            sid = way.template.sid
            try:
                async with account.pace.turn(message.chat):
                    began = time.perf_counter()
                    result = await transport.send_content(
                        message.address, sid, way.values, f"{message.outbox_id}{mark}"
                    )
            except AccountHeld:
                self.tier.give_back(message.account_id, message.chat)
                raise
            count_send(account.transport.channel, result, time.perf_counter() - began)
            if result.outcome in NOT_ITS_FAULT:
                return self._settled(message, account, way, result, not_sent)
            self.tier.give_back(message.account_id, message.chat)
            await asyncio.to_thread(self.book.refuse, sid, result.code)
            code = result.code
        return _waiting(message, code)

    def _way(self, message: Claimed) -> ByTemplate | Unfit | None:
        return choose(message.prompt, message.language, self.book.known())

    def _settled(
        self, message: Claimed, account: Account, way: ByTemplate, result: SendResult, not_sent: NotSent
    ) -> Settlement:
        sid = way.template.sid
        if result.outcome is SendOutcome.SENT:
            state = DeliveryState.WAITING if way.knocks else DeliveryState.SENT
            part = PartSent(KNOCK if way.knocks else 0, result.provider_message_id)
            reason = FailureReason.KNOCKED if way.knocks else None
            return Settlement(message, state, (part,), reason, template_sid=sid)
        if result.outcome is SendOutcome.UNKNOWN and way.knocks:
            # It may be there, and is never repeated: what matters waits for the answer either way.
            knocked = FailureReason.KNOCKED
            return Settlement(
                message, DeliveryState.WAITING, reason=knocked, code=result.code, template_sid=sid
            )
        if result.outcome is SendOutcome.UNKNOWN:
            return replace(not_sent(message, account, result), template_sid=sid)
        self.tier.give_back(message.account_id, message.chat)
        return not_sent(message, account, result)


def _waiting(message: Claimed, code: str = "") -> Settlement:
    code = code or (FOUND_SHUT if message.window_shut else "")
    return Settlement(message, DeliveryState.WAITING, reason=FailureReason.WINDOW_CLOSED, code=code)

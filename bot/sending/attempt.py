"""One attempt at a message: the way it takes, its parts, each handed to the transport."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.channels.sending import SendResult
from bot.files.documents import DocumentNotMade, without_document
from bot.sending.account import Account
from bot.sending.consequences import consequence, pause_after
from bot.sending.files import Files
from bot.sending.outside import Outside
from bot.sending.pace import AccountHeld
from bot.sending.resting import Resting
from bot.watching.counters import REPLY, count_send
from bot.watching.troubles import Doing, Troubles
from conversations.messages import Media, PromptKind, Recording
from conversations.render.parts import Part, render
from conversations.render.window import Route, route
from conversations.vocabulary import DeliveryState, SendOutcome
from storage.outbox import Claimed, PartSent, Settlement
from storage.tables.vocabulary import AddressState, FailureReason

log = structlog.get_logger()

LONGEST_TURN = timedelta(seconds=30)  # after which the rest of a long message waits for its next lease


class Attempts:
    """Tries messages on their accounts, and notes which of the channels are ours to fix."""

    def __init__(
        self, files: Files, outside: Outside, clock: Callable[[], datetime], troubles: Troubles
    ) -> None:
        self.files, self.outside, self.clock, self.troubles = files, outside, clock, troubles
        self.resting = Resting()

    async def attempt(self, message: Claimed, account: Account) -> Settlement:
        """Send what is left of the message; what came of it."""
        try:
            return await self._attempt(message, account)
        except AccountHeld as held:
            return _not_tried(message, (), self.clock() + timedelta(seconds=held.seconds))

    async def _attempt(self, message: Claimed, account: Account) -> Settlement:
        if message.address_state is not AddressState.OPEN:
            reason = FailureReason(message.address_state.value)
            return Settlement(message, DeliveryState.FAILED, reason=reason)
        capabilities = account.transport.capabilities
        heard_at = None if message.window_shut else message.last_inbound_at
        if route(capabilities, heard_at, self.clock()) is Route.WAIT:
            return await self.outside.attempt(message, account, self._none_sent)
        sent: list[PartSent] = []
        parts = render(message.prompt, message.language, capabilities)
        parts = await self.files.without_missing(parts)
        began = self.clock()
        for number, part in enumerate(parts):
            if number in message.parts_out:
                continue
            if sent and self.clock() - began > LONGEST_TURN:
                return Settlement(message, DeliveryState.QUEUED, tuple(sent), due_at=self.clock())
            if sent and message.chat in account.pace.resting():  # what is out is written down meanwhile
                return Settlement(message, DeliveryState.QUEUED, tuple(sent), due_at=self.clock())
            try:
                async with account.pace.turn(message.chat):
                    result = await self._hand_over(account, message, part)
            except AccountHeld as held:
                return _not_tried(message, tuple(sent), self.clock() + timedelta(seconds=held.seconds))
            except DocumentNotMade as error:
                return without_document(message, str(error))
            beside = part.pin or isinstance(part.media, Media | Recording)
            if beside and result.outcome is SendOutcome.DEFECT:
                # A file or a pin that the provider does not take must not cost the person the question.
                log.error("media.rejected", outbox_id=message.outbox_id, code=result.code)
                continue
            if result.outcome is SendOutcome.WINDOW_CLOSED and not sent:
                another = await self.outside.attempt(message, account, self._none_sent)
                return replace(another, outcome=result.outcome, code=another.code or result.code)
            if result.outcome is not SendOutcome.SENT:
                return self._not_sent(message, account, result, tuple(sent))
            sent.append(PartSent(number, result.provider_message_id))
            account.pace.went_through()
        self.troubles.over(account.transport.channel, Doing.SENDING)
        self.resting.went_through(account.id)
        if message.prompt.kind is PromptKind.REPLY and message.last_inbound_at is not None:
            waited = self.clock() - message.last_inbound_at
            REPLY.labels(account.transport.channel.value).observe(waited.total_seconds())
        return Settlement(message, DeliveryState.SENT, tuple(sent))

    async def _hand_over(self, account: Account, message: Claimed, part: Part) -> SendResult:
        transport, began = account.transport, time.perf_counter()
        if part.media is None:
            result = await transport.send(message.address, part, message.outbox_id)
        else:
            result = await self.files.hand_over(transport, message, part, self.clock())
        count_send(transport.channel, result, time.perf_counter() - began)
        log.debug(
            "message.handed_over", channel=transport.channel.value, outcome=result.outcome, code=result.code
        )
        return result

    def _none_sent(self, message: Claimed, account: Account, result: SendResult) -> Settlement:
        return self._not_sent(message, account, result, ())

    def _not_sent(
        self, message: Claimed, account: Account, result: SendResult, sent: tuple[PartSent, ...]
    ) -> Settlement:
        """What follows for the message, and what the account learns from it."""
        pause = pause_after(result, message.attempts)
        if result.outcome is SendOutcome.ACCOUNT_TROUBLE:
            self.troubles.note(account.transport.channel, Doing.SENDING, result.code, self.clock())
            if result.whole_account:
                self.resting.refused(account.id, self.clock())
            log.error("account.trouble", account=account.id, code=result.code)
        if result.outcome is SendOutcome.RETRY_LATER and result.whole_account:
            account.pace.hold(pause.total_seconds())
        elif result.outcome is SendOutcome.RETRY_LATER:
            account.pace.told_to_wait(message.chat, pause.total_seconds())
        settlement = consequence(message, result, sent, pause, self.clock())
        if settlement.reason is FailureReason.REJECTED:
            log.error("send.rejected", outbox_id=message.outbox_id, code=result.code)
        return settlement


def _not_tried(message: Claimed, sent: tuple[PartSent, ...], again: datetime) -> Settlement:
    return Settlement(message, DeliveryState.QUEUED, sent, due_at=again, tried=bool(sent))

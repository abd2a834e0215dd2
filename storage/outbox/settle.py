"""Write what came of the sends. Fenced: whoever lost the lease meanwhile changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Boolean, Connection, Integer, bindparam, or_, select

from conversations.vocabulary import DeliveryState, SendOutcome
from storage.outbox.claim import Claimed
from storage.outbox.learned import close_addresses, shut_window
from storage.outbox.status import follow_reports
from storage.tables.core import ADDRESSES, CLEARINGS, EVENTS, OUTBOX, PARTS, TOKENS
from storage.tables.vocabulary import AddressState, FailureReason
from storage.upsert import upsert

OPEN_STATES = (DeliveryState.QUEUED, DeliveryState.SENDING, DeliveryState.WAITING, DeliveryState.UNKNOWN)


@dataclass(frozen=True, slots=True)
class PartSent:
    """One provider message that went out."""

    part: int  # from 0; KNOCK for the template before the message
    provider_message_id: str


@dataclass(frozen=True, slots=True)
class Settlement:
    """What came of sending one claimed message."""

    claimed: Claimed
    state: DeliveryState
    parts: tuple[PartSent, ...] = ()  # sent in this attempt
    reason: FailureReason | None = None
    code: str = ""  # the provider's
    due_at: datetime | None = None  # when to try again, for `queued`
    address_state: AddressState | None = None  # what the send taught about the address
    outcome: SendOutcome | None = None  # of the last send, where there was one
    retried: bool = False  # its one delayed retry is used up by this
    tried: bool = True  # whether it may have left; else the attempt does not count
    template_sid: str = ""  # the template that this attempt took, whether or not it is known to be there


def settle(tx: Connection, settlements: Sequence[Settlement], now: datetime) -> None:
    """Record the outcomes; newcomers' addresses and words are wiped as soon as nothing more is to be sent."""
    if not settlements:
        return
    tx.execute(
        OUTBOX.update()
        .where(
            OUTBOX.c.id == bindparam("message"),
            OUTBOX.c.lease == bindparam("held"),
            OUTBOX.c.state == DeliveryState.SENDING,
        )
        .values(
            state=bindparam("to"),
            reason=bindparam("why"),
            code=bindparam("said"),
            due_at=bindparam("again"),
            settled_at=bindparam("settled"),
            attempts=OUTBOX.c.attempts - bindparam("uncounted", type_=Integer()),
            retried=OUTBOX.c.retried | bindparam("again_once", type_=Boolean()),
            lease="",
            leased_until=None,
        ),
        [
            {
                "message": each.claimed.outbox_id,
                "held": each.claimed.lease,
                "to": each.state,
                "why": each.reason,
                "said": each.code,
                "again": each.due_at or now,
                "settled": None if each.state in OPEN_STATES else now,
                "again_once": each.retried,
                "uncounted": _uncounted(each),
            }
            for each in settlements
        ],
    )
    parts = [
        {
            "outbox_id": each.claimed.outbox_id,
            "part": part.part,
            "account_id": each.claimed.account_id,
            "chat": each.claimed.chat,
            "provider_message_id": part.provider_message_id,
            "state": DeliveryState.SENT,
            "code": "",
            "changed_at": now,
        }
        for each in settlements
        for part in each.parts
    ]
    if parts:
        tx.execute(upsert(tx, PARTS), parts)  # those whose report was faster are there already
    follow_reports(tx, [each.claimed.outbox_id for each in settlements], now)
    _release_early(tx, settlements, now)
    _note_templates(tx, settlements, now)
    _learn_addresses(tx, settlements)
    if any(each.claimed.participant_id is None for each in settlements):
        forget_newcomers(tx)


def _uncounted(settlement: Settlement) -> int:
    """The attempts that do not count: this one if nothing was tried, all of them once a part went out."""
    if settlement.parts and settlement.state is DeliveryState.QUEUED:
        return settlement.claimed.attempts
    return 0 if settlement.tried else 1


def _release_early(tx: Connection, settlements: Sequence[Settlement], now: datetime) -> None:
    """Who wrote while we were finding their window closed has opened it: nothing waits then."""
    waiting = [
        {"message": each.claimed.outbox_id, "seen": each.claimed.last_inbound_at}
        for each in settlements
        if each.state is DeliveryState.WAITING
    ]
    if not waiting:
        return
    anybody = ADDRESSES.alias()
    heard = or_(anybody.c.last_inbound_at > bindparam("seen"), anybody.c.chat_heard_at > bindparam("seen"))
    wrote = select(anybody.c.id).where(anybody.c.chat == OUTBOX.c.chat, heard).exists()
    clear = (
        select(ADDRESSES.c.id)
        .where(ADDRESSES.c.id == OUTBOX.c.address_id, ADDRESSES.c.unsure_since.is_(None))
        .exists()
    )  # else it waits until it is clear who wrote
    tx.execute(
        OUTBOX.update()
        .where(OUTBOX.c.id == bindparam("message"), OUTBOX.c.state == DeliveryState.WAITING, wrote, clear)
        .values(state=DeliveryState.QUEUED, reason=None, due_at=now),
        waiting,
    )


def _note_templates(tx: Connection, settlements: Sequence[Settlement], now: datetime) -> None:
    """Which messages took a template: also of one whose lease was lost, since it did go out."""
    took = [
        {"message": each.claimed.outbox_id, "by": each.template_sid}
        for each in settlements
        if each.template_sid
    ]
    if took:
        noted = OUTBOX.update().where(OUTBOX.c.id == bindparam("message"))
        tx.execute(noted.values(template_sid=bindparam("by"), template_at=now), took)


def _learn_addresses(tx: Connection, settlements: Sequence[Settlement]) -> None:
    for state in (AddressState.BLOCKED, AddressState.UNREACHABLE):
        chats = {each.claimed.chat for each in settlements if each.address_state is state}
        close_addresses(tx, chats, state)
    for each in settlements:
        if each.outcome is SendOutcome.WINDOW_CLOSED and each.claimed.last_inbound_at is not None:
            shut_window(tx, each.claimed.chat, each.claimed.last_inbound_at)


def forget_newcomers(tx: Connection) -> None:
    """Wipe what the outbox held of people without a logbook, and all of those who said no.

    Nothing is wiped while a message is still on its way: the answer must reach them first.
    """
    done = OUTBOX.c.participant_id.is_(None) & OUTBOX.c.state.not_in(OPEN_STATES)
    tx.execute(
        OUTBOX.update()
        .where(done, OUTBOX.c.sealed_address.is_not(None))
        .values(sealed_address=None, prompt=None)
    )
    to_clear = select(CLEARINGS.c.id).where(CLEARINGS.c.chat == OUTBOX.c.chat).exists()  # it needs the ids
    leaving = list(tx.scalars(select(OUTBOX.c.chat).where(done, OUTBOX.c.forget.is_(True), ~to_clear)))
    if leaving:
        # who shares the phone with someone who said no keeps what is theirs
        others = select(ADDRESSES.c.chat).where(ADDRESSES.c.chat.in_(leaving))
        tx.execute(EVENTS.delete().where(EVENTS.c.blind.in_(leaving), EVENTS.c.blind.not_in(others)))
        tx.execute(TOKENS.delete().where(TOKENS.c.owner.in_(leaving), TOKENS.c.participant_id.is_(None)))
        tx.execute(OUTBOX.delete().where(OUTBOX.c.chat.in_(leaving), done))

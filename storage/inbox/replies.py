"""What is said next: the sessions as they stand, the buttons that were offered, the messages to send."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam

from conversations.changes import (
    AddressFreed,
    ChatCleared,
    ContactMoved,
    NewcomerForgotten,
    Outcome,
    WhoAsked,
)
from conversations.events import Tap
from conversations.messages import PromptKind
from conversations.vocabulary import ContactState, DeliveryState
from conversations.workshops.texts import is_reply
from storage.addresses import release
from storage.among import among
from storage.clearings import ask_to_clear
from storage.codec import SESSION
from storage.database import Storage
from storage.inbox.arrivals import Settled, changes_of
from storage.outgoing import Outgoing, enqueue
from storage.tables.core import OUTBOX, SESSIONS, TOKENS
from storage.upsert import upsert

DROPPED_NUDGES = (
    OUTBOX.update()
    .where(
        among(OUTBOX.c.participant_id, "people"),
        among(OUTBOX.c.chat, "chats"),
        OUTBOX.c.state == DeliveryState.WAITING,
        OUTBOX.c.kind == PromptKind.NUDGE,
    )
    .values(state=DeliveryState.CANCELLED, settled_at=bindparam("now"))
)


def save_sessions(tx: Connection, settled: Sequence[Settled], now: datetime) -> None:
    """Keep where each participant's conversation stands."""
    rows = [
        {
            "participant_id": key.participant_id,
            "body": key.cipher.seal(
                SESSION.dump_json(each.outcome.session), f"sessions.body:{key.participant_id}"
            ),
            "touched_at": now,
        }
        for each in settled
        if (key := each.key) and each.outcome.session != each.case.snapshot.session
    ]
    if rows:
        tx.execute(upsert(tx, SESSIONS, "body", "touched_at"), rows)


def save_tokens(tx: Connection, settled: Sequence[Settled], now: datetime) -> None:
    """Keep what each offered button means, and that the tapped ones are used."""
    rows = [
        {
            "token": prompt.token,
            "owner": each.case.reached.chat,
            "participant_id": None if _of_nobody(each.outcome) else each.participant_id,
            "meanings": [choice.value for choice in (*prompt.choices, *prompt.beside)],
            "asked_at": now,
        }
        for each in settled
        for prompt in each.outcome.prompts
        if prompt.token and (prompt.beside or (prompt.choices and not prompt.several))
    ]
    if rows:
        tx.execute(TOKENS.insert(), rows)
    used = [
        each.case.snapshot.tapped.token
        for each in settled
        if isinstance(each.case.arrival.event, Tap)
        and each.case.snapshot.tapped
        and not is_reply(each.case.snapshot.tapped.value)  # «I come» may be taken back with the other button
    ]
    if used:
        tx.execute(TOKENS.update().where(TOKENS.c.token.in_(used)).values(used_at=now))


def _of_nobody(outcome: Outcome) -> bool:
    """Whether no logbook may show what is said: a report, or the question who writes."""
    return outcome.in_confidence or any(isinstance(change, WhoAsked) for change in outcome.changes)


def clear_chats(tx: Connection, storage: Storage, settled: Sequence[Settled], now: datetime) -> None:
    """Take back what is not sent yet, and note what is to be deleted. Before the harmless last message."""
    chats = [
        (each.case.reached.account_id, each.case.reached.chat, inbound.address)
        for each, _ in changes_of(settled, ChatCleared)
        if (inbound := each.case.arrival.inbound)
    ]
    ask_to_clear(tx, storage, chats, now)


def save_prompts(tx: Connection, storage: Storage, settled: Sequence[Settled], now: datetime) -> None:
    """Put what is to be said into the outbox, in order."""
    enqueue(tx, storage, [out for each in settled for out in _outgoing(storage, each)], now)


def _outgoing(storage: Storage, each: Settled) -> list[Outgoing]:
    reached, inbound = each.case.reached, each.case.arrival.inbound
    # what is said in confidence goes out as to a stranger: on no timeline, wiped once it is sent;
    # and whoever has an address that was let go is one
    freed = any(isinstance(change, AddressFreed) for change in each.outcome.changes)
    key = None if _of_nobody(each.outcome) or freed else each.key
    forget = any(isinstance(change, NewcomerForgotten) for change in each.outcome.changes)
    asked = [
        change.contact_id
        for change in each.outcome.changes
        if isinstance(change, ContactMoved) and change.state is ContactState.SENT
    ]
    return [
        Outgoing(
            prompt=prompt,
            language=each.outcome.language,
            account_id=reached.account_id,
            chat=reached.chat,
            cipher=key.cipher if key else storage.vault.system,
            participant_id=key.participant_id if key else None,
            address_id=reached.address_id if key else None,
            newcomer_address=inbound.address if inbound and key is None else "",
            contact_id=next(iter(asked), None),
            cause=each.case.arrival.cause,
            forget=forget and position == len(each.outcome.prompts) - 1,
        )
        for position, prompt in enumerate(each.outcome.prompts)
    ]


def release_waiting(tx: Connection, settled: Sequence[Settled], now: datetime) -> None:
    """The person wrote, so WhatsApp's window is open: what waited for it goes out.

    A nudge that waited is dropped instead: the reply to what they just wrote asks the same question afresh.
    What waits for somebody of whom nobody knows whether it is them waits on.
    """
    wrote = [each for each in settled if each.case.arrival.inbound and each.key]
    if not wrote:
        return
    chats = [each.case.reached.chat for each in wrote]
    people = [each.participant_id for each in wrote]
    tx.execute(DROPPED_NUDGES, {"people": people, "chats": chats, "now": now})
    release(tx, chats, now)

"""An event that we could not handle: kept, shown to staff, apologised for; the stream goes on."""

from datetime import datetime

from sqlalchemy import Connection, select

from conversations.events import Content, Edited, InboundEvent, Text
from conversations.messages import Prompt, PromptKind, Say
from conversations.rights.codes import TYPED_AT, without_code
from conversations.session import IN_CONFIDENCE, Place
from conversations.steering.commands import Command, command_in
from conversations.vocabulary import Language
from storage.codec import CONTENT, SESSION
from storage.database import Storage
from storage.errors import SealBroken, StorageError
from storage.inbox.arrivals import Arrival
from storage.inbox.claim import claim
from storage.inbox.people import find_people
from storage.inbox.reports import edits_in_confidence
from storage.keystore import PersonKey
from storage.outgoing import Outgoing, enqueue
from storage.tables.core import CHAT_HOLDS, MESSAGES_IN, SESSIONS
from storage.tables.vocabulary import MessageState

SORRY = Prompt(PromptKind.REPLY, (Say("sorry.failed"),))


def save_failure(
    tx: Connection, storage: Storage, arrival: Arrival, error: Exception, language: Language, now: datetime
) -> None:
    """Keep the event and the kind of error (never its text, which may quote the person).

    `language` is that of the apology to someone whose own we do not know.

    The words of someone without a logbook are not kept, not even now.
    """
    inbound = arrival.inbound
    if inbound is None or not claim(tx, storage, [arrival]):
        return
    [whose] = find_people(tx, storage, [arrival], now)
    person = whose.person
    key = _key(storage, person.participant_id) if person else None
    place = _place(tx, key) if key else None
    of_a_report = edits_in_confidence(tx, [(whose.chat, inbound.message_id)] if _corrects(inbound) else [])
    if key is not None and (of_a_report or _in_confidence(place, inbound.content)):
        key = person = None  # the team must not learn of it, not even that it failed
    content = without_code(inbound.content) if place in TYPED_AT else inbound.content
    message_id = storage.ids.row()
    tx.execute(
        MESSAGES_IN.insert(),
        {
            "id": message_id,
            "account_id": arrival.account_id,
            "event_id": inbound.event_id,
            "participant_id": person.participant_id if person else None,
            "content": _sealed(content, key, f"messages_in.content:{message_id}") if key else None,
            "received_at": inbound.received_at,
            "state": MessageState.FAILED,
            "error": type(error).__name__,
        },
    )
    if whose.hold is not None:  # it may be what waited that failed: it must not fail for ever
        tx.execute(CHAT_HOLDS.update().where(CHAT_HOLDS.c.chat == whose.chat).values(waiting=None))
    apology = Outgoing(
        prompt=SORRY,
        language=(person or whose.newcomer).language if person or whose.newcomer else language,
        account_id=arrival.account_id,
        chat=whose.chat,
        cipher=key.cipher if key else storage.vault.system,
        participant_id=person.participant_id if key else None,
        address_id=person.address_id if key else None,
        newcomer_address="" if key else inbound.address,
        cause=arrival.cause,
    )
    enqueue(tx, storage, [apology], now)


def _sealed(content: Content, key: PersonKey, place: str) -> bytes | None:
    """What was said; None where it cannot be written down, which may be the very failure that is kept."""
    try:
        return key.cipher.seal(CONTENT.dump_json(content), place)
    except ValueError:  # half a character (a lone surrogate) has no UTF-8
        return None


def _in_confidence(place: Place | None, content: Content) -> bool:
    """Whether it asked for a report about staff, or stands in one."""
    if isinstance(content, Text) and command_in(content.text) is Command.REPORT:
        return True
    return place in IN_CONFIDENCE


def _corrects(inbound: InboundEvent) -> bool:
    return bool(inbound.message_id) and isinstance(inbound.content, Edited)


def _place(tx: Connection, key: PersonKey) -> Place | None:
    """Where their conversation stands; None for a session that does not open."""
    body = tx.scalar(select(SESSIONS.c.body).where(SESSIONS.c.participant_id == key.participant_id))
    try:
        plain = key.cipher.open(body, f"sessions.body:{key.participant_id}") if body else None
    except SealBroken:
        return None
    return SESSION.validate_json(plain).place if plain is not None else None


def _key(storage: Storage, participant_id: str) -> PersonKey | None:
    """The person's key; None where it does not open, which may be the very failure that is kept here."""
    try:
        return storage.keystore.of_participants([participant_id]).get(participant_id)
    except StorageError:
        return None

"""Write to one participant in a member of staff's own words."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, select

from conversations.messages import Prompt, PromptKind, Say, Verbatim
from conversations.session import Place, Session
from storage.audit import note
from storage.codec import SESSION
from storage.database import Storage
from storage.errors import KeyMissing, StorageError
from storage.keystore import PersonKey
from storage.outgoing import Outgoing, enqueue, preferred_destinations
from storage.perimeter import Perimeter
from storage.plans import AHEAD, ASKING
from storage.tables.core import CONTACTS, PARTICIPANTS, SESSIONS
from storage.tables.vocabulary import AuditAction
from storage.upsert import upsert

LONGEST = 3000  # characters: WhatsApp carries it in two messages, every other channel in one or two


class NoOpenAddress(StorageError):
    """The person blocked us everywhere, or has no address any more."""


def write_to(
    tx: Connection, storage: Storage, perimeter: Perimeter, participant_id: str, text: str, now: datetime
) -> str:
    """Put a message into the outbox; its id. The person no longer counts as waiting for an answer.

    Raises OutOfPerimeter, NoOpenAddress, and KeyMissing if the person was erased this moment.
    """
    perimeter.require_participant(tx, participant_id)
    destination = preferred_destinations(tx, [participant_id]).get(participant_id)
    if destination is None:
        raise NoOpenAddress
    key = storage.keystore.of_participants([participant_id]).get(participant_id)
    if key is None:
        raise KeyMissing
    language = select(PARTICIPANTS.c.language).where(PARTICIPANTS.c.id == participant_id)
    person = tx.execute(language.with_for_update()).one()
    lead_to(tx, key, Place.TALK, now)
    message = Outgoing(
        prompt=Prompt(PromptKind.STAFF, (Say("talk.from_team"), Verbatim(text))),
        language=person.language,
        account_id=destination.account_id,
        chat=destination.chat,
        cipher=key.cipher,
        participant_id=participant_id,
        address_id=destination.address_id,
        author_id=perimeter.staff_id,
    )
    outbox_id = enqueue(tx, storage, [message], now)[0]
    answer_given(tx, participant_id)
    note(tx, storage, now, AuditAction.MESSAGE_WRITTEN, perimeter.staff_id, participant_id)
    return outbox_id


def lead_to(tx: Connection, key: PersonKey, to: Place, now: datetime, report: str = "") -> None:
    """What the person writes next is for whoever wrote to them, and no answer; the menu resumes the form.

    The open question keeps its buttons: a tap on one of them is still an answer. In a report it is none.
    """
    place = f"sessions.body:{key.participant_id}"
    stored = tx.scalar(select(SESSIONS.c.body).where(SESSIONS.c.participant_id == key.participant_id))
    session = SESSION.validate_json(key.cipher.open(stored, place)) if stored else Session()
    if session.place in (Place.PROMPTING, Place.HIDDEN):
        return  # joining is finished first; after a quick exit only the person opens the chat again
    led = session.interrupting(to)
    if report:
        led = replace(session, place=to, report=report, token="")
    body = key.cipher.seal(SESSION.dump_json(led), place)
    row = {"participant_id": key.participant_id, "body": body, "touched_at": now}
    tx.execute(upsert(tx, SESSIONS, "body", "touched_at"), row)


def answer_given(tx: Connection, participant_id: str) -> None:
    """Take the person off the lists of those who wait for an answer, the urgent one too."""
    nobody_waits = {"team_awaited_since": None, "urgent_since": None}
    tx.execute(PARTICIPANTS.update().where(PARTICIPANTS.c.id == participant_id).values(**nobody_waits))
    coming_back = CONTACTS.delete().where(CONTACTS.c.participant_id == participant_id, ~ASKING)
    tx.execute(coming_back.where(CONTACTS.c.state.in_(AHEAD)))  # nobody waits in vain any more

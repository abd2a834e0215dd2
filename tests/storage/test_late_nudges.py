"""Check-ins that went wrong: planned once more if nobody knows whether they arrived, never sent at night."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from conversations.messages import Prompt, PromptKind, Verbatim
from conversations.vocabulary import Channel, ContactState, DeliveryState, Language
from storage import outbox
from storage.database import Storage
from storage.outbox import Settlement
from storage.outgoing import Outgoing, enqueue, preferred_destinations
from storage.tables.core import CONTACTS, OUTBOX
from storage.tables.vocabulary import FailureReason
from tests.admin.invented import Invented

DAY = timedelta(hours=24, seconds=1)


@pytest.fixture
def world(storage: Storage, now: datetime) -> Invented:
    return Invented(storage, now)


def asked(world: Invented, at: datetime, staff: str | None = None) -> tuple[str, str]:
    """Amina was asked how she is doing; the contact and the message."""
    amina = world.person("Amina")
    contact = world.contact(amina, ContactState.SENT, at)
    key = world.storage.keystore.of_participants([amina])[amina]
    with world.storage.write() as tx:
        tx.execute(update(CONTACTS).values(zone="Africa/Casablanca", asked_by=staff))
        to = preferred_destinations(tx, [amina])[amina]
        out = Outgoing(
            Prompt(PromptKind.NUDGE, (Verbatim("?"),)),
            Language.FRENCH,
            to.account_id,
            to.chat,
            key.cipher,
            amina,
            to.address_id,
            contact_id=contact,
        )
        return contact, enqueue(tx, world.storage, [out], at)[0]


def lost(world: Invented, at: datetime) -> None:
    """It leaves, and nobody answers."""
    with world.storage.write() as tx:
        [claimed] = outbox.claim(tx, world.storage, {world.accounts[Channel.TELEGRAM]: 1}, at)
        outbox.settle(tx, [Settlement(claimed, DeliveryState.UNKNOWN)], at)
    with world.storage.write() as tx:
        assert outbox.expire(tx, at + DAY) == 1


def state(world: Invented, contact: str) -> ContactState:
    with world.storage.read() as tx:
        return ContactState(tx.execute(select(CONTACTS.c.state).where(CONTACTS.c.id == contact)).scalar_one())


def test_a_check_in_that_may_never_have_arrived_is_planned_once_more(world: Invented) -> None:
    contact, message = asked(world, world.now)
    lost(world, world.now)
    assert state(world, contact) is ContactState.PLANNED
    with world.storage.write() as tx:
        row = tx.execute(select(OUTBOX).where(OUTBOX.c.id == message)).one()
        assert (row.state, row.reason) == (DeliveryState.FAILED, FailureReason.UNCONFIRMED)
        again = {**row._mapping, "id": world.storage.ids.row(), "state": DeliveryState.QUEUED, "reason": None}
        later = world.now + 2 * DAY
        tx.execute(OUTBOX.insert(), again | {"due_at": later, "created_at": later, "settled_at": None})
        tx.execute(update(CONTACTS).values(state=ContactState.SENT))
        # the prompt is sealed for its own row: only its fate counts here
        tx.execute(update(OUTBOX).where(OUTBOX.c.id == again["id"]).values(state=DeliveryState.UNKNOWN))
    with world.storage.write() as tx:
        assert outbox.expire(tx, later + DAY) == 1
    assert state(world, contact) is ContactState.SENT


def test_one_that_was_answered_meanwhile_is_not(world: Invented) -> None:
    contact, _ = asked(world, world.now)
    with world.storage.write() as tx:
        tx.execute(update(CONTACTS).values(state=ContactState.ANSWERED))
    lost(world, world.now)
    assert state(world, contact) is ContactState.ANSWERED


def waits(world: Invented, at: datetime) -> tuple[DeliveryState, datetime]:
    with world.storage.write() as tx:
        outbox.wait_for_morning(tx, at)
        row = tx.execute(select(OUTBOX.c.state, OUTBOX.c.due_at)).one()
    return row.state, row.due_at


def test_one_that_is_late_at_night_waits_for_the_morning(world: Invented) -> None:
    evening = world.now.replace(hour=20, minute=50)  # Rabat is on UTC
    asked(world, evening)
    assert waits(world, evening)[0] is DeliveryState.QUEUED
    night = evening + timedelta(hours=1)
    morning = (night + timedelta(days=1)).replace(hour=9, minute=0)
    assert waits(world, night) == (DeliveryState.WAITING, morning)
    with world.storage.write() as tx:
        assert outbox.release_in_time(tx, morning) == 1
    assert waits(world, morning)[0] is DeliveryState.QUEUED


def test_what_a_trainer_asks_on_purpose_goes_out_at_any_hour(world: Invented) -> None:
    evening = world.now.replace(hour=20, minute=50)
    salma = world.member("salma", cohorts=(world.north,))
    asked(world, evening, salma.staff_id)
    assert waits(world, evening + timedelta(hours=1))[0] is DeliveryState.QUEUED

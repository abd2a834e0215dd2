"""Notices by SMS in the tables: another open address first, else nothing, and staff see why."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from conversations.vocabulary import Channel, ConsentState, Language
from storage.audience import listeners
from storage.check_ins import Asked, ask_now
from storage.database import Storage
from storage.outgoing import preferred_destinations
from storage.people import people
from storage.tables.core import ADDRESSES, PARTICIPANTS
from storage.tables.vocabulary import AddressState, FailureReason
from storage.writing import write_to
from tests.admin.invented import Invented

SAID = (None, *ConsentState)
NOT_YES = (None, ConsentState.REFUSED, ConsentState.WITHDRAWN)


@pytest.fixture
def world(storage: Storage, now: datetime) -> Invented:
    return Invented(storage, now)


def person(world: Invented, said: ConsentState | None, *others: Channel) -> str:
    """Someone who wrote by SMS last, and before that on other channels."""
    amina = world.person("Amina", channel=Channel.SMS, language=Language.FRENCH)
    with world.storage.write() as tx:
        tx.execute(update(PARTICIPANTS).where(PARTICIPANTS.c.id == amina).values(sms=said))
        key = world.storage.keystore.of_participants([amina])[amina]
        for channel in others:
            address_id = world.storage.ids.row()
            place = f"addresses.sealed_address:{address_id}"
            row = {
                "id": address_id,
                "participant_id": amina,
                "channel": channel,
                "account_id": world.accounts[channel],
                "chat": world.storage.vault.blind(f"address.{channel}", amina),
                "sealed_address": key.cipher.seal_text("+212600000001", place),
                "state": AddressState.OPEN,
                "last_inbound_at": world.now - timedelta(hours=5),
            }
            tx.execute(ADDRESSES.insert(), row)
    return amina


@pytest.mark.parametrize("said", SAID)
def test_notices_go_by_sms_after_a_yes_and_else_to_another_address(
    world: Invented, said: ConsentState | None
) -> None:
    person(world, said, Channel.WHATSAPP)
    with world.storage.read() as tx:
        [listener] = listeners(tx, world.north, world.now)
    assert listener.channel is (Channel.SMS if said is ConsentState.GIVEN else Channel.WHATSAPP)


@pytest.mark.parametrize("said", NOT_YES)
def test_without_another_address_nothing_goes_out_and_it_is_said_why(
    world: Invented, said: ConsentState | None
) -> None:
    amina = person(world, said)
    salma = world.member("salma", cohorts=(world.north,))
    with world.storage.write() as tx:
        [listener] = listeners(tx, world.north, world.now)
        assert (listener.destination, listener.left_out) == (None, FailureReason.NO_SMS)
        assert ask_now(tx, world.storage, salma, amina, "UTC", world.now) is Asked.NO_SMS
        [shown] = people(tx, world.storage, salma, [amina])
        assert [address.answers_only for address in shown.addresses] == [True]


def test_a_yes_is_seen_by_staff(world: Invented) -> None:
    amina = person(world, ConsentState.GIVEN, Channel.WHATSAPP)
    salma = world.member("salma", cohorts=(world.north,))
    with world.storage.write() as tx:
        [shown] = people(tx, world.storage, salma, [amina])
        assert [address.answers_only for address in shown.addresses] == [False, False]
        assert ask_now(tx, world.storage, salma, amina, "UTC", world.now) is Asked.PLANNED


def test_an_answer_of_the_team_still_goes_by_sms(world: Invented) -> None:
    amina = person(world, None)
    salma = world.member("salma", cohorts=(world.north,))
    with world.storage.write() as tx:
        assert preferred_destinations(tx, [amina])[amina].answers_only
        assert write_to(tx, world.storage, salma, amina, "Bonjour Amina", world.now)

"""A broadcast reaches each person of a cohort at most once, and says who is not reached and why."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from conversations.messages import Verbatim
from conversations.vocabulary import Channel, ConsentState, DeliveryState, Language, Role
from storage.audience import Reach, audience, count
from storage.broadcasts import Draft, NothingToSay, find_broadcast, send_broadcast
from storage.codec import PROMPT
from storage.database import Storage
from storage.delivery import deliveries, totals
from storage.tables.core import OUTBOX
from storage.tables.vocabulary import AddressState, FailureReason
from tests.admin.invented import Invented

TEXTS = {Language.FRENCH: "Atelier demain à 10 h", Language.ARABIC: "الورشة غدًا على الساعة 10"}


def test_the_counts_tell_who_gets_it_when_and_who_does_not(storage: Storage, now: datetime) -> None:
    world = Invented(storage, now)
    admin = world.member("admin", Role.ADMIN)
    world.person("Amina")
    world.person("Binta", channel=Channel.WHATSAPP, silent_for=timedelta(hours=2), language=Language.ARABIC)
    world.person("Chadi", channel=Channel.WHATSAPP, silent_for=timedelta(hours=24))
    world.person("Dado", channel=None)
    world.person("Esi", address=AddressState.BLOCKED)
    world.person("Fanta", address=AddressState.UNREACHABLE)
    world.person("Gora", prompting=ConsentState.REFUSED)
    world.person("Hawa", world.south)
    with storage.read() as connection:
        numbers = count(audience(connection, admin, world.north, now))
    assert numbers.reach == Counter({Reach.NOW: 2, Reach.LATER: 1, Reach.NOT: 4})
    assert numbers.left_out == Counter(
        [
            FailureReason.NO_ADDRESS,
            FailureReason.BLOCKED,
            FailureReason.UNREACHABLE,
            FailureReason.NO_CONSENT,
        ]
    )
    assert numbers.shown[Channel.WHATSAPP, Language.ARABIC] == 1


def test_each_person_gets_their_language_once(storage: Storage, now: datetime) -> None:
    world = Invented(storage, now)
    trainer = world.member("salma", cohorts=(world.north,))
    readers = {
        world.person("Amina", language=Language.ARABIC): TEXTS[Language.ARABIC],
        world.person("Binta", language=Language.FRENCH): TEXTS[Language.FRENCH],
        world.person("Chadi", language=Language.ENGLISH): TEXTS[Language.FRENCH],
    }
    refused = world.person("Dado", prompting=ConsentState.WITHDRAWN)
    draft = Draft(storage.ids.row(), world.north, TEXTS)
    for _ in range(2):
        send_broadcast(storage, trainer, draft, Language.FRENCH, now)
    keys = storage.keystore.of_participants(readers)
    with storage.read() as connection:
        rows = connection.execute(select(OUTBOX)).all()
        states = {one.participant_id: one for one in deliveries(connection, storage, trainer, draft.id, 1)}
        numbers = totals(connection, trainer, [draft.id])[draft.id]
        assert find_broadcast(connection, storage, trainer, draft.id).texts == TEXTS
    got = {}
    for row in rows:
        opened = keys[row.participant_id].cipher.open(row.prompt, f"outbox.prompt:{row.id}")
        got[row.participant_id] = PROMPT.validate_json(opened).lines[0]
    assert len(rows) == 3
    assert got == {reader: Verbatim(text) for reader, text in readers.items()}
    assert (states[refused].state, states[refused].reason) == (None, FailureReason.NO_CONSENT)
    assert numbers.states == Counter({DeliveryState.QUEUED: 3})
    assert (numbers.people, numbers.moving) == (4, True)


def test_a_double_click_sends_once(storage: Storage, now: datetime) -> None:
    world = Invented(storage, now)
    trainer = world.member("salma", cohorts=(world.north,))
    for name in ("Amina", "Binta", "Chadi"):
        world.person(name)
    draft = Draft(storage.ids.row(), world.north, TEXTS)
    with ThreadPoolExecutor(6) as pool:
        clicks = [
            pool.submit(send_broadcast, storage, trainer, draft, Language.FRENCH, now) for _ in range(6)
        ]
        for click in clicks:
            click.result()
    with storage.read() as connection:
        assert connection.execute(select(func.count()).select_from(OUTBOX)).scalar_one() == 3


@pytest.mark.parametrize(
    ("written", "reader", "default", "read"),
    [
        ("fr ar", "ar", "fr", "ar"),
        ("fr ar", "en", "ar", "ar"),
        ("en", "ar", "fr", "en"),
        ("ar en", "fr", "fr", "ar"),
    ],
)
def test_a_missing_language_falls_back(written: str, reader: str, default: str, read: str) -> None:
    draft = Draft("0", "0", {Language(code): f"text {code}" for code in written.split()})
    assert draft.text_for(Language(reader), Language(default)) == (Language(read), f"text {read}")


def test_a_broadcast_without_text_is_not_sent(storage: Storage, now: datetime) -> None:
    world = Invented(storage, now)
    trainer = world.member("salma", cohorts=(world.north,))
    with pytest.raises(NothingToSay):
        send_broadcast(storage, trainer, Draft(storage.ids.row(), world.north, {}), Language.FRENCH, now)

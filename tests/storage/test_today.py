"""Today lists who needs somebody, with a count and the first twenty."""

from datetime import datetime, timedelta

from conversations.vocabulary import ContactState, DeliveryState, Role
from storage.database import Storage
from storage.tables.core import ADDRESSES
from storage.tables.vocabulary import FailureReason, MessageState
from storage.today import FIRST_ROWS, Concern, Section, today
from tests.admin.invented import Invented


def of_today(world: Invented) -> dict[Concern, Section]:
    admin = world.member("admin", Role.ADMIN)
    with world.storage.read() as connection:
        return {part.concern: part for part in today(connection, world.storage, admin, world.now)}


def test_every_concern_has_its_people(storage: Storage, now: datetime) -> None:
    world = Invented(storage, now)
    waits = world.person("Amina", awaited_since=now - timedelta(hours=3))
    unread, failed, window = world.person("Binta"), world.person("Chadi"), world.person("Dado")
    due, late, later = world.person("Esi"), world.person("Fanta"), world.person("Gora")
    sent, missed, answered = world.person("Hawa"), world.person("Issa"), world.person("Jamila")
    world.wrote(unread, "…", state=MessageState.FAILED)
    world.wrote(waits, "Bonjour")
    world.got(failed, "…", state=DeliveryState.FAILED, reason=FailureReason.UNREACHABLE)
    world.got(window, "…", state=DeliveryState.WAITING, reason=FailureReason.WINDOW_CLOSED)
    world.got(waits, "…", state=DeliveryState.DELIVERED)
    world.contact(due, ContactState.PLANNED, now + timedelta(days=6))
    world.contact(late, ContactState.PLANNED, now - timedelta(hours=2))
    world.contact(later, ContactState.PLANNED, now + timedelta(days=8))
    world.contact(sent, ContactState.SENT, now - timedelta(days=1))
    world.contact(missed, ContactState.MISSED, now - timedelta(days=2))
    world.contact(answered, ContactState.ANSWERED, now - timedelta(days=2))
    urgent = world.person("Kadi", awaited_since=now, urgent_since=now)
    silent = world.person("Lamine")
    with storage.write() as tx:
        theirs = ADDRESSES.update().where(ADDRESSES.c.participant_id == silent)
        tx.execute(theirs.values(unsure_since=now))
    people = {concern: [row.participant_id for row in part.rows] for concern, part in of_today(world).items()}
    assert people == {
        Concern.URGENT: [urgent],
        Concern.AWAITING: [waits, urgent],
        Concern.UNSURE: [silent],
        Concern.UNREAD: [unread],
        Concern.FAILED: [failed],
        Concern.UNANSWERED: [sent],
        Concern.MISSED: [missed],
        Concern.WAITING: [window],
        Concern.DUE: [late, due],
        Concern.SPOKEN: [],  # voices have tests of their own
    }


def test_names_and_reasons_are_there(storage: Storage, now: datetime) -> None:
    world = Invented(storage, now)
    amina = world.person("Amina")
    world.got(amina, "…", state=DeliveryState.FAILED, reason=FailureReason.UNREACHABLE)
    [row] = of_today(world)[Concern.FAILED].rows
    assert (row.name, row.reason) == ("Amina", FailureReason.UNREACHABLE)


def test_old_failures_are_history(storage: Storage, now: datetime) -> None:
    world = Invented(storage, now)
    amina = world.person("Amina")
    world.got(amina, "…", ago=timedelta(days=20), state=DeliveryState.FAILED)
    world.contact(amina, ContactState.MISSED, now - timedelta(days=20))
    assert sum(part.count for part in of_today(world).values()) == 0


def test_a_long_list_says_how_long_it_is(storage: Storage, now: datetime) -> None:
    world = Invented(storage, now)
    for n in range(25):
        world.person(f"Personne {n}", awaited_since=now - timedelta(minutes=n))
    part = of_today(world)[Concern.AWAITING]
    assert (part.count, len(part.rows)) == (25, FIRST_ROWS)
    assert part.rows[0].at == now - timedelta(minutes=24)

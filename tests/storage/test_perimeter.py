"""A trainer sees the people of their own cohorts and nobody else, whatever way they ask."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import Connection

from conversations.vocabulary import Language, Role
from storage.audience import audience
from storage.broadcasts import Draft, find_broadcast, list_broadcasts, send_broadcast
from storage.check_ins import ask_now
from storage.cohorts import cohorts
from storage.database import Storage
from storage.delivery import deliveries, totals
from storage.errors import OutOfPerimeter
from storage.milestones import current_milestones
from storage.names import NameIndex
from storage.participants import find_person, list_people, search_people
from storage.perimeter import Perimeter
from storage.tables.core import MEMBERSHIPS
from storage.timeline import consents, timeline
from storage.today import today
from storage.writing import write_to
from tests.admin.invented import Invented

REFUSED: dict[str, Callable[[Connection, Storage, Perimeter, str, datetime], object]] = {
    "the person's page": lambda tx, storage, limit, person, now: find_person(tx, storage, limit, person),
    "the timeline": lambda tx, storage, limit, person, now: timeline(tx, storage, limit, person),
    "the steps": lambda tx, storage, limit, person, now: current_milestones(tx, storage, limit, person),
    "the consents": lambda tx, storage, limit, person, now: consents(tx, limit, person),
    "writing": lambda tx, storage, limit, person, now: write_to(tx, storage, limit, person, "Bonjour", now),
    "asking": lambda tx, storage, limit, person, now: ask_now(
        tx, storage, limit, person, "Africa/Casablanca", now
    ),
}


@pytest.mark.parametrize("way", REFUSED)
def test_someone_outside_of_the_perimeter_does_not_exist_for_a_trainer(
    storage: Storage, now: datetime, way: str
) -> None:
    world = Invented(storage, now)
    trainer = world.member("salma", cohorts=(world.north,))
    inside, outside = world.person("Amina", world.north), world.person("Fatou", world.south)
    with storage.write() as tx:
        REFUSED[way](tx, storage, trainer, inside, now)
        with pytest.raises(OutOfPerimeter):
            REFUSED[way](tx, storage, trainer, outside, now)


def test_lists_hold_only_people_within_the_perimeter(storage: Storage, now: datetime) -> None:
    world = Invented(storage, now)
    trainer, admin = world.member("salma", cohorts=(world.north,)), world.member("admin", Role.ADMIN)
    inside = world.person("Amina", world.north, awaited_since=now)
    outside = world.person("Aminata", world.south, awaited_since=now)
    names = NameIndex(storage)

    def seen(limit: Perimeter) -> list[set[str | None]]:
        with storage.read() as connection:
            return [
                {person.id for person in list_people(connection, storage, limit, 1).people},
                {person.id for person in search_people(storage, names, limit, "amin")},
                {row.participant_id for part in today(connection, storage, limit, now) for row in part.rows},
            ]

    assert seen(trainer) == [{inside}] * 3
    assert seen(admin) == [{inside, outside}] * 3


def test_a_trainer_without_a_cohort_sees_nobody(storage: Storage, now: datetime) -> None:
    world = Invented(storage, now)
    trainer = world.member("salma")
    world.person("Amina", world.north, awaited_since=now)
    with storage.read() as connection:
        assert list_people(connection, storage, trainer, 1).total == 0
        assert cohorts(connection, trainer) == []
        assert sum(part.count for part in today(connection, storage, trainer, now)) == 0


def test_a_broadcast_reaches_and_shows_only_own_cohorts(storage: Storage, now: datetime) -> None:
    world = Invented(storage, now)
    trainer, other = (
        world.member("salma", cohorts=(world.north,)),
        world.member("omar", cohorts=(world.south,)),
    )
    world.person("Amina", world.north)
    draft = Draft(storage.ids.row(), world.north, {Language.FRENCH: "Atelier demain"})
    with pytest.raises(OutOfPerimeter):
        send_broadcast(storage, other, draft, Language.FRENCH, now)
    send_broadcast(storage, trainer, draft, Language.FRENCH, now)
    with storage.read() as connection:
        assert [one.id for one in list_broadcasts(connection, storage, trainer)] == [draft.id]
        assert list_broadcasts(connection, storage, other) == []
        assert deliveries(connection, storage, other, draft.id, 1) == []
        assert totals(connection, other, [draft.id])[draft.id].people == 0
        with pytest.raises(OutOfPerimeter):
            find_broadcast(connection, storage, other, draft.id)
        with pytest.raises(OutOfPerimeter):
            audience(connection, other, world.north, now)
        with pytest.raises(OutOfPerimeter):
            list_people(connection, storage, other, 1, world.north)


def test_the_names_of_other_cohorts_are_not_shown(storage: Storage, now: datetime) -> None:
    world = Invented(storage, now)
    trainer = world.member("salma", cohorts=(world.north,))
    person = world.person("Amina", world.north)
    with storage.write() as tx:
        tx.execute(MEMBERSHIPS.insert(), {"participant_id": person, "cohort_id": world.south, "since": now})
        assert find_person(tx, storage, trainer, person).cohorts == ("Salé 1",)

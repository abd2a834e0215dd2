"""People are found by name, however it is typed, and only as long as they are there."""

from datetime import datetime, timedelta

import pytest

from conversations.vocabulary import Role
from storage.database import Storage
from storage.names import NameIndex
from tests.admin.invented import Invented


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        pytest.param("amina", "Amina", id="another case"),
        pytest.param("am", "Amina", id="the first letters"),
        pytest.param("h", "Hélène", id="one letter"),
        pytest.param("amena", "Amina", id="a slip"),
        pytest.param("helene", "Hélène", id="no accents"),
        pytest.param("فاطمه", "فَاطِمَة", id="no vowel signs, another ending"),
        pytest.param("diallo", "Fatou Diallo", id="the second word"),
        pytest.param("diallo fatou", "Fatou Diallo", id="the words turned round"),
    ],
)
def test_a_name_is_found(storage: Storage, now: datetime, typed: str, found: str) -> None:
    world = Invented(storage, now)
    admin = world.member("admin", Role.ADMIN)
    people = {name: world.person(name) for name in ("Amina", "Hélène", "فَاطِمَة", "Fatou Diallo", "Kwame")}
    assert NameIndex(storage).search(admin, typed, 50)[0] == people[found]


@pytest.mark.parametrize("typed", ["", "   ", "!?", "Zzyzx", "\u200f"])
def test_what_is_no_name_finds_nobody(storage: Storage, now: datetime, typed: str) -> None:
    world = Invented(storage, now)
    world.person("Amina")
    world.person("")
    assert NameIndex(storage).search(world.member("admin", Role.ADMIN), typed, 50) == []


def test_the_index_follows_who_comes_is_renamed_and_goes(storage: Storage, now: datetime) -> None:
    world = Invented(storage, now)
    admin, names = world.member("admin", Role.ADMIN), NameIndex(storage)
    amina, kwame = world.person("Amina"), world.person("Kwame")
    assert names.search(admin, "amina", 50) == [amina]
    world.rename(amina, "Mariam", now + timedelta(minutes=1))
    assert names.search(admin, "mariam", 50) == [amina]
    assert names.search(admin, "amina", 50) == []
    world.erase(kwame)
    ibrahima = world.person("Ibrahima")
    assert names.search(admin, "kwame", 50) == []
    assert names.search(admin, "ibra", 50) == [ibrahima]
    assert not any(kwame in holders for holders in names.holders.values())


def test_a_change_committed_late_is_still_seen(storage: Storage, now: datetime) -> None:
    world = Invented(storage, now)
    admin, names = world.member("admin", Role.ADMIN), NameIndex(storage)
    amina, kwame = world.person("Amina"), world.person("Kwame")
    world.rename(kwame, "Kofi", now + timedelta(minutes=5))
    names.search(admin, "kofi", 50)
    world.rename(amina, "Mariam", now + timedelta(minutes=4))
    assert names.search(admin, "mariam", 50) == [amina]


def test_a_trainer_s_own_people_are_not_crowded_out_by_others(
    storage: Storage, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.names.MOST_SCORED", 3)
    world = Invented(storage, now)
    trainer = world.member("salma", cohorts=(world.north,))
    mine = world.person("Amena", world.north)
    for _ in range(6):
        world.person("Amina", world.south)
    assert NameIndex(storage).search(trainer, "amina", 50) == [mine]

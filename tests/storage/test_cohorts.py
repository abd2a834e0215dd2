"""Cohorts have one code each, which a poster and a chat can carry."""

from datetime import datetime

import pytest

from conversations.entry.invitations import candidates
from conversations.vocabulary import Role
from storage.cohorts import (
    JOIN_CODE,
    JoinCodeTaken,
    JoinCodeUnfit,
    add_cohort,
    add_organisation,
    cohorts,
    ensure_first_cohort,
    organisations,
    suggest_code,
)
from storage.database import Storage
from storage.errors import OutOfPerimeter
from tests.admin.invented import Invented


def test_an_empty_database_gets_a_cohort_to_try_at_once(storage: Storage) -> None:
    assert ensure_first_cohort(storage) == "BIENVENUE"
    assert ensure_first_cohort(storage) is None


def test_no_cohort_is_made_up_where_there_is_one(storage: Storage, now: datetime) -> None:
    Invented(storage, now)
    assert ensure_first_cohort(storage) is None


@pytest.mark.parametrize(
    "code", ["", "AB", "1234", "A B!", "رمز-1", "A" * 33, "1ABC", "É;DROP", "menu", "STOP"]
)
def test_an_unfit_code_is_refused(storage: Storage, code: str) -> None:
    with storage.write() as tx:
        association = add_organisation(tx, storage, "Association Nour")
        with pytest.raises(JoinCodeUnfit):
            add_cohort(tx, storage, association, "Groupe", code)


def test_a_code_belongs_to_one_cohort_however_it_is_written(storage: Storage, now: datetime) -> None:
    world = Invented(storage, now)
    with storage.write() as tx:
        [(association, _, _)] = organisations(tx)
        with pytest.raises(JoinCodeTaken):
            add_cohort(tx, storage, association, "Groupe", " sale -1")
        with pytest.raises(OutOfPerimeter):
            add_cohort(tx, storage, "0" * 32, "Groupe", "AUTRE")
    assert world.north


def test_cohorts_are_listed_with_their_size(storage: Storage, now: datetime) -> None:
    world = Invented(storage, now)
    admin = world.member("admin", Role.ADMIN)
    world.person("Amina", world.north)
    world.person("Fatou", world.north)
    with storage.read() as connection:
        assert [(one.name, one.join_code, one.people) for one in cohorts(connection, admin)] == [
            ("Kénitra 1", "KENITRA1", 0),
            ("Salé 1", "SALE1", 2),
        ]


def test_suggested_codes_are_fit() -> None:
    assert all(JOIN_CODE.fullmatch(suggest_code()) for _ in range(100))


def test_a_code_is_found_in_what_people_write(storage: Storage, now: datetime) -> None:
    """A code that storage keeps in another form than messages are read in would never be found."""
    world = Invented(storage, now)
    admin = world.member("admin", Role.ADMIN)
    with storage.write() as tx:
        [(association, _, _)] = organisations(tx)
        add_cohort(tx, storage, association, "Groupe", "Temara-2 ")
        kept = {one.join_code for one in cohorts(tx, admin)}
    for written in ("temara-2", "TEMARA 2", "/start TEMARA2", "bonjour temara2"):
        assert kept & set(candidates(written)), written

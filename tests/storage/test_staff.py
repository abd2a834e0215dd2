"""Accounts and sessions: who may sign in, for how long, and how it ends at once."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, text

from conversations.vocabulary import Language, Role
from storage import staff
from storage.database import Storage
from storage.errors import OutOfPerimeter
from storage.passwords import PasswordUnfit, matches, one_time_password, require_fit
from storage.staff_sessions import (
    ABSOLUTE,
    IDLE,
    end_other_sessions,
    end_session,
    find_session,
    hash_token,
    open_session,
    touch_session,
)
from storage.tables.core import STAFF, STAFF_SESSIONS
from tests.admin.invented import PASSWORD, Invented, password_hash


def test_the_first_start_makes_one_admin_and_tells_the_password_once(storage: Storage, now: datetime) -> None:
    password = staff.ensure_first_admin(storage, now)
    assert password is not None
    assert staff.ensure_first_admin(storage, now) is None
    with storage.read() as connection:
        found = staff.find_login(connection, storage, " ADMIN ")
        assert found is not None
        member = staff.find(connection, storage, found[0])
    assert matches(password, found[1])
    assert member.role is Role.ADMIN
    assert member.must_change_password


def test_logins_and_names_are_not_readable_in_the_database(storage: Storage, now: datetime) -> None:
    world = Invented(storage, now)
    world.member("salma.invented")
    with storage.read() as connection:
        row = connection.execute(select(STAFF)).one()
    kept = b"".join(str(value).encode() if not isinstance(value, bytes) else value for value in row)
    assert b"salma" not in kept.lower()


def test_one_login_has_one_account(storage: Storage, now: datetime) -> None:
    world = Invented(storage, now)
    world.member("salma")
    new = staff.NewStaff(" Salma ", "Another", Role.TRAINER, Language.ARABIC)
    with storage.write() as tx, pytest.raises(staff.LoginTaken):
        staff.add(tx, storage, new, password_hash(), now)


def test_a_change_sets_rights_anew(storage: Storage, now: datetime) -> None:
    world = Invented(storage, now)
    world.member("admin", Role.ADMIN)
    trainer = world.member("salma", cohorts=(world.north,))
    with storage.write() as tx:
        staff.change(tx, trainer.staff_id, role=Role.TRAINER, active=True, cohort_ids=[world.south])
        assert staff.find(tx, storage, trainer.staff_id).cohort_ids == {world.south}
        with pytest.raises(OutOfPerimeter):
            staff.change(tx, "0" * 32, role=Role.TRAINER, active=True, cohort_ids=[])


@pytest.mark.parametrize(("role", "active"), [(Role.TRAINER, True), (Role.ADMIN, False)])
def test_the_last_admin_cannot_leave(storage: Storage, now: datetime, role: Role, active: bool) -> None:
    admin = Invented(storage, now).member("admin", Role.ADMIN)
    with pytest.raises(staff.LastAdmin), storage.write() as tx:
        staff.change(tx, admin.staff_id, role=role, active=active, cohort_ids=[])
    with storage.read() as connection:
        assert staff.find(connection, storage, admin.staff_id).role is Role.ADMIN


@pytest.mark.parametrize("password", ["short", "Salma.Salma.Salma", "x" * 201])
def test_an_unfit_password_is_refused(password: str) -> None:
    with pytest.raises(PasswordUnfit):
        require_fit(password, "salma.salma.salma")


def test_one_time_passwords_are_fit_and_differ() -> None:
    passwords = {one_time_password() for _ in range(50)}
    assert len(passwords) == 50
    for password in passwords:
        require_fit(password, "admin")


def test_an_unknown_login_is_checked_like_a_known_one() -> None:
    assert not matches(PASSWORD, "")


def test_only_a_hash_of_the_token_is_kept(storage: Storage, now: datetime) -> None:
    admin = Invented(storage, now).member("admin", Role.ADMIN)
    with storage.write() as tx:
        token = open_session(tx, admin.staff_id, now)
        kept = str(tx.execute(text("SELECT * FROM staff_sessions")).all())
    assert token not in kept
    assert hash_token(token) in kept
    found = find_session(storage, token, now)
    assert found is not None
    assert found.member.id == admin.staff_id


def test_a_session_ends_when_idle_and_after_a_week(storage: Storage, now: datetime) -> None:
    admin = Invented(storage, now).member("admin", Role.ADMIN)
    with storage.write() as tx:
        token = open_session(tx, admin.staff_id, now)
    assert find_session(storage, token, now + IDLE) is None
    at = now
    while at < now + ABSOLUTE - timedelta(hours=6):
        at += timedelta(hours=6)
        found = find_session(storage, token, at)
        assert found is not None
        touch_session(storage, found, at)
    assert find_session(storage, token, now + ABSOLUTE) is None


def test_sessions_can_be_revoked_at_once(storage: Storage, now: datetime) -> None:
    world = Invented(storage, now)
    world.member("admin", Role.ADMIN)
    trainer = world.member("salma")
    with storage.write() as tx:
        here, there, gone = (open_session(tx, trainer.staff_id, now) for _ in range(3))
        end_session(tx, hash_token(gone))
    assert find_session(storage, gone, now) is None
    with storage.write() as tx:
        end_other_sessions(tx, trainer.staff_id, hash_token(here))
    assert find_session(storage, there, now) is None
    assert find_session(storage, here, now) is not None
    with storage.write() as tx:
        staff.change(tx, trainer.staff_id, role=Role.TRAINER, active=False, cohort_ids=[])
    assert find_session(storage, here, now) is None
    with storage.read() as connection:
        assert staff.find_login(connection, storage, "salma") is None


def test_sessions_that_are_over_are_swept_out(storage: Storage, now: datetime) -> None:
    admin = Invented(storage, now).member("admin", Role.ADMIN)
    with storage.write() as tx:
        open_session(tx, admin.staff_id, now)
        open_session(tx, admin.staff_id, now + IDLE)
        assert len(tx.execute(select(STAFF_SESSIONS)).all()) == 1

"""Staff accounts: who may sign in, as what, for which cohorts."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from conversations.vocabulary import Language, Role
from storage.database import Storage
from storage.errors import OutOfPerimeter, StorageError
from storage.passwords import hash_password, one_time_password
from storage.perimeter import Perimeter
from storage.tables.core import STAFF, STAFF_COHORTS

FIRST_LOGIN = "admin"


class LoginTaken(StorageError):
    """Another account has this login."""


class LastAdmin(StorageError):
    """The change would leave nobody who can manage staff."""


@dataclass(frozen=True, slots=True)
class NewStaff:
    """An account to be added."""

    login: str
    name: str
    role: Role
    language: Language
    cohort_ids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class StaffMember:
    """An account as it stands."""

    id: str
    login: str
    name: str
    role: Role
    language: Language
    active: bool
    must_change_password: bool
    cohort_ids: frozenset[str]

    @property
    def perimeter(self) -> Perimeter:
        return Perimeter(self.id, self.role)


def blind_login(storage: Storage, login: str) -> str:
    """The index a login is found by; case and outer spaces do not count."""
    return storage.vault.blind("staff.login", login.casefold().strip())


def add(tx: Connection, storage: Storage, new: NewStaff, password_hash: str, now: datetime) -> str:
    """Add an account whose password must be changed at first sign-in; its id. LoginTaken if there is one."""
    blind = blind_login(storage, new.login)
    if tx.execute(select(STAFF.c.id).where(STAFF.c.blind_login == blind)).first():
        raise LoginTaken
    staff_id = storage.ids.row()
    seal = storage.vault.system.seal_text
    tx.execute(
        STAFF.insert(),
        {
            "id": staff_id,
            "blind_login": blind,
            "login": seal(new.login.strip(), f"staff.login:{staff_id}"),
            "name": seal(new.name.strip(), f"staff.name:{staff_id}"),
            "role": new.role,
            "language": new.language,
            "password_hash": password_hash,
            "must_change_password": True,
            "active": True,
            "created_at": now,
        },
    )
    _limit_to(tx, staff_id, new.cohort_ids)
    return staff_id


def members(tx: Connection, storage: Storage) -> list[StaffMember]:
    """Everyone, by name."""
    rows = tx.execute(select(STAFF)).all()
    cohorts = _cohorts_of(tx, [row.id for row in rows])
    return sorted(
        (_member(storage, row, cohorts[row.id]) for row in rows), key=lambda one: one.name.casefold()
    )


def find(tx: Connection, storage: Storage, staff_id: str) -> StaffMember:
    """One account by its id. OutOfPerimeter if there is none."""
    row = tx.execute(select(STAFF).where(STAFF.c.id == staff_id)).first()
    if row is None:
        raise OutOfPerimeter
    return _member(storage, row, _cohorts_of(tx, [staff_id])[staff_id])


def find_login(tx: Connection, storage: Storage, login: str) -> tuple[str, str] | None:
    """Id and password hash of the active account with this login."""
    row = tx.execute(
        select(STAFF.c.id, STAFF.c.password_hash).where(
            STAFF.c.blind_login == blind_login(storage, login), STAFF.c.active
        )
    ).first()
    return (row.id, row.password_hash) if row else None


def password_hash_of(tx: Connection, staff_id: str) -> str:
    return str(tx.execute(select(STAFF.c.password_hash).where(STAFF.c.id == staff_id)).scalar_one())


def change(tx: Connection, staff_id: str, *, role: Role, active: bool, cohort_ids: Iterable[str]) -> None:
    """Set rights anew. LastAdmin if no active admin would be left; OutOfPerimeter if there is no account."""
    changed = tx.execute(STAFF.update().where(STAFF.c.id == staff_id).values(role=role, active=active))
    if not changed.rowcount:
        raise OutOfPerimeter
    admins = select(func.count()).select_from(STAFF).where(STAFF.c.active, STAFF.c.role == Role.ADMIN)
    if not tx.execute(admins).scalar_one():
        raise LastAdmin
    tx.execute(STAFF_COHORTS.delete().where(STAFF_COHORTS.c.staff_id == staff_id))
    _limit_to(tx, staff_id, cohort_ids)


def choose_password(tx: Connection, staff_id: str, password_hash: str) -> None:
    """The person's own new password."""
    tx.execute(
        STAFF.update()
        .where(STAFF.c.id == staff_id)
        .values(password_hash=password_hash, must_change_password=False)
    )


def reset_password(tx: Connection, staff_id: str, password_hash: str) -> None:
    """A one-time password that was handed over: it must be changed at the next sign-in."""
    tx.execute(
        STAFF.update()
        .where(STAFF.c.id == staff_id)
        .values(password_hash=password_hash, must_change_password=True)
    )


def choose_language(tx: Connection, staff_id: str, language: Language) -> None:
    tx.execute(STAFF.update().where(STAFF.c.id == staff_id).values(language=language))


def names_of(tx: Connection, storage: Storage, staff_ids: Iterable[str | None]) -> dict[str, str]:
    """Names by id, to say who wrote what."""
    wanted = {staff_id for staff_id in staff_ids if staff_id}
    rows = tx.execute(select(STAFF.c.id, STAFF.c.name).where(STAFF.c.id.in_(wanted))) if wanted else ()
    return {row.id: storage.vault.system.open_text(row.name, f"staff.name:{row.id}") for row in rows}


def ensure_first_admin(storage: Storage, now: datetime, language: Language = Language.FRENCH) -> str | None:
    """On a database without staff, add the login `admin`; its one-time password, told this once only."""
    with storage.read() as connection:
        if connection.execute(select(STAFF.c.id).limit(1)).first():
            return None
    password = one_time_password()
    first = NewStaff(FIRST_LOGIN, FIRST_LOGIN, Role.ADMIN, language)
    password_hash = hash_password(password)
    with storage.write() as tx:
        try:
            add(tx, storage, first, password_hash, now)
        except LoginTaken:  # another process was faster
            return None
    return password


def _member(storage: Storage, row: Row[Any], cohort_ids: frozenset[str]) -> StaffMember:
    open_text = storage.vault.system.open_text
    return StaffMember(
        id=row.id,
        login=open_text(row.login, f"staff.login:{row.id}"),
        name=open_text(row.name, f"staff.name:{row.id}"),
        role=row.role,
        language=row.language,
        active=row.active,
        must_change_password=row.must_change_password,
        cohort_ids=cohort_ids,
    )


def _cohorts_of(tx: Connection, staff_ids: Iterable[str]) -> defaultdict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    query = select(STAFF_COHORTS).where(STAFF_COHORTS.c.staff_id.in_(list(staff_ids)))
    for row in tx.execute(query):
        found[row.staff_id].add(row.cohort_id)
    return defaultdict(frozenset, {staff_id: frozenset(ids) for staff_id, ids in found.items()})


def _limit_to(tx: Connection, staff_id: str, cohort_ids: Iterable[str]) -> None:
    rows = [{"staff_id": staff_id, "cohort_id": cohort_id} for cohort_id in sorted(cohort_ids)]
    if rows:
        tx.execute(STAFF_COHORTS.insert(), rows)

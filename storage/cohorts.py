"""Organisations and their cohorts; each cohort's join code is what people write to come in."""

import re
from dataclasses import dataclass
from datetime import datetime
from secrets import choice

from sqlalchemy import Connection, func, select

from conversations.entry.invitations import normal_code
from conversations.steering.commands import command_in
from storage.database import Storage
from storage.errors import OutOfPerimeter, StorageError
from storage.perimeter import Perimeter
from storage.tables.core import COHORTS, MEMBERSHIPS, ORGANISATIONS

# Within what a Telegram start link takes ([A-Za-z0-9_-]{1,64}); a letter first, so that no code looks like
# an answer by number.
JOIN_CODE = re.compile(r"[A-Z][A-Z0-9_]{3,31}")
READABLE = "ABCDEFGHJKMNPQRSTUVWXYZ"  # no letter that looks like a digit
DIGITS = "23456789"

FIRST_ORGANISATION, FIRST_COHORT, FIRST_CODE = "Association", "Groupe 1", "BIENVENUE"


class JoinCodeTaken(StorageError):
    """Another cohort has this code."""


class JoinCodeUnfit(StorageError):
    """A code is 4 to 32 letters and digits, begins with a letter, and is no command such as «menu»."""


@dataclass(frozen=True, slots=True)
class CohortRow:
    """A cohort with its organisation and size."""

    id: str
    name: str
    join_code: str
    organisation: str
    people: int
    closed: bool  # nobody joins with its code any more


def suggest_code() -> str:
    """A random code that is easy to read from a poster: `KMTR4827`. It invites, it protects nothing."""
    letters = "".join(choice(READABLE) for _ in range(4))
    return f"{letters}{''.join(choice(DIGITS) for _ in range(4))}"


def add_organisation(tx: Connection, storage: Storage, name: str) -> str:
    """Add an association; its id."""
    organisation_id = storage.ids.row()
    tx.execute(ORGANISATIONS.insert(), {"id": organisation_id, "name": name.strip()})
    return organisation_id


def set_contact(tx: Connection, organisation_id: str, contact: str) -> None:
    """How people reach the association, as anybody may know it. OutOfPerimeter if there is none."""
    changed = ORGANISATIONS.update().where(ORGANISATIONS.c.id == organisation_id)
    if not tx.execute(changed.values(contact=" ".join(contact.split()))).rowcount:
        raise OutOfPerimeter


def add_cohort(tx: Connection, storage: Storage, organisation_id: str, name: str, code: str) -> str:
    """Add a cohort; its id. JoinCodeUnfit, JoinCodeTaken; OutOfPerimeter without such an organisation."""
    folded = normal_code(code)
    if not JOIN_CODE.fullmatch(folded) or command_in(folded):
        raise JoinCodeUnfit
    if tx.execute(select(COHORTS.c.id).where(COHORTS.c.join_code == folded)).first():
        raise JoinCodeTaken
    if not tx.execute(select(ORGANISATIONS.c.id).where(ORGANISATIONS.c.id == organisation_id)).first():
        raise OutOfPerimeter
    cohort_id = storage.ids.row()
    tx.execute(
        COHORTS.insert(),
        {"id": cohort_id, "organisation_id": organisation_id, "name": name.strip(), "join_code": folded},
    )
    return cohort_id


def close_code(tx: Connection, cohort_id: str, now: datetime | None) -> None:
    """Nobody joins with the code of this cohort from now on; with None they do again."""
    found = tx.execute(COHORTS.update().where(COHORTS.c.id == cohort_id).values(closed_at=now))
    if found.rowcount == 0:
        raise OutOfPerimeter


def organisations(tx: Connection) -> list[tuple[str, str, str]]:
    """(id, name, public contact) of every association, by name."""
    rows = tx.execute(select(ORGANISATIONS).order_by(ORGANISATIONS.c.name, ORGANISATIONS.c.id))
    return [(row.id, row.name, row.contact) for row in rows]


def cohorts(tx: Connection, perimeter: Perimeter) -> list[CohortRow]:
    """The cohorts within the perimeter, by organisation and name."""
    size = (
        select(MEMBERSHIPS.c.cohort_id, func.count().label("people"))
        .group_by(MEMBERSHIPS.c.cohort_id)
        .subquery()
    )
    rows = tx.execute(
        select(
            COHORTS.c.id,
            COHORTS.c.name,
            COHORTS.c.join_code,
            COHORTS.c.closed_at,
            ORGANISATIONS.c.name.label("organisation"),
            func.coalesce(size.c.people, 0).label("people"),
        )
        .join(ORGANISATIONS, ORGANISATIONS.c.id == COHORTS.c.organisation_id)
        .outerjoin(size, size.c.cohort_id == COHORTS.c.id)
        .where(perimeter.cohorts(COHORTS.c.id))
        .order_by(ORGANISATIONS.c.name, COHORTS.c.name, COHORTS.c.id)
    )
    return [
        CohortRow(row.id, row.name, row.join_code, row.organisation, row.people, row.closed_at is not None)
        for row in rows
    ]


def ensure_first_cohort(storage: Storage) -> str | None:
    """On a database without any cohort, add one that can be joined at once; its code."""
    with storage.write() as tx:
        if tx.execute(select(COHORTS.c.id).limit(1)).first():
            return None
        organisation_id = add_organisation(tx, storage, FIRST_ORGANISATION)
        add_cohort(tx, storage, organisation_id, FIRST_COHORT, FIRST_CODE)
    return FIRST_CODE

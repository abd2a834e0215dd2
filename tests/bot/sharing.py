"""Two people who share a phone, and what tests look at there."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from conversations.messages import Say
from conversations.vocabulary import Language, Role
from storage.codec import PROMPT
from storage.database import Storage
from storage.perimeter import Perimeter
from storage.staff import NewStaff, add
from storage.tables.core import (
    OUTBOX,
    PARTICIPANTS,
    TOKENS,
)
from tests.bot.driving import rows
from tests.bot.making import TO_HOME, Desk, open_desk

PHONE = "5000000001"
SECOND = (TO_HOME[0], "1", *("Binta" if said == "Amina" else said for said in TO_HOME[1:]))


@pytest.fixture
def desk(storage: Storage, now: datetime) -> Desk:
    return open_desk(storage, now)


@pytest.fixture
def people(desk: Desk) -> tuple[str, str]:
    """Amina, then Binta on the same phone; neither has written for an hour."""
    desk.tell(PHONE, TO_HOME)
    amina = desk.participant(PHONE)
    desk.tell(PHONE, SECOND)
    [binta] = {row.id for row in rows(desk.storage, select(PARTICIPANTS))} - {amina}
    desk.now += timedelta(hours=1)
    return amina, binta


def asked_who(desk: Desk) -> bool:
    """Whether the newest message asks who writes."""
    newest = rows(desk.storage, select(OUTBOX).order_by(OUTBOX.c.id.desc()).limit(1))[0]
    if newest.participant_id is not None or newest.prompt is None:
        return False
    plain = desk.storage.vault.system.open(newest.prompt, f"outbox.prompt:{newest.id}")
    return Say("who.ask") in PROMPT.validate_json(plain).lines


def button_of(desk: Desk, person: str) -> str:
    """The payload of the first button of the newest asking of somebody."""
    query = select(TOKENS.c.token).where(TOKENS.c.participant_id == person, TOKENS.c.used_at.is_(None))
    newest = query.order_by(TOKENS.c.asked_at.desc()).limit(1)
    return f"{rows(desk.storage, newest)[0].token}:0"


def admin_of(desk: Desk) -> Perimeter:
    new = NewStaff("admin", "Samira", Role.ADMIN, Language.FRENCH, frozenset())
    with desk.storage.write() as tx:
        return Perimeter(add(tx, desk.storage, new, "", desk.now), Role.ADMIN)

"""Planned contacts: due once, one per person, missed after a week, closed where there is nobody to ask."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.handle import handle_due_contacts
from conversations.contacts.followups import MISSED_AFTER
from conversations.vocabulary import ContactState
from storage.contacts import miss_unanswered
from storage.database import Storage
from storage.tables.core import CONTACTS, OUTBOX
from tests.bot.driving import rows
from tests.bot.making import TO_HOME, Desk, open_desk

AMINA, GRACE = "5000000001", "5000000002"
ZONE = "Africa/Casablanca"


@pytest.fixture
def desk(storage: Storage, now: datetime) -> Desk:
    """Two people at home, their first check-in due in a week; the clock is at that hour."""
    opened = open_desk(storage, now)
    for chat in (AMINA, GRACE):
        opened.tell(chat, TO_HOME)
    opened.now += timedelta(days=7)
    return opened


def states(desk: Desk) -> list[tuple[ContactState, datetime]]:
    found = rows(desk.storage, select(CONTACTS).order_by(CONTACTS.c.due_at, CONTACTS.c.id))
    return [(row.state, row.due_at) for row in found]


def miss(desk: Desk) -> int:
    with desk.storage.write() as tx:
        return miss_unanswered(tx, desk.storage, ZONE, desk.now, 100)


def test_a_check_in_begins_at_its_hour_and_once(desk: Desk) -> None:
    assert handle_due_contacts(desk.storage, desk.project, desk.now - timedelta(seconds=1)) == 0
    assert handle_due_contacts(desk.storage, desk.project, desk.now) == 2
    said = len(rows(desk.storage, select(OUTBOX)))
    assert handle_due_contacts(desk.storage, desk.project, desk.now) == 0
    assert len(rows(desk.storage, select(OUTBOX))) == said
    assert [state for state, _ in states(desk)] == [ContactState.SENT] * 2


def test_nobody_is_asked_in_quiet_hours(desk: Desk) -> None:
    desk.now = desk.now.replace(hour=22)
    handle_due_contacts(desk.storage, desk.project, desk.now)
    morning = desk.now.replace(hour=9) + timedelta(days=1)
    assert states(desk) == [(ContactState.PLANNED, morning)] * 2


def test_who_stopped_is_not_asked(desk: Desk) -> None:
    desk.tell(AMINA, ["stop"])
    handle_due_contacts(desk.storage, desk.project, desk.now)
    assert {state for state, _ in states(desk)} == {ContactState.CANCELLED, ContactState.SENT}


def test_an_unanswered_check_in_is_missed_after_a_week_and_the_next_one_planned(desk: Desk) -> None:
    handle_due_contacts(desk.storage, desk.project, desk.now)
    desk.now += MISSED_AFTER
    assert miss(desk) == 0
    desk.now += timedelta(seconds=1)
    assert miss(desk) == 2
    assert miss(desk) == 0
    next_month = datetime.fromisoformat("2027-01-07T10:00+00:00")
    assert states(desk)[2:] == [(ContactState.PLANNED, next_month)] * 2
    assert [state for state, _ in states(desk)[:2]] == [ContactState.MISSED] * 2


def test_an_answer_after_all_counts_and_plans_no_second_contact(desk: Desk) -> None:
    handle_due_contacts(desk.storage, desk.project, desk.now)
    desk.now += MISSED_AFTER + timedelta(seconds=1)
    miss(desk)
    desk.tell(AMINA, ["2"])
    found = rows(desk.storage, select(CONTACTS).where(CONTACTS.c.participant_id == desk.participant(AMINA)))
    assert sorted(row.state for row in found) == [ContactState.ANSWERED, ContactState.PLANNED]

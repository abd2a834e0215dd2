"""Check-ins that are put off and brought back to mind: when their hour comes, and when none does."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.handle import handle_due_contacts
from conversations.messages import PromptKind
from conversations.vocabulary import ContactState
from storage.contacts import miss_unanswered
from storage.database import Storage
from storage.tables.core import CONTACTS, OUTBOX
from storage.writing import answer_given
from tests.bot.driving import rows
from tests.bot.making import TO_HOME, Desk, open_desk

AMINA = "5000000001"


@pytest.fixture
def desk(storage: Storage, now: datetime) -> Desk:
    """Someone whose first check-in has just been asked."""
    opened = open_desk(storage, now)
    opened.tell(AMINA, TO_HOME)
    everything_left(opened)
    after(opened, days=7)
    return opened


def everything_left(desk: Desk) -> None:
    with desk.storage.write() as tx:
        tx.execute(OUTBOX.update().values(state="sent"))


def after(desk: Desk, **span: float) -> int:
    """Let time pass; how many messages went out first."""
    before = nudges(desk)
    desk.now += timedelta(**span)
    handle_due_contacts(desk.storage, desk.project, desk.now)
    everything_left(desk)
    return nudges(desk) - before


def nudges(desk: Desk) -> int:
    return len(rows(desk.storage, select(OUTBOX).where(OUTBOX.c.kind == PromptKind.NUDGE)))


def states(desk: Desk) -> list[ContactState]:
    return [row.state for row in rows(desk.storage, select(CONTACTS).order_by(CONTACTS.c.id))]


def test_what_was_put_off_comes_once_at_its_hour(desk: Desk) -> None:
    desk.tell(AMINA, ["plus tard"])
    assert states(desk) == [ContactState.SNOOZED]
    assert after(desk, hours=23) == 0
    assert after(desk, hours=1) == 1
    assert states(desk) == [ContactState.SENT]
    desk.tell(AMINA, ["non"])
    assert states(desk) == [ContactState.ANSWERED, ContactState.PLANNED]


def test_stop_cancels_what_was_put_off(desk: Desk) -> None:
    desk.tell(AMINA, ["plus tard", "stop"])
    assert states(desk) == [ContactState.CANCELLED]
    assert after(desk, days=40) == 0


def test_it_is_brought_back_to_mind_twice_and_then_counts_as_missed(desk: Desk) -> None:
    assert [after(desk, days=1) for _ in range(6)] == [0, 1, 0, 0, 1, 0]
    assert states(desk) == [ContactState.REMINDED]
    desk.now += timedelta(days=1, hours=1)
    with desk.storage.write() as tx:
        assert miss_unanswered(tx, desk.storage, "Africa/Casablanca", desk.now, 10) == 1
    assert states(desk) == [ContactState.MISSED, ContactState.PLANNED]


def test_an_answer_to_a_reminder_closes_it(desk: Desk) -> None:
    after(desk, days=2)
    desk.tell(AMINA, ["non"])
    assert states(desk) == [ContactState.ANSWERED, ContactState.PLANNED]
    assert after(desk, days=20) == 0


def test_five_messages_at_once_are_all_kept_and_their_pieces_joined(desk: Desk) -> None:
    desk.tell(AMINA, ["oui", "1"])
    everything_left(desk)
    desk.handle(*(desk.event(AMINA, piece) for piece in ("J’ai trouvé", "un travail", "à Salé")))
    everything_left(desk)
    last = rows(desk.storage, select(OUTBOX).order_by(OUTBOX.c.id.desc()).limit(1))[0]
    key = desk.storage.keystore.of_participants([last.participant_id])[last.participant_id]
    said = key.cipher.open(last.prompt, f"outbox.prompt:{last.id}").decode()
    assert "J’ai trouvé un travail à Salé" in said


def test_who_waits_for_the_team_in_vain_is_told_so_once(desk: Desk) -> None:
    desk.tell(AMINA, ["non", "xyz ?", "encore xyz"])
    everything_left(desk)
    assert [after(desk, days=1) for _ in range(4)] == [0, 1, 0, 0]


def test_who_was_answered_is_told_nothing(desk: Desk) -> None:
    desk.tell(AMINA, ["non", "xyz ?"])
    with desk.storage.write() as tx:
        answer_given(tx, desk.participant(AMINA))
    everything_left(desk)
    assert after(desk, days=2) == 0

"""What is forgotten by itself: joins never finished, people who said no, what is kept against repetition."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from conversations.vocabulary import DeliveryState
from storage import outbox
from storage.database import Storage
from storage.outbox import PartSent, Settlement
from storage.retention import EVENTS_KEPT, NEWCOMERS_KEPT, TOKENS_KEPT, forget
from storage.tables.core import EVENTS, NEWCOMERS, OUTBOX, PARTICIPANTS, PARTS, TOKENS
from tests.bot.driving import rows
from tests.bot.making import TO_CONSENT, Desk, open_desk

AMINA = "5000000001"
A_MOMENT = timedelta(seconds=1)


@pytest.fixture
def desk(storage: Storage, now: datetime) -> Desk:
    return open_desk(storage, now)


def send_everything(desk: Desk) -> None:
    """As a sender does, one message after the other."""
    with desk.storage.write() as tx:
        while claimed := outbox.claim(tx, desk.storage, dict.fromkeys(desk.accounts.values(), 10), desk.now):
            parts = [(each, PartSent(0, each.outbox_id)) for each in claimed]
            outbox.settle(
                tx, [Settlement(each, DeliveryState.SENT, (part,)) for each, part in parts], desk.now
            )


def traces(desk: Desk) -> dict[str, int]:
    """How many rows of each table could tell of someone without a logbook."""
    tables = (EVENTS, NEWCOMERS, TOKENS, OUTBOX, PARTS)
    return {table.name: len(rows(desk.storage, select(table))) for table in tables}


def forget_at(desk: Desk, moment: datetime) -> int:
    with desk.storage.write() as tx:
        return forget(tx, moment)


@pytest.mark.parametrize(
    "refusal", [(*TO_CONSENT[:2], "2"), (*TO_CONSENT[:3], "2"), (*TO_CONSENT[:3], "stop")]
)
def test_after_a_refusal_nothing_stays_once_the_answer_is_delivered(
    desk: Desk, refusal: tuple[str, ...]
) -> None:
    desk.tell(AMINA, refusal)
    assert traces(desk)["received_events"] == len(refusal)
    send_everything(desk)
    assert set(traces(desk).values()) == {0}


def test_nothing_is_forgotten_before_the_answer_to_the_refusal_is_out(desk: Desk) -> None:
    desk.handle(*(desk.event(AMINA, text) for text in (*TO_CONSENT[:3], "2")))
    with desk.storage.write() as tx:
        [claimed] = outbox.claim(tx, desk.storage, dict.fromkeys(desk.accounts.values(), 10), desk.now)
        outbox.settle(tx, [Settlement(claimed, DeliveryState.SENT)], desk.now)
    assert traces(desk)["outbox"] > 0
    assert rows(desk.storage, select(EVENTS))


def test_who_comes_back_after_a_refusal_joins_like_anyone(desk: Desk) -> None:
    desk.tell(AMINA, (*TO_CONSENT[:3], "2"))
    send_everything(desk)
    desk.tell(AMINA, TO_CONSENT)
    assert len(rows(desk.storage, select(PARTICIPANTS))) == 1


def test_an_unfinished_join_is_forgotten_after_thirty_days_with_all_that_is_known(desk: Desk) -> None:
    desk.tell(AMINA, TO_CONSENT[:3])
    send_everything(desk)
    assert forget_at(desk, desk.now + NEWCOMERS_KEPT) == 0
    assert forget_at(desk, desk.now + NEWCOMERS_KEPT + A_MOMENT) > 0
    assert set(traces(desk).values()) == {0}


def test_who_wrote_without_a_code_is_forgotten_too(desk: Desk) -> None:
    desk.tell(AMINA, ("bonjour",))
    send_everything(desk)
    forget_at(desk, desk.now + NEWCOMERS_KEPT + A_MOMENT)
    assert set(traces(desk).values()) == {0}


def test_a_participant_keeps_what_was_said_but_not_old_events_and_buttons(desk: Desk) -> None:
    desk.tell(AMINA, TO_CONSENT)
    send_everything(desk)
    before = traces(desk)
    forget_at(desk, desk.now + EVENTS_KEPT + A_MOMENT)
    assert traces(desk)["received_events"] == 0
    assert traces(desk)["button_tokens"] == before["button_tokens"]
    forget_at(desk, desk.now + TOKENS_KEPT + A_MOMENT)
    assert traces(desk)["button_tokens"] == 0
    to_participants = rows(desk.storage, select(OUTBOX).where(OUTBOX.c.participant_id.is_not(None)))
    assert traces(desk)["outbox"] == len(to_participants) > 0

"""Somebody sets the clock: what is queued or in somebody's hands neither waits for it nor goes out twice."""

from datetime import datetime, timedelta

from storage import outbox
from storage.database import Storage
from storage.outbox import Settlement
from tests.storage.test_outbox import QUEUED, make_box


def test_a_lease_from_before_the_clock_was_set_back_is_no_longer_held(
    storage: Storage, now: datetime
) -> None:
    box = make_box(storage, now)
    message = box.put("text")
    box.claim()
    with box.storage.write() as tx:
        assert outbox.recover_leases(tx, box.now - timedelta(hours=1)) == 1
    assert box.state(message) is QUEUED


def test_whoever_is_known_to_live_keeps_what_they_hold_whatever_the_clock_says(
    storage: Storage, now: datetime
) -> None:
    box = make_box(storage, now)
    message = box.put("text")
    box.claim()
    later = box.now + timedelta(hours=1)
    with box.storage.write() as tx:
        assert outbox.recover_leases(tx, later, alive={message}) == 0
        assert outbox.recover_leases(tx, later) == 1


def test_what_was_to_leave_at_once_leaves_when_the_clock_was_set_back(
    storage: Storage, now: datetime
) -> None:
    box = make_box(storage, now)
    box.put("first")
    box.now -= timedelta(hours=1)
    assert box.claim() == []
    with box.storage.write() as tx:
        assert outbox.follow_clock(tx, box.now) == 1
    assert box.texts(box.claim()) == ["first"]


def test_a_pause_keeps_its_length_when_the_clock_is_set_back(storage: Storage, now: datetime) -> None:
    box = make_box(storage, now)
    box.put("first")
    [claimed] = box.claim()
    box.settle(Settlement(claimed, QUEUED, due_at=box.now + timedelta(seconds=30)))
    back = timedelta(hours=-1)
    box.now += back
    with box.storage.write() as tx:
        outbox.follow_clock(tx, box.now, back)
    box.now += timedelta(seconds=29)
    assert box.claim() == []
    box.now += timedelta(seconds=1)
    assert box.texts(box.claim()) == ["first"]

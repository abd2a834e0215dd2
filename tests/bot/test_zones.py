"""The time zone: the pinned rules hold whatever the machine says, and plans follow a new release."""

import zoneinfo
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot import zones
from bot.zones import OldZoneRules, force_zone_rules
from conversations.contacts.followups import plan_first_check_in
from storage.contacts import follow_zone_rules
from storage.database import Storage
from storage.tables.core import CONTACTS
from tests.bot.driving import rows
from tests.bot.making import TO_CONSENT, open_desk

# Zone files of a machine whose Morocco is still on +1: the whole file is «UTC+1, always» (RFC 8536).
ALWAYS_PLUS_ONE = (
    b"TZif2"
    + bytes(15)
    + bytes([0, 0, 0, 0] * 3 + [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 4])
    + (3600).to_bytes(4)
    + b"\0\0+01\0"
    + b"TZif2"
    + bytes(15)
    + bytes([0, 0, 0, 0] * 3 + [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 4])
    + (3600).to_bytes(4)
    + b"\0\0+01\0"
    + b"\n<+01>-1\n"
)


@pytest.fixture
def old_machine(tmp_path: Path) -> Path:
    (tmp_path / "Africa").mkdir()
    (tmp_path / "Africa" / "Casablanca").write_bytes(ALWAYS_PLUS_ONE)
    return tmp_path


def hour_in_rabat() -> int:
    return datetime(2026, 11, 23, 10, tzinfo=UTC).astimezone(zoneinfo.ZoneInfo("Africa/Casablanca")).hour


def test_the_pinned_rules_hold_where_the_machines_own_are_old(old_machine: Path) -> None:
    zoneinfo.reset_tzpath(to=[old_machine])
    zoneinfo.ZoneInfo.clear_cache()
    try:
        assert hour_in_rabat() == 11
    finally:
        force_zone_rules()
    assert zoneinfo.TZPATH == ()
    assert hour_in_rabat() == 10


@pytest.mark.parametrize("release", ["2025.2", "2026.5", "2026.1.post1"])
def test_an_old_release_is_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch, release: str) -> None:
    monkeypatch.setattr(zones, "version", lambda _: release)
    with pytest.raises(OldZoneRules, match=r"tzdata .* is older than 2026\.6: run `make install`"):
        force_zone_rules()


@pytest.mark.parametrize("release", ["2026.6", "2026.10", "2027.1"])
def test_the_pinned_release_and_later_ones_are_taken(monkeypatch: pytest.MonkeyPatch, release: str) -> None:
    monkeypatch.setattr(zones, "version", lambda _: release)
    assert force_zone_rules() == release


def test_plans_are_computed_anew_when_the_release_changes(storage: Storage, now: datetime) -> None:
    """Planned for ten o'clock under old rules: nine o'clock UTC. Ten o'clock it stays."""
    desk = open_desk(storage, now)
    desk.tell("5000000001", TO_CONSENT)
    follow_zone_rules(storage, "2026.5")
    right = plan_first_check_in("", now, "Africa/Casablanca").due_at
    with storage.write() as tx:
        tx.execute(CONTACTS.update().values(due_at=right.replace(hour=9)))
    assert follow_zone_rules(storage, "2026.5") == 0
    assert follow_zone_rules(storage, "2026.6") == 1
    [contact] = rows(storage, select(CONTACTS))
    assert (contact.local_time, contact.due_at) == ("2026-11-30T10:00", right)
    assert right == datetime(2026, 11, 30, 10, tzinfo=UTC)


def test_what_was_postponed_keeps_its_moment(storage: Storage, now: datetime) -> None:
    desk = open_desk(storage, now)
    desk.tell("5000000001", TO_CONSENT)
    later = datetime(2026, 12, 1, 15, tzinfo=UTC)
    with storage.write() as tx:
        tx.execute(CONTACTS.update().values(due_at=later, attempt=1))
    follow_zone_rules(storage, "2027.1")
    [contact] = rows(storage, select(CONTACTS))
    assert contact.due_at == later

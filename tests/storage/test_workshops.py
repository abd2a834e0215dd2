"""Workshops in the tables: who is told, who is not, whose sheet it is, what the file about a person says."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Row, select, update
from sqlalchemy.exc import IntegrityError

from conversations.answers import Spot
from conversations.messages import Pin, PromptKind
from conversations.session import Place, Session
from conversations.vocabulary import Attendance, Channel, ConsentState, DeliveryState, WorkshopKind
from storage.attendance import close_sheet, mark, sheet
from storage.codec import PROMPT, SESSION
from storage.contacts import follow_zone_rules
from storage.database import Storage
from storage.dossier.gather import gather
from storage.errors import OutOfPerimeter
from storage.perimeter import Perimeter
from storage.tables.core import (
    ATTENDANCE,
    OUTBOX,
    PARTICIPANTS,
    SESSIONS,
    TOKENS,
    WORKSHOP_NOTICES,
    WORKSHOPS,
)
from storage.tables.vocabulary import WorkshopNoticeKind
from storage.workshop_notices import give_notice
from storage.workshops import (
    NewWorkshop,
    NoSuchWorkshop,
    NotNow,
    add_workshop,
    announce,
    cancel_workshop,
    find_workshop,
    list_workshops,
)
from tests.admin.invented import Invented
from tests.bot.driving import rows

ZONE = "Africa/Casablanca"


@pytest.fixture
def world(storage: Storage, now: datetime) -> Invented:
    return Invented(storage, now)


@pytest.fixture
def trainer(world: Invented) -> Perimeter:
    return world.member("salma", cohorts=(world.north,))


def planned(
    world: Invented,
    trainer: Perimeter,
    day: str = "2026-11-26",
    minutes: int = 120,
    spot: Spot | None = None,
) -> str:
    new = NewWorkshop(
        "Faire son CV",
        WorkshopKind.COURSE,
        world.north,
        datetime.fromisoformat(f"{day}T10:00"),
        ZONE,
        minutes,
        "Salé",
        spot,
    )
    with world.storage.write() as tx:
        return add_workshop(tx, world.storage, trainer, new, world.now)


def told(world: Invented, workshop: str, trainer: Perimeter, after: timedelta = timedelta()) -> set[str]:
    """Announce it; the people with a notice in the outbox."""
    with world.storage.write() as tx:
        announce(tx, world.storage, trainer, workshop, world.now)
    with world.storage.write() as tx:
        give_notice(tx, world.storage, world.now + after, 10)
    notices = select(OUTBOX.c.participant_id).where(OUTBOX.c.kind == PromptKind.NOTICE)
    return {row.participant_id for row in rows(world.storage, notices)}


def sheet_of(world: Invented, trainer: Perimeter, workshop: str) -> dict[str, Attendance | None]:
    with world.storage.read() as tx:
        found = find_workshop(tx, trainer, workshop)
        return {one.participant_id: one.attendance for one in sheet(tx, world.storage, trainer, found)}


def the_row(world: Invented) -> Row[tuple[object, ...]]:
    return rows(world.storage, select(WORKSHOPS))[0]


def test_only_who_wants_messages_and_can_be_reached_is_told(world: Invented, trainer: Perimeter) -> None:
    amina = world.person("Amina")
    quiet = world.person("Samuel", prompting=ConsentState.REFUSED)
    paused, hidden = world.person("Grace"), world.person("Awa")
    elsewhere = world.person("Joseph", world.south)
    with world.storage.write() as tx:
        until = world.now + timedelta(days=7)
        tx.execute(update(PARTICIPANTS).where(PARTICIPANTS.c.id == paused).values(paused_until=until))
        key = world.storage.keystore.of_participants([hidden])[hidden]
        left = SESSION.dump_json(Session(Place.HIDDEN))
        body = key.cipher.seal(left, f"sessions.body:{hidden}")
        tx.execute(SESSIONS.insert(), {"participant_id": hidden, "body": body, "touched_at": world.now})
    workshop = planned(world, trainer)
    assert told(world, workshop, trainer) == {amina}
    on_it = sheet_of(world, trainer, workshop)
    assert set(on_it) == {amina, quiet, paused, hidden}  # all of them find it in «my workshops»
    assert elsewhere not in on_it
    assert set(on_it.values()) == {Attendance.INVITED}


def test_announcing_twice_tells_once(world: Invented, trainer: Perimeter) -> None:
    world.person("Amina")
    workshop = planned(world, trainer)
    told(world, workshop, trainer)
    told(world, workshop, trainer)
    assert len(rows(world.storage, select(OUTBOX))) == 1


def test_a_notice_is_of_no_use_after_the_workshop_began(world: Invented, trainer: Perimeter) -> None:
    world.person("Amina", channel=Channel.WHATSAPP, silent_for=timedelta(days=3))
    workshop = planned(world, trainer)
    told(world, workshop, trainer)
    [message] = rows(world.storage, select(OUTBOX))
    assert (message.state, message.expires_at) == (DeliveryState.QUEUED, the_row(world).starts_at)
    assert rows(world.storage, select(TOKENS)) == []  # WhatsApp shows no buttons: words answer


def test_the_reminder_of_an_early_workshop_comes_the_evening_before_its_eve(
    world: Invented, trainer: Perimeter
) -> None:
    new = NewWorkshop(
        "Tôt",
        WorkshopKind.AWARENESS,
        world.north,
        datetime.fromisoformat("2026-11-27T08:00"),
        ZONE,
        60,
        "Salé",
    )
    with world.storage.write() as tx:
        workshop = add_workshop(tx, world.storage, trainer, new, world.now)
        announce(tx, world.storage, trainer, workshop, world.now)
    due = {row.kind: row.due_at.isoformat() for row in rows(world.storage, select(WORKSHOP_NOTICES))}
    assert due[WorkshopNoticeKind.REMINDER] == "2026-11-25T20:30:00+00:00"
    assert due[WorkshopNoticeKind.FEEDBACK] == "2026-11-27T11:00:00+00:00"


def test_a_workshop_of_another_cohort_is_nobodys_business(world: Invented, trainer: Perimeter) -> None:
    amina, workshop = world.person("Amina"), planned(world, trainer)
    outside = world.member("hind", cohorts=(world.south,))
    with world.storage.write() as tx:
        assert list_workshops(tx, outside) == []
        for act in (announce, cancel_workshop, close_sheet):
            with pytest.raises(OutOfPerimeter):
                act(tx, world.storage, outside, workshop, world.now)
        with pytest.raises(OutOfPerimeter):
            mark(tx, world.storage, outside, workshop, amina, Attendance.PRESENT, world.now)


def test_a_closed_sheet_is_final(world: Invented, trainer: Perimeter) -> None:
    amina, samuel = world.person("Amina"), world.person("Samuel")
    workshop = planned(world, trainer)
    during = world.now + timedelta(days=3, minutes=30)
    with world.storage.write() as tx:
        with pytest.raises(NotNow):
            mark(tx, world.storage, trainer, workshop, amina, Attendance.PRESENT, world.now)
        mark(tx, world.storage, trainer, workshop, amina, Attendance.PRESENT, during)
        close_sheet(tx, world.storage, trainer, workshop, during)
        for act in (close_sheet, cancel_workshop, announce):
            with pytest.raises(NotNow):
                act(tx, world.storage, trainer, workshop, during)
        with pytest.raises(NotNow):
            mark(tx, world.storage, trainer, workshop, samuel, Attendance.PRESENT, during)
    assert sheet_of(world, trainer, workshop) == {amina: Attendance.PRESENT, samuel: Attendance.ABSENT}


def test_a_workshop_needs_a_moment_to_come_and_a_sensible_length(world: Invented, trainer: Perimeter) -> None:
    for day, minutes in (("2026-11-22", 120), ("2026-11-26", 5), ("2026-11-26", 10_000)):
        with pytest.raises(NoSuchWorkshop):
            planned(world, trainer, day, minutes)


def test_what_is_final_is_nobodys_own_word(world: Invented, trainer: Perimeter) -> None:
    row = {
        "workshop_id": planned(world, trainer),
        "pseudonym": "p",
        "attendance": Attendance.ABSENT,
        "provisional": True,
        "at": world.now,
        "marked_by": None,
    }
    with pytest.raises(IntegrityError), world.storage.write() as tx:
        tx.execute(ATTENDANCE.insert(), row)


def test_the_file_about_a_person_tells_of_their_workshops(world: Invented, trainer: Perimeter) -> None:
    amina = world.person("Amina")
    told(world, planned(world, trainer), trainer)
    with world.storage.read() as tx:
        [visit] = gather(tx, world.storage, amina, ZONE, world.now).workshops
    assert (visit.title, visit.attendance) == ("Faire son CV", Attendance.INVITED)


def test_new_zone_rules_move_workshops_and_what_is_told_of_them(world: Invented, trainer: Perimeter) -> None:
    workshop = planned(world, trainer)
    told(world, workshop, trainer)
    right = the_row(world).starts_at
    hour = timedelta(hours=1)
    with world.storage.write() as tx:  # as older rules had it
        wrong = {"starts_at": right - hour, "ends_at": right + hour}
        tx.execute(update(WORKSHOPS).values(wrong))
        reminder = WORKSHOP_NOTICES.c.kind == WorkshopNoticeKind.REMINDER
        tx.execute(update(WORKSHOP_NOTICES).where(reminder).values(due_at=right - 25 * hour))
    follow_zone_rules(world.storage, "2099a")
    assert (the_row(world).starts_at, the_row(world).ends_at) == (right, right + 2 * hour)
    [told_again] = rows(world.storage, select(WORKSHOP_NOTICES).where(reminder))
    assert told_again.due_at == right - 24 * hour


def test_the_invitation_carries_the_place_on_the_map(world: Invented, trainer: Perimeter) -> None:
    amina = world.person("Amina")
    told(world, planned(world, trainer, spot=Spot(34.02, -6.83)), trainer)
    [message] = rows(world.storage, select(OUTBOX))
    cipher = world.storage.keystore.of_participants([amina])[amina].cipher
    prompt = PROMPT.validate_json(cipher.open(message.prompt, f"outbox.prompt:{message.id}"))
    assert prompt.pin == Pin(34.02, -6.83, "Faire son CV", "Salé")


@pytest.mark.parametrize(("latitude", "longitude"), [(34.02, None), (None, -6.83), (91.0, 0.0), (0.0, 181.0)])
def test_half_a_place_or_one_beyond_the_earth_is_none(
    world: Invented, trainer: Perimeter, latitude: float | None, longitude: float | None
) -> None:
    workshop = WORKSHOPS.c.id == planned(world, trainer)
    moved = update(WORKSHOPS).where(workshop).values(latitude=latitude, longitude=longitude)
    with pytest.raises(IntegrityError), world.storage.write() as tx:
        tx.execute(moved)

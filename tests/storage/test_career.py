"""What a CV is made of: workshops count once the trainer has closed their sheet, a series is told once."""

from datetime import date, datetime, timedelta

import pytest

from conversations.changes import PageMade
from conversations.vocabulary import Attendance, Language, WorkshopKind
from storage.attendance import close_sheet, mark
from storage.career import Attended, Career, read_career
from storage.database import Storage
from storage.pages import find_page, page_row
from storage.perimeter import Perimeter
from storage.tables.core import EMPLOYER_PAGES
from storage.workshops import NewWorkshop, add_workshop
from tests.admin.invented import Invented


@pytest.fixture
def world(storage: Storage, now: datetime) -> Invented:
    return Invented(storage, now)


@pytest.fixture
def trainer(world: Invented) -> Perimeter:
    return world.member("salma", cohorts=(world.north,))


def held(
    world: Invented,
    trainer: Perimeter,
    title: str,
    day: str,
    *,
    marked: dict[str, Attendance],
    closed: bool = True,
) -> None:
    """A workshop at ten in the morning, its sheet ticked."""
    local = datetime.fromisoformat(f"{day}T10:00")
    zone, course = "Africa/Casablanca", WorkshopKind.COURSE
    new = NewWorkshop(title, course, world.north, local, zone, 120, "Salé")
    during = local.replace(tzinfo=world.now.tzinfo) + timedelta(hours=1)
    with world.storage.write() as tx:
        workshop = add_workshop(tx, world.storage, trainer, new, world.now)
        for person, attendance in marked.items():
            mark(tx, world.storage, trainer, workshop, person, attendance, during)
        if closed:
            close_sheet(tx, world.storage, trainer, workshop, during)


def career_of(world: Invented, person: str) -> Career:
    with world.storage.read() as tx:
        found = read_career(tx, world.storage, person)
    assert found is not None
    return found


def test_workshops_count_once_the_sheet_is_closed(world: Invented, trainer: Perimeter) -> None:
    amina, samuel = world.person("Amina"), world.person("Samuel")
    here, away = {amina: Attendance.PRESENT, samuel: Attendance.EXCUSED}, {amina: Attendance.ABSENT}
    held(world, trainer, "Faire son CV", "2026-12-01", marked=here)
    held(world, trainer, "Vendre", "2026-12-02", marked=here, closed=False)
    held(world, trainer, "Parler", "2026-12-03", marked=away)
    day = date(2026, 12, 1)
    assert career_of(world, amina).workshops == (Attended("Faire son CV", 1, day, day),)
    assert career_of(world, samuel).workshops == ()


def test_the_sessions_of_a_series_are_told_together_the_latest_series_first(
    world: Invented, trainer: Perimeter
) -> None:
    amina = world.person("Amina")
    here = {amina: Attendance.PRESENT}
    for title, day in (
        ("Faire son CV", "2026-12-01"),
        ("Vendre", "2026-12-04"),
        ("Faire son CV", "2026-12-08"),
    ):
        held(world, trainer, title, day, marked=here)
    assert career_of(world, amina).workshops == (
        Attended("Faire son CV", 2, date(2026, 12, 1), date(2026, 12, 8)),
        Attended("Vendre", 1, date(2026, 12, 4), date(2026, 12, 4)),
    )


def test_a_page_for_an_employer_tells_of_no_workshop(world: Invented, trainer: Perimeter) -> None:
    amina = world.person("Amina")
    held(world, trainer, "Faire son CV", "2026-12-01", marked={amina: Attendance.PRESENT})
    until = world.now + timedelta(days=30)
    made = PageMade("a" * 32, "an_invented_token", "Le restaurant", (), Language.FRENCH, until)
    key = world.storage.keystore.of_participants([amina])[amina]
    with world.storage.write() as tx:
        tx.execute(EMPLOYER_PAGES.insert(), page_row(world.storage.vault, key, made, world.now))
        page = find_page(tx, world.storage, "an_invented_token", world.now)
    assert page is not None
    assert page.career.workshops == ()
    assert career_of(world, amina).workshops

"""A workshop from its announcement to the final sheet, walked by the trainer and by three people."""

import asyncio
import re
from datetime import datetime, timedelta

from sqlalchemy import select

from admin.app import create_admin
from conversations.messages import Say
from conversations.vocabulary import Attendance, ContactKind, Language, Role
from storage import staff
from storage.cohorts import cohorts
from storage.database import Storage
from storage.passwords import hash_password
from storage.perimeter import Perimeter
from storage.tables.core import ATTENDANCE, CONTACTS
from tests.admin.conftest import Browser
from tests.admin.invented import PASSWORD
from tests.bot.driving import CODE, Clock, House, rows, running, settings
from tests.bot.people import AtThePhone
from tests.bot.voices import VOICES, join

PLANNED = {
    "title": "Faire son CV",
    "kind": "course",
    "day": "2026-11-26",
    "hour": "10:00",
    "minutes": "120",
    "place": "Maison des associations, Salé",
}


def trainer(house: House) -> Browser:
    """A trainer of the cohort that everyone joined, signed in."""
    with house.storage.write() as tx:
        groups = frozenset(one.id for one in cohorts(tx, Perimeter("", Role.ADMIN)))
        new = staff.NewStaff("salma", "Salma", Role.TRAINER, Language.FRENCH, groups)
        staff_id = staff.add(tx, house.storage, new, hash_password(PASSWORD), house.clock())
        staff.choose_password(tx, staff_id, hash_password(PASSWORD))
    context = house.service.admin_context
    browser = Browser(create_admin(context), context.public_url or "http://testserver")
    assert browser.sign_in("salma").status_code == 303
    return browser


def plan(browser: Browser, **changed: str) -> str:
    """Add a workshop and announce it; its page."""
    form = browser.get("/workshops").text
    cohort = re.search(r'<option value="([0-9a-f]{32})"', form)
    assert cohort is not None
    added = browser.post("/workshops", **(PLANNED | {"cohort": cohort[1]} | changed))
    path = added.headers["location"].partition("?")[0]
    assert browser.post(f"{path}/announcement").headers["location"].endswith("workshop_announced")
    return path


def attendance(storage: Storage) -> dict[Attendance, int]:
    found = [row.attendance for row in rows(storage, select(ATTENDANCE))]
    return {each: found.count(each) for each in found}


async def test_from_the_announcement_to_the_final_sheet(storage: Storage, now: datetime) -> None:
    async with running(settings(), storage, Clock(now)) as house:
        people = [
            AtThePhone(house, voice.language, f"a_simulated_{number}___")
            for number, voice in enumerate(VOICES, 1)
        ]
        for person, voice in zip(people, VOICES, strict=True):
            await join(person, voice, CODE)
        browser = await asyncio.to_thread(trainer, house)
        page = await asyncio.to_thread(plan, browser)
        await house.pass_time(seconds=20)
        for person in people:
            assert PLANNED["title"] in await person.heard()
        awa, amina, grace = people
        assert PLANNED["title"] in await awa.choose(Say("workshop.answer_coming"))
        await amina.choose(Say("workshop.answer_not_coming"))
        assert attendance(storage) == {
            Attendance.COMING: 1,
            Attendance.NOT_COMING: 1,
            Attendance.INVITED: 1,
        }
        await house.pass_time(days=2)  # the day before, at its hour
        assert PLANNED["title"] in await awa.heard()
        assert await amina.heard() == ""  # she is not coming: nothing to be reminded of
        assert PLANNED["title"] in await grace.heard()
        await house.pass_time(hours=23, minutes=50)
        await asyncio.to_thread(browser.sign_in, "salma")  # nobody stays signed in for days
        shown = (await asyncio.to_thread(browser.get, f"{page}/poster")).text
        code = re.search(r"AT[2-9]{5}", shown)
        assert code is not None
        await amina.say(code[0])  # she came after all
        await grace.say(code[0].lower())
        sheet = (await asyncio.to_thread(browser.get, page)).text
        assert sheet.count("à confirmer") == 2
        await house.pass_time(minutes=15)
        ticked = re.search(rf"{page}/attendance/[0-9a-f]{{32}}", sheet)
        assert ticked is not None
        await asyncio.to_thread(browser.post, ticked[0], attendance="excused")
        await asyncio.to_thread(browser.post, f"{page}/closing")
        states = attendance(storage)
        assert states[Attendance.EXCUSED] == 1
        assert sum(states.values()) == 3
        assert not any(row.provisional for row in rows(storage, select(ATTENDANCE)))
        assert set(states) <= {Attendance.EXCUSED, Attendance.PRESENT, Attendance.ABSENT}
        await amina.say(code[0])
        assert attendance(storage) == states  # the sheet is final
        await house.pass_time(hours=4)
        asked = rows(storage, select(CONTACTS).where(CONTACTS.c.kind == ContactKind.FORM))
        assert {row.form_id for row in asked} == {"workshop-feedback"}
        assert len(asked) == states[Attendance.PRESENT]


async def test_whoever_was_invited_is_told_that_it_is_off(storage: Storage, now: datetime) -> None:
    async with running(settings(), storage, Clock(now)) as house:
        person = AtThePhone(house, VOICES[0].language)
        await join(person, VOICES[0], CODE)
        browser = await asyncio.to_thread(trainer, house)
        page = await asyncio.to_thread(plan, browser)
        await house.pass_time(seconds=20)
        await person.heard()
        await asyncio.to_thread(browser.post, f"{page}/cancellation")
        await house.pass_time(seconds=20)
        assert "n’aura pas lieu" in await person.heard()
        await house.pass_time(days=3)
        assert await person.heard() == ""  # no reminder of it
        assert "annulé" in await person.say("mes ateliers")


async def test_what_is_announced_at_night_waits_for_the_morning(storage: Storage, now: datetime) -> None:
    night = Clock(now + timedelta(hours=12))  # 22:00
    async with running(settings(), storage, night) as house:
        person = AtThePhone(house, VOICES[0].language)
        await join(person, VOICES[0], CODE)
        browser = await asyncio.to_thread(trainer, house)
        await asyncio.to_thread(plan, browser)
        await house.pass_time(hours=10, minutes=59)
        assert await person.heard() == ""
        await house.pass_time(minutes=1)
        assert PLANNED["title"] in await person.heard()

"""A workshop on Telegram and WhatsApp: announced with its place, answered, entered, asked after."""

import asyncio
import re
from datetime import datetime

from sqlalchemy import select

from bot.settings import TelegramMode
from conversations.messages import Say
from conversations.vocabulary import Attendance, ContactState
from storage.database import Storage
from storage.tables.core import ATTENDANCE, CONTACTS
from tests.admin.conftest import Browser
from tests.bot.driving import CODE, Clock, House, rows, running, telegram_settings, twilio_settings
from tests.bot.people import OnTelegram, OnWhatsApp, Person
from tests.bot.test_workshops_walk import PLANNED, attendance, plan, trainer
from tests.bot.voices import VOICES, join
from tests.fakes.telegram_server import CANNOT_PARSE, FakeTelegram
from tests.fakes.twilio_server import FakeTwilio

FRENCH = VOICES[0]
SPOT = "https://www.openstreetmap.org/?mlat=34.02&mlon=-6.83#map=17/34.02/-6.83"


async def announced(house: House, person: Person) -> tuple[Browser, str]:
    """Someone who has joined and a workshop that was announced to them; the trainer, and its page."""
    await join(person, FRENCH, CODE)
    browser = await asyncio.to_thread(trainer, house)
    page = await asyncio.to_thread(plan, browser, spot=SPOT)
    await house.pass_time(seconds=20)
    return browser, page


async def room_code(browser: Browser, page: str) -> str:
    """What is shown in the room."""
    await asyncio.to_thread(browser.sign_in, "salma")  # nobody stays signed in for days
    code = re.search(r"AT[2-9]{5}", (await asyncio.to_thread(browser.get, f"{page}/poster")).text)
    assert code is not None
    return code[0]


async def closed_and_asked(house: House, person: Person, browser: Browser, page: str) -> None:
    """The trainer closes the sheet; two hours after the end they are asked how it was, and answer."""
    await house.pass_time(hours=1)
    await asyncio.to_thread(browser.post, f"{page}/closing")
    [row] = rows(person.house.storage, select(ATTENDANCE))
    assert (row.attendance, row.provisional) == (Attendance.PRESENT, False)
    await person.heard()
    await house.pass_time(hours=3, minutes=10)
    await house.pass_time(minutes=1)
    assert person.text("checkin.hello") in await person.heard()
    for answer in ("1", "1", "Un CV clair"):
        await person.say(answer)
    assert person.text("home.menu") in await person.say("passer")
    feedback = select(CONTACTS).where(CONTACTS.c.form_id == "workshop-feedback")
    assert [row.state for row in rows(person.house.storage, feedback)] == [ContactState.ANSWERED]
    assert "Vous avez suivi 1 atelier." in await person.say("carnet")


async def test_on_telegram_from_the_announcement_to_the_feedback(
    storage: Storage, now: datetime, fake_telegram: FakeTelegram
) -> None:
    given = telegram_settings(fake_telegram, TelegramMode.WEBHOOK)
    async with running(given, storage, Clock(now)) as house:
        awa = OnTelegram(house, FRENCH.language, fake_telegram)
        browser, page = await announced(house, awa)
        assert PLANNED["title"] in await awa.heard()
        [venue] = fake_telegram.called("sendVenue")
        assert (venue["chat_id"], venue["title"], venue["address"]) == (
            awa.chat,
            PLANNED["title"],
            PLANNED["place"],
        )
        methods = [call.method for call in fake_telegram.calls if call.method.startswith("send")]
        assert methods[-2:] == ["sendVenue", "sendMessage"]  # the buttons stay below
        assert PLANNED["title"] in await awa.choose(Say("workshop.answer_not_coming"))
        await awa.say("je viens")  # another mind, in words
        assert attendance(storage) == {Attendance.COMING: 1}
        await house.pass_time(days=2)
        assert awa.text("workshop.come_ask") in await awa.heard()
        await house.pass_time(hours=24)
        code = await room_code(browser, page)
        assert PLANNED["title"] in await awa.say(f"/start {code}")  # the link of the poster
        assert attendance(storage) == {Attendance.PRESENT: 1}
        await closed_and_asked(house, awa, browser, page)


async def test_on_whatsapp_from_the_announcement_to_the_feedback(
    storage: Storage, now: datetime, fake_twilio: FakeTwilio
) -> None:
    async with running(twilio_settings(fake_twilio), storage, Clock(now)) as house:
        awa = OnWhatsApp(house, FRENCH.language, fake_twilio)
        browser, page = await announced(house, awa)
        heard = await awa.heard()
        assert awa.text("workshop.how") in heard  # no numbers: they are for the question before
        assert located(fake_twilio) == [f"geo:34.020000,-6.830000|{PLANNED['place']}"]
        assert "osm.org" not in heard
        assert PLANNED["title"] in await awa.say("je viens")
        assert attendance(storage) == {Attendance.COMING: 1}
        await house.pass_time(days=2)  # the window is closed: the reminder waits
        assert await awa.heard() == ""
        assert len(located(fake_twilio)) == 1
        assert awa.text("workshop.come_ask") not in await awa.say("bonjour")
        assert len(located(fake_twilio)) == 2  # it came with its map once the window was open
        await house.pass_time(hours=24)
        assert PLANNED["title"] in await awa.say((await room_code(browser, page)).lower())
        assert attendance(storage) == {Attendance.PRESENT: 1}
        await closed_and_asked(house, awa, browser, page)


def located(fake: FakeTwilio) -> list[str]:
    """The places on the map that were sent."""
    return [sent.form["PersistentAction"] for sent in fake.sent if "PersistentAction" in sent.form]


async def test_a_map_that_is_refused_costs_nobody_the_invitation(
    storage: Storage, now: datetime, fake_telegram: FakeTelegram
) -> None:
    fake_telegram.will("sendVenue", CANNOT_PARSE)
    given = telegram_settings(fake_telegram, TelegramMode.WEBHOOK)
    async with running(given, storage, Clock(now)) as house:
        awa = OnTelegram(house, FRENCH.language, fake_telegram)
        await announced(house, awa)
        assert PLANNED["title"] in await awa.heard()
        assert len(fake_telegram.called("sendVenue")) == 1

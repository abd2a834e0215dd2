"""A page for an employer, from the chat to a stranger's browser, and back to its owner as a count."""

import re
from datetime import datetime

import pytest
from sqlalchemy import select

from admin.visits import MISSED
from bot.settings import TelegramMode
from conversations.messages import Say
from conversations.vocabulary import Language, Verification
from storage.database import Storage
from storage.dossier import gather
from storage.pages import KEPT
from storage.tables.core import EMPLOYER_PAGES, MILESTONES
from tests.admin.test_pdf import pages
from tests.bot.driving import Clock, House, rows, running, telegram_settings
from tests.bot.making import TO_HOME
from tests.bot.people import OnTelegram, Person
from tests.fakes.telegram_server import FakeTelegram

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def link_in(heard: str) -> str:
    """The path of the page that was just made."""
    return str(re.findall(r"/p/[\w-]{22}", heard)[0])


async def link_to_page(house: House, fake: FakeTelegram) -> tuple[OnTelegram, str]:
    """Someone with one step who made a page for an employer; its path."""
    person = OnTelegram(house, Language.FRENCH, fake)
    for text in TO_HOME:
        await person.write(text)
    await person.heard()
    await record(person)
    return person, await make_page(person)


async def record(person: Person) -> None:
    await person.choose(Say("menu.record"))
    await person.choose(Say("kind.job"))
    for text in ("1", "03/2025", "Couturière"):
        await person.say(text)
    await person.choose(Say("form.right"))


async def make_page(person: Person) -> str:
    await person.say("carnet")
    await person.choose(Say("logbook.pages"))
    await person.choose(Say("yes"))
    await person.say("1")
    await person.say("Le restaurant")
    heard = await person.choose("Français")
    return link_in(heard)


async def test_a_stranger_reads_the_chosen_steps_and_nothing_else(
    storage: Storage, now: datetime, fake_telegram: FakeTelegram
) -> None:
    given = telegram_settings(fake_telegram, TelegramMode.WEBHOOK)
    async with running(given, storage, Clock(now)) as house:
        person, path = await link_to_page(house, fake_telegram)
        page = await house.client.get(path)
        assert page.status_code == 200
        assert "Amina" in page.text
        assert "Couturière" in page.text
        for hidden in ("Le restaurant", "Carnet", "Rabat", "Attesté", str(person.chat)):
            assert hidden not in page.text, hidden
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in page.headers["X-Robots-Tag"]
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]
        arabic = await house.client.get(f"{path}?language=ar")
        assert 'dir="rtl"' in arabic.text
        await person.choose(Say("pages.mine"))
        assert "2 fois" in await person.say("non")
    [row] = rows(storage, select(EMPLOYER_PAGES))
    with storage.read() as tx:  # what is kept of a page is part of what a person may have
        [held] = gather(tx, storage, row.participant_id, "Africa/Casablanca", now).pages
    assert (held.label, len(held.steps), held.views) == ("Le restaurant", 1, 2)
    assert path.removeprefix("/p/") not in str(row)
    assert row.views == 2


async def test_closed_expired_and_unknown_links_say_the_same(
    storage: Storage, now: datetime, fake_telegram: FakeTelegram
) -> None:
    given = telegram_settings(fake_telegram, TelegramMode.WEBHOOK)
    async with running(given, storage, Clock(now)) as house:
        person, first = await link_to_page(house, fake_telegram)
        await person.choose(Say("pages.mine"))
        await person.choose(Say("pages.close", {"label": "Le restaurant"}))
        unknown = await house.client.get(f"/p/{'A' * 22}")
        closed = await house.client.get(first)
        await person.choose(Say("pages.new"))
        await person.say("1")
        await person.say("Zina")
        heard = await person.choose("Français")
        second = link_in(heard)
        assert (await house.client.get(second)).status_code == 200
        house.clock.advance(days=30)
        expired = await house.client.get(second)
        tokens = re.compile(r"/p/[\w-]{22}")
        bodies = {tokens.sub("", answer.text) for answer in (unknown, closed, expired)}
        assert len(bodies) == 1
        assert {answer.status_code for answer in (unknown, closed, expired)} == {404}
        house.clock.advance(seconds=KEPT.total_seconds() + 1)
        house.service.jobs.forget()
    assert rows(storage, select(EMPLOYER_PAGES)) == []


async def test_taking_the_yes_back_closes_every_page(
    storage: Storage, now: datetime, fake_telegram: FakeTelegram
) -> None:
    given = telegram_settings(fake_telegram, TelegramMode.WEBHOOK)
    async with running(given, storage, Clock(now)) as house:
        person, path = await link_to_page(house, fake_telegram)
        await person.say("mes données")
        await person.choose(Say("data.permissions"))
        await person.choose(Say("permissions.sharing_no"))
        assert (await house.client.get(path)).status_code == 404


@SQLITE
async def test_only_a_verified_step_is_attested(
    storage: Storage, now: datetime, fake_telegram: FakeTelegram
) -> None:
    given = telegram_settings(fake_telegram, TelegramMode.WEBHOOK)
    async with running(given, storage, Clock(now)) as house:
        _, path = await link_to_page(house, fake_telegram)
        for checked, attested in (
            (Verification.DOCUMENTED, False),
            (Verification.QUERIED, False),
            (Verification.VERIFIED, True),
        ):
            with storage.write() as tx:
                tx.execute(MILESTONES.update().values(verification=checked))
            assert ("Attesté par" in (await house.client.get(path)).text) is attested
        with storage.write() as tx:
            tx.execute(MILESTONES.update().values(verification=Verification.WITHDRAWN))
        assert "Couturière" not in (await house.client.get(path)).text


@SQLITE
async def test_a_preview_in_a_chat_shows_nothing_and_counts_nothing(
    storage: Storage, now: datetime, fake_telegram: FakeTelegram
) -> None:
    given = telegram_settings(fake_telegram, TelegramMode.WEBHOOK)
    async with running(given, storage, Clock(now)) as house:
        _, path = await link_to_page(house, fake_telegram)
        for agent in ("TelegramBot (like TwitterBot)", "WhatsApp/2.23.20.0"):
            looked = await house.client.get(path, headers={"User-Agent": agent})
            assert (looked.status_code, looked.content) == (204, b"")
    assert [row.views for row in rows(storage, select(EMPLOYER_PAGES))] == [0]
    assert all(sent.get("link_preview_options") for sent in fake_telegram.sent())


@SQLITE
async def test_guessing_is_slowed_down(storage: Storage, now: datetime, fake_telegram: FakeTelegram) -> None:
    given = telegram_settings(fake_telegram, TelegramMode.WEBHOOK)
    async with running(given, storage, Clock(now)) as house:
        tries = [await house.client.get(f"/p/guess{number}") for number in range(MISSED.amount + 1)]
        assert [answer.status_code for answer in tries] == [404] * MISSED.amount + [429]
        assert "patience" in tries[-1].text.lower()


@SQLITE
async def test_the_code_on_the_pdf_leads_to_the_page(
    storage: Storage, now: datetime, fake_telegram: FakeTelegram
) -> None:
    given = telegram_settings(fake_telegram, TelegramMode.WEBHOOK)
    async with running(given, storage, Clock(now)) as house:
        person, _ = await link_to_page(house, fake_telegram)
        await person.choose(Say("pages.pdf"))
    [sent] = fake_telegram.called("sendDocument")
    content = sent["document"]
    assert isinstance(content, bytes)
    assert "La page en ligne" in pages(content)[0]

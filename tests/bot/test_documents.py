"""The logbook as a file in the chat, on every channel; and what happens when it cannot be made."""

from datetime import datetime
from urllib.parse import urlsplit

import lxml.html
import pytest
from sqlalchemy import select

from admin.pdf import typeset
from bot.settings import TelegramMode
from conversations.vocabulary import DeliveryState, Language
from storage.database import Storage
from storage.outbox import TRY_AGAIN_AFTER
from storage.tables.core import OUTBOX
from storage.tables.vocabulary import FailureReason
from tests.admin.test_pdf import pages
from tests.bot.driving import Clock, House, rows, running, settings, telegram_settings, twilio_settings
from tests.bot.making import TO_HOME
from tests.bot.people import AtThePhone, OnTelegram, OnWhatsApp, Person
from tests.fakes.telegram_server import FakeTelegram, trouble
from tests.fakes.twilio_server import PUBLIC_URL, FakeTwilio

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def ask_for_pdf(person: Person) -> str:
    """Join, and ask for the logbook in French; what is heard then."""
    for text in TO_HOME:
        await person.write(text)
    await person.heard()
    await person.say("pdf")
    return await person.choose("Français")


async def test_on_telegram_the_file_is_uploaded(
    storage: Storage, now: datetime, fake_telegram: FakeTelegram
) -> None:
    given = telegram_settings(fake_telegram, TelegramMode.WEBHOOK)
    async with running(given, storage, Clock(now)) as house:
        heard = await ask_for_pdf(OnTelegram(house, Language.FRENCH, fake_telegram))
    [sent] = fake_telegram.called("sendDocument")
    content = sent["document"]
    assert isinstance(content, bytes)
    assert "Amina" in pages(content)[0]
    assert "PDF" in heard
    assert "Que voulez-vous faire" in heard


@SQLITE
async def test_on_whatsapp_twilio_fetches_it_for_an_hour(
    storage: Storage, now: datetime, fake_twilio: FakeTwilio
) -> None:
    async with running(twilio_settings(fake_twilio), storage, Clock(now)) as house:
        await ask_for_pdf(OnWhatsApp(house, Language.FRENCH, fake_twilio))
        [file] = [sent.form["MediaUrl"] for sent in fake_twilio.sent if "MediaUrl" in sent.form]
        assert file.startswith(f"{PUBLIC_URL}/documents/")
        assert "Amina" not in file
        path = urlsplit(file).path
        fetched = await house.client.get(path)
        assert "Amina" in pages(fetched.content)[0]
        assert fetched.headers["Content-Type"] == "application/pdf"
        assert fetched.headers["Cache-Control"] == "no-store"
        assert "noindex" in fetched.headers["X-Robots-Tag"]
        assert await changed(house, path) == {404}
        house.clock.advance(hours=1, seconds=1)
        assert (await house.client.get(path)).status_code == 404


async def changed(house: House, path: str) -> set[int]:
    """What the addresses next to this one answer."""
    _, _, outbox_id, until, token, name = path.split("/")
    others = [
        f"/documents/{outbox_id}/{int(until) + 9}/{token}/{name}",
        f"/documents/{outbox_id[::-1]}/{until}/{token}/{name}",
        f"/documents/{outbox_id}/{until}/{token[::-1]}/{name}",
        f"/documents/{outbox_id}/soon/{token}/{name}",
    ]
    return {(await house.client.get(other)).status_code for other in others}


async def test_at_the_phone_it_is_a_link(storage: Storage, now: datetime) -> None:
    async with running(settings(simulator=True), storage, Clock(now)) as house:
        person = AtThePhone(house, Language.FRENCH)
        await ask_for_pdf(person)
        page = lxml.html.fromstring((await house.client.get("/phone", headers=person.cookie)).text)
        [link] = [a.get("href", "") for a in page.iter("a") if a.get("class") == "document"]
        fetched = await house.client.get(link)
    assert "Amina" in pages(fetched.content)[0]
    assert "carnet.pdf" in fetched.headers["Content-Disposition"]


async def test_what_cannot_be_made_is_said_tried_again_and_shown(
    storage: Storage, now: datetime, fake_telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = telegram_settings(fake_telegram, TelegramMode.WEBHOOK)
    async with running(given, storage, Clock(now)) as house:
        with monkeypatch.context() as broken:
            broken.setattr(typeset, "_folder", lambda *_: "nowhere")
            typeset._compiler.cache_clear()
            heard = await ask_for_pdf(OnTelegram(house, Language.FRENCH, fake_telegram))
            assert "pas encore prêt" in heard
            assert "Que voulez-vous faire" in heard, "the conversation goes on"
        typeset._compiler.cache_clear()
        [waiting] = rows(storage, select(OUTBOX).where(OUTBOX.c.state == DeliveryState.WAITING))
        assert waiting.reason is FailureReason.NOT_MADE
        house.clock.advance(seconds=TRY_AGAIN_AFTER.total_seconds())
        house.service.jobs.try_documents_again()
        await house.quiet()
        assert len(fake_telegram.called("sendDocument")) == 1
    unsent = rows(storage, select(OUTBOX).where(OUTBOX.c.state != DeliveryState.SENT))
    assert unsent == []


@SQLITE
async def test_what_is_never_made_is_said_once_more_and_shown_as_failed(
    storage: Storage, now: datetime, fake_telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = telegram_settings(fake_telegram, TelegramMode.WEBHOOK)
    async with running(given, storage, Clock(now)) as house:
        monkeypatch.setattr(typeset, "_folder", lambda *_: "nowhere")
        typeset._compiler.cache_clear()
        person = OnTelegram(house, Language.FRENCH, fake_telegram)
        await ask_for_pdf(person)
        for _ in range(6):
            house.clock.advance(seconds=TRY_AGAIN_AFTER.total_seconds())
            house.service.jobs.try_documents_again()
            await house.quiet()
        heard = await person.heard()
    typeset._compiler.cache_clear()
    assert heard.count("pas pu préparer") == 1
    [failed] = rows(storage, select(OUTBOX).where(OUTBOX.c.state == DeliveryState.FAILED))
    assert failed.reason is FailureReason.NOT_MADE


@SQLITE
async def test_a_file_that_telegram_refuses_is_not_lost_in_silence(
    storage: Storage, now: datetime, fake_telegram: FakeTelegram
) -> None:
    fake_telegram.will("sendDocument", trouble(400, "Bad Request: wrong file"))
    given = telegram_settings(fake_telegram, TelegramMode.WEBHOOK)
    async with running(given, storage, Clock(now)) as house:
        person = OnTelegram(house, Language.FRENCH, fake_telegram)
        heard = await ask_for_pdf(person)
        heard += await person.heard()
    assert "pas pu préparer" in heard
    assert len(rows(storage, select(OUTBOX).where(OUTBOX.c.state == DeliveryState.FAILED))) == 1

"""Recordings and pictures of questions: they arrive before the words, and only as they should."""

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlsplit

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from bot.channels.sending import SendResult
from bot.files.form_media import MOST_BYTES, fetched_media_routes
from bot.settings import TelegramMode
from conversations.messages import Media, MediaKind
from conversations.render.parts import Part
from conversations.vocabulary import DeliveryState, Language
from storage.check_ins import Asked, ask_now
from storage.database import Storage
from storage.tables.core import OUTBOX, PARTICIPANTS
from tests.bot.driving import Clock, House, rows, running, telegram_settings, twilio_settings
from tests.bot.making import TO_HOME
from tests.bot.people import OnTelegram, OnWhatsApp, Person
from tests.bot.posting import AMINA, GRACE, Slow, posting
from tests.bot.recordings import FORM_ID, PICTURE, QUESTION, SHEET, SOUND, WITH_CHOICES, publish
from tests.fakes.telegram_server import FakeTelegram, flood, trouble
from tests.fakes.twilio_server import PUBLIC_URL, FakeTwilio

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
OF_CHOICES = {"hello.ogg": SOUND, "sew.png": PICTURE, "cook.ogg": SOUND}
BOTH = {"bien.ogg": SOUND, "bien.png": PICTURE}


async def ask(house: House, person: Person, files: Mapping[str, bytes], sheet: str = SHEET) -> str:
    """A person who joined is asked the form with these files; its version."""
    for text in TO_HOME:
        await person.write(text)
    await person.heard()
    admin, version_id = publish(house.storage, house.clock(), files, sheet)
    house.service.projects.refresh()
    [joined] = rows(house.storage, select(PARTICIPANTS.c.id))
    with house.storage.write() as tx:
        zone = "Africa/Casablanca"
        asked = ask_now(tx, house.storage, admin, joined.id, zone, house.clock(), FORM_ID)
    assert asked is Asked.PLANNED
    await house.pass_time(seconds=1)
    return version_id


def after_joining(fake: FakeTelegram) -> list[str]:
    """The methods called for the last question, in their order."""
    methods = [call.method for call in fake.calls if call.method.startswith("send")]
    last = max((at for at, name in enumerate(methods[:-1]) if name == "sendMessage"), default=-1)
    return methods[last + 1 :]


@SQLITE
async def test_on_telegram_a_recording_is_a_voice_message_before_the_question(
    storage: Storage, now: datetime, fake_telegram: FakeTelegram
) -> None:
    given = telegram_settings(fake_telegram, TelegramMode.WEBHOOK)
    async with running(given, storage, Clock(now)) as house:
        await ask(house, OnTelegram(house, Language.FRENCH, fake_telegram), BOTH)
    assert sorted(after_joining(fake_telegram)[:-1]) == ["sendPhoto", "sendVoice"]
    assert QUESTION in str(fake_telegram.sent()[-1]["text"])
    assert [sent["voice"] for sent in fake_telegram.called("sendVoice")] == [SOUND]
    assert [sent["photo"] for sent in fake_telegram.called("sendPhoto")] == [PICTURE]


@SQLITE
@pytest.mark.parametrize(
    "files",
    [
        pytest.param({}, id="not attached"),
        pytest.param({"bien.ogg": b""}, id="empty"),
        pytest.param({"bien.ogg": b"x" * (MOST_BYTES + 1)}, id="too large"),
    ],
)
async def test_without_the_file_the_question_goes_alone(
    storage: Storage, now: datetime, fake_telegram: FakeTelegram, files: Mapping[str, bytes]
) -> None:
    given = telegram_settings(fake_telegram, TelegramMode.WEBHOOK)
    async with running(given, storage, Clock(now)) as house:
        await ask(house, OnTelegram(house, Language.FRENCH, fake_telegram), files)
    assert after_joining(fake_telegram) == ["sendMessage"]
    assert QUESTION in str(fake_telegram.sent()[-1]["text"])


@SQLITE
async def test_a_file_that_telegram_refuses_does_not_cost_the_question(
    storage: Storage, now: datetime, fake_telegram: FakeTelegram
) -> None:
    fake_telegram.will("sendVoice", trouble(400, "Bad Request: wrong file type"))
    given = telegram_settings(fake_telegram, TelegramMode.WEBHOOK)
    async with running(given, storage, Clock(now)) as house:
        await ask(house, OnTelegram(house, Language.FRENCH, fake_telegram), BOTH)
    assert QUESTION in str(fake_telegram.sent()[-1]["text"])
    assert {row.state for row in rows(storage, select(OUTBOX.c.state))} == {DeliveryState.SENT}


@SQLITE
async def test_after_trouble_between_recording_and_question_the_recording_is_not_sent_again(
    storage: Storage, now: datetime, fake_telegram: FakeTelegram
) -> None:
    given = telegram_settings(fake_telegram, TelegramMode.WEBHOOK)
    async with running(given, storage, Clock(now)) as house:
        person = OnTelegram(house, Language.FRENCH, fake_telegram)
        await ask(house, person, {"bien.ogg": SOUND})
        fake_telegram.will("sendMessage", flood(5))
        await person.write("🌸")
        await house.quiet()
        assert len(fake_telegram.called("sendVoice")) == 2
        await house.pass_time(seconds=6)
        assert len(fake_telegram.called("sendVoice")) == 2
        *_, put_off, again = [str(sent["text"]) for sent in fake_telegram.sent()]
        assert put_off == again
        assert QUESTION in again
        unsent = rows(storage, select(OUTBOX).where(OUTBOX.c.state != DeliveryState.SENT))
    assert unsent == []


@SQLITE
async def test_on_whatsapp_twilio_fetches_the_recording_from_us(
    storage: Storage, now: datetime, fake_twilio: FakeTwilio
) -> None:
    async with running(twilio_settings(fake_twilio), storage, Clock(now)) as house:
        await ask(house, OnWhatsApp(house, Language.FRENCH, fake_twilio), {"bien.ogg": SOUND})
        recording, question = fake_twilio.sent[-2:]
        assert QUESTION in question.form["Body"]
        assert "Body" not in recording.form
        assert recording.form["MediaUrl"].startswith(f"{PUBLIC_URL}/media/")
        fetched = await house.client.get(urlsplit(recording.form["MediaUrl"]).path)
    assert fetched.content == SOUND
    assert fetched.headers["Content-Type"] == "audio/ogg"
    assert fetched.headers["Cache-Control"] == "private, max-age=3600"
    assert fetched.headers["X-Content-Type-Options"] == "nosniff"


@SQLITE
async def test_on_telegram_the_files_of_choices_carry_their_numbers(
    storage: Storage, now: datetime, fake_telegram: FakeTelegram
) -> None:
    given = telegram_settings(fake_telegram, TelegramMode.WEBHOOK)
    async with running(given, storage, Clock(now)) as house:
        person = OnTelegram(house, Language.FRENCH, fake_telegram)
        await ask(house, person, OF_CHOICES, WITH_CHOICES)
    assert after_joining(fake_telegram) == ["sendVoice", "sendPhoto", "sendVoice", "sendMessage"]
    [hello, cook], [sew] = fake_telegram.called("sendVoice"), fake_telegram.called("sendPhoto")
    assert "caption" not in hello
    assert (sew["caption"], cook["caption"]) == ("1. Couture", "2. Pain &amp; thé")
    assert sew["parse_mode"] == cook["parse_mode"] == "HTML"
    assert "Bonjour &lt;" in str(fake_telegram.sent()[-1]["text"])


@SQLITE
@pytest.mark.parametrize("there", [True, False], ids=["with its file", "without its file"])
async def test_on_whatsapp_a_recording_is_announced_and_nothing_is_where_it_is_missing(
    storage: Storage, now: datetime, fake_twilio: FakeTwilio, there: bool
) -> None:
    files = OF_CHOICES if there else {"hello.ogg": SOUND, "sew.png": PICTURE}
    async with running(twilio_settings(fake_twilio), storage, Clock(now)) as house:
        before = len(fake_twilio.sent)
        await ask(house, OnWhatsApp(house, Language.FRENCH, fake_twilio), files, WITH_CHOICES)
    forms = [sent.form for sent in fake_twilio.sent[before:]]
    last = [(form.get("Body", ""), form.get("MediaUrl", "").rpartition("/")[2]) for form in forms]
    announced = [("2. Pain & thé", ""), ("", "cook.ogg")] if there else []
    assert last[-3 - len(announced) : -1] == [("", "hello.ogg"), ("1. Couture", "sew.png"), *announced]
    assert QUESTION in last[-1][0]


@SQLITE
async def test_only_sound_and_pictures_with_their_own_token_are_served(
    storage: Storage, now: datetime
) -> None:
    files = {
        "bien.ogg": SOUND,
        "page.html": b"<script>",
        "towns.csv": b"name\nRabat",
        "drawing.svg": b"<svg>",
    }
    _, version_id = publish(storage, now, files)
    app = FastAPI()
    app.include_router(fetched_media_routes(storage))
    token = {name: storage.vault.blind("media", f"{version_id}/{name}") for name in (*files, "none.ogg")}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://inside") as client:

        async def status(token: str, name: str) -> int:
            return (await client.get(f"/media/{token}/{version_id}/{name}")).status_code

        assert await status(token["bien.ogg"], "bien.ogg") == 200
        for wrong in ("0" * 32, "é", token["towns.csv"]):
            assert await status(wrong, "bien.ogg") == 404, wrong
        for name in ("page.html", "towns.csv", "drawing.svg", "none.ogg"):
            assert await status(token[name], name) == 404, name


@pytest.mark.parametrize(
    ("wanted", "status", "content", "told"),
    [
        pytest.param("", 200, SOUND, None, id="all"),
        pytest.param("bytes=0-3", 206, b"OggS", f"bytes 0-3/{len(SOUND)}", id="the beginning"),
        pytest.param("bytes=5-", 206, SOUND[5:], f"bytes 5-{len(SOUND) - 1}/{len(SOUND)}", id="the rest"),
        pytest.param("bytes=-4", 206, SOUND[-4:], f"bytes 22-25/{len(SOUND)}", id="the end"),
        pytest.param("bytes=0-999", 206, SOUND, f"bytes 0-25/{len(SOUND)}", id="more than there is"),
        pytest.param("bytes=26-", 416, b"", f"bytes */{len(SOUND)}", id="after the end"),
        pytest.param("bytes=-0", 416, b"", f"bytes */{len(SOUND)}", id="nothing"),
        pytest.param("bytes=5-2", 416, b"", f"bytes */{len(SOUND)}", id="backwards"),
        pytest.param("bytes=0-1,3-4", 200, SOUND, None, id="several at once"),
        pytest.param("bytes=-", 200, SOUND, None, id="no bounds"),
        pytest.param("lines=1-2", 200, SOUND, None, id="another unit"),
    ],
)
@SQLITE
async def test_a_player_may_ask_for_a_part_of_a_recording(
    storage: Storage, now: datetime, wanted: str, status: int, content: bytes, told: str | None
) -> None:
    _, version_id = publish(storage, now, {"bien.ogg": SOUND})
    app = FastAPI()
    app.include_router(fetched_media_routes(storage))
    path = f"/media/{storage.vault.blind('media', f'{version_id}/bien.ogg')}/{version_id}/bien.ogg"
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://inside") as client:
        answer = await client.get(path, headers={"Range": wanted} if wanted else {})
    assert (answer.status_code, answer.content, answer.headers.get("content-range")) == (
        status,
        content,
        told,
    )
    assert answer.headers["accept-ranges"] == "bytes"


@SQLITE
async def test_few_files_are_in_memory_at_once(
    storage: Storage, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.sending.files.AT_ONCE", 1)
    _, version_id = publish(storage, now, {"bien.ogg": SOUND})
    slow = Slow()
    async with posting(storage, now, slow) as post:
        media = (Media(MediaKind.AUDIO, version_id, "bien.ogg"),)
        sent = [post.put(person, "Bonjour", media=media) for person in (AMINA, GRACE)]
        for outbox_id in sent:
            await post.becomes(outbox_id, DeliveryState.SENT)
    assert slow.most_files == 1
    assert slow.order == {AMINA: ["bien.ogg", "Bonjour"], GRACE: ["bien.ogg", "Bonjour"]}


class Crawling(Slow):
    """A way out that takes twenty seconds for everything."""

    clock: Clock

    async def send(self, address: str, part: Part, outbox_id: str) -> SendResult:
        self.clock.advance(seconds=20)
        return await super().send(address, part, outbox_id)


@SQLITE
async def test_a_message_of_many_files_outlives_no_lease_and_sends_each_once(
    storage: Storage, now: datetime
) -> None:
    _, version_id = publish(storage, now, {"bien.ogg": SOUND})
    crawling = Crawling()
    async with posting(storage, now, crawling) as post:
        crawling.clock = post.clock
        outbox_id = post.put(AMINA, "Bonjour", media=(Media(MediaKind.AUDIO, version_id, "bien.ogg"),) * 5)
        await post.becomes(outbox_id, DeliveryState.SENT)
        [row] = rows(storage, select(OUTBOX.c.attempts).where(OUTBOX.c.id == outbox_id))
    assert crawling.order[AMINA] == [*["bien.ogg"] * 5, "Bonjour"]
    assert row.attempts == 1  # to go on is no new attempt

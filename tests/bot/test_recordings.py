"""The folder of recordings: who listens hears it on their channel, and what does not fit is not sent."""

from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from sqlalchemy import select

from bot.files.recordings import MOST_BYTES, Recordings
from bot.settings import Settings, TelegramMode
from conversations.messages import Recording, Say
from conversations.vocabulary import DeliveryState, Language
from storage.database import Storage
from storage.tables.core import NEWCOMERS, OUTBOX, PARTICIPANTS
from tests.bot.driving import CODE, Clock, rows, running, settings, telegram_settings, twilio_settings
from tests.bot.people import AtThePhone, OnTelegram, OnWhatsApp
from tests.fakes.telegram_server import FakeTelegram
from tests.fakes.twilio_server import PUBLIC_URL, FakeTwilio

SOUND = b"OggS an invented recording"
SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def with_folder(given: Settings, folder: Path) -> Settings:
    return given.model_copy(update={"data_dir": folder})


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with three recordings in Darija."""
    track = tmp_path / "data" / "recordings" / "ary"
    (track / "profile").mkdir(parents=True)
    for name in ("join.adult.ogg", "consent.who.ogg", "profile/first_name.ogg"):
        (track / name).write_bytes(SOUND)
    return tmp_path / "data"


async def test_who_chose_to_listen_hears_the_question_first_and_that_is_remembered(
    storage: Storage, now: datetime, fake_telegram: FakeTelegram, data: Path
) -> None:
    given = with_folder(telegram_settings(fake_telegram, TelegramMode.WEBHOOK), data)
    async with running(given, storage, Clock(now)) as house:
        person = OnTelegram(house, Language.ARABIC, fake_telegram)
        await person.say(CODE)
        assert person.text("voice.ask") in await person.choose(Language.ARABIC.own_name)
        assert fake_telegram.called("sendVoice") == []
        await person.choose(Say("voice.listen", {"track": "الدارجة"}))
        assert [row.track for row in rows(storage, select(NEWCOMERS.c.track))] == ["ary"]
        for _ in range(3):
            await person.choose(Say("yes"))
        assert [sent["voice"] for sent in fake_telegram.called("sendVoice")] == [SOUND] * 3
        assert [row.track for row in rows(storage, select(PARTICIPANTS.c.track))] == ["ary"]
        await person.say("صوت")
        await person.choose(Say("voice.read"))
        assert [row.track for row in rows(storage, select(PARTICIPANTS.c.track))] == [""]
        assert len(fake_telegram.called("sendVoice")) == 3


@SQLITE
async def test_whatsapp_fetches_the_recording_by_an_address_that_nobody_can_guess(
    storage: Storage, now: datetime, fake_twilio: FakeTwilio, data: Path
) -> None:
    async with running(with_folder(twilio_settings(fake_twilio), data), storage, Clock(now)) as house:
        person = OnWhatsApp(house, Language.FRENCH, fake_twilio)
        for text in (CODE, "1", "2"):
            await person.say(text)
        [url] = [sent.form["MediaUrl"] for sent in fake_twilio.sent if "MediaUrl" in sent.form]
        assert url.startswith(PUBLIC_URL)
        path = urlsplit(url).path
        fetched = await house.client.get(path)
        assert (fetched.content, fetched.headers["Content-Type"]) == (SOUND, "audio/ogg")
        for other in (path.replace("join.adult", "consent.who"), path.replace("/ary/", "/wo/")):
            assert (await house.client.get(other)).status_code == 404


@SQLITE
async def test_the_phone_page_plays_it(storage: Storage, now: datetime, data: Path) -> None:
    async with running(with_folder(settings(), data), storage, Clock(now)) as house:
        person = AtThePhone(house, Language.FRENCH)
        for text in (CODE, "1", "2"):
            await person.say(text)
        page = (await house.client.get("/phone", headers=person.cookie)).text
        assert '<audio controls src="/phone/recordings/ary/join.adult.ogg">' in page
        played = await house.client.get("/phone/recordings/ary/join.adult.ogg")
        assert played.content == SOUND
        for other in ("ary/none.ogg", "ary/..%2f..%2fmaster.key", "..%2fary/join.adult.ogg"):
            assert (await house.client.get(f"/phone/recordings/{other}")).status_code == 404


@SQLITE
async def test_a_recording_that_went_away_costs_nobody_the_question(
    storage: Storage, now: datetime, fake_telegram: FakeTelegram, data: Path
) -> None:
    given = with_folder(telegram_settings(fake_telegram, TelegramMode.WEBHOOK), data)
    async with running(given, storage, Clock(now)) as house:
        person = OnTelegram(house, Language.FRENCH, fake_telegram)
        await person.say(CODE)
        (data / "recordings" / "ary" / "join.adult.ogg").unlink()
        await person.say("1")
        assert person.text("join.adult") in await person.say("2")
    assert fake_telegram.called("sendVoice") == []
    assert {row.state for row in rows(storage, select(OUTBOX.c.state))} == {DeliveryState.SENT}


@SQLITE
async def test_a_new_recording_is_used_without_a_restart(
    storage: Storage, now: datetime, tmp_path: Path
) -> None:
    async with running(with_folder(settings(), tmp_path), storage, Clock(now)) as house:
        assert house.service.projects().recordings == {}
        (tmp_path / "recordings" / "wo").mkdir(parents=True)
        (tmp_path / "recordings" / "wo" / "join.adult.opus").write_bytes(SOUND)
        house.service.jobs.read_forms()
        assert house.service.projects().recordings == {"wo": {"join.adult": "join.adult.opus"}}


def test_what_does_not_fit_is_told_apart(tmp_path: Path) -> None:
    def put(name: str, content: bytes = SOUND) -> None:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)

    put("ary/home.menu.mp3")
    put("ary/home.menu.ogg")
    put("ary/profile/city.rabat.M4A")
    put("ary/join.adult.ogg", b"x" * (MOST_BYTES + 1))
    put("ary/join.minor.ogg", b"")
    put("ary/join.adult.wav")
    put("ary/a/b/c.ogg")
    put("Darija/join.adult.ogg")
    put("join.adult.ogg")
    found = Recordings(tmp_path).look()
    assert found.tracks == {
        "ary": {"home.menu": "home.menu.ogg", "profile/city.rabat": "profile/city.rabat.M4A"}
    }
    assert sorted(found.too_large) == ["ary/join.adult.ogg", "ary/join.minor.ogg"]
    odd = ["Darija/join.adult.ogg", "ary/a/b/c.ogg", "ary/join.adult.wav", "join.adult.ogg"]
    assert sorted(found.other) == odd


def test_nothing_outside_the_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / "recordings" / "ary").mkdir(parents=True)
    (tmp_path / "secret.ogg").write_bytes(SOUND)
    (tmp_path / "recordings" / "ary" / "join.adult.ogg").symlink_to(tmp_path / "secret.ogg")
    folder = Recordings(tmp_path / "recordings")
    for track, name in (("ary", "join.adult.ogg"), ("ary", "../../secret.ogg"), ("..", "secret.ogg")):
        assert folder.read(Recording(track, name)) is None
    assert folder.read(Recording("ary", "a\0b.ogg")) is None


async def test_strangers_reach_no_recording_by_its_name(storage: Storage, now: datetime, data: Path) -> None:
    open_to_others = with_folder(settings(host="0.0.0.0", simulator=True), data)
    async with running(open_to_others, storage, Clock(now)) as house:
        answer: httpx.Response = await house.client.get("/phone/recordings/ary/join.adult.ogg")
        assert answer.status_code == 403

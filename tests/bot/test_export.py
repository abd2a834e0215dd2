"""«Get my data»: one file with everything, to read and for another program, and nothing of anybody else."""

import io
import json
import re
import zipfile
from datetime import datetime
from urllib.parse import urlsplit

import lxml.html
import pytest
from sqlalchemy import update

from bot.settings import TelegramMode
from conversations.messages import Say
from conversations.vocabulary import Language
from storage.database import Storage
from storage.dossier.archive import DOSSIER
from storage.tables.core import SUBMISSIONS
from tests.bot.driving import CODE, Clock, running, telegram_settings, twilio_settings
from tests.bot.people import OnTelegram, OnWhatsApp, Person
from tests.bot.voices import VOICES, Voice, consent, join, record_job, tell_profile
from tests.fakes.telegram_server import FakeTelegram
from tests.fakes.twilio_server import PUBLIC_URL, FakeTwilio

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def ask_for_data(person: Person) -> str:
    await person.say({"fr": "mes données", "ar": "بياناتي", "en": "my data"}[person.language])
    return await person.choose(Say("data.export"))


def unpacked(content: object) -> dict[str, str]:
    assert isinstance(content, bytes)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.mark.parametrize("voice", VOICES[:2], ids=["fr", "ar"])
async def test_the_file_holds_everything_in_the_persons_language(
    voice: Voice, storage: Storage, now: datetime, fake_telegram: FakeTelegram
) -> None:
    given = telegram_settings(fake_telegram, TelegramMode.WEBHOOK)
    async with running(given, storage, Clock(now)) as house:
        other = OnTelegram(house, Language.ENGLISH, fake_telegram, chat=5_000_000_008)
        await join(other, VOICES[2], CODE)
        person = OnTelegram(house, voice.language, fake_telegram)
        await join(person, voice, CODE)
        await record_job(person, voice)
        await person.say("mot secret <b>")
        assert person.text("data.here") in await ask_for_data(person)
    [sent] = fake_telegram.called("sendDocument")
    files = unpacked(sent["document"])
    assert set(files) == {"page.html", "data.json", "schema.json"}
    page = lxml.html.fromstring(files["page.html"])
    assert page.get("dir") == ("rtl" if voice.language is Language.ARABIC else "ltr")
    read = "".join(map(str, page.itertext()))
    for words in (voice.name, voice.job, voice.place, voice.skills, "mot secret <b>", "5000000007"):
        assert words in read, words
        assert json.dumps(words, ensure_ascii=False)[1:-1] in files["data.json"], words
    assert VOICES[2].name not in read + files["data.json"]
    assert "5000000008" not in read + files["data.json"]
    assert not re.search(r"<script|src=|href=|url\(|@import", files["page.html"])


async def test_the_data_are_as_their_schema_says(
    storage: Storage, now: datetime, fake_telegram: FakeTelegram
) -> None:
    given = telegram_settings(fake_telegram, TelegramMode.WEBHOOK)
    async with running(given, storage, Clock(now)) as house:
        person = OnTelegram(house, Language.FRENCH, fake_telegram)
        await join(person, VOICES[0], CODE)
        await record_job(person, VOICES[0])
        with storage.write() as tx:
            tx.execute(update(SUBMISSIONS).values(instance=b"x" * 40))  # one that does not open any more
        await ask_for_data(person)
    files = unpacked(fake_telegram.called("sendDocument")[0]["document"])
    dossier = DOSSIER.validate_json(files["data.json"])
    assert dossier.profile.first_name == VOICES[0].name
    assert [form.form for form in dossier.forms] == ["profile", "milestone-job"]
    assert 1995 in dossier.forms[0].coded.values()
    assert dossier.forms[0].answers[0].answer == "[?]"
    [step] = dossier.steps
    assert (step.started_on, step.details["occupation"]) == ("2025-03-12", VOICES[0].job)
    assert {said.purpose for said in dossier.consents} == {"logbook", "prompting"}
    assert {one.state for one in dossier.planned} == {"planned"}  # the check-in, the follow-up of the job
    schema = json.loads(files["schema.json"])
    assert set(schema["required"]) == set(json.loads(files["data.json"]))
    assert schema["description"]


@SQLITE
async def test_on_whatsapp_a_link_opens_the_file_for_a_day(
    storage: Storage, now: datetime, fake_twilio: FakeTwilio
) -> None:
    async with running(twilio_settings(fake_twilio), storage, Clock(now)) as house:
        person = OnWhatsApp(house, Language.FRENCH, fake_twilio)
        await join(person, VOICES[0], CODE)
        heard = await ask_for_data(person)
        [link] = re.findall(rf"{PUBLIC_URL}/\S+", heard)
        assert VOICES[0].name not in link
        path = urlsplit(link).path
        house.clock.advance(hours=23)
        fetched = await house.client.get(path)
        assert VOICES[0].name in unpacked(fetched.content)["page.html"]
        assert fetched.headers["Content-Disposition"] == 'attachment; filename="my-data.zip"'
        assert fetched.headers["Cache-Control"] == "no-store"
        house.clock.advance(hours=2)
        assert (await house.client.get(path)).status_code == 404


@SQLITE
async def test_a_text_message_says_where_the_file_can_be_had(
    storage: Storage, now: datetime, fake_twilio: FakeTwilio
) -> None:
    async with running(twilio_settings(fake_twilio), storage, Clock(now)) as house:
        person = OnWhatsApp(house, Language.FRENCH, fake_twilio, "+212600000001")
        await consent(person, CODE)
        assert person.text("sms.ask") in await tell_profile(person, VOICES[0])
        assert person.text("data.not_here") in await ask_for_data(person)

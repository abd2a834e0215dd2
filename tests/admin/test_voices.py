"""Answers by voice on a person's page: the question is shown, and the words go into the answer."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from conversations.events import Attachment, AttachmentKind
from conversations.forms import builtin_forms
from conversations.vocabulary import Channel
from storage.forms import publish_builtin
from storage.inbox.spoken import place_of
from storage.tables.core import FILES, PARTICIPANTS, SPOKEN, VERSIONS
from storage.tables.vocabulary import FileState
from tests.admin.conftest import Office

PROFILE = next(form for form in builtin_forms() if form.form_id == "profile")
INSTANCE = '<data id="profile"><first_name/><gender>woman</gender></data>'


@pytest.fixture
def spoken(office: Office) -> tuple[str, str]:
    """A person of the north who said their name; their id and the file's."""
    world, storage = office.world, office.world.storage
    publish_builtin(storage, [PROFILE], office.clock())
    office.context.projects.refresh()
    person = world.person("")
    message = world.wrote(person, Attachment(AttachmentKind.VOICE, "ref", "audio/ogg", seconds=7))
    submission, file_id = world.answered(person, INSTANCE, PROFILE), storage.ids.row()
    cipher = storage.keystore.of_participants([person])[person].cipher
    with storage.write() as tx:
        version = tx.execute(select(VERSIONS.c.id)).scalar_one()
        tx.execute(
            FILES.insert(),
            {
                "id": file_id,
                "participant_id": person,
                "message_id": message,
                "kind": AttachmentKind.VOICE,
                "reference": b"sealed",
                "mime_type": "audio/ogg",
                "account_id": world.accounts[Channel.TELEGRAM],
                "state": FileState.AT_PROVIDER,
                "arrived_at": office.clock(),
                "due_at": office.clock(),
            },
        )
        tx.execute(
            SPOKEN.insert(),
            {
                "file_id": file_id,
                "participant_id": person,
                "form_version_id": version,
                "place": "/data/first_name",
                "submission": cipher.seal_text(submission, place_of(file_id)),
                "spoken_at": office.clock() - timedelta(hours=1),
            },
        )
    return person, file_id


def test_a_trainer_sees_the_question_and_writes_the_answer_down(
    office: Office, spoken: tuple[str, str]
) -> None:
    person, file_id = spoken
    office.world.member("salma", cohorts=(office.world.north,))
    browser = office.browser("salma")
    assert "Réponses vocales à mettre par écrit" in browser.get("/").text
    page = browser.get(f"/participants/{person}").text
    assert "Quel est votre prénom" in page
    assert "message vocal, 7 s" in page
    answer = browser.post(f"/participants/{person}/voices/{file_id}", text=" Awa ")
    assert answer.headers["location"].endswith("?notice=voice_written")
    page = browser.get(f"/participants/{person}").text
    assert "Réponses vocales" not in page
    assert '<dd dir="auto">Awa</dd>' in page
    assert browser.post(f"/participants/{person}/voices/{file_id}", text="Awa").status_code == 404


def test_nothing_written_is_said(office: Office, spoken: tuple[str, str]) -> None:
    person, file_id = spoken
    office.world.member("salma", cohorts=(office.world.north,))
    browser = office.browser("salma")
    browser.get(f"/participants/{person}")
    answer = browser.post(f"/participants/{person}/voices/{file_id}", text="  ")
    assert answer.headers["location"].endswith("?notice=voice_empty")


def test_nobody_else_sees_or_writes_it(office: Office, spoken: tuple[str, str]) -> None:
    person, file_id = spoken
    office.world.member("karim", cohorts=(office.world.south,))
    browser = office.browser("karim")
    browser.get("/")
    assert browser.post(f"/participants/{person}/voices/{file_id}", text="Awa").status_code == 404
    with office.world.storage.read() as tx:
        assert tx.scalar(select(PARTICIPANTS.c.name)) is None

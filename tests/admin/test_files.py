"""Photos, recordings and documents that people sent: seen by who may see the person, and run by nobody."""

from typing import Any

import pytest
from sqlalchemy import select

from conversations.events import Attachment, AttachmentKind
from conversations.vocabulary import Channel, Role
from storage.tables.core import AUDIT, FILES
from storage.tables.vocabulary import AuditAction, FileState
from tests.admin.conftest import Office

SOUND = b"OggS\0" + bytes(range(256)) * 800  # several pieces
SMALL = b"\xff\xd8\xff small"


def sent(
    office: Office,
    person: str,
    kind: AttachmentKind,
    media_type: str,
    content: bytes = b"",
    state: FileState = FileState.STORED,
    reference: str = "ref",
) -> str:
    """A file of somebody, with a small picture where it is a photo; its id."""
    world, storage = office.world, office.world.storage
    message, file_id = world.wrote(person, Attachment(kind, reference, media_type)), storage.ids.row()
    cipher = storage.keystore.of_participants([person])[person].cipher
    row: dict[str, Any] = {
        "id": file_id,
        "participant_id": person,
        "message_id": message,
        "account_id": world.accounts[Channel.TELEGRAM],
        "kind": kind,
        "reference": cipher.seal_text(reference, f"files.reference:{file_id}"),
        "mime_type": media_type,
        "size": len(content),
        "state": state,
        "arrived_at": office.clock(),
        "due_at": office.clock(),
    }
    if content:
        row["stored"] = storage.media.write(cipher, file_id, content).name
    if content and kind is AttachmentKind.PHOTO:
        row["thumbnail"] = storage.media.write(cipher, f"{file_id}:thumbnail", SMALL).name
    with storage.write() as tx:
        tx.execute(FILES.insert(), row)
    return file_id


@pytest.fixture
def amina(office: Office) -> str:
    office.world.member("salma", cohorts=(office.world.north,))
    return office.world.person("Amina")


def test_a_trainer_sees_photos_and_hears_voices_in_the_timeline(office: Office, amina: str) -> None:
    photo = sent(office, amina, AttachmentKind.PHOTO, "image/jpeg", b"\xff\xd8\xff big")
    voice = sent(office, amina, AttachmentKind.VOICE, "audio/ogg", SOUND)
    paper = sent(office, amina, AttachmentKind.DOCUMENT, "application/pdf", b"%PDF-1.7")
    browser, base = office.browser("salma"), f"/participants/{amina}/files"
    page = browser.get(f"/participants/{amina}").text
    assert f'<img class="file-picture" src="{base}/{photo}/thumbnail"' in page
    assert f'controls preload="none" src="{base}/{voice}"' in page
    assert f'<a class="file" href="{base}/{paper}">Télécharger' in page
    heard = browser.get(f"{base}/{voice}")
    assert (heard.status_code, heard.content) == (200, SOUND)
    assert heard.headers["content-type"] == "audio/ogg"
    assert heard.headers["content-disposition"].startswith("inline")
    assert browser.get(f"{base}/{photo}/thumbnail").content == SMALL
    assert browser.get(f"{base}/{paper}").headers["content-disposition"].startswith("attachment")
    assert browser.get(f"{base}/{voice}/thumbnail").status_code == 404


def test_a_player_seeks(office: Office, amina: str) -> None:
    voice = sent(office, amina, AttachmentKind.VOICE, "audio/ogg", SOUND)
    browser, path = office.browser("salma"), f"/participants/{amina}/files/{voice}"
    for wanted, start, end in (("bytes=0-1", 0, 2), ("bytes=65530-131080", 65530, 131081)):
        part = browser.get(path, Range=wanted)
        assert (part.status_code, part.content) == (206, SOUND[start:end])
        assert part.headers["content-range"] == f"bytes {start}-{end - 1}/{len(SOUND)}"
    assert browser.get(path, Range="bytes=-5").content == SOUND[-5:]
    assert browser.get(path, Range=f"bytes={len(SOUND)}-").status_code == 416


def test_what_somebody_sent_runs_nothing_and_stays_in_no_cache(office: Office, amina: str) -> None:
    voice = sent(office, amina, AttachmentKind.VOICE, "audio/ogg", SOUND)
    headers = office.browser("salma").get(f"/participants/{amina}/files/{voice}").headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "sandbox" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


def test_nobody_else_gets_a_file(office: Office, amina: str) -> None:
    world = office.world
    photo = sent(office, amina, AttachmentKind.PHOTO, "image/jpeg", b"\xff\xd8\xff big")
    world.member("karim", cohorts=(world.south,))
    world.member("imane", Role.ADMIN)
    world.member("nadia", Role.SAFEGUARDING)
    other = world.person("Fatou")
    statuses = {"salma": 200, "imane": 200, "karim": 404, "nadia": 303, "": 303}
    for path in (f"/participants/{amina}/files/{photo}", f"/participants/{amina}/files/{photo}/thumbnail"):
        found = {login: office.browser(login).get(path).status_code for login in statuses}
        assert found == statuses, path
    assert office.browser("salma").get(f"/participants/{other}/files/{photo}").status_code == 404


def test_opening_is_noted_once_a_visit_and_the_small_picture_with_the_page(
    office: Office, amina: str
) -> None:
    photo = sent(office, amina, AttachmentKind.PHOTO, "image/jpeg", b"\xff\xd8\xff big")
    browser, path = office.browser("salma"), f"/participants/{amina}/files/{photo}"

    def noted() -> int:
        with office.world.storage.read() as look:
            actions = list(look.scalars(select(AUDIT.c.action).where(AUDIT.c.participant_id == amina)))
        return actions.count(AuditAction.FILE_OPENED)

    browser.get(f"{path}/thumbnail")
    assert noted() == 0
    browser.get(path)
    browser.get(path, Range="bytes=0-1")
    assert noted() == 1


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (FileState.AT_PROVIDER, "Pas encore ici"),
        (FileState.REFUSED, "pas gardé"),
        (FileState.TOO_LARGE, "Trop grand"),
        (FileState.GONE, "pas pu être récupéré"),
        (FileState.NOT_ALLOWED, "Pas gardé"),
    ],
)
def test_what_is_not_here_says_why(office: Office, amina: str, state: FileState, words: str) -> None:
    file_id = sent(office, amina, AttachmentKind.PHOTO, "image/jpeg", state=state)
    browser = office.browser("salma")
    assert words in browser.get(f"/participants/{amina}").text
    assert browser.get(f"/participants/{amina}/files/{file_id}").status_code == 404


def test_the_proof_of_a_step_stands_with_it(office: Office, amina: str) -> None:
    photo = sent(office, amina, AttachmentKind.PHOTO, "image/jpeg", b"\xff\xd8\xff big", reference="proof-7")
    office.world.step(amina, "couturière", "Atelier Nour", proof="proof-7")
    page = office.browser("salma").get(f"/participants/{amina}").text
    steps = page[page.index('class="steps"') : page.index('id="timeline"')]
    assert f"/files/{photo}/thumbnail" in steps


def test_a_file_whose_bytes_were_changed_or_are_gone_is_not_given_out(office: Office, amina: str) -> None:
    voice = sent(office, amina, AttachmentKind.VOICE, "audio/ogg", SOUND)
    storage, path = office.world.storage, f"/participants/{amina}/files/{voice}"
    with storage.read() as look:
        [name] = look.scalars(select(FILES.c.stored).where(FILES.c.id == voice))
    there, browser = storage.media.where(name), office.browser("salma")
    whole = there.read_bytes()
    one_piece = 64 * 1024 + 32
    for broken in (b"", whole[:one_piece], whole[:100] + b"x" + whole[101:], whole[one_piece:]):
        there.write_bytes(broken)
        assert browser.get(path).status_code == 404
    there.unlink()
    assert browser.get(path).status_code == 404

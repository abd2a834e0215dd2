"""Someone asks at the office for their data, or to be erased: with a reason, audited, never in silence."""

import io
import zipfile
from datetime import timedelta

import pytest
from sqlalchemy import select

from conversations.vocabulary import ConsentState, Role
from storage.check_ins import Asked, ask_now
from storage.tables.core import ADDRESSES, AUDIT, ERASURES, OUTBOX, PARTICIPANTS
from storage.tables.vocabulary import AuditAction
from tests.admin.conftest import Browser, Office


@pytest.fixture
def amina(office: Office) -> str:
    return office.world.person("Amina")


@pytest.fixture
def browser(office: Office, amina: str) -> Browser:
    office.world.member("admin", Role.ADMIN)
    browser = office.browser("admin")
    browser.get(f"/participants/{amina}/data")
    return browser


def audited(office: Office, action: AuditAction) -> int:
    with office.world.storage.read() as tx:
        lines = tx.execute(select(AUDIT).where(AUDIT.c.action == action)).all()
    assert all(line.staff_id for line in lines)
    return len(lines)


def test_the_file_is_handed_out_with_a_reason_that_is_kept(
    office: Office, browser: Browser, amina: str
) -> None:
    refused = browser.post(f"/participants/{amina}/data/file", reason=" ")
    assert refused.status_code == 422
    assert "Il manque la raison" in refused.text
    assert audited(office, AuditAction.DATA_HANDED_OUT) == 0
    answer = browser.post(f"/participants/{amina}/data/file", reason="demandé au bureau")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert "Amina" in archive.read("page.html").decode()
    assert answer.headers["content-disposition"] == 'attachment; filename="my-data.zip"'
    assert audited(office, AuditAction.DATA_HANDED_OUT) == 1


def test_an_admin_plans_an_erasure_and_the_person_is_told(
    office: Office, browser: Browser, amina: str
) -> None:
    path = f"/participants/{amina}/data"
    assert browser.post(f"{path}/erasure", reason="").status_code == 422
    planned = browser.post(f"{path}/erasure", reason="demandé au bureau")
    assert planned.headers["location"] == f"{path}?notice=erasure_planned"
    browser.post(f"{path}/erasure", reason="encore une fois")
    with office.world.storage.read() as tx:
        [erasure] = tx.execute(select(ERASURES)).all()
        assert len(tx.execute(select(OUTBOX)).all()) == 1
    assert erasure.erase_at - office.clock() == timedelta(days=7)
    assert audited(office, AuditAction.ERASURE_PLANNED) == 1
    assert "Effacement le" in browser.get(f"/participants/{amina}").text
    assert "Prévu par l’équipe" in browser.get(path).text


def test_a_planned_erasure_can_be_taken_back_here(office: Office, browser: Browser, amina: str) -> None:
    path = f"/participants/{amina}/data"
    browser.post(f"{path}/erasure", reason="demandé au bureau")
    assert browser.post(f"{path}/keep").headers["location"] == f"{path}?notice=erasure_taken_back"
    assert browser.post(f"{path}/keep").headers["location"] == path
    assert audited(office, AuditAction.ERASURE_TAKEN_BACK) == 1
    with office.world.storage.read() as tx:
        assert tx.execute(select(ERASURES)).all() == []


def test_a_pause_is_shown_and_respected(office: Office, browser: Browser, amina: str) -> None:
    storage, until = office.world.storage, office.clock() + timedelta(minutes=10)
    admin = office.world.member("other", Role.ADMIN)
    with storage.write() as tx:
        given = {"prompting": ConsentState.GIVEN, "paused_until": until}
        tx.execute(PARTICIPANTS.update().values(given))
        asked = ask_now(tx, storage, admin, amina, "Africa/Casablanca", office.clock())
    assert asked is Asked.PAUSED
    assert "Pause jusqu’au" in browser.get(f"/participants/{amina}").text
    office.clock.move(timedelta(minutes=11))
    later = browser.get(f"/participants/{amina}")
    assert later.status_code == 200
    assert "Pause jusqu’au" not in later.text


def test_a_forgotten_code_is_removed_and_the_person_is_told(
    office: Office, browser: Browser, amina: str
) -> None:
    path, storage = f"/participants/{amina}", office.world.storage
    assert "Enlever le code" not in browser.get(path).text
    with storage.write() as tx:
        tx.execute(PARTICIPANTS.update().where(PARTICIPANTS.c.id == amina).values(code=b"x", code_failures=5))
    assert "carnet fermé" in browser.get(path).text
    assert browser.post(f"{path}/data/code").headers["location"] == f"{path}?notice=code_removed"
    assert browser.post(f"{path}/data/code").headers["location"] == path
    with storage.read() as tx:
        row = tx.execute(select(PARTICIPANTS).where(PARTICIPANTS.c.id == amina)).one()
        assert (row.code, row.code_failures) == (None, 0)
        assert len(tx.execute(select(OUTBOX)).all()) == 1
    assert audited(office, AuditAction.CODE_REMOVED) == 1


def test_whoever_wrote_after_a_long_silence_is_confirmed_or_not(
    office: Office, browser: Browser, amina: str
) -> None:
    path, storage = f"/participants/{amina}", office.world.storage
    asked = "après 90 jours de silence"
    assert asked not in browser.get(path).text
    theirs = ADDRESSES.c.participant_id == amina
    with storage.write() as tx:
        tx.execute(ADDRESSES.update().where(theirs).values(unsure_since=office.clock()))
        address = tx.execute(select(ADDRESSES.c.id).where(theirs)).scalar_one()
    assert asked in browser.get(path).text
    assert "Est-ce bien cette personne ?" in browser.get("/").text
    there = f"{path}/data/addresses/{address}"
    browser.get(path)
    assert browser.post(f"{there}/theirs").headers["location"] == f"{path}?notice=address_confirmed"
    assert browser.post(f"{there}/theirs").headers["location"] == path
    assert asked not in browser.get(path).text
    assert audited(office, AuditAction.ADDRESS_CONFIRMED) == 1
    assert browser.post(f"{there}/not-theirs").headers["location"] == path, "it is clear that it is theirs"
    with storage.write() as tx:
        tx.execute(ADDRESSES.update().where(theirs).values(unsure_since=office.clock()))
    assert browser.post(f"{there}/not-theirs").headers["location"] == f"{path}?notice=address_let_go"
    with storage.read() as tx:
        assert tx.execute(select(ADDRESSES).where(theirs)).first() is None
    assert "Aucun" in browser.get(path).text
    assert audited(office, AuditAction.ADDRESS_LET_GO) == 1

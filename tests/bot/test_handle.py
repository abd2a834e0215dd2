"""Handling a batch: in each person's order; a bad event is set aside; nothing is half stored."""

import logging
from datetime import datetime, timedelta

import pytest
import structlog
from sqlalchemy import select

from bot.handle import handle_due_contacts
from conversations.events import Blocked, Tap, Text
from conversations.messages import PromptKind, Say
from conversations.session import Place
from conversations.vocabulary import ContactState, DeliveryState, Language
from storage.codec import CONTENT, PROMPT, SESSION
from storage.database import Storage
from storage.tables.core import CONTACTS, EVENTS, KEYS, MESSAGES_IN, NEWCOMERS, OUTBOX, PARTICIPANTS, SESSIONS
from storage.tables.vocabulary import MessageState
from tests.bot.driving import rows
from tests.bot.making import TO_CONSENT, TO_HOME, Desk, open_desk

AMINA, GRACE, JEAN = "5000000001", "5000000002", "5000000003"


@pytest.fixture
def desk(storage: Storage, now: datetime) -> Desk:
    return open_desk(storage, now)


def kept_texts(desk: Desk, participant: str) -> list[str]:
    """What the person wrote, in the order it was handled."""
    cipher = desk.storage.keystore.of_participants([participant])[participant].cipher
    query = select(MESSAGES_IN).where(MESSAGES_IN.c.participant_id == participant).order_by(MESSAGES_IN.c.id)
    contents = [
        CONTENT.validate_json(cipher.open(row.content, f"messages_in.content:{row.id}"))
        for row in rows(desk.storage, query)
        if row.content
    ]
    return [content.text if isinstance(content, Text) else content.type for content in contents]


def last_said(desk: Desk, participant: str) -> tuple[str, Language]:
    """The first text id of the newest message to this person, and its language."""
    cipher = desk.storage.keystore.of_participants([participant])[participant].cipher
    query = select(OUTBOX).where(OUTBOX.c.participant_id == participant).order_by(OUTBOX.c.id.desc())
    newest = rows(desk.storage, query)[0]
    [first, *_] = PROMPT.validate_json(cipher.open(newest.prompt, f"outbox.prompt:{newest.id}")).lines
    return (first.id if isinstance(first, Say) else first.text), newest.language


def spoil_session(desk: Desk, participant: str) -> None:
    """A value that does not open: as if someone had changed the file."""
    with desk.storage.write() as tx:
        changed = SESSIONS.update().where(SESSIONS.c.participant_id == participant).values(body=b"spoiled")
        assert tx.execute(changed).rowcount == 1


def test_several_messages_of_one_person_in_one_batch_each_follow_the_one_before(desk: Desk) -> None:
    arrivals = [desk.event(AMINA, text) for text in TO_HOME]
    desk.handle(*arrivals)
    participant = desk.participant(AMINA)
    assert kept_texts(desk, participant) == list(TO_HOME[3:])
    assert last_said(desk, participant)[0] == "profile.done"


def test_telegrams_order_counts_not_the_order_of_arrival(desk: Desk) -> None:
    arrivals = [desk.event(AMINA, text) for text in TO_HOME]
    desk.handle(*arrivals[::-1])
    assert kept_texts(desk, desk.participant(AMINA)) == list(TO_HOME[3:])


def test_people_of_one_batch_do_not_disturb_each_other(desk: Desk) -> None:
    batch = [desk.event(chat, text) for text in TO_CONSENT for chat in (AMINA, GRACE, JEAN)]
    desk.handle(*batch)
    assert len({desk.participant(chat) for chat in (AMINA, GRACE, JEAN)}) == 3


def test_an_event_seen_before_does_nothing(desk: Desk) -> None:
    first = desk.event(AMINA, TO_CONSENT[0])
    desk.handle(first, first)
    desk.handle(first)
    assert len(rows(desk.storage, select(EVENTS))) == 1
    assert len(rows(desk.storage, select(OUTBOX))) == 1


def test_a_bad_event_is_kept_with_its_kind_of_error_and_the_others_are_handled(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.tell(AMINA, TO_HOME)
    desk.tell(GRACE, (TO_CONSENT[0], "3", *TO_CONSENT[2:]))  # in English
    grace, amina = desk.participant(GRACE), desk.participant(AMINA)
    spoil_session(desk, grace)
    with structlog.testing.capture_logs() as logs, caplog.at_level(logging.DEBUG):
        desk.handle(desk.event(GRACE, "my secret"), desk.event(AMINA, "2"), desk.event(JEAN, TO_CONSENT[0]))
    [failed] = rows(desk.storage, select(MESSAGES_IN).where(MESSAGES_IN.c.state == MessageState.FAILED))
    assert (failed.participant_id, failed.error) == (grace, "SealBroken")
    assert kept_texts(desk, grace)[-1] == "my secret"
    assert last_said(desk, grace) == ("sorry.failed", Language.ENGLISH)
    assert kept_texts(desk, amina)[-1] == "2"
    assert [row.place for row in rows(desk.storage, select(NEWCOMERS))] == [Place.LANGUAGE_FIRST]
    assert "secret" not in f"{logs} {caplog.text}"
    failed_lines = [line for line in logs if line["event"] == "event.failed"]
    assert [(line["error"], line["log_level"]) for line in failed_lines] == [("SealBroken", "error")]


def test_a_bad_event_is_not_tried_again(desk: Desk) -> None:
    desk.tell(GRACE, TO_CONSENT)
    spoil_session(desk, desk.participant(GRACE))
    bad = desk.event(GRACE, "bonjour")
    desk.handle(bad)
    desk.handle(bad)
    assert len(rows(desk.storage, select(MESSAGES_IN).where(MESSAGES_IN.c.state == MessageState.FAILED))) == 1


def test_someone_whose_key_does_not_open_is_apologised_to_and_holds_nobody_up(desk: Desk) -> None:
    desk.tell(GRACE, TO_CONSENT)
    desk.tell(AMINA, TO_HOME)
    grace, amina = desk.participant(GRACE), desk.participant(AMINA)
    with desk.storage.keystore.engine.begin() as keys:
        key = keys.execute(select(KEYS).where(KEYS.c.participant_id == grace)).one()
        spoiled = key.wrapped_key[:-1] + bytes([key.wrapped_key[-1] ^ 1])
        keys.execute(KEYS.update().where(KEYS.c.participant_id == grace).values(wrapped_key=spoiled))
    before = len(rows(desk.storage, select(OUTBOX)))
    desk.handle(desk.event(GRACE, "bonjour"), desk.event(AMINA, "2"))
    [failed] = rows(desk.storage, select(MESSAGES_IN).where(MESSAGES_IN.c.state == MessageState.FAILED))
    assert (failed.error, failed.content) == ("SealBroken", None)
    assert kept_texts(desk, amina)[-1] == "2"
    assert len(rows(desk.storage, select(OUTBOX))) > before + 1


def test_a_bad_check_in_does_not_hold_up_the_others(desk: Desk) -> None:
    for chat in (GRACE, AMINA):
        desk.tell(chat, TO_HOME)
    grace, amina = desk.participant(GRACE), desk.participant(AMINA)
    spoil_session(desk, grace)
    desk.now += timedelta(days=7)
    handle_due_contacts(desk.storage, desk.project, desk.now)
    states = {row.participant_id: row.state for row in rows(desk.storage, select(CONTACTS))}
    assert states == {amina: ContactState.SENT, grace: ContactState.CANCELLED}
    nudges = rows(desk.storage, select(OUTBOX).where(OUTBOX.c.kind == PromptKind.NUDGE))
    assert [row.participant_id for row in nudges] == [amina]


def test_a_check_in_for_someone_without_an_open_address_is_closed(desk: Desk) -> None:
    desk.tell(AMINA, TO_HOME)
    desk.handle(desk.event(AMINA, Blocked()))
    handle_due_contacts(desk.storage, desk.project, desk.now + timedelta(days=7))
    assert [row.state for row in rows(desk.storage, select(CONTACTS))] == [ContactState.CANCELLED]


def test_a_button_counts_once_and_for_whom_it_was_shown(desk: Desk) -> None:
    desk.tell(AMINA, TO_CONSENT[:1])
    desk.tell(GRACE, TO_CONSENT[:1])
    token = {row.blind: row.token for row in rows(desk.storage, select(NEWCOMERS))}
    amina, grace = (desk.storage.vault.blind("telegram", chat) for chat in (AMINA, GRACE))
    desk.handle(desk.event(GRACE, Tap(f"{token[amina]}:0")))
    desk.handle(desk.event(AMINA, Tap(f"{token[amina]}:2")), desk.event(AMINA, Tap(f"{token[amina]}:0")))
    found = {row.blind: (row.place, row.language) for row in rows(desk.storage, select(NEWCOMERS))}
    assert found[grace][0] is Place.LANGUAGE_FIRST
    assert found[amina] == (Place.ADULT, Language.ENGLISH)


def test_a_stored_conversation_opens_for_its_own_person_only(desk: Desk) -> None:
    desk.tell(AMINA, TO_HOME)
    [session] = rows(desk.storage, select(SESSIONS))
    key = desk.storage.keystore.of_participants([session.participant_id])[session.participant_id]
    opened = SESSION.validate_json(key.cipher.open(session.body, f"sessions.body:{session.participant_id}"))
    assert opened.place is Place.HOME
    assert [row.language for row in rows(desk.storage, select(PARTICIPANTS))] == [Language.FRENCH]
    states = [row.state for row in rows(desk.storage, select(OUTBOX.c.state).order_by(OUTBOX.c.id))]
    assert states[-1] is DeliveryState.QUEUED

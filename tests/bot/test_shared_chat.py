"""Who writes where several logbooks share a chat: each thing comes to its owner."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.handle import handle_due_contacts
from conversations.events import Blocked, Edited, InboundEvent, Tap, Unblocked
from conversations.messages import Say
from conversations.vocabulary import ContactState
from storage.codec import PROMPT
from storage.inbox import Arrival
from storage.tables.core import (
    ADDRESSES,
    CHAT_HOLDS,
    CONTACTS,
    OUTBOX,
    PARTICIPANTS,
)
from storage.tables.vocabulary import AddressState
from storage.writing import write_to
from tests.bot.driving import rows
from tests.bot.making import TO_HOME, Desk
from tests.bot.sharing import PHONE, SECOND, admin_of, asked_who, button_of, desk, people
from tests.bot.test_handle import kept_texts

__all__ = ["desk", "people"]  # fixtures


def test_each_keeps_what_is_theirs(desk: Desk, people: tuple[str, str]) -> None:
    amina, binta = people
    desk.tell(PHONE, ["je cherche une formation", "B.", "merci pour tout"])
    assert "je cherche une formation" in kept_texts(desk, binta)
    assert kept_texts(desk, amina) == [*TO_HOME[3:], SECOND[0], "1"]
    assert rows(desk.storage, select(CHAT_HOLDS.c.waiting)) == [(None,)]


def test_a_burst_is_no_answer_to_a_question_that_nobody_has_seen(desk: Desk, people: tuple[str, str]) -> None:
    desk.handle(desk.event(PHONE, "bonjour"), desk.event(PHONE, "1"))
    assert asked_who(desk)
    desk.handle(desk.event(PHONE, "2"))
    assert asked_who(desk)
    desk.tell(PHONE, ["B."])
    assert kept_texts(desk, people[1])[-3:] == ["bonjour", "1", "2"]


def test_a_button_says_who_is_meant(desk: Desk, people: tuple[str, str]) -> None:
    amina, binta = people
    tapped = button_of(desk, binta)
    desk.tell(PHONE, ["bonjour", "A.", Tap(tapped)])
    assert not asked_who(desk)
    assert kept_texts(desk, binta)[-1] == "tap"
    desk.tell(PHONE, ["salut"])
    assert kept_texts(desk, binta)[-1] == "salut", "and holds the phone from there on"
    assert "salut" not in kept_texts(desk, amina)


def test_a_correction_goes_to_who_had_written(desk: Desk, people: tuple[str, str]) -> None:
    amina, binta = people
    words = desk.event(PHONE, "A.")
    desk.tell(PHONE, ["bonjour"])
    desk.tell(PHONE, ["A."])
    assert words.inbound is not None
    named = with_id(desk.event(PHONE, "mon fils est malade"), "m1")
    desk.handle(named)
    desk.now += timedelta(hours=1)
    desk.tell(PHONE, ["bonjour"])
    desk.tell(PHONE, ["B."])
    desk.handle(with_id(desk.event(PHONE, Edited("mon fils va mieux")), "m1"))
    assert kept_texts(desk, amina)[-1] == "edited"
    assert "edited" not in kept_texts(desk, binta)
    desk.tell(PHONE, ["merci"])
    assert kept_texts(desk, binta)[-1] == "merci", "a correction takes nobody's turn"


def with_id(arrival: Arrival, message_id: str) -> Arrival:
    inbound = arrival.inbound
    assert isinstance(inbound, InboundEvent)
    return replace(arrival, inbound=replace(inbound, message_id=message_id))


def test_a_block_is_of_the_phone(desk: Desk, people: tuple[str, str]) -> None:
    desk.handle(desk.event(PHONE, Blocked()))
    assert {row.state for row in rows(desk.storage, select(ADDRESSES))} == {AddressState.BLOCKED}
    desk.tell(PHONE, [Unblocked()])
    assert {row.state for row in rows(desk.storage, select(ADDRESSES))} == {AddressState.OPEN}
    assert asked_who(desk), "nobody's menu shows before it is clear who has the phone"


def test_a_check_in_begins_with_for_whom_and_ends_the_turn_of_the_other(
    desk: Desk, people: tuple[str, str]
) -> None:
    amina, binta = people
    desk.tell(PHONE, ["bonjour", "B."])
    with desk.storage.write() as tx:
        tx.execute(CONTACTS.update().where(CONTACTS.c.participant_id == amina).values(due_at=desk.now))
    assert handle_due_contacts(desk.storage, desk.project, desk.now) == 1
    assert first_line(desk, amina) == Say("who.for", {"who": "A."})
    desk.tell(PHONE, ["non"])
    assert asked_who(desk)
    desk.tell(PHONE, [Tap(button_of(desk, amina))])
    assert not asked_who(desk)
    assert kept_texts(desk, amina)[-1] == "tap"
    assert kept_texts(desk, binta)[-1] != "non"


def test_what_the_team_writes_is_not_answered_by_who_is_joining_there(desk: Desk) -> None:
    desk.tell(PHONE, TO_HOME)
    amina = desk.participant(PHONE)
    desk.tell(PHONE, [TO_HOME[0], "1", "1", "1"])  # another is asked for consent
    team = admin_of(desk)
    with desk.storage.write() as tx:
        write_to(tx, desk.storage, team, amina, "Venez-vous demain ?", desk.now)
    assert first_line(desk, amina) == Say("who.for", {"who": "A."})
    desk.tell(PHONE, ["oui"])
    assert asked_who(desk)
    assert len(rows(desk.storage, select(PARTICIPANTS))) == 1, "it was no yes to a logbook"
    desk.tell(PHONE, ["A."])
    assert kept_texts(desk, amina)[-1] == "oui"


def test_whoever_is_taken_for_another_by_mistake_comes_back(desk: Desk, people: tuple[str, str]) -> None:
    desk.tell(PHONE, ["menu", "Une autre personne", "carnet"])
    assert asked_who(desk)
    desk.tell(PHONE, ["B."])
    assert kept_texts(desk, people[1])[-1] == "carnet"
    desk.now += timedelta(hours=1)
    desk.tell(PHONE, ["menu", "Une autre personne", TO_HOME[0], "Une autre personne", "1", "1", "1", "1"])
    assert len(rows(desk.storage, select(PARTICIPANTS))) == 3, "and who has a code joins"


CODE_SET = ("mes données", "Mettre un code", "4827", "4827")


@pytest.mark.parametrize(
    "handing_over",
    [("menu", "Une autre personne", "B."), tuple("Coura" if said == "Binta" else said for said in SECOND)],
    ids=["by the menu", "by a join code"],
)
def test_what_a_code_guards_is_shut_when_the_phone_goes_to_another(
    desk: Desk, people: tuple[str, str], handing_over: tuple[str, ...]
) -> None:
    amina, _ = people
    desk.tell(PHONE, ["bonjour", "A.", *CODE_SET, "carnet"])
    assert first_line(desk, amina) != Say("code.ask"), "open for who has just set it"
    desk.tell(PHONE, [*handing_over, "Une autre personne", "A.", "carnet"])
    assert first_line(desk, amina) == Say("code.ask")


def first_line(desk: Desk, person: str) -> object:
    """What the newest message to somebody begins with."""
    newest = rows(desk.storage, select(OUTBOX).order_by(OUTBOX.c.id.desc()).limit(1))[0]
    cipher = desk.storage.keystore.of_participants([person])[person].cipher
    return PROMPT.validate_json(cipher.open(newest.prompt, f"outbox.prompt:{newest.id}")).lines[0]


def test_a_quick_exit_of_one_holds_back_what_is_for_the_other(desk: Desk, people: tuple[str, str]) -> None:
    amina, _ = people
    desk.tell(PHONE, ["bonjour", "B.", "xx"])
    with desk.storage.write() as tx:
        tx.execute(CONTACTS.update().where(CONTACTS.c.participant_id == amina).values(due_at=desk.now))
    handle_due_contacts(desk.storage, desk.project, desk.now)
    [contact] = rows(desk.storage, select(CONTACTS).where(CONTACTS.c.participant_id == amina))
    assert contact.state is ContactState.PLANNED
    assert contact.due_at > desk.now
    desk.tell(PHONE, ["bonjour", "1", "A."])
    assert not asked_who(desk)
    desk.tell(PHONE, ["menu"])
    assert asked_who(desk)
    desk.tell(PHONE, ["A."])
    assert kept_texts(desk, amina)[-4:] == ["bonjour", "1", "A.", "menu"]


def test_silence_is_counted_for_each_of_them(desk: Desk, people: tuple[str, str]) -> None:
    amina, binta = people
    for _ in range(10):
        desk.now += timedelta(days=10)
        desk.tell(PHONE, ["bonjour", "B."])
    desk.now += timedelta(hours=1)
    desk.tell(PHONE, ["bonjour", "A."])
    since = {row.participant_id: row.unsure_since for row in rows(desk.storage, select(ADDRESSES))}
    assert since[binta] is None
    assert since[amina] is not None


def test_who_begins_to_join_and_gives_up_is_asked_for_a_day_only(desk: Desk) -> None:
    desk.tell(PHONE, TO_HOME)
    desk.tell(PHONE, [TO_HOME[0], "1", "1"])
    desk.now += timedelta(hours=2)
    desk.tell(PHONE, ["bonjour"])
    assert asked_who(desk)
    desk.tell(PHONE, ["A."])
    desk.now += timedelta(hours=23)
    desk.tell(PHONE, ["bonjour"])
    assert not asked_who(desk)
    desk.tell(PHONE, [TO_HOME[0], "1", "1"])
    desk.now += timedelta(hours=1)
    desk.tell(PHONE, ["1"])
    assert asked_who(desk), "they can begin again"

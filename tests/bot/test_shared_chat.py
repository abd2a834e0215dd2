"""What is written where several logbooks share a chat: each thing with its owner, whatever comes between."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import event, func, select

from bot.handle import handle_due_contacts
from conversations.events import Blocked, Edited, InboundEvent, Tap, Unblocked
from conversations.messages import Prompt, PromptKind, Say, Verbatim
from conversations.vocabulary import Channel, ContactState, DeliveryState, Language, Role
from storage import outbox
from storage.addresses import free
from storage.audience import listeners
from storage.codec import PROMPT
from storage.database import Storage
from storage.inbox import Arrival
from storage.outgoing import Outgoing, enqueue, preferred_destinations
from storage.participants import find_person
from storage.perimeter import Perimeter
from storage.retention import WAITING_KEPT, forget
from storage.staff import NewStaff, add
from storage.tables.core import (
    ADDRESSES,
    ALIASES,
    CHAT_HOLDS,
    CONTACTS,
    MEMBERSHIPS,
    NEWCOMERS,
    OUTBOX,
    PARTICIPANTS,
    TOKENS,
)
from storage.tables.vocabulary import AddressState
from tests.bot.driving import rows
from tests.bot.making import TO_HOME, Desk, open_desk
from tests.bot.test_handle import kept_texts

PHONE = "5000000001"
SECOND = (TO_HOME[0], "1", *("Binta" if said == "Amina" else said for said in TO_HOME[1:]))


@pytest.fixture
def desk(storage: Storage, now: datetime) -> Desk:
    return open_desk(storage, now)


@pytest.fixture
def people(desk: Desk) -> tuple[str, str]:
    """Amina, then Binta on the same phone; neither has written for an hour."""
    desk.tell(PHONE, TO_HOME)
    amina = desk.participant(PHONE)
    desk.tell(PHONE, SECOND)
    [binta] = {row.id for row in rows(desk.storage, select(PARTICIPANTS))} - {amina}
    desk.now += timedelta(hours=1)
    return amina, binta


def asked_who(desk: Desk) -> bool:
    """Whether the newest message asks who writes."""
    newest = rows(desk.storage, select(OUTBOX).order_by(OUTBOX.c.id.desc()).limit(1))[0]
    if newest.participant_id is not None or newest.prompt is None:
        return False
    plain = desk.storage.vault.system.open(newest.prompt, f"outbox.prompt:{newest.id}")
    return Say("who.ask") in PROMPT.validate_json(plain).lines


def button_of(desk: Desk, person: str) -> str:
    """The payload of the first button of the newest asking of somebody."""
    query = select(TOKENS.c.token).where(TOKENS.c.participant_id == person, TOKENS.c.used_at.is_(None))
    newest = query.order_by(TOKENS.c.asked_at.desc()).limit(1)
    return f"{rows(desk.storage, newest)[0].token}:0"


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
    newest = rows(desk.storage, select(OUTBOX).order_by(OUTBOX.c.id.desc()).limit(1))[0]
    cipher = desk.storage.keystore.of_participants([amina])[amina].cipher
    prompt = PROMPT.validate_json(cipher.open(newest.prompt, f"outbox.prompt:{newest.id}"))
    assert prompt.lines[0] == Say("who.for", {"who": "A."})
    desk.tell(PHONE, ["non"])
    assert asked_who(desk)
    desk.tell(PHONE, [Tap(button_of(desk, amina))])
    assert not asked_who(desk)
    assert kept_texts(desk, amina)[-1] == "tap"
    assert kept_texts(desk, binta)[-1] != "non"


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


def test_letting_one_go_leaves_the_other(desk: Desk, people: tuple[str, str]) -> None:
    amina, binta = people
    of = {row.participant_id: row for row in rows(desk.storage, select(ADDRESSES))}
    kept = {name: count(desk, name, binta) for name in ("outbox", "button_tokens")}
    with desk.storage.write() as tx:
        free(tx, [of[amina].id], desk.now)
    assert [row.participant_id for row in rows(desk.storage, select(ADDRESSES))] == [binta]
    assert {row.address_id for row in rows(desk.storage, select(ALIASES))} == {of[binta].id}
    assert {name: count(desk, name, binta) for name in kept} == kept
    assert count(desk, "button_tokens", amina) == 0
    desk.tell(PHONE, ["bonjour tout le monde, ça va ?"])
    assert not asked_who(desk)
    assert desk.participant(PHONE) == binta


def count(desk: Desk, table: str, person: str) -> int:
    theirs = {"outbox": OUTBOX, "button_tokens": TOKENS}[table]
    query = select(func.count()).select_from(theirs).where(theirs.c.participant_id == person)
    return int(rows(desk.storage, query)[0][0])


def test_whoever_says_no_to_joining_takes_nothing_from_the_others(
    desk: Desk, people: tuple[str, str]
) -> None:
    amina, binta = people
    before = {person: count(desk, "button_tokens", person) for person in people}
    desk.tell(PHONE, ["bonjour", "B.", TO_HOME[0], "1", "1", "1", "non"])
    assert rows(desk.storage, select(NEWCOMERS)) == []
    with desk.storage.write() as tx:
        tx.execute(OUTBOX.update().values(state=DeliveryState.SENT))
        outbox.expire(tx, desk.now)
    assert count(desk, "button_tokens", amina) == before[amina]
    assert count(desk, "button_tokens", binta) >= before[binta]
    desk.tell(PHONE, ["bonjour"])
    assert asked_who(desk)


def test_the_window_belongs_to_the_chat(desk: Desk, people: tuple[str, str]) -> None:
    """On a channel with a window, whoever writes opens it for all of them."""
    amina, _ = people
    desk.now += timedelta(days=3)
    desk.tell(PHONE, ["bonjour", "B."])
    send(desk, amina)
    with desk.storage.write() as tx:
        claimed = outbox.claim(tx, desk.storage, list(desk.accounts.values()), 50, desk.now)
    [message] = [one for one in claimed if one.participant_id == amina]
    assert message.last_inbound_at == desk.now


def send(desk: Desk, person: str) -> None:
    key = desk.storage.keystore.of_participants([person])[person]
    with desk.storage.write() as tx:
        tx.execute(OUTBOX.update().values(state=DeliveryState.SENT))
        to = preferred_destinations(tx, [person])[person]
        prompt = Prompt(PromptKind.STAFF, (Verbatim("Bonjour"),))
        enqueue(
            tx,
            desk.storage,
            [
                Outgoing(
                    prompt,
                    Language.FRENCH,
                    to.account_id,
                    to.chat,
                    key.cipher,
                    participant_id=person,
                    address_id=to.address_id,
                )
            ],
            desk.now,
        )


def test_a_cohort_reaches_each_of_them_once(desk: Desk, people: tuple[str, str]) -> None:
    [cohort, *_] = rows(desk.storage, select(MEMBERSHIPS.c.cohort_id))
    with desk.storage.read() as look:
        reached = listeners(look, cohort[0], desk.now)
    assert sorted(one.participant_id for one in reached if one.destination) == sorted(people)


def test_staff_see_that_a_phone_is_shared(desk: Desk, people: tuple[str, str]) -> None:
    new = NewStaff("admin", "Samira", Role.ADMIN, Language.FRENCH, frozenset())
    with desk.storage.write() as tx:
        admin = Perimeter(add(tx, desk.storage, new, "", desk.now), Role.ADMIN)
    desk.tell("5000000002", TO_HOME)
    alone = desk.participant("5000000002")
    with desk.storage.read() as look:
        seen = {one: find_person(look, desk.storage, admin, one).addresses for one in (*people, alone)}
    assert {one: [address.shared for address in addresses] for one, addresses in seen.items()} == {
        people[0]: [True],
        people[1]: [True],
        alone: [False],
    }


def test_words_of_which_nobody_says_whose_they_are_are_forgotten(desk: Desk, people: tuple[str, str]) -> None:
    desk.tell(PHONE, ["un secret"])
    assert rows(desk.storage, select(CHAT_HOLDS.c.waiting))[0].waiting is not None
    with desk.storage.write() as tx:
        forget(tx, desk.now + WAITING_KEPT + timedelta(minutes=1))
    assert rows(desk.storage, select(CHAT_HOLDS.c.waiting)) == [(None,)]


def test_a_number_that_several_share_proves_nothing(storage: Storage, now: datetime) -> None:
    desk = open_desk(storage, now)
    number = "whatsapp:+212600000001"
    desk.tell(number, TO_HOME, Channel.WHATSAPP)
    desk.tell(number, SECOND, Channel.WHATSAPP)
    sent = len(rows(storage, select(OUTBOX)))
    desk.tell("5000000009", [TO_HOME[0], "1", "j'ai déjà un carnet", "0600000001"])
    new = rows(storage, select(OUTBOX).order_by(OUTBOX.c.id))[sent:]
    assert {row.participant_id for row in new} == {None}, "no code goes out to either"


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


def test_who_had_a_logbook_here_already_comes_back_to_it(storage: Storage, now: datetime) -> None:
    """An empty logbook that was begun on a shared phone goes, with its address; the one meant stays."""
    desk, number = open_desk(storage, now), "whatsapp:+212600000001"
    desk.tell(number, TO_HOME, Channel.WHATSAPP)
    amina = desk.participant(number, Channel.WHATSAPP)
    desk.tell(PHONE, [TO_HOME[0], "1", "j'ai déjà un carnet", "0600000001"])
    desk.tell(PHONE, [sent_code(desk, amina)])
    desk.tell(PHONE, SECOND)
    assert len(rows(storage, select(ADDRESSES))) == 3
    desk.tell(PHONE, ["j'ai déjà un carnet", "0600000001"])
    desk.tell(PHONE, [sent_code(desk, amina)])
    there = rows(storage, select(ADDRESSES.c.participant_id, ADDRESSES.c.channel))
    assert sorted((row.participant_id, row.channel) for row in there) == [
        (amina, Channel.TELEGRAM),
        (amina, Channel.WHATSAPP),
    ]
    desk.now += timedelta(hours=1)
    desk.tell(PHONE, ["bonjour"])
    assert not asked_who(desk)


def sent_code(desk: Desk, person: str) -> str:
    """The code that went to somebody's other address last."""
    cipher = desk.storage.keystore.of_participants([person])[person].cipher
    for row in rows(
        desk.storage, select(OUTBOX).where(OUTBOX.c.participant_id == person).order_by(OUTBOX.c.id.desc())
    ):
        for line in PROMPT.validate_json(cipher.open(row.prompt, f"outbox.prompt:{row.id}")).lines:
            if isinstance(line, Say) and line.id == "link.code":
                return str(line.args["code"])
    raise AssertionError("no code was sent")


def test_nothing_is_looked_up_for_people_who_share_no_phone(desk: Desk) -> None:
    desk.tell(PHONE, TO_HOME)
    asked: list[str] = []

    def note(*called: object) -> None:
        asked.append(str(called[2]))

    event.listen(desk.storage.engine, "before_cursor_execute", note)
    desk.tell(PHONE, ["bonjour", "carnet"])
    event.remove(desk.storage.engine, "before_cursor_execute", note)
    assert asked
    assert not [statement for statement in asked if "chat_holds" in statement]

"""What is kept where several logbooks share a chat: each with its owner, whoever comes and goes."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import event, func, select

from conversations.messages import Prompt, PromptKind, Say, Verbatim
from conversations.vocabulary import Channel, DeliveryState, Language
from storage import outbox
from storage.addresses import free
from storage.audience import listeners
from storage.broadcasts import Draft, send_broadcast
from storage.codec import PROMPT
from storage.database import Storage
from storage.enrolment import code_for_phone
from storage.outgoing import Outgoing, enqueue, preferred_destinations
from storage.participants import find_person
from storage.retention import WAITING_KEPT, forget
from storage.tables.core import (
    ADDRESSES,
    ALIASES,
    CHAT_HOLDS,
    MEMBERSHIPS,
    NEWCOMERS,
    OUTBOX,
    RECIPIENTS,
    TOKENS,
)
from storage.tables.vocabulary import FailureReason
from tests.bot.driving import rows
from tests.bot.making import TO_HOME, Desk, open_desk
from tests.bot.sharing import PHONE, SECOND, admin_of, asked_who, desk, people
from tests.bot.test_handle import kept_texts

__all__ = ["desk", "people"]  # fixtures


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
        claimed = outbox.claim(tx, desk.storage, dict.fromkeys(desk.accounts.values(), 50), desk.now)
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


def test_no_broadcast_comes_up_on_a_phone_after_a_quick_exit(desk: Desk, people: tuple[str, str]) -> None:
    """Neither to who left, nor to who shares the phone; to another phone it goes."""
    desk.tell("5000000002", TO_HOME)
    alone, team = desk.participant("5000000002"), admin_of(desk)
    desk.tell(PHONE, ["menu", "B.", "xx"])
    [cohort, *_] = rows(desk.storage, select(MEMBERSHIPS.c.cohort_id))
    for number, told in (("1", {alone}), ("2", set())):
        draft = Draft(number, cohort[0], {Language.FRENCH: "Réunion lundi"})
        send_broadcast(desk.storage, team, draft, Language.FRENCH, desk.now)
        sent = select(OUTBOX.c.participant_id).where(OUTBOX.c.broadcast_id == number)
        assert {row.participant_id for row in rows(desk.storage, sent)} == told
        desk.tell("5000000002", ["xx"])
    reasons = {row.left_out for row in rows(desk.storage, select(RECIPIENTS.c.left_out))}
    assert reasons == {None, FailureReason.PAUSED}


def test_staff_see_that_a_phone_is_shared(desk: Desk, people: tuple[str, str]) -> None:
    admin = admin_of(desk)
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


def test_a_report_on_a_shared_phone_leaves_no_trace_of_an_hour(desk: Desk, people: tuple[str, str]) -> None:
    desk.project = replace(desk.project, safety=replace(desk.project.safety, safeguarding=True))
    desk.tell(PHONE, ["bonjour", "B."])
    before = rows(
        desk.storage, select(ADDRESSES.c.id, ADDRESSES.c.last_inbound_at, ADDRESSES.c.chat_heard_at)
    )
    desk.now += timedelta(minutes=5)
    desk.tell(PHONE, ["signaler", "il me menace"])
    after = rows(desk.storage, select(ADDRESSES.c.id, ADDRESSES.c.last_inbound_at, ADDRESSES.c.chat_heard_at))
    assert sorted(after) == sorted(before)


def test_a_code_for_who_is_here_already_makes_no_second_address(desk: Desk, people: tuple[str, str]) -> None:
    amina, binta = people
    code = code_for_phone(desk.storage, admin_of(desk), amina, desk.now)
    desk.tell(PHONE, ["bonjour", "B.", code, "1"])
    assert sorted(row.participant_id for row in rows(desk.storage, select(ADDRESSES))) == sorted(people)
    desk.tell(PHONE, ["1"])
    assert kept_texts(desk, amina)[-1] == "1", "it is hers from there on"
    assert kept_texts(desk, binta)[-2:] == [code, "1"]

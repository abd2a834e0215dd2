"""Turns: broadcasts share the pace of their account, a chat keeps its order, no account hides another."""

from datetime import datetime, timedelta

import pytest

from conversations.messages import Prompt, PromptKind, Verbatim
from conversations.vocabulary import Channel, Language
from storage import outbox
from storage.accounts import account_id
from storage.database import Storage
from storage.outbox import Settlement
from storage.outgoing import Outgoing, enqueue
from tests.storage.test_outbox import ADDRESS, AMINA, GRACE, QUEUED, Box, make_box, sent

BIG, SMALL, ROOM = 300, 10, 10


@pytest.fixture
def box(storage: Storage, now: datetime) -> Box:
    return make_box(storage, now)


def begin(box: Box, name: str, people: int, kind: PromptKind = PromptKind.BROADCAST) -> None:
    """One call that writes to so many chats."""
    cipher = box.storage.vault.system
    messages = [
        Outgoing(
            Prompt(kind, (Verbatim(name),)),
            Language.FRENCH,
            box.account,
            f"chat {number} of {name}",
            cipher,
            newcomer_address=ADDRESS,
        )
        for number in range(people)
    ]
    with box.storage.write() as tx:
        enqueue(tx, box.storage, messages, box.now)


def send(box: Box, rounds: int = 10**6) -> list[str]:
    """What leaves, in its order: all of it, or as much as so many looks take."""
    gone: list[str] = []
    for _ in range(rounds):
        claimed = box.claim(ROOM)
        if not claimed:
            break
        box.settle(*(sent(each, f"SM {each.outbox_id}") for each in claimed))
        gone += box.texts(claimed)
    return gone


def test_a_small_broadcast_is_done_long_before_the_big_one_and_neither_waits_for_the_other(box: Box) -> None:
    begin(box, "big", BIG)
    assert send(box, rounds=5) == ["big"] * 5 * ROOM
    begin(box, "small", SMALL)
    gone = send(box)
    assert gone[: 2 * SMALL].count("small") == SMALL
    assert gone[: 2 * SMALL].count("big") == SMALL
    assert gone.count("big") == BIG - 5 * ROOM


def test_a_new_broadcast_does_not_go_before_the_whole_of_the_one_that_is_on_its_way(box: Box) -> None:
    begin(box, "running", BIG)
    send(box, rounds=20)
    begin(box, "new", BIG)
    gone = send(box)
    assert gone[: 2 * 100].count("running") == 100


def test_what_is_put_off_gives_no_other_broadcast_an_early_turn(box: Box) -> None:
    begin(box, "running", BIG)
    for claimed in box.claim(ROOM):
        box.settle(Settlement(claimed, QUEUED, due_at=box.now + timedelta(hours=1)))
    send(box, rounds=10)
    begin(box, "new", BIG)
    assert send(box, rounds=4).count("running") == 2 * ROOM


def test_the_order_of_a_chat_holds_whatever_the_turns_say(box: Box) -> None:
    begin(box, "others", SMALL, PromptKind.NUDGE)
    for number in range(4):
        kind = (PromptKind.BROADCAST, PromptKind.NUDGE)[number % 2]
        box.put(f"to Amina {number}", AMINA, kind)
    gone = [text for text in send(box) if text.startswith("to Amina")]
    assert gone == [f"to Amina {number}" for number in range(4)]


def test_an_answer_is_not_kept_waiting_by_an_older_message_of_its_chat(box: Box) -> None:
    box.put("to Amina: news for all", AMINA, PromptKind.BROADCAST)
    begin(box, "others", SMALL, PromptKind.NUDGE)
    box.put("to Amina: an answer", AMINA)
    box.put("to Grace: news for all", GRACE, PromptKind.BROADCAST)
    gone = []
    while claimed := box.claim(1):
        box.settle(*(sent(each, f"SM {each.outbox_id}") for each in claimed))
        gone += box.texts(claimed)
    assert gone[:2] == ["to Amina: news for all", "to Amina: an answer"]
    assert gone[-1] == "to Grace: news for all"


def test_nobody_is_sent_a_second_message_while_one_is_in_hand_however_urgent(box: Box) -> None:
    box.put("news for all", AMINA, PromptKind.BROADCAST)
    assert len(box.claim()) == 1
    box.put("an answer", AMINA)
    assert box.claim() == []


def test_an_account_with_much_to_send_does_not_hide_what_another_has(box: Box) -> None:
    begin(box, "full", BIG, PromptKind.REPLY)
    other = account_id(box.storage, Channel.SMS, "+15005550006")
    Box(box.storage, other, box.now).put("of the other", GRACE, PromptKind.BROADCAST)
    with box.storage.write() as tx:
        claimed = outbox.claim(tx, box.storage, {box.account: 2, other: 2}, box.now)
    assert sorted(box.texts(claimed)) == ["full", "full", "of the other"]


def test_who_claims_at_the_same_moment_gets_what_comes_after(box: Box) -> None:
    """On PostgreSQL; on SQLite one waits for the other."""
    begin(box, "all", 2 * ROOM)
    room = {box.account: ROOM}
    with box.storage.write() as tx:
        ours = outbox.claim(tx, box.storage, room, box.now)
        if box.storage.locks_rows:
            with box.storage.write() as beside:
                theirs = outbox.claim(beside, box.storage, room, box.now)
    if not box.storage.locks_rows:
        theirs = box.claim(ROOM)
    assert len({each.outbox_id for each in (*ours, *theirs)}) == 2 * ROOM

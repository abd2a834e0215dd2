"""`kill -9` in the middle of a thousand messages: each is there once, everyone is at the right question."""

import asyncio
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select

from bot.channels.accounts import TelegramAccount
from bot.channels.telegram.transport import TelegramTransport
from bot.files.recordings import Recordings
from bot.sending.account import Account
from bot.sending.loop import Sender
from bot.sending.pace import Limits, Pace
from bot.service import load_projects
from bot.settings import Settings
from conversations import forms
from conversations.events import Text
from conversations.session import Place
from conversations.vocabulary import Channel, DeliveryState
from storage import outbox
from storage.codec import CONTENT, SESSION
from storage.cohorts import FIRST_CODE
from storage.database import Storage
from storage.outbox.claim import LEASE
from storage.tables.core import ACCOUNTS, EVENTS, MESSAGES_IN, OUTBOX, SESSIONS
from storage.vault import master_keys
from tests.bot.driving import rows, until
from tests.bot.provider import Process, Provider
from tests.fakes.telegram_server import FakeTelegram

SEED = 20261123
CHATS = range(5_000_000_000, 5_000_000_100)
KILLS = 3
JOINING = (FIRST_CODE, "1", "1")  # the code, French, 18 or over: nothing of it is kept
KEPT = ("1", "1", "Amina", "1", "1995", "3", "1")  # two consents, then five answers of the profile
NEXT_QUESTION = "education_level"
REPLIES = 1 + 1 + 6 + 7  # consent is asked in six messages


async def test_nothing_is_lost_or_doubled(
    database_url: str, tmp_path: Path, fake_telegram: FakeTelegram, telegram_account: TelegramAccount
) -> None:
    updates = {chat: [fake_telegram.text(chat, text) for text in (*JOINING, *KEPT)] for chat in CHATS}
    program = Process(tmp_path, database_url, fake_telegram)
    await asyncio.to_thread(program.start)
    provider = Provider(program.url, SEED)
    delivering = asyncio.create_task(provider.deliver(updates.values()))
    total = sum(map(len, updates.values()))
    for moment in sorted(random.Random(SEED).sample(range(50, total - 50), KILLS)):
        await provider.reaches(moment)
        await asyncio.to_thread(program.kill)
        await asyncio.to_thread(program.start)
    await delivering
    await asyncio.to_thread(program.kill)
    assert (provider.acknowledged, provider.repeated > 0) == (1000, True)

    storage = Storage.open(database_url, master_keys("", tmp_path / "master.key"))
    every_message_is_there_once(storage, {str(one["update_id"]) for each in updates.values() for one in each})
    everyone_is_at_the_right_question(storage)
    await send_what_is_left(storage, telegram_account)
    everyone_was_answered(storage, fake_telegram)
    storage.close()


def every_message_is_there_once(storage: Storage, update_ids: set[str]) -> None:
    seen = [row.event_id for row in rows(storage, select(EVENTS.c.event_id))]
    assert len(seen) == len(update_ids)
    assert set(seen) == update_ids
    kept: dict[str, list[str]] = {}
    found = rows(storage, select(MESSAGES_IN).order_by(MESSAGES_IN.c.id))
    keys = storage.keystore.of_participants(row.participant_id for row in found)
    for row in found:
        cipher = keys[row.participant_id].cipher
        content = CONTENT.validate_json(cipher.open(row.content, f"messages_in.content:{row.id}"))
        assert isinstance(content, Text)
        kept.setdefault(row.participant_id, []).append(content.text)
    assert len(kept) == len(CHATS)
    assert set(map(tuple, kept.values())) == {KEPT}


def everyone_is_at_the_right_question(storage: Storage) -> None:
    now = datetime.now(UTC)
    project = load_projects(Settings(_env_file=None), storage, lambda: now)()  # type: ignore[call-arg]
    found = rows(storage, select(SESSIONS))
    keys = storage.keystore.of_participants(row.participant_id for row in found)
    asked = set()
    for row in found:
        sealed = keys[row.participant_id].cipher.open(row.body, f"sessions.body:{row.participant_id}")
        session = SESSION.validate_json(sealed)
        assert session.place is Place.FORM
        filling = session.front.filling
        around = forms.Surroundings(now, project.zone, project.default_language)
        question = forms.question(project.forms[filling.version_id], filling, around)
        asked.add(question.name if question else "")
    assert (len(found), asked) == (len(CHATS), {NEXT_QUESTION})


async def send_what_is_left(storage: Storage, account: TelegramAccount) -> None:
    """What the next start would do, a little later and faster: the leases of the dead sender have ended."""
    later = datetime.now(UTC) + LEASE + timedelta(seconds=1)
    with storage.write() as tx:
        outbox.recover_leases(tx, later)
        account_id = tx.execute(
            select(ACCOUNTS.c.id).where(ACCOUNTS.c.channel == Channel.TELEGRAM)
        ).scalar_one()
    transport = TelegramTransport(account)
    account_of_ours = Account(account_id, transport, Pace(Limits(1000.0), Channel.TELEGRAM))
    sender = Sender(storage, [account_of_ours], lambda: later, Recordings(Path("nowhere")))
    sending = asyncio.create_task(sender.run())
    open_states = OUTBOX.c.state.in_([DeliveryState.QUEUED, DeliveryState.SENDING])
    await until(lambda: not rows(storage, select(OUTBOX.c.id).where(open_states).limit(1)), 300)
    sender.stop()
    await sending
    await transport.close()


def everyone_was_answered(storage: Storage, telegram: FakeTelegram) -> None:
    """Each reply went out: once, or again where the crash left its fate unknown. Never out of order."""
    states = rows(storage, select(OUTBOX.c.state, func.count()).group_by(OUTBOX.c.state))
    assert states == [(DeliveryState.SENT, REPLIES * len(CHATS))]
    read: dict[object, list[str]] = {chat: [] for chat in CHATS}
    for message in telegram.sent():
        read[message["chat_id"]].append(str(message["text"]))
    conversations = {tuple(dict.fromkeys(texts)) for texts in read.values()}
    assert len(conversations) == 1
    assert len(conversations.pop()) == REPLIES

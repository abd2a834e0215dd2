"""Whether every message that was acknowledged was handled: else a run counts for nothing."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

from sqlalchemy import select

from benchmarks.contestants.walk import STEPS, Walker, update_id
from bot.service import open_storage
from bot.settings import Settings
from conversations.events import Text
from conversations.vocabulary import Channel
from storage.codec import CONTENT
from storage.database import Storage
from storage.tables.core import ADDRESSES, ALIASES, EVENTS, MESSAGES_IN, SUBMISSIONS


class NotHandled(Exception):
    """A message was acknowledged and is not there, or not as it was said."""


def check_carnet(settings: Settings, people: int) -> None:
    """Each event is there, each message opens and is what was said, each form holds its answers."""
    walkers = [Walker(number) for number in range(people)]
    storage = open_storage(settings)
    try:
        with storage.read() as tx:
            seen = set(tx.scalars(select(EVENTS.c.event_id)))
        wanted = {str(update_id(each.number, step)) for each in walkers for step in range(STEPS)}
        if not wanted <= seen:
            raise NotHandled(f"{len(wanted - seen)} events are not in the database")
        said, answers = _said(storage), _answers(storage)
        for walker, participant in zip(walkers, _participants(storage, walkers), strict=True):
            if said.get(participant, ())[-STEPS:] != walker.says:
                raise NotHandled("a message is not what was said")
            if answers.get(participant) != walker.answers:
                raise NotHandled("a form does not hold what was answered")
    finally:
        storage.close()


def _participants(storage: Storage, walkers: Iterable[Walker]) -> list[str]:
    query = select(ALIASES.c.blind, ADDRESSES.c.participant_id).join(
        ADDRESSES, ADDRESSES.c.id == ALIASES.c.address_id
    )
    with storage.read() as tx:
        by_blind: dict[str, str] = {row.blind: row.participant_id for row in tx.execute(query)}
    return [by_blind[storage.vault.blind(Channel.TELEGRAM, str(walker.chat))] for walker in walkers]


def _said(storage: Storage) -> Mapping[str, tuple[str, ...]]:
    """What each participant wrote, in the order of its arrival."""
    with storage.read() as tx:
        rows = tx.execute(select(MESSAGES_IN).order_by(MESSAGES_IN.c.id)).all()
    keys = storage.keystore.of_participants(row.participant_id for row in rows)
    said: dict[str, tuple[str, ...]] = {}
    for row in rows:
        sealed = keys[row.participant_id].cipher.open(row.content, f"messages_in.content:{row.id}")
        content = CONTENT.validate_json(sealed)
        if isinstance(content, Text):
            said[row.participant_id] = (*said.get(row.participant_id, ()), content.text)
    return said


def _answers(storage: Storage) -> Mapping[str, tuple[str, ...]]:
    """The answers of each participant's form."""
    with storage.read() as tx:
        submissions = tx.execute(select(SUBMISSIONS.c.pseudonym, SUBMISSIONS.c.coded))
        coded = {row.pseudonym: row.coded for row in submissions}
        people = list(tx.scalars(select(ADDRESSES.c.participant_id)))
    keys = storage.keystore.of_participants(people)
    return {
        person: tuple(str(coded[key.pseudonym].get(name)) for name in ("gender", "birth_year", "city"))
        for person, key in keys.items()
        if key.pseudonym in coded
    }


def check_file(path: Path, people: int) -> None:
    """The answers of everyone are in another bot's file, and no conversation is under way."""
    with closing(sqlite3.connect(path)) as file:
        found = dict(file.execute("SELECT key, answers FROM answers"))
        under_way = file.execute("SELECT count(*) FROM states WHERE state IS NOT NULL").fetchone()[0]
    if under_way:
        raise NotHandled(f"{under_way} conversations did not come to their end")
    check_answers({chat: json.loads(answers) for chat, answers in found.items()}, people)


def check_answers(found: Mapping[str, Mapping[str, str]], people: int) -> None:
    """The answers of everyone are what another bot holds, by chat."""
    for walker in map(Walker, range(people)):
        kept = found.get(str(walker.chat), {})
        if (kept.get("gender"), kept.get("year"), kept.get("city")) != walker.answers:
            raise NotHandled("an answer was not kept")

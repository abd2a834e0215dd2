"""A kind word to who sent a file that could not be kept: in the chat it looked as if it had been."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from conversations.messages import Prompt, PromptKind, Say
from storage.audience import hidden_among
from storage.database import Storage
from storage.media.wanted import Fetched
from storage.outgoing import Outgoing, enqueue, preferred_destinations
from storage.tables.core import ERASURES, FILES, PARTICIPANTS
from storage.tables.vocabulary import FileState

WORDS = {FileState.TOO_LARGE: "file.too_large", FileState.REFUSED: "file.refused"}
SOON = timedelta(hours=1)  # later the word would come out of nowhere


def tell_of_unkept(tx: Connection, storage: Storage, results: Sequence[Fetched], now: datetime) -> int:
    """Say it once to each, however many files it was about. How many were told.

    Nothing is said after a quick exit, or to who is leaving; nor of what came with a report.
    """
    unkept = [result.wanted.id for result in results if result.end in WORDS]
    if not unkept:
        return 0
    leaving = select(ERASURES.c.participant_id).where(ERASURES.c.participant_id == PARTICIPANTS.c.id)
    query = (
        select(PARTICIPANTS.c.id, PARTICIPANTS.c.language, FILES.c.state)
        .join(FILES, FILES.c.participant_id == PARTICIPANTS.c.id)
        .where(FILES.c.id.in_(unkept), FILES.c.arrived_at > now - SOON, ~leaving.exists())
        .order_by(FILES.c.id)
    )
    people = {row.id: row for row in tx.execute(query)}
    destinations = preferred_destinations(tx, people)
    keys = storage.keystore.of_participants(people)
    hidden = hidden_among(tx, {person: to.chat for person, to in destinations.items()}, keys)
    words = [
        Outgoing(
            prompt=Prompt(PromptKind.REPLY, (Say(WORDS[row.state]),)),
            language=row.language,
            account_id=destinations[person].account_id,
            chat=destinations[person].chat,
            cipher=keys[person].cipher,
            participant_id=person,
            address_id=destinations[person].address_id,
        )
        for person, row in people.items()
        if person in destinations and person in keys and person not in hidden
    ]
    return len(enqueue(tx, storage, words, now))

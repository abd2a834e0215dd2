"""What is left when the storm is over: read from the database and from what reached the people's phones."""

import itertools
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, select

from conversations.events import Text
from conversations.messages import PromptKind
from conversations.render.capabilities import CAPABILITIES
from conversations.render.parts import render
from conversations.vocabulary import Channel, DeliveryState
from storage.codec import CONTENT, PROMPT
from storage.database import Storage
from storage.tables.core import MESSAGES_IN, OUTBOX
from tests.bot.driving import rows
from tests.chaos.order import NotInOrder, Part, doubled
from tests.chaos.people import Crowd, Person

OUT = (DeliveryState.SENT, DeliveryState.DELIVERED, DeliveryState.READ)
FINAL = (*OUT, DeliveryState.CANCELLED, DeliveryState.EXPIRED)


@dataclass(slots=True)
class Verdict:
    """The faults of the program, in words; and what was counted."""

    faults: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


def judge(storage: Storage, crowd: Crowd, first_ids: str) -> Verdict:
    """Look at everything; rows with ids up to `first_ids` are from before the storm."""
    verdict = Verdict()
    sent = defaultdict(list)
    for row in rows(storage, select(OUTBOX).where(OUTBOX.c.id > first_ids).order_by(OUTBOX.c.id)):
        sent[row.chat].append(row)
        _explained(verdict, row)
    for person in crowd.people:
        kept = rows(
            storage,
            select(MESSAGES_IN)
            .where(MESSAGES_IN.c.participant_id == person.participant_id, MESSAGES_IN.c.id > first_ids)
            .order_by(MESSAGES_IN.c.id),
        )
        _handled_once_and_in_order(verdict, storage, person, kept)
        if kept and not any(
            row.id > kept[-1].id and row.kind is PromptKind.REPLY for row in sent[person.chat]
        ):
            verdict.faults.append("somebody's last message got no answer")
        _arrived_in_order(verdict, storage, crowd, person, sent[person.chat])
    return verdict


def _explained(verdict: Verdict, row: Row[Any]) -> None:
    """Every message is in a state that says what became of it."""
    why = f"{row.state}, {row.reason or row.code}" if row.state not in FINAL else str(row.state)
    verdict.counts[f"out: {row.kind} {why}"] += 1
    explained = row.state in FINAL or (
        row.state in (DeliveryState.FAILED, DeliveryState.WAITING) and row.reason is not None
    )
    if not explained and not (row.state is DeliveryState.UNKNOWN and row.kind is not PromptKind.REPLY):
        verdict.faults.append(f"a {row.kind} is left {row.state}, {row.reason}, attempts {row.attempts}")


def _handled_once_and_in_order(
    verdict: Verdict, storage: Storage, person: Person, kept: Sequence[Row[Any]]
) -> None:
    key = storage.keystore.of_participants([person.participant_id])[person.participant_id]
    read = []
    for row in kept:
        content = CONTENT.validate_json(key.cipher.open(row.content, f"messages_in.content:{row.id}"))
        read.append(content.text if isinstance(content, Text) else str(content))
    verdict.counts[f"in: {person.channel} handled"] += len(read)
    verdict.counts[f"in: {person.channel} acknowledged"] += len(person.said)
    if read != person.said:
        pairs = itertools.zip_longest(person.said, read)
        at = next(index for index, (said, kept) in enumerate(pairs) if said != kept)
        verdict.faults.append(
            f"{person.channel}: of {len(person.said)} messages {len(read)} were handled; the first "
            f"that differs is {at}: {person.said[at : at + 3]}, {read[at : at + 3]}"
        )


def _arrived_in_order(
    verdict: Verdict, storage: Storage, crowd: Crowd, person: Person, sent: Sequence[Row[Any]]
) -> None:
    """What arrived in a chat is what was made for it, in that order; replies may come twice."""
    key = storage.keystore.of_participants([person.participant_id])[person.participant_id]
    made = []
    for row in sent:
        if row.prompt is None:
            continue
        prompt = PROMPT.validate_json(key.cipher.open(row.prompt, f"outbox.prompt:{row.id}"))
        parts = render(prompt, row.language, CAPABILITIES[person.channel])
        again = row.kind is PromptKind.REPLY
        made += [Part(row.id, at, one.text, row.state in OUT, again) for at, one in enumerate(parts)]
    named = person.channel is not Channel.TELEGRAM
    arrived = [(one.outbox_id if named else "", one.text) for one in crowd.received(person)]
    for anew in _sent_anew(sent, arrived):
        verdict.counts["parts sent anew after a report of failure"] += 1
        del arrived[anew]
    for one in _makers(storage, sent, made):
        texts = {part.text for part in one}
        try:
            verdict.counts["parts doubled"] += doubled(one, [each for each in arrived if each[1] in texts])
        except NotInOrder as trouble:
            verdict.faults.append(f"{person.channel}: {trouble}")
    if strange := {text for _, text in arrived} - {part.text for part in made}:
        verdict.faults.append(f"{person.channel}: arrived, but was never made: {sorted(strange)}")
    verdict.counts["parts arrived"] += len(arrived)


def _makers(storage: Storage, sent: Sequence[Row[Any]], made: Sequence[Part]) -> list[list[Part]]:
    """The parts by who made them, where several can make something for a chat at the same time.

    On SQLite one follows the other. On PostgreSQL the chat and the team commit when they are ready: which of
    two messages was made first is for nobody to say.
    """
    if not storage.locks_rows:
        return [list(made)]
    answers = {row.id for row in sent if row.kind is PromptKind.REPLY}
    from_chat = [part for part in made if part.message in answers]
    return [from_chat, [part for part in made if part.message not in answers]]


def _sent_anew(sent: Sequence[Row[Any]], arrived: Sequence[tuple[str, str]]) -> list[int]:
    """Where the second sending stands of what was reported as undelivered: behind what was sent meanwhile."""
    found = []
    for row in sent:
        places = [at for at, (message, _) in enumerate(arrived) if message == row.id]
        if row.retried and len(places) > 1:
            found.append(places[-1])
    return sorted(found, reverse=True)

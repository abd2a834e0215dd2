"""Broadcasts: one message of staff to a cohort, written once per language, sent once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from conversations.messages import Prompt, PromptKind, Verbatim
from conversations.vocabulary import Language
from storage.audience import Listener, audience, left_quickly
from storage.audit import note
from storage.codec import TEXTS
from storage.database import Storage
from storage.errors import OutOfPerimeter, StorageError
from storage.outgoing import Outgoing, enqueue
from storage.perimeter import Perimeter
from storage.staff import names_of
from storage.tables.core import BROADCASTS, COHORTS, RECIPIENTS
from storage.tables.vocabulary import AuditAction, FailureReason

PAGE = 50  # broadcasts


class NothingToSay(StorageError):
    """A broadcast needs a text in at least one language."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A broadcast before it is sent. Its id is made when composing starts, so that sending twice is once."""

    id: str
    cohort_id: str
    texts: Mapping[Language, str]  # only those that were written

    def text_for(self, language: Language, default: Language) -> tuple[Language, str]:
        """What a reader of this language gets: theirs, else the project's default, else the first written.

        Raises NothingToSay when no text was written at all.
        """
        for candidate in (language, default, *Language):
            if text := self.texts.get(candidate, "").strip():
                return candidate, text
        raise NothingToSay


@dataclass(frozen=True, slots=True)
class SentBroadcast:
    """A broadcast that went out."""

    id: str
    cohort: str
    author: str
    texts: Mapping[Language, str]
    created_at: datetime


def send_broadcast(
    storage: Storage, perimeter: Perimeter, draft: Draft, default: Language, now: datetime
) -> None:
    """Put one message per reachable person into the outbox, all or none; a second time does nothing.

    Raises OutOfPerimeter and NothingToSay.
    """
    draft.text_for(default, default)
    try:
        with storage.write() as tx:
            perimeter.require_cohort(tx, draft.cohort_id)
            if not tx.execute(select(BROADCASTS.c.id).where(BROADCASTS.c.id == draft.id)).first():
                _send(tx, storage, perimeter, draft, default, now)
    except IntegrityError:
        # The same form was sent twice at once and the other was faster; anything else is a defect.
        with storage.read() as connection:
            if not connection.execute(select(BROADCASTS.c.id).where(BROADCASTS.c.id == draft.id)).first():
                raise


def _send(
    tx: Connection, storage: Storage, perimeter: Perimeter, draft: Draft, default: Language, now: datetime
) -> None:
    texts = TEXTS.dump_json({language.value: text for language, text in draft.texts.items()})
    tx.execute(
        BROADCASTS.insert(),
        {
            "id": draft.id,
            "cohort_id": draft.cohort_id,
            "author_id": perimeter.staff_id,
            "texts": storage.vault.system.seal(texts, f"broadcasts.texts:{draft.id}"),
            "created_at": now,
        },
    )
    listeners = _who_may_be_shown(tx, storage, audience(tx, perimeter, draft.cohort_id, now))
    outbox_ids = _enqueue(tx, storage, perimeter, draft, default, listeners, now)
    rows = [
        {
            "broadcast_id": draft.id,
            "participant_id": one.participant_id,
            "outbox_id": outbox_ids.get(one.participant_id),
            "left_out": one.left_out,
        }
        for one in listeners
    ]
    if rows:
        tx.execute(RECIPIENTS.insert(), rows)
    note(tx, storage, now, AuditAction.BROADCAST_SENT, perimeter.staff_id)


def _who_may_be_shown(tx: Connection, storage: Storage, listeners: Sequence[Listener]) -> list[Listener]:
    """The same; after a quick exit nothing comes up on that phone before its owner opens the chat again.

    To staff that is a pause like any other: somebody else may be reading along there too.
    """
    keys = storage.keystore.of_participants(one.participant_id for one in listeners)
    hidden = left_quickly(tx, listeners, keys)
    return [
        Listener(one.participant_id, one.language, left_out=one.left_out or FailureReason.PAUSED)
        if one.participant_id in hidden
        else one
        for one in listeners
    ]


def _enqueue(
    tx: Connection,
    storage: Storage,
    perimeter: Perimeter,
    draft: Draft,
    default: Language,
    listeners: list[Listener],
    now: datetime,
) -> dict[str, str]:
    """Outbox ids by participant. Someone erased this moment has no key left, and gets nothing."""
    keys = storage.keystore.of_participants(one.participant_id for one in listeners)
    people, messages = [], []
    for one in listeners:
        if one.destination is None or one.participant_id not in keys:
            continue
        language, text = draft.text_for(one.language, default)
        people.append(one.participant_id)
        messages.append(
            Outgoing(
                prompt=Prompt(PromptKind.BROADCAST, (Verbatim(text),)),
                language=language,
                account_id=one.destination.account_id,
                chat=one.destination.chat,
                cipher=keys[one.participant_id].cipher,
                participant_id=one.participant_id,
                address_id=one.destination.address_id,
                author_id=perimeter.staff_id,
                broadcast_id=draft.id,
            )
        )
    return dict(zip(people, enqueue(tx, storage, messages, now), strict=True))


def list_broadcasts(tx: Connection, storage: Storage, perimeter: Perimeter) -> list[SentBroadcast]:
    """The newest broadcasts to cohorts within the perimeter."""
    query = _within(perimeter).order_by(BROADCASTS.c.created_at.desc(), BROADCASTS.c.id.desc()).limit(PAGE)
    return _read(tx, storage, query)


def find_broadcast(
    tx: Connection, storage: Storage, perimeter: Perimeter, broadcast_id: str
) -> SentBroadcast:
    """One broadcast. OutOfPerimeter if there is none, or its cohort is not theirs."""
    found = _read(tx, storage, _within(perimeter).where(BROADCASTS.c.id == broadcast_id))
    if not found:
        raise OutOfPerimeter
    return found[0]


def _within(perimeter: Perimeter) -> Any:
    return (
        select(BROADCASTS, COHORTS.c.name.label("cohort"))
        .join(COHORTS, COHORTS.c.id == BROADCASTS.c.cohort_id)
        .where(perimeter.cohorts(BROADCASTS.c.cohort_id))
    )


def _read(tx: Connection, storage: Storage, query: Any) -> list[SentBroadcast]:
    rows = tx.execute(query).all()
    authors = names_of(tx, storage, (row.author_id for row in rows))
    return [
        SentBroadcast(
            row.id,
            row.cohort,
            authors.get(row.author_id, ""),
            {
                Language(code): text
                for code, text in TEXTS.validate_json(
                    storage.vault.system.open(row.texts, f"broadcasts.texts:{row.id}")
                ).items()
            },
            row.created_at,
        )
        for row in rows
    ]

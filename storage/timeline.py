"""One person's timeline: messages, steps, answers, check-ins and consents in one stream, newest first."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, Select, String, and_, cast, or_, select

from storage.codec import CONTENT, PROMPT
from storage.database import Storage
from storage.errors import SealBroken
from storage.happenings import (
    ConsentSaid,
    ContactPlan,
    ContactRecorded,
    FormAnswered,
    Happening,
    Received,
    Sent,
    StepRecorded,
    Unreadable,
)
from storage.keystore import PersonKey
from storage.media.showing import files_of_messages
from storage.milestones import shown_milestone
from storage.perimeter import Perimeter
from storage.staff import names_of
from storage.tables.core import (
    ACCOUNTS,
    CONSENTS,
    CONTACTS,
    MESSAGES_IN,
    MILESTONES,
    OUTBOX,
    STAFF_CONTACTS,
    SUBMISSIONS,
)

PAGE = 50  # entries

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page of the timeline ends: everything before this moment and id comes on the next one."""

    at: datetime
    id: str


@dataclass(frozen=True, slots=True)
class TimelinePage:
    entries: tuple[Happening, ...]
    next: Cursor | None  # None on the last page


@dataclass(frozen=True, slots=True)
class _Look:
    """One look at one person's rows."""

    tx: Connection
    storage: Storage
    participant_id: str
    key: PersonKey
    before: Cursor | None

    def newest(self, query: Select[Any], at: Any, row_id: ColumnElement[Any]) -> list[Row[Any]]:
        """The rows of one source that may be on this page."""
        if self.before:
            earlier = and_(at == self.before.at, row_id < self.before.id)
            query = query.where(or_(at < self.before.at, earlier))
        return list(self.tx.execute(query.order_by(at.desc(), row_id.desc()).limit(PAGE + 1)))

    def opened(
        self, sealed: bytes | None, place: str, read: Callable[[bytes], Value]
    ) -> Value | Unreadable | None:
        """A stored value; one that does not open or does not read hides none of the other rows."""
        if not sealed:
            return None
        try:
            return read(self.key.cipher.open(sealed, place))
        except (SealBroken, ValueError):
            return Unreadable()


def timeline(
    tx: Connection, storage: Storage, perimeter: Perimeter, participant_id: str, before: Cursor | None = None
) -> TimelinePage:
    """One page of the person's timeline. OutOfPerimeter if they are not theirs to see."""
    perimeter.require_participant(tx, participant_id)
    key = storage.keystore.of_participants([participant_id]).get(participant_id)
    if key is None:  # erased this moment
        return TimelinePage((), None)
    look = _Look(tx, storage, participant_id, key, before)
    sources: list[Iterator[Happening]] = [
        _received(look),
        _sent(look),
        _steps(look),
        _answers(look),
        _contacts(look),
        _consents(look),
        _met(look),
    ]
    newest_first = merge(*sources, key=lambda entry: (entry.at, entry.id), reverse=True)
    entries = tuple(islice(newest_first, PAGE + 1))
    if len(entries) <= PAGE:
        return TimelinePage(entries, None)
    last = entries[PAGE - 1]
    return TimelinePage(entries[:PAGE], Cursor(last.at, last.id))


def _received(look: _Look) -> Iterator[Received]:
    query = (
        select(MESSAGES_IN, ACCOUNTS.c.channel)
        .join(ACCOUNTS, ACCOUNTS.c.id == MESSAGES_IN.c.account_id)
        .where(MESSAGES_IN.c.participant_id == look.participant_id)
    )
    rows = look.newest(query, MESSAGES_IN.c.received_at, MESSAGES_IN.c.id)
    files = files_of_messages(look.tx, [row.id for row in rows])
    for row in rows:
        content = look.opened(row.content, f"messages_in.content:{row.id}", CONTENT.validate_json)
        yield Received(row.received_at, row.id, row.channel, content, row.state, files.get(row.id))


def _sent(look: _Look) -> Iterator[Sent]:
    query = (
        select(OUTBOX, ACCOUNTS.c.channel)
        .join(ACCOUNTS, ACCOUNTS.c.id == OUTBOX.c.account_id)
        .where(OUTBOX.c.participant_id == look.participant_id)
    )
    rows = look.newest(query, OUTBOX.c.created_at, OUTBOX.c.id)
    authors = names_of(look.tx, look.storage, (row.author_id for row in rows))
    for row in rows:
        yield Sent(
            at=row.created_at,
            id=row.id,
            channel=row.channel,
            kind=row.kind,
            prompt=look.opened(row.prompt, f"outbox.prompt:{row.id}", PROMPT.validate_json),
            language=row.language,
            state=row.state,
            reason=row.reason,
            code=row.code,
            author=authors.get(row.author_id, ""),
            broadcast_id=row.broadcast_id,
        )


def _steps(look: _Look) -> Iterator[StepRecorded]:
    version_id = MILESTONES.c.id + "." + cast(MILESTONES.c.version, String)
    query = select(MILESTONES, version_id.label("version_id")).where(
        MILESTONES.c.pseudonym == look.key.pseudonym
    )
    rows = look.newest(query, MILESTONES.c.recorded_at, version_id)
    authors = names_of(look.tx, look.storage, (row.recorded_by for row in rows))
    for row in rows:
        step, author = shown_milestone(row, look.key), authors.get(row.recorded_by, "")
        yield StepRecorded(row.recorded_at, row.version_id, step, author)


def _answers(look: _Look) -> Iterator[FormAnswered]:
    query = select(SUBMISSIONS).where(SUBMISSIONS.c.pseudonym == look.key.pseudonym)
    for row in look.newest(query, SUBMISSIONS.c.submitted_at, SUBMISSIONS.c.id):
        xml = look.opened(row.instance, f"submissions.instance:{row.id}", bytes.decode)
        yield FormAnswered(row.submitted_at, row.id, row.form_version_id, xml)


def _contacts(look: _Look) -> Iterator[ContactPlan]:
    query = select(CONTACTS).where(CONTACTS.c.participant_id == look.participant_id)
    rows = look.newest(query, CONTACTS.c.due_at, CONTACTS.c.id)
    authors = names_of(look.tx, look.storage, (row.asked_by for row in rows))
    for row in rows:
        yield ContactPlan(row.due_at, row.id, row.kind, row.state, authors.get(row.asked_by, ""))


def _met(look: _Look) -> Iterator[ContactRecorded]:
    query = select(STAFF_CONTACTS).where(STAFF_CONTACTS.c.participant_id == look.participant_id)
    rows = look.newest(query, STAFF_CONTACTS.c.met_at, STAFF_CONTACTS.c.id)
    authors = names_of(look.tx, look.storage, (row.recorded_by for row in rows))
    for row in rows:
        note = look.opened(row.note, f"staff_contacts.note:{row.id}", bytes.decode)
        yield ContactRecorded(row.met_at, row.id, row.mode, note, authors.get(row.recorded_by, ""))


def consents(tx: Connection, perimeter: Perimeter, participant_id: str) -> list[ConsentSaid]:
    """What the person said last about each purpose. OutOfPerimeter if they are not theirs to see."""
    perimeter.require_participant(tx, participant_id)
    query = (
        select(CONSENTS)
        .where(CONSENTS.c.participant_id == participant_id)
        .order_by(CONSENTS.c.at, CONSENTS.c.id)
    )
    latest = {row.purpose: _consent(row) for row in tx.execute(query)}
    return [latest[purpose] for purpose in sorted(latest)]


def _consents(look: _Look) -> Iterator[ConsentSaid]:
    query = select(CONSENTS).where(CONSENTS.c.participant_id == look.participant_id)
    rows = look.newest(query, CONSENTS.c.at, CONSENTS.c.id)
    witnesses = names_of(look.tx, look.storage, (row.witness_id for row in rows))
    for row in rows:
        yield replace(_consent(row), witness=witnesses.get(row.witness_id, ""))


def _consent(row: Row[Any]) -> ConsentSaid:
    return ConsentSaid(
        row.at, row.id, row.purpose, row.state, row.text_version, row.language, row.way, row.channel
    )

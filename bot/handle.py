"""Handle a batch of arrivals in one transaction: claim, load, step, save. A bad one is set aside alone."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from structlog.contextvars import get_contextvars

from bot.channels.receiving import Unavailable
from bot.watching.counters import EVENTS, EventResult, count_database_error
from conversations.events import ContactDue
from conversations.snapshot import Project
from conversations.step import step
from storage import inbox
from storage.contacts import cancel_contacts, claim_due, due_contacts
from storage.database import Storage
from storage.errors import UNAVAILABLE
from storage.inbox import Arrival, Settled

log = structlog.get_logger()

DUE_AT_ONCE = 100  # planned contacts handled in one transaction


def handle(storage: Storage, project: Project, arrivals: Sequence[Arrival], now: datetime) -> None:
    """Handle what came in; committed on return. Unavailable when the database is: nothing is stored then.

    If the batch fails, its arrivals are handled one by one; one that fails alone is kept with its error.
    """
    try:
        with storage.write() as tx:
            fresh = inbox.claim(tx, storage, arrivals)
            _steps(tx, storage, project, fresh, now)
        _count(fresh, EventResult.HANDLED)
        log.debug("events.handled", causes=[arrival.cause for arrival in fresh])
        _count(arrivals, EventResult.REPEATED, besides=fresh)
        return
    except Exception as error:
        raise_if_unavailable(error)
        if len(arrivals) > 1:
            log.warning("batch.replayed", size=len(arrivals), error=type(error).__name__)
            for arrival in arrivals:
                handle(storage, project, [arrival], now)
            return
        log.error("event.failed", cause=arrivals[0].cause, error=type(error).__name__)
        failure = error
    try:
        with storage.write() as tx:
            inbox.save_failure(tx, storage, arrivals[0], failure, project.default_language, now)
        _count(arrivals, EventResult.FAILED)
    except Exception as error:
        raise_if_unavailable(error)
        raise


def handle_due_contacts(storage: Storage, project: Project, now: datetime) -> int:
    """Begin the check-ins whose hour has come. How many contacts were due.

    If they fail together they are begun one by one; one that fails alone is cancelled, so that it does not
    hold back the others for ever.
    """
    with storage.read() as look:
        due = due_contacts(look, now, DUE_AT_ONCE)
    if due and not _begin_contacts(storage, project, due, now):
        for contact_id in due:
            if not _begin_contacts(storage, project, [contact_id], now):
                log.error("contact.cancelled", contact_id=contact_id)
                with storage.write() as tx:
                    cancel_contacts(tx, [contact_id], now)
    return len(due)


def _begin_contacts(storage: Storage, project: Project, contact_ids: Sequence[str], now: datetime) -> bool:
    """Begin these contacts in one transaction; those of people without an open address are cancelled."""
    try:
        with storage.write() as tx:
            run = get_contextvars().get("cause", "")
            arrivals = [replace(arrival, cause=run) for arrival in claim_due(tx, contact_ids, now)]
            reached = _steps(tx, storage, project, arrivals, now)
            nobody = [a.event for a in arrivals if a.participant_id not in reached]
            cancel_contacts(tx, [due.contact_id for due in nobody if isinstance(due, ContactDue)], now)
    except Exception as error:
        raise_if_unavailable(error)
        log.warning("contacts.failed", size=len(contact_ids), error=type(error).__name__)
        return False
    return True


def _steps(
    tx: Connection, storage: Storage, project: Project, arrivals: Sequence[Arrival], now: datetime
) -> set[str]:
    """Step every arrival, each person's in their order: one per person and round. Whom we reached."""
    reached: set[str] = set()
    waiting = sorted(arrivals, key=lambda arrival: arrival.inbound.order if arrival.inbound else 0)
    while waiting:
        cases, waiting = inbox.load(tx, storage, project, waiting, now)
        settled = [Settled(case, step(case.snapshot, case.arrival.event, now, storage.ids)) for case in cases]
        waiting = [*inbox.save(tx, storage, settled, now), *waiting]
        reached |= {each.participant_id for each in settled if each.participant_id}
    return reached


def raise_if_unavailable(error: Exception) -> None:
    """An operational error (database locked, away, on a full disk): the provider delivers again."""
    lost = isinstance(error, DBAPIError) and error.connection_invalidated
    if lost or isinstance(error, UNAVAILABLE):
        code = getattr(getattr(error, "orig", None), "sqlite_errorname", "")
        count_database_error("write", error)
        log.error("database.unavailable", error=type(error).__name__, code=code)
        raise Unavailable from error


def _count(arrivals: Sequence[Arrival], result: EventResult, besides: Sequence[Arrival] = ()) -> None:
    """Count what came of events, by channel; of those besides nothing is counted."""
    counts = Counter(arrival.inbound.channel for arrival in arrivals if arrival.inbound)
    counts.subtract(Counter(arrival.inbound.channel for arrival in besides if arrival.inbound))
    for channel, count in counts.items():
        if count > 0:
            EVENTS.labels(channel.value, result.value).inc(count)

"""Handle a batch of arrivals in one transaction: claim, load, step, save. A bad one is set aside alone."""

from collections.abc import Sequence
from datetime import datetime

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.channels.receiving import Unavailable
from conversations.snapshot import Project
from conversations.step import step
from storage import inbox
from storage.contacts import cancel_unreachable, claim_due
from storage.database import Storage
from storage.inbox import Arrival, Settled

log = structlog.get_logger()

DUE_AT_ONCE = 100  # planned contacts handled in one transaction


def handle(storage: Storage, project: Project, arrivals: Sequence[Arrival], now: datetime) -> None:
    """Handle what came in; committed on return. Unavailable when the database is: nothing is stored then.

    If the batch fails, its arrivals are handled one by one; one that fails alone is kept with its error.
    """
    try:
        with storage.write() as tx:
            _steps(tx, storage, project, inbox.claim(tx, storage, arrivals), now)
        return
    except Exception as error:
        _raise_if_unavailable(error)
        if len(arrivals) > 1:
            log.warning("batch.replayed", size=len(arrivals), error=type(error).__name__)
            for arrival in arrivals:
                handle(storage, project, [arrival], now)
            return
        log.error("event.failed", error=type(error).__name__)
        failure = error
    try:
        with storage.write() as tx:
            inbox.save_failure(tx, storage, arrivals[0], failure, project.default_language, now)
    except Exception as error:
        _raise_if_unavailable(error)
        raise


def handle_due_contacts(storage: Storage, project: Project, now: datetime) -> int:
    """Begin the check-ins whose hour has come. How many contacts were handled."""
    with storage.write() as tx:
        arrivals = claim_due(tx, now, DUE_AT_ONCE)
        reached = _steps(tx, storage, project, arrivals, now)
        cancel_unreachable(tx, [a for a in arrivals if a.participant_id not in reached], now)
    return len(arrivals)


def _steps(
    tx: Connection, storage: Storage, project: Project, arrivals: Sequence[Arrival], now: datetime
) -> set[str]:
    """Step every arrival, each person's in their order: one per person and round. Whom we reached."""
    reached: set[str] = set()
    waiting = sorted(arrivals, key=lambda arrival: arrival.inbound.order if arrival.inbound else 0)
    while waiting:
        cases, waiting = inbox.load(tx, storage, project, waiting)
        settled = [Settled(case, step(case.snapshot, case.arrival.event, now, storage.ids)) for case in cases]
        inbox.save(tx, storage, settled, now)
        reached |= {each.participant_id for each in settled if each.participant_id}
    return reached


def _raise_if_unavailable(error: Exception) -> None:
    """An operational error (database locked or away) is nobody's fault: the provider delivers again."""
    lost = isinstance(error, DBAPIError) and error.connection_invalidated
    if lost or isinstance(error, (OperationalError, InterfaceError, PoolTimeout)):
        log.error("database.unavailable", error=type(error).__name__)
        raise Unavailable from error

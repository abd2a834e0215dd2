"""What the program counts for /metrics; never a name, number, text or id of anybody in a label.

Their meanings, and the alerts worth having, are in docs/operations.md.
"""

from enum import StrEnum

from prometheus_client import Counter, Histogram

from bot.channels.sending import SendResult
from bot.channels.twilio.codes import OUTCOMES
from conversations.vocabulary import Channel

QUICK = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds
PATIENT = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0)  # seconds
SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256)

EVENTS = Counter("carnet_events", "Events handled", ["channel", "result"])
COMMIT = Histogram("carnet_commit_seconds", "From a delivery to its commit", buckets=QUICK)
BATCH = Histogram("carnet_writer_batch_events", "Events that were committed together", buckets=SIZES)
SENDS = Counter("carnet_sends", "Attempts to hand a message to a provider", ["channel", "outcome", "code"])
SEND = Histogram("carnet_send_seconds", "How long a provider took to answer", ["channel"], buckets=QUICK)
REPLY = Histogram(
    "carnet_reply_seconds", "From handling a message to the reply being sent", ["channel"], buckets=PATIENT
)
LIMITER_WAIT = Histogram(
    "carnet_limiter_wait_seconds", "How long a message waited for its turn", ["channel"], buckets=QUICK
)
JOB = Histogram("carnet_job_seconds", "How long a run of a job took", ["job"], buckets=PATIENT)
JOB_FAILURES = Counter("carnet_job_failures", "Runs of a job that failed", ["job"])
JOB_ROWS = Counter("carnet_job_rows", "What a job handled", ["job"])
DATABASE_ERRORS = Counter("carnet_database_errors", "Errors of the database", ["where", "error"])

# Every code we know by name; a provider may invent more, and labels must stay few.
CODES = frozenset(
    {"", "400", "401", "403", "404", "409", "429", "500", "502", "503", "504", "migrated", "no message"}
    | {"no sid", "no number", "not JSON", "ConnectError", "ConnectTimeout", "PoolTimeout", "ReadTimeout"}
    | {"ReadError", "WriteError", "WriteTimeout", "RemoteProtocolError", "NetworkError", "TimedOut"}
    | {str(code) for code in OUTCOMES}
)
ERRORS = frozenset({"OperationalError", "InterfaceError", "IntegrityError", "DataError", "TimeoutError"})
OTHER = "other"


class EventResult(StrEnum):
    """What became of one event."""

    HANDLED = "handled"  # stepped, and committed with all that follows
    REPEATED = "repeated"  # the provider told it again: nothing was done
    FAILED = "failed"  # kept with its error; staff see it, the person got an apology


def count_send(channel: Channel, result: SendResult, seconds: float) -> None:
    """Count one attempt, with the provider's code where it is one we know."""
    code = result.code if result.code in CODES else OTHER
    SENDS.labels(channel.value, result.outcome.value, code).inc()
    SEND.labels(channel.value).observe(seconds)


def count_database_error(where: str, error: BaseException) -> None:
    """Count an error of the database by its class; `where` is a word of ours."""
    name = type(error).__name__
    DATABASE_ERRORS.labels(where, name if name in ERRORS else OTHER).inc()

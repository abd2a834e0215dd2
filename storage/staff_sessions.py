"""Signed-in browsers: server-side sessions that can be revoked at once.

The cookie carries 32 random bytes; only their SHA-256 is kept here.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from sqlalchemy import Connection, or_, select

from storage.database import Storage
from storage.staff import StaffMember, find
from storage.tables.core import STAFF, STAFF_SESSIONS

TOKEN_BYTES = 32
IDLE = timedelta(hours=12)  # without a request
ABSOLUTE = timedelta(days=7)  # since sign-in, whatever happens
SEEN_EVERY = timedelta(minutes=5)  # how exactly `seen_at` is kept: not every request is a write


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A member of staff in a browser."""

    member: StaffMember
    csrf: str
    token_hash: str
    seen_at: datetime


def hash_token(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def open_session(tx: Connection, staff_id: str, now: datetime) -> str:
    """Start a new session; the token for the cookie. Sessions that are over are swept out on the way."""
    over = or_(STAFF_SESSIONS.c.expires_at <= now, STAFF_SESSIONS.c.seen_at <= now - IDLE)
    tx.execute(STAFF_SESSIONS.delete().where(over))
    token = token_urlsafe(TOKEN_BYTES)
    tx.execute(
        STAFF_SESSIONS.insert(),
        {
            "token_hash": hash_token(token),
            "staff_id": staff_id,
            "csrf": token_urlsafe(TOKEN_BYTES),
            "created_at": now,
            "seen_at": now,
            "expires_at": now + ABSOLUTE,
        },
    )
    return token


def find_session(storage: Storage, token: str, now: datetime) -> SignedIn | None:
    """Who is signed in with this token; None if the session is over or the account inactive."""
    token_hash = hash_token(token)
    query = (
        select(STAFF_SESSIONS)
        .join(STAFF, STAFF.c.id == STAFF_SESSIONS.c.staff_id)
        .where(
            STAFF_SESSIONS.c.token_hash == token_hash,
            STAFF_SESSIONS.c.expires_at > now,
            STAFF_SESSIONS.c.seen_at > now - IDLE,
            STAFF.c.active,
        )
    )
    with storage.read() as connection:
        row = connection.execute(query).first()
        if row is None:
            return None
        member = find(connection, storage, row.staff_id)
    return SignedIn(member, row.csrf, token_hash, row.seen_at)


def touch_session(storage: Storage, signed_in: SignedIn, now: datetime) -> None:
    """Remember that the person is there."""
    if now - signed_in.seen_at > SEEN_EVERY:
        with storage.write() as tx:
            own = STAFF_SESSIONS.c.token_hash == signed_in.token_hash
            tx.execute(STAFF_SESSIONS.update().where(own).values(seen_at=now))


def end_session(tx: Connection, token_hash: str) -> None:
    """Sign this browser out."""
    tx.execute(STAFF_SESSIONS.delete().where(STAFF_SESSIONS.c.token_hash == token_hash))


def end_other_sessions(tx: Connection, staff_id: str, kept_token_hash: str) -> None:
    """Sign the person out everywhere but here."""
    others = STAFF_SESSIONS.c.token_hash != kept_token_hash
    tx.execute(STAFF_SESSIONS.delete().where(STAFF_SESSIONS.c.staff_id == staff_id, others))


def end_all_sessions(tx: Connection, staff_id: str) -> None:
    """Sign the person out everywhere."""
    tx.execute(STAFF_SESSIONS.delete().where(STAFF_SESSIONS.c.staff_id == staff_id))

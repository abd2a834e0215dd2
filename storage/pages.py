"""Pages for employers: found by the hash of their token, their views counted, closed, forgotten."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, select

from conversations.changes import PageMade
from conversations.vocabulary import Language
from storage.career import Career, read_career
from storage.database import Storage
from storage.keystore import PersonKey
from storage.tables.core import EMPLOYER_PAGES
from storage.vault import Vault

KEPT = timedelta(days=30)  # after their end, so that the owner still finds the count; then deleted


@dataclass(frozen=True, slots=True)
class Shown:
    """What is sealed of a page: for whom it is, and the ids of the steps it shows."""

    label: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnPage:
    """An open page as its owner knows it."""

    id: str
    label: str
    expires_at: datetime
    views: int


@dataclass(frozen=True, slots=True)
class PublicPage:
    """An open page as whoever has its link may see it."""

    id: str
    career: Career  # of the chosen steps alone, without situation, skills and workshops
    language: Language
    expires_at: datetime


SHOWN: TypeAdapter[Shown] = TypeAdapter(Shown)


def page_row(vault: Vault, key: PersonKey, made: PageMade, now: datetime) -> dict[str, object]:
    """A new page as a row; of the token only a keyed hash stays."""
    shown = SHOWN.dump_json(Shown(made.label, tuple(made.steps)))
    return {
        "id": made.page_id,
        "participant_id": key.participant_id,
        "blind": _blind(vault, made.token),
        "shown": key.cipher.seal(shown, f"employer_pages.shown:{made.page_id}"),
        "language": made.language,
        "created_at": now,
        "expires_at": made.expires_at,
        "views": 0,
    }


def own_pages(tx: Connection, keys: Mapping[str, PersonKey], now: datetime) -> dict[str, tuple[OwnPage, ...]]:
    """The open pages of these people (by their id), the oldest first."""
    rows = tx.execute(
        select(EMPLOYER_PAGES)
        .where(EMPLOYER_PAGES.c.participant_id.in_(keys), *_open(now))
        .order_by(EMPLOYER_PAGES.c.participant_id, EMPLOYER_PAGES.c.id)
    )
    return {
        person: tuple(_own(row, keys[person]) for row in group)
        for person, group in groupby(rows, key=lambda row: row.participant_id)
    }


def find_page(tx: Connection, storage: Storage, token: str, now: datetime) -> PublicPage | None:
    """The open page of this token; None alike for one that is unknown, closed or past its end."""
    row = tx.execute(
        select(EMPLOYER_PAGES).where(EMPLOYER_PAGES.c.blind == _blind(storage.vault, token), *_open(now))
    ).one_or_none()
    key = storage.keystore.of_participants([row.participant_id]).get(row.participant_id) if row else None
    career = read_career(tx, storage, row.participant_id) if row else None
    if row is None or key is None or career is None:
        return None
    chosen = set(open_shown(row, key).steps)
    steps = tuple(step for step in career.steps if step.id in chosen)
    return PublicPage(
        row.id,
        replace(career, situations=(), steps=steps, skills="", workshops=()),
        row.language,
        row.expires_at,
    )


def open_shown(row: Row[Any], key: PersonKey) -> Shown:
    """What is sealed of a page. SealBroken if it does not open."""
    return SHOWN.validate_json(key.cipher.open(row.shown, f"employer_pages.shown:{row.id}"))


def count_view(tx: Connection, page_id: str) -> None:
    """One more view."""
    this = EMPLOYER_PAGES.update().where(EMPLOYER_PAGES.c.id == page_id)
    tx.execute(this.values(views=EMPLOYER_PAGES.c.views + 1))


def close_pages(
    tx: Connection, now: datetime, pages: Sequence[tuple[str, str]] = (), people: Sequence[str] = ()
) -> None:
    """Close these pages, each (id, whose it is), and all pages of these people."""
    still = EMPLOYER_PAGES.update().where(EMPLOYER_PAGES.c.closed_at.is_(None)).values(closed_at=now)
    for page_id, owner in pages:
        theirs = (EMPLOYER_PAGES.c.id == page_id) & (EMPLOYER_PAGES.c.participant_id == owner)
        tx.execute(still.where(theirs))
    if people:
        tx.execute(still.where(EMPLOYER_PAGES.c.participant_id.in_(people)))


def forget_pages(tx: Connection, now: datetime) -> int:
    """Delete the pages that ended long ago. How many."""
    return tx.execute(EMPLOYER_PAGES.delete().where(EMPLOYER_PAGES.c.expires_at < now - KEPT)).rowcount


def _open(now: datetime) -> tuple[Any, ...]:
    return EMPLOYER_PAGES.c.closed_at.is_(None), EMPLOYER_PAGES.c.expires_at > now


def _own(row: Row[Any], key: PersonKey) -> OwnPage:
    return OwnPage(row.id, open_shown(row, key).label, row.expires_at, row.views)


def _blind(vault: Vault, token: str) -> str:
    return vault.blind("employer_page", token)

"""What people show to employers: read where the conversation may lead to it, written as it decided."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from conversations import changes as did
from conversations.logbook.pages import PAGES
from conversations.session import Place
from conversations.snapshot import EmployerPage, Sharing
from conversations.vocabulary import ConsentPurpose, ConsentState
from storage.database import Storage
from storage.inbox.arrivals import Case, Settled, personal_changes
from storage.pages import close_pages, own_pages, page_row
from storage.tables.core import CONSENTS, EMPLOYER_PAGES

NEAR = PAGES | {Place.LOGBOOK}  # from here the next answer may be about a page


def with_sharing(tx: Connection, cases: Sequence[Case]) -> list[Case]:
    """The same cases; those near their pages with them, and with what they said to showing steps."""
    near = {case.key.participant_id: case.key for case in cases if case.key and _is_near(case)}
    if not near:
        return list(cases)
    said = dict[str, ConsentState]()
    query = select(CONSENTS).where(
        CONSENTS.c.participant_id.in_(near), CONSENTS.c.purpose == ConsentPurpose.SHARING
    )
    for row in tx.execute(query.order_by(CONSENTS.c.at, CONSENTS.c.id)):
        said[row.participant_id] = row.state  # the newest holds
    pages = own_pages(tx, near, max(case.arrival.at for case in cases))
    found = []
    for case in cases:
        if case.key and case.key.participant_id in near:
            zone = ZoneInfo(case.snapshot.project.zone)
            own = tuple(
                EmployerPage(page.id, page.label, page.expires_at.astimezone(zone).date(), page.views)
                for page in pages.get(case.key.participant_id, ())
            )
            sharing = Sharing(said.get(case.key.participant_id) is ConsentState.GIVEN, own)
            case = replace(case, snapshot=replace(case.snapshot, sharing=sharing))
        found.append(case)
    return found


def _is_near(case: Case) -> bool:
    session = case.snapshot.session
    return not NEAR.isdisjoint((session.place, session.returns_to, session.wanted))


def save_sharing(tx: Connection, storage: Storage, settled: Sequence[Settled], now: datetime) -> None:
    """Open and close pages; whoever takes their yes back closes all of theirs."""
    made = [page_row(storage.vault, key, each, now) for key, each in personal_changes(settled, did.PageMade)]
    if made:
        tx.execute(EMPLOYER_PAGES.insert(), made)
    closed = [(each.page_id, key.participant_id) for key, each in personal_changes(settled, did.PageClosed)]
    unwilling = [
        key.participant_id
        for key, said in personal_changes(settled, did.ConsentRecorded)
        if said.purpose is ConsentPurpose.SHARING and said.state is not ConsentState.GIVEN
    ]
    close_pages(tx, now, closed, unwilling)

"""Find participants: a page of everyone, newest activity first; one person; search by name."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from storage.database import Storage
from storage.errors import OutOfPerimeter
from storage.names import NameIndex
from storage.people import Person, people
from storage.perimeter import Perimeter
from storage.tables.core import ADDRESSES, MEMBERSHIPS, PARTICIPANTS

PAGE = 50  # people


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """One page of a list; `number` counts from 1."""

    people: list[Person]
    number: int
    total: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


def list_people(
    tx: Connection, storage: Storage, perimeter: Perimeter, number: int, cohort_id: str = ""
) -> PeoplePage:
    """The page with this number, of one cohort or of all."""
    ids = PARTICIPANTS.c.id
    within = [perimeter.people(ids)]
    if cohort_id:
        perimeter.require_cohort(tx, cohort_id)
        of_cohort = select(MEMBERSHIPS.c.participant_id).where(MEMBERSHIPS.c.cohort_id == cohort_id)
        within.append(ids.in_(of_cohort))
    activity = (
        select(ADDRESSES.c.participant_id, func.max(ADDRESSES.c.last_inbound_at).label("at"))
        .group_by(ADDRESSES.c.participant_id)
        .subquery()
    )
    total = tx.execute(select(func.count()).select_from(PARTICIPANTS).where(*within)).scalar_one()
    page = (
        select(ids)
        .outerjoin(activity, activity.c.participant_id == ids)
        .where(*within)
        .order_by(func.coalesce(activity.c.at, PARTICIPANTS.c.joined_at).desc(), ids.desc())
        .limit(PAGE)
        .offset((number - 1) * PAGE)
    )
    found = tx.execute(page).scalars().all()
    return PeoplePage(people(tx, storage, perimeter, found), number, total)


def search_people(storage: Storage, names: NameIndex, perimeter: Perimeter, text: str) -> list[Person]:
    """The people whose name is most like the text, best first, at most one page."""
    found = names.search(perimeter, text, PAGE)
    with storage.read() as connection:
        return people(connection, storage, perimeter, found)


def find_person(tx: Connection, storage: Storage, perimeter: Perimeter, participant_id: str) -> Person:
    """One participant. OutOfPerimeter if there is none, or not for this member of staff."""
    found = people(tx, storage, perimeter, [participant_id])
    if not found:
        raise OutOfPerimeter
    return found[0]

"""The row-level limit: which people and cohorts a member of staff may see, as conditions in SQL."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, false, select, true

from conversations.vocabulary import Role
from storage.errors import OutOfPerimeter
from storage.tables.core import COHORTS, MEMBERSHIPS, PARTICIPANTS, STAFF_COHORTS


@dataclass(frozen=True, slots=True)
class Perimeter:
    """One member of staff's limit: a trainer's own cohorts and their people; an admin has no limit.

    The safeguarding contact sees nobody: reports lead to no person.
    """

    staff_id: str
    role: Role

    def people(self, participant_id: ColumnElement[Any]) -> ColumnElement[bool]:
        """The condition that a column of participant ids is within the limit."""
        if self.role is Role.ADMIN:
            return true()
        if self.role is Role.SAFEGUARDING:
            return false()
        within = (
            select(MEMBERSHIPS.c.participant_id)
            .join(STAFF_COHORTS, STAFF_COHORTS.c.cohort_id == MEMBERSHIPS.c.cohort_id)
            .where(STAFF_COHORTS.c.staff_id == self.staff_id)
        )
        return participant_id.in_(within)

    def cohorts(self, cohort_id: ColumnElement[Any]) -> ColumnElement[bool]:
        """The condition that a column of cohort ids is within the limit."""
        if self.role is Role.ADMIN:
            return true()
        if self.role is Role.SAFEGUARDING:
            return false()
        own = select(STAFF_COHORTS.c.cohort_id).where(STAFF_COHORTS.c.staff_id == self.staff_id)
        return cohort_id.in_(own)

    def require_participant(self, tx: Connection, participant_id: str) -> None:
        """OutOfPerimeter unless this person exists within the limit."""
        ids = PARTICIPANTS.c.id
        if not tx.execute(select(ids).where(ids == participant_id, self.people(ids))).first():
            raise OutOfPerimeter

    def require_cohort(self, tx: Connection, cohort_id: str) -> None:
        """OutOfPerimeter unless this cohort exists within the limit."""
        ids = COHORTS.c.id
        if not tx.execute(select(ids).where(ids == cohort_id, self.cohorts(ids))).first():
            raise OutOfPerimeter

"""The team: who may sign in, to what, and what they did."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from conversations.vocabulary import Language, Role
from storage.tables.columns import code, instant, sealed
from storage.tables.vocabulary import AuditAction


class Staff(SQLModel, table=True):
    """A trainer or admin."""

    __tablename__ = "staff"

    id: str = Field(primary_key=True)
    blind_login: str = Field(unique=True)  # blind index of the login, folded to lower case
    login: bytes = Field(sa_column=sealed(nullable=False))
    name: bytes = Field(sa_column=sealed(nullable=False))
    role: Role = Field(sa_column=code(Role))
    language: Language = Field(sa_column=code(Language))
    password_hash: str  # argon2id
    must_change_password: bool = False
    active: bool = True
    created_at: datetime = Field(sa_column=instant())


class StaffCohort(SQLModel, table=True):
    """A cohort that a trainer accompanies: the limit of what they see."""

    __tablename__ = "staff_cohorts"

    staff_id: str = Field(foreign_key="staff.id", ondelete="CASCADE", primary_key=True)
    cohort_id: str = Field(foreign_key="cohorts.id", primary_key=True)


class StaffSession(SQLModel, table=True):
    """A signed-in browser; revocable here at once."""

    __tablename__ = "staff_sessions"

    token_hash: str = Field(primary_key=True)  # SHA-256 of the cookie
    staff_id: str = Field(foreign_key="staff.id", ondelete="CASCADE", index=True)
    csrf: str
    created_at: datetime = Field(sa_column=instant())
    seen_at: datetime = Field(sa_column=instant())
    expires_at: datetime = Field(sa_column=instant(index=True))


class Audit(SQLModel, table=True):
    """What was done, by whom, about whom: ids and codes only; where a reason is asked for, it is sealed."""

    __tablename__ = "audit"

    id: str = Field(primary_key=True)
    at: datetime = Field(sa_column=instant(index=True))
    staff_id: str | None = Field(default=None, foreign_key="staff.id", index=True)
    action: AuditAction = Field(sa_column=code(AuditAction))
    participant_id: str | None = Field(default=None, index=True)  # no foreign key: outlives the person
    reason: bytes | None = Field(default=None, sa_column=sealed())  # by the system key; in the words of staff

"""What people recorded: forms, submissions, milestones; and what is planned with them."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, Column, Index, LargeBinary, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from conversations.vocabulary import ContactKind, ContactState, MilestoneKind, Stage, Verification
from storage.tables.columns import code, instant, sealed
from storage.tables.vocabulary import ContactMode


class FormVersion(SQLModel, table=True):
    """One version of a form; once published it never changes, and conversations under way finish on it."""

    __tablename__ = "form_versions"
    __table_args__ = (UniqueConstraint("form_id", "source_hash"),)

    id: str = Field(primary_key=True)
    form_id: str = Field(index=True)
    number: int  # 1, 2, 3 … per form
    file_name: str  # what it was called when it was uploaded
    source: bytes = Field(sa_column=Column(LargeBinary, nullable=False))  # the XLSForm as uploaded
    source_hash: str
    xform: str = Field(sa_column=Column(Text, nullable=False))  # what pyxform made of it
    created_at: datetime = Field(sa_column=instant())
    uploaded_by: str | None = Field(default=None, foreign_key="staff.id")  # None: it came with the program
    published_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))


class FormFile(SQLModel, table=True):
    """A file that belongs to a form version: a list of choices, a recording of a question."""

    __tablename__ = "form_files"

    version_id: str = Field(foreign_key="form_versions.id", ondelete="CASCADE", primary_key=True)
    name: str = Field(primary_key=True)  # as the sheet refers to it
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class Submission(SQLModel, table=True):
    """One completed form. Who it is of, only the key store knows."""

    __tablename__ = "submissions"

    id: str = Field(primary_key=True)
    pseudonym: str = Field(index=True)
    form_version_id: str = Field(foreign_key="form_versions.id", index=True)
    coded: dict[str, str | int | float] = Field(
        sa_column=Column(JSON, nullable=False)
    )  # codes, numbers, dates
    instance: bytes | None = Field(default=None, sa_column=sealed())  # the whole XML, free text included
    submitted_at: datetime = Field(sa_column=instant(index=True))
    recorded_by: str | None = Field(default=None, foreign_key="staff.id")  # None: by the person


class SpokenAnswer(SQLModel, table=True):
    """An answer by voice, until it is written down and after. To which submission it belongs is sealed."""

    __tablename__ = "spoken_answers"
    __table_args__ = (
        Index(
            "ix_spoken_answers_waiting",
            "participant_id",
            postgresql_where=text("written_at IS NULL"),
            sqlite_where=text("written_at IS NULL"),
        ),
    )

    file_id: str = Field(foreign_key="files.id", ondelete="CASCADE", primary_key=True)
    participant_id: str = Field(foreign_key="participants.id", ondelete="CASCADE", index=True)
    form_version_id: str = Field(foreign_key="form_versions.id")
    place: str  # of the question in its form
    submission: bytes | None = Field(default=None, sa_column=sealed())  # its id; None: the form is under way
    spoken_at: datetime = Field(sa_column=instant())
    written_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    written_by: str | None = Field(default=None, foreign_key="staff.id")


class Milestone(SQLModel, table=True):
    """One version of a step of the working life; the newest version is the one without `superseded_at`."""

    __tablename__ = "milestones"
    __table_args__ = (
        Index("ix_milestones_current", "pseudonym", "superseded_at"),
        CheckConstraint(
            "stage NOT IN ('planned', 'started') OR ended_on = ''", name="ck_milestones_running_has_no_end"
        ),
        CheckConstraint("version >= 1", name="ck_milestones_version"),
    )

    id: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    pseudonym: str
    kind: MilestoneKind = Field(sa_column=code(MilestoneKind))
    stage: Stage = Field(sa_column=code(Stage))
    started_on: str  # 2025, 2025-03 or 2025-03-12
    ended_on: str = ""
    details: bytes | None = Field(default=None, sa_column=sealed())  # JSON: answers by name
    verification: Verification = Field(sa_column=code(Verification))
    submission_id: str | None = Field(default=None, foreign_key="submissions.id")
    recorded_at: datetime = Field(sa_column=instant())
    superseded_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    recorded_by: str | None = Field(default=None, foreign_key="staff.id")  # None: by the person


class StaffContact(SQLModel, table=True):
    """A call or a visit that a member of staff wrote down."""

    __tablename__ = "staff_contacts"

    id: str = Field(primary_key=True)
    participant_id: str = Field(foreign_key="participants.id", ondelete="CASCADE", index=True)
    mode: ContactMode = Field(sa_column=code(ContactMode))
    met_at: datetime = Field(sa_column=instant())  # noon of the local day
    note: bytes | None = Field(default=None, sa_column=sealed())
    recorded_by: str = Field(foreign_key="staff.id")
    recorded_at: datetime = Field(sa_column=instant())


class PlannedContact(SQLModel, table=True):
    """A check-in or follow-up: its local wall time is the plan, `due_at` is computed from it."""

    __tablename__ = "planned_contacts"
    __table_args__ = (
        Index(
            "ix_planned_contacts_due",
            "due_at",
            postgresql_where=text("state IN ('planned', 'snoozed')"),
            sqlite_where=text("state IN ('planned', 'snoozed')"),
        ),
        Index(
            "ix_planned_contacts_remind",
            "remind_at",
            postgresql_where=text("state IN ('sent', 'reminded')"),
            sqlite_where=text("state IN ('sent', 'reminded')"),
        ),
    )

    id: str = Field(primary_key=True)
    participant_id: str = Field(foreign_key="participants.id", ondelete="CASCADE", index=True)
    kind: ContactKind = Field(sa_column=code(ContactKind))
    form_id: str  # the form that is asked
    state: ContactState = Field(sa_column=code(ContactState))
    local_time: str  # naive ISO, the wall clock in `zone`
    zone: str
    due_at: datetime = Field(sa_column=instant())
    attempt: int = 0  # how often its hour has come; part of its event id
    remind_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))  # while unanswered
    asked_by: str | None = Field(default=None, foreign_key="staff.id")  # a trainer's «ask now»
    sent_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    closed_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))

"""Workshops: series, their sessions, what is told about each, and who was there."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from conversations.vocabulary import Attendance, WorkshopKind
from storage.tables.columns import code, instant
from storage.tables.vocabulary import WorkshopNoticeKind


class WorkshopSeries(SQLModel, table=True):
    """What is given once or several times under one title: an activity, a course, meetings."""

    __tablename__ = "workshop_series"

    id: str = Field(primary_key=True)
    title: str  # as people read it; of the team's own, tells nothing of a person
    kind: WorkshopKind = Field(sa_column=code(WorkshopKind))


class Workshop(SQLModel, table=True):
    """One session of a series for one cohort: its local wall time is the plan, the instants are computed."""

    __tablename__ = "workshops"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ck_workshops_ends_after_it_starts"),
        CheckConstraint("cancelled_at IS NULL OR closed_at IS NULL", name="ck_workshops_cancelled_or_held"),
        CheckConstraint(
            "(latitude IS NULL) = (longitude IS NULL) AND"
            " (latitude IS NULL OR latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180)",
            name="ck_workshops_on_the_map",
        ),
    )

    id: str = Field(primary_key=True)
    series_id: str = Field(foreign_key="workshop_series.id", index=True)
    cohort_id: str = Field(foreign_key="cohorts.id", index=True)
    local_time: str  # naive ISO, the wall clock in `zone`
    zone: str
    minutes: int
    starts_at: datetime = Field(sa_column=instant(index=True))
    ends_at: datetime = Field(sa_column=instant())
    place: str
    latitude: float | None = None  # degrees, WGS 84; both or neither
    longitude: float | None = None
    room_code: str = Field(unique=True)  # shown in the room
    added_by: str = Field(foreign_key="staff.id")
    cancelled_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    closed_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))  # the sheet is final


class WorkshopNotice(SQLModel, table=True):
    """Something to be told about a workshop, or asked after it, when its hour has come."""

    __tablename__ = "workshop_notices"
    __table_args__ = (
        Index(
            "ix_workshop_notices_due",
            "due_at",
            postgresql_where=text("done_at IS NULL"),
            sqlite_where=text("done_at IS NULL"),
        ),
    )

    workshop_id: str = Field(foreign_key="workshops.id", ondelete="CASCADE", primary_key=True)
    kind: WorkshopNoticeKind = Field(sa_column=code(WorkshopNoticeKind, primary_key=True))
    due_at: datetime = Field(sa_column=instant())
    done_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))


class WorkshopAttendance(SQLModel, table=True):
    """What is known of one person at one workshop. Who it is, only the key store knows."""

    __tablename__ = "workshop_attendance"
    __table_args__ = (
        CheckConstraint(
            "provisional = false OR attendance IN ('invited', 'coming', 'not_coming', 'present')",
            name="ck_workshop_attendance_provisional",
        ),
    )

    workshop_id: str = Field(foreign_key="workshops.id", ondelete="CASCADE", primary_key=True)
    pseudonym: str = Field(primary_key=True, index=True)
    attendance: Attendance = Field(sa_column=code(Attendance))
    provisional: bool  # not yet confirmed by staff
    at: datetime = Field(sa_column=instant())
    marked_by: str | None = Field(default=None, foreign_key="staff.id")  # None: the person themselves

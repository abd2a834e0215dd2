"""Reports about staff. Nothing here leads to a person but what the safeguarding contact's key opens."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from conversations.vocabulary import Language, ReplyWay
from storage.tables.columns import code, instant, sealed
from storage.tables.vocabulary import ReportState


class Report(SQLModel, table=True):
    """One complaint, from whoever it is."""

    __tablename__ = "reports"

    id: str = Field(primary_key=True)
    state: ReportState = Field(sa_column=code(ReportState))
    language: Language = Field(sa_column=code(Language))
    urgent: bool = False  # words of distress stand in it
    way: ReplyWay = Field(sa_column=code(ReplyWay))
    reply_to: bytes | None = Field(default=None, sa_column=sealed())  # where an answer goes, if one is wanted
    name: bytes | None = Field(default=None, sa_column=sealed())  # if it was to be told
    written_at: datetime = Field(sa_column=instant(index=True))  # the last words of the person


class ReportMessage(SQLModel, table=True):
    """One message of a report: from the person, or an answer to them."""

    __tablename__ = "report_messages"

    id: str = Field(primary_key=True)
    report_id: str = Field(foreign_key="reports.id", ondelete="CASCADE", index=True)
    author_id: str | None = Field(default=None, foreign_key="staff.id")  # None: the person who reports
    body: bytes = Field(sa_column=sealed(nullable=False))  # the event's content as JSON
    at: datetime = Field(sa_column=instant())

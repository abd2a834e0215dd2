"""Messages in and out, and what providers said of them."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, Text, UniqueConstraint, false, text
from sqlmodel import Column, Field, SQLModel

from conversations.events import AttachmentKind
from conversations.messages import PromptKind
from conversations.vocabulary import DeliveryState, Language, SendOutcome
from storage.tables.columns import code, instant, sealed
from storage.tables.vocabulary import FailureReason, FileState, MessageState


class ReceivedEvent(SQLModel, table=True):
    """That an event came, so that its repetition does nothing. Holds nothing of what was said."""

    __tablename__ = "received_events"

    account_id: str = Field(foreign_key="channel_accounts.id", primary_key=True)
    event_id: str = Field(primary_key=True)
    blind: str = Field(index=True)  # keyed hash of the address
    received_at: datetime = Field(sa_column=instant(index=True))
    # under which the provider knows it, where it can delete it
    message_id: str = Field(default="", sa_column_kwargs={"server_default": ""})
    # for the safeguarding contact only, and so its correction must be
    in_confidence: bool = Field(default=False, sa_column_kwargs={"server_default": false()})


class MessageIn(SQLModel, table=True):
    """What a participant sent. A failed one is sealed with the system key when the person is unknown."""

    __tablename__ = "messages_in"
    __table_args__ = (Index("ix_messages_in_timeline", "participant_id", "received_at"),)

    id: str = Field(primary_key=True)
    account_id: str = Field(foreign_key="channel_accounts.id")
    event_id: str
    participant_id: str | None = Field(default=None, foreign_key="participants.id", ondelete="CASCADE")
    content: bytes | None = Field(default=None, sa_column=sealed())  # the event's content as JSON
    received_at: datetime = Field(sa_column=instant())
    state: MessageState = Field(sa_column=code(MessageState))
    error: str = ""  # the exception's class, never its text


class File(SQLModel, table=True):
    """A photo, voice note or document that somebody sent: to their logbook, or with a report about staff."""

    __tablename__ = "files"
    __table_args__ = (
        CheckConstraint(
            "(participant_id IS NULL) = (message_id IS NULL) "
            "AND (message_id IS NULL) <> (report_message_id IS NULL)",
            name="of_a_person_or_a_report",
        ),
        Index(
            "ix_files_due",
            "due_at",
            postgresql_where=text("state = 'at_provider'"),
            sqlite_where=text("state = 'at_provider'"),
        ),
    )

    id: str = Field(primary_key=True)
    participant_id: str | None = Field(
        default=None, foreign_key="participants.id", ondelete="CASCADE", index=True
    )
    message_id: str | None = Field(default=None, foreign_key="messages_in.id", ondelete="CASCADE", index=True)
    report_message_id: str | None = Field(  # everything is sealed with the key of reports then
        default=None, foreign_key="report_messages.id", ondelete="CASCADE", index=True
    )
    account_id: str = Field(foreign_key="channel_accounts.id")  # through which it came
    kind: AttachmentKind = Field(sa_column=code(AttachmentKind))
    reference: bytes = Field(sa_column=sealed(nullable=False))  # finds it at the provider
    mime_type: str = ""  # as the provider says; once it is stored, as its bytes say
    size: int | None = Field(default=None, sa_column=Column(BigInteger))  # bytes, the same
    state: FileState = Field(sa_column=code(FileState))
    arrived_at: datetime = Field(sa_column=instant())
    due_at: datetime = Field(sa_column=instant())  # when it is tried next
    attempts: int = 0
    stored: str = Field(default="", index=True)  # its name in the folder of files
    thumbnail: str = Field(default="", index=True)  # the name of the small picture of it


class OutboxMessage(SQLModel, table=True):
    """One message to one person, from the moment it is decided to its last known state."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_due",
            "due_at",
            postgresql_where=text("state = 'queued'"),
            sqlite_where=text("state = 'queued'"),
        ),
        Index(
            "ix_outbox_turn",
            "account_id",
            "priority",
            "turn",
            "id",
            postgresql_where=text("state = 'queued'"),
            sqlite_where=text("state = 'queued'"),
        ),
        Index(
            "ix_outbox_undelivered",
            "created_at",
            postgresql_where=text("state IN ('failed', 'expired') AND dismissed_at IS NULL"),
            sqlite_where=text("state IN ('failed', 'expired') AND dismissed_at IS NULL"),
        ),
        Index(
            "ix_outbox_open",
            "account_id",
            "state",
            postgresql_where=text("state IN ('queued', 'sending', 'waiting', 'unknown')"),
            sqlite_where=text("state IN ('queued', 'sending', 'waiting', 'unknown')"),
        ),
        Index("ix_outbox_chat", "chat", "state"),
        Index("ix_outbox_timeline", "participant_id", "created_at"),
        Index(
            "ix_outbox_template",
            "template_at",
            postgresql_where=text("template_at IS NOT NULL"),
            sqlite_where=text("template_at IS NOT NULL"),
        ),
    )

    id: str = Field(primary_key=True)  # grows with time: the order within a chat
    account_id: str = Field(foreign_key="channel_accounts.id")
    chat: str  # blind index of the address
    participant_id: str | None = Field(default=None, foreign_key="participants.id", ondelete="CASCADE")
    address_id: str | None = Field(default=None, foreign_key="addresses.id", ondelete="CASCADE")
    sealed_address: bytes | None = Field(
        default=None, sa_column=sealed()
    )  # newcomers only; wiped once settled
    language: Language = Field(sa_column=code(Language))
    kind: PromptKind = Field(sa_column=code(PromptKind))
    priority: int  # smaller goes first
    turn: int = Field(default=0, sa_column_kwargs={"server_default": "0"})  # the same, within one priority
    prompt: bytes | None = Field(default=None, sa_column=sealed())
    state: DeliveryState = Field(sa_column=code(DeliveryState))
    reason: FailureReason | None = Field(default=None, sa_column=code(FailureReason, nullable=True))
    code: str = ""  # the provider's own error code
    created_at: datetime = Field(sa_column=instant())
    due_at: datetime = Field(sa_column=instant())
    expires_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    lease: str = ""  # who holds it while `sending`
    leased_until: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    attempts: int = 0
    # its one delayed retry is used up
    retried: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    settled_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    author_id: str | None = Field(default=None, foreign_key="staff.id")
    broadcast_id: str | None = Field(default=None, foreign_key="broadcasts.id", index=True)
    contact_id: str | None = Field(default=None, index=True)  # the planned contact it carries
    # the delivery or the run of a job that it came of, as the log names it: random, of nobody
    cause: str = Field(default="", sa_column_kwargs={"server_default": ""})
    forget: bool = False  # a newcomer who said no: once settled, nothing of them stays
    # the template it, or the knock before it, went out by; and when: they count against WhatsApp's tier
    template_sid: str = Field(default="", sa_column_kwargs={"server_default": ""})
    template_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    again_of: str | None = Field(default=None, index=True)  # the message that staff sent again with this one
    dismissed_at: datetime | None = Field(
        default=None, sa_column=instant(nullable=True)
    )  # staff need not see any more that it did not arrive


class ProviderMessage(SQLModel, table=True):
    """One message as the provider knows it; a long text is several of them."""

    __tablename__ = "provider_messages"
    __table_args__ = (UniqueConstraint("account_id", "chat", "provider_message_id"),)

    outbox_id: str = Field(foreign_key="outbox.id", ondelete="CASCADE", primary_key=True)
    # from 0; below 0 once it counts no more: what failed is sent anew, or the message went another way
    part: int = Field(primary_key=True)
    account_id: str = Field(foreign_key="channel_accounts.id")
    chat: str
    provider_message_id: str = Field(index=True)
    state: DeliveryState = Field(sa_column=code(DeliveryState))
    # what its failure means
    outcome: SendOutcome | None = Field(default=None, sa_column=code(SendOutcome, nullable=True))
    code: str = ""
    changed_at: datetime = Field(sa_column=instant(index=True))


class ProviderDeletion(SQLModel, table=True):
    """A message that is still to be deleted at the provider. Tells nothing of whose it is."""

    __tablename__ = "provider_deletions"

    account_id: str = Field(foreign_key="channel_accounts.id", primary_key=True)
    provider_message_id: str = Field(primary_key=True)
    due_at: datetime = Field(sa_column=instant(index=True))
    attempts: int = 0


class Clearing(SQLModel, table=True):
    """A chat to be cleared after a quick exit, until it is."""

    __tablename__ = "clearings"

    id: str = Field(primary_key=True)  # grows with time: what was enqueued before it goes
    account_id: str = Field(foreign_key="channel_accounts.id")
    chat: str = Field(index=True)  # blind index of the address
    sealed_address: bytes = Field(sa_column=sealed(nullable=False))  # with the system key
    asked_at: datetime = Field(sa_column=instant())
    due_at: datetime = Field(sa_column=instant(index=True))
    attempts: int = 0


class Broadcast(SQLModel, table=True):
    """One message of staff to a cohort, written once per language."""

    __tablename__ = "broadcasts"

    id: str = Field(primary_key=True)
    cohort_id: str = Field(foreign_key="cohorts.id", index=True)
    author_id: str = Field(foreign_key="staff.id")
    texts: bytes = Field(sa_column=sealed(nullable=False))  # JSON: language -> text, under the system key
    created_at: datetime = Field(sa_column=instant())


class Recipient(SQLModel, table=True):
    """One person of a broadcast: the message that went out, or why none did."""

    __tablename__ = "recipients"

    broadcast_id: str = Field(foreign_key="broadcasts.id", ondelete="CASCADE", primary_key=True)
    participant_id: str = Field(foreign_key="participants.id", ondelete="CASCADE", primary_key=True)
    outbox_id: str | None = Field(default=None, foreign_key="outbox.id", ondelete="SET NULL", index=True)
    left_out: FailureReason | None = Field(default=None, sa_column=code(FailureReason, nullable=True))


class ProgramState(SQLModel, table=True):
    """What the program must remember of itself, such as the time zone release its plans were made with."""

    __tablename__ = "program_state"

    name: str = Field(primary_key=True)
    value: str = Field(sa_column=Column(Text, nullable=False))

"""The people: organisations, cohorts, participants, their addresses, consents and conversations."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, Column, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from conversations.session import Place
from conversations.vocabulary import Channel, ConsentPurpose, ConsentState, Language
from storage.tables.columns import code, instant, sealed
from storage.tables.vocabulary import AddressState, ConsentWay, ErasureState


class Organisation(SQLModel, table=True):
    """A local association that accompanies people."""

    __tablename__ = "organisations"

    id: str = Field(primary_key=True)
    name: str
    contact: str = Field(default="", sa_column_kwargs={"server_default": ""})  # public: how people reach it


class Cohort(SQLModel, table=True):
    """A group of participants accompanied together; its join code is on the poster."""

    __tablename__ = "cohorts"

    id: str = Field(primary_key=True)
    organisation_id: str = Field(foreign_key="organisations.id", index=True)
    name: str
    join_code: str = Field(unique=True)  # folded: upper case, no spaces
    closed_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))  # for joining


class Participant(SQLModel, table=True):
    """Someone who consented to a logbook. Their coded answers hang on a pseudonym, not on this row."""

    __tablename__ = "participants"

    id: str = Field(primary_key=True)
    name: bytes | None = Field(default=None, sa_column=sealed())
    language: Language = Field(sa_column=code(Language))
    # the recordings they listen to, by the code of the track; empty: they read
    track: str = Field(default="", sa_column_kwargs={"server_default": ""})
    prompting: ConsentState = Field(sa_column=code(ConsentState))
    # may an SMS say that there is a message? Never asked: None
    sms: ConsentState | None = Field(default=None, sa_column=code(ConsentState, nullable=True))
    joined_at: datetime = Field(sa_column=instant())
    team_awaited_since: datetime | None = Field(default=None, sa_column=instant(nullable=True, index=True))
    urgent_since: datetime | None = Field(default=None, sa_column=instant(nullable=True, index=True))
    paused_until: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    # where they want to be written to; None: where they wrote last
    preferred_channel: Channel | None = Field(default=None, sa_column=code(Channel, nullable=True))
    guardian: bytes | None = Field(default=None, sa_column=sealed())  # JSON: who agreed for a minor, and when
    minor_until: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    code: bytes | None = Field(default=None, sa_column=sealed())  # a hash of the code that guards the logbook
    code_failures: int = Field(
        default=0, sa_column_kwargs={"server_default": "0"}
    )  # since the last right one
    changed_at: datetime = Field(sa_column=instant(index=True))  # the name index refreshes by this mark


class Erasure(SQLModel, table=True):
    """An erasure on its way. It ends with the participant's row, so a finished one is not here any more."""

    __tablename__ = "erasures"

    participant_id: str = Field(foreign_key="participants.id", ondelete="CASCADE", primary_key=True)
    state: ErasureState = Field(sa_column=code(ErasureState))
    erase_at: datetime = Field(sa_column=instant(index=True))
    planned_at: datetime = Field(sa_column=instant())
    planned_by: str | None = Field(default=None, foreign_key="staff.id")  # None: the person themselves
    said_goodbye_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))


class Membership(SQLModel, table=True):
    """A participant in a cohort."""

    __tablename__ = "memberships"

    participant_id: str = Field(foreign_key="participants.id", ondelete="CASCADE", primary_key=True)
    cohort_id: str = Field(foreign_key="cohorts.id", primary_key=True, index=True)
    since: datetime = Field(sa_column=instant())


class Address(SQLModel, table=True):
    """Where a participant is reached on one channel."""

    __tablename__ = "addresses"
    __table_args__ = (Index("ix_addresses_one_per_chat", "participant_id", "chat", unique=True),)

    id: str = Field(primary_key=True)
    participant_id: str = Field(foreign_key="participants.id", ondelete="CASCADE", index=True)
    channel: Channel = Field(sa_column=code(Channel))
    account_id: str = Field(foreign_key="channel_accounts.id")
    chat: str = Field(index=True)  # blind index of the address; orders sends, one in flight per chat
    sealed_address: bytes = Field(sa_column=sealed(nullable=False))
    state: AddressState = Field(sa_column=code(AddressState))
    last_inbound_at: datetime = Field(sa_column=instant())  # opens WhatsApp's 24-hour window
    # when somebody wrote from here, if it was another of those who share it: that opens the window too
    chat_heard_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    # nobody knows who writes from here: since then it had been silent for ninety days
    unsure_since: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    # the provider said that what was written until then does not hold the window open any more
    window_shut_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    # the same person began to write from another phone number
    number_changed_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))


class AddressAlias(SQLModel, table=True):
    """A name under which an address may write: the phone, the business-scoped id, the chat id.

    Several logbooks may share it, each with an address of its own.
    """

    __tablename__ = "address_aliases"

    blind: str = Field(primary_key=True)  # HMAC of channel and alias
    address_id: str = Field(foreign_key="addresses.id", ondelete="CASCADE", primary_key=True, index=True)


class ChatHold(SQLModel, table=True):
    """Who writes from a chat that several logbooks share, as far as it is known."""

    __tablename__ = "chat_holds"

    chat: str = Field(primary_key=True)  # blind index of the address
    holder_id: str | None = Field(
        default=None, foreign_key="participants.id", ondelete="SET NULL", index=True
    )  # whose last message it was
    newcomer: bool = False  # it was of someone who has no logbook yet
    held_until: datetime = Field(sa_column=instant())  # from then on it is asked who writes
    token: str = ""  # of the open asking
    asked_at: datetime = Field(sa_column=instant(index=True))  # or when anything else happened there last
    hidden: bool = False  # after a quick exit
    waiting: bytes | None = Field(default=None, sa_column=sealed())  # JSON: what came before it was clear


class Newcomer(SQLModel, table=True):
    """Someone who wrote but has not consented: a keyed hash, a language, where the joining stands."""

    __tablename__ = "newcomers"

    blind: str = Field(primary_key=True)
    cohort_id: str = Field(foreign_key="cohorts.id")
    place: Place = Field(sa_column=code(Place))
    language: Language = Field(sa_column=code(Language))
    token: str = ""
    track: str = Field(default="", sa_column_kwargs={"server_default": ""})  # as of a participant
    touched_at: datetime = Field(sa_column=instant(index=True))


class LinkProof(SQLModel, table=True):
    """A code under way that proves that two addresses are of one person."""

    __tablename__ = "link_proofs"

    id: str = Field(primary_key=True)
    chat: str = Field(index=True)  # blind index of the address that asked
    address_id: str | None = Field(default=None, foreign_key="addresses.id", ondelete="CASCADE", index=True)
    code: str  # keyed hash
    tries: int = 0  # wrong ones
    asked_at: datetime = Field(sa_column=instant(index=True))


class Consent(SQLModel, table=True):
    """What a participant said about one purpose, once. The newest row per purpose holds."""

    __tablename__ = "consents"

    id: str = Field(primary_key=True)
    participant_id: str = Field(foreign_key="participants.id", ondelete="CASCADE", index=True)
    purpose: ConsentPurpose = Field(sa_column=code(ConsentPurpose))
    state: ConsentState = Field(sa_column=code(ConsentState))
    text_version: str
    language: Language = Field(sa_column=code(Language))
    way: ConsentWay = Field(sa_column=code(ConsentWay, server_default="chat"))
    channel: Channel | None = Field(default=None, sa_column=code(Channel, nullable=True))  # of a chat
    witness_id: str | None = Field(default=None, foreign_key="staff.id")  # who heard it, or saw the paper
    at: datetime = Field(sa_column=instant())


class EntryCode(SQLModel, table=True):
    """A one-time code that links the phone it is sent from to a logbook that staff opened."""

    __tablename__ = "entry_codes"

    blind: str = Field(primary_key=True)  # keyed hash of the code
    participant_id: str = Field(foreign_key="participants.id", ondelete="CASCADE", index=True)
    made_by: str = Field(foreign_key="staff.id")
    expires_at: datetime = Field(sa_column=instant())


class EmployerPage(SQLModel, table=True):
    """A page for an employer, behind a link that only its owner and whoever they gave it to know."""

    __tablename__ = "employer_pages"
    __table_args__ = (CheckConstraint("views >= 0", name="ck_employer_pages_views"),)

    id: str = Field(primary_key=True)
    participant_id: str = Field(foreign_key="participants.id", ondelete="CASCADE", index=True)
    blind: str = Field(unique=True)  # keyed hash of the token in the link
    shown: bytes = Field(sa_column=sealed(nullable=False))  # JSON: for whom, ids of the chosen steps
    language: Language = Field(sa_column=code(Language))
    created_at: datetime = Field(sa_column=instant())
    expires_at: datetime = Field(sa_column=instant(index=True))
    closed_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    views: int = 0


class Session(SQLModel, table=True):
    """Where a participant's conversation stands, answers of open forms included."""

    __tablename__ = "sessions"

    participant_id: str = Field(foreign_key="participants.id", ondelete="CASCADE", primary_key=True)
    body: bytes = Field(sa_column=sealed(nullable=False))
    touched_at: datetime = Field(sa_column=instant())


class DeskForm(SQLModel, table=True):
    """Where a form stands that staff fill in for a participant; apart from the participant's own session."""

    __tablename__ = "desk_forms"

    participant_id: str = Field(foreign_key="participants.id", ondelete="CASCADE", primary_key=True)
    body: bytes = Field(sa_column=sealed(nullable=False))
    touched_at: datetime = Field(sa_column=instant())


class ButtonToken(SQLModel, table=True):
    """One asking with buttons: what each of them meant, for one person, once."""

    __tablename__ = "button_tokens"
    __table_args__ = (Index("ix_button_tokens_owner", "owner"),)

    token: str = Field(primary_key=True)
    owner: str  # the blind index of the address that was asked
    # who was asked; None for someone without a logbook, and for the question who writes
    participant_id: str | None = Field(
        default=None, foreign_key="participants.id", ondelete="CASCADE", index=True
    )
    meanings: list[str] = Field(sa_column=Column(JSON, nullable=False))  # by button, the choice's value
    asked_at: datetime = Field(sa_column=instant(index=True))
    used_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))


class ChannelAccount(SQLModel, table=True):
    """One bot or sender number of ours; event ids are unique within it (a new bot starts again)."""

    __tablename__ = "channel_accounts"
    __table_args__ = (UniqueConstraint("channel", "name"),)

    id: str = Field(primary_key=True)
    channel: Channel = Field(sa_column=code(Channel))
    name: str  # the bot's id, the sender's number, `phone`; never a secret

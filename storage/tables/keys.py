"""The key store's tables. They live in a database of their own, so that a backup of the data holds no key."""

from datetime import datetime

from sqlalchemy import MetaData
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from storage.tables.columns import instant, sealed


class KeyStoreModel(SQLModel, registry=registry(metadata=MetaData())):
    """The base of what lives in the key store."""


class ParticipantKey(KeyStoreModel, table=True):
    """A participant's data key, and the only link from the person to their coded rows."""

    __tablename__ = "participant_keys"

    participant_id: str = Field(primary_key=True)
    pseudonym: str = Field(unique=True)
    wrapped_key: bytes = Field(sa_column=sealed(nullable=False))
    created_at: datetime = Field(sa_column=instant())


class ErasedParticipant(KeyStoreModel, table=True):
    """The ledger of who was erased: after a backup of the data is restored, they are erased again."""

    __tablename__ = "erased_participants"

    participant_id: str = Field(primary_key=True)
    erased_at: datetime = Field(sa_column=instant())


class SystemKey(KeyStoreModel, table=True):
    """A key of our own: `system` (staff, poison events), `index` (look-ups), `safeguarding` (reports)."""

    __tablename__ = "system_keys"

    name: str = Field(primary_key=True)
    wrapped_key: bytes = Field(sa_column=sealed(nullable=False))

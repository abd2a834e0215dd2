"""WhatsApp's templates as the provider listed them last. Nothing of a person is in them."""

from datetime import datetime

from sqlalchemy import Column, Text
from sqlmodel import Field, SQLModel

from conversations.templates.template import Approval
from storage.tables.columns import code, instant


class MessageTemplate(SQLModel, table=True):
    """One content of our account with the provider: a template, or a shape for buttons and lists."""

    __tablename__ = "templates"

    sid: str = Field(primary_key=True)  # the provider's id
    name: str = Field(index=True)  # ours; says what it is for
    language: str = ""
    content_type: str = ""
    category: str = ""  # as WhatsApp filed it
    approval: Approval = Field(sa_column=code(Approval))
    word: str = ""  # the provider's own for the approval
    rejection: str = Field(default="", sa_column=Column(Text, nullable=False))  # why, in WhatsApp's words
    body: str = Field(default="", sa_column=Column(Text, nullable=False))
    details: str = Field(default="", sa_column=Column(Text, nullable=False))  # JSON: buttons, samples
    listed_at: datetime = Field(sa_column=instant())
    refused: str = ""  # the provider's code, since a send with it failed; until it is listed again

"""Frozen dataclasses to JSON and back, for what is stored sealed: sessions, prompts, message contents."""

from typing import Annotated

from pydantic import Field, TypeAdapter

from conversations.events import Content, InboundEvent
from conversations.messages import Prompt
from conversations.session import Session

SESSION: TypeAdapter[Session] = TypeAdapter(Session)
PROMPT: TypeAdapter[Prompt] = TypeAdapter(Prompt)
CONTENT: TypeAdapter[Content] = TypeAdapter(Annotated[Content, Field(discriminator="type")])
INBOUND: TypeAdapter[list[InboundEvent]] = TypeAdapter(list[InboundEvent])
TEXTS: TypeAdapter[dict[str, str]] = TypeAdapter(dict[str, str])  # language -> text, or detail -> text

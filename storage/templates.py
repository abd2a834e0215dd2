"""WhatsApp's templates and shapes as the provider listed them last: the registry."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, func, select

from conversations.templates.template import Template
from storage.tables.core import OUTBOX, PROGRAM_STATE, TEMPLATES
from storage.upsert import upsert

LISTED = "templates_listed"  # when the provider's list was read last, ISO
TIER_COUNTS = timedelta(hours=24)  # WhatsApp counts the people of the last day and night


@dataclass(frozen=True, slots=True)
class Details:
    """What of a template needs no column."""

    buttons: tuple[str, ...] = ()
    payloads: tuple[str, ...] = ()
    samples: dict[str, str] | None = None


DETAILS: TypeAdapter[Details] = TypeAdapter(Details)


def take_list(tx: Connection, templates: Sequence[Template], now: datetime) -> None:
    """Put what the provider lists in the place of what we knew; what was refused may be tried again."""
    tx.execute(TEMPLATES.delete())
    if templates:
        tx.execute(TEMPLATES.insert(), [_row(template, now) for template in templates])
    listed = {"name": LISTED, "value": now.isoformat()}
    tx.execute(upsert(tx, PROGRAM_STATE, "value"), listed)


def add_template(tx: Connection, template: Template, now: datetime) -> None:
    """One that was made just now; it stands until the next list says more."""
    tx.execute(upsert(tx, TEMPLATES, "approval", "word"), _row(template, now))


def templates(tx: Connection) -> list[Template]:
    """All of them, by name."""
    return [_read(row) for row in tx.execute(select(TEMPLATES).order_by(TEMPLATES.c.name, TEMPLATES.c.sid))]


def listed_at(tx: Connection) -> datetime | None:
    """When the provider's list was read last; None if never."""
    told = tx.scalar(select(PROGRAM_STATE.c.value).where(PROGRAM_STATE.c.name == LISTED))
    return datetime.fromisoformat(told) if told else None


def refuse(tx: Connection, sid: str, code: str) -> None:
    """The provider did not take a message by this template: it is left alone until it is listed again."""
    tx.execute(TEMPLATES.update().where(TEMPLATES.c.sid == sid).values(refused=code))


def written_to(tx: Connection, account_id: str, now: datetime) -> dict[str, datetime]:
    """The chats that got a template in the last 24 hours, each with the last time."""
    query = (
        select(OUTBOX.c.chat, func.max(OUTBOX.c.template_at).label("at"))
        .where(OUTBOX.c.template_at > now - TIER_COUNTS, OUTBOX.c.account_id == account_id)
        .group_by(OUTBOX.c.chat)
    )
    return {row.chat: row.at for row in tx.execute(query)}


def _row(template: Template, now: datetime) -> dict[str, Any]:
    details = Details(template.buttons, template.payloads, dict(template.samples))
    return {
        "sid": template.sid,
        "name": template.name,
        "language": template.language,
        "content_type": template.content_type,
        "category": template.category,
        "approval": template.approval,
        "word": template.word,
        "rejection": template.rejection,
        "body": template.body,
        "details": DETAILS.dump_json(details).decode(),
        "listed_at": now,
        "refused": template.refused,
    }


def _read(row: Any) -> Template:
    details = DETAILS.validate_json(row.details)
    return Template(
        sid=row.sid,
        name=row.name,
        approval=row.approval,
        body=row.body,
        content_type=row.content_type,
        category=row.category,
        language=row.language,
        buttons=details.buttons,
        payloads=details.payloads,
        samples=details.samples or {},
        word=row.word,
        rejection=row.rejection,
        refused=row.refused,
    )

"""Reports about staff, for the safeguarding contact alone: read, answered, closed."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, Select, select

from conversations.events import Content, Text
from conversations.messages import Prompt, PromptKind, Say, Verbatim
from conversations.session import Place
from conversations.unsure import unsure_since
from conversations.vocabulary import Channel, Language, ReplyWay, Role
from storage.codec import CONTENT
from storage.database import Storage
from storage.errors import OutOfPerimeter, StorageError
from storage.media.showing import KeptFile, OpenedFile, kept_file, opened, opened_thumbnail
from storage.outgoing import Outgoing, enqueue
from storage.tables.core import ADDRESSES, FILES, REPORT_MESSAGES, REPORTS, STAFF
from storage.tables.vocabulary import FileState, ReportState
from storage.writing import lead_to

SPOKEN = (Channel.WHATSAPP, Channel.SMS)  # where an address is a telephone number


class NoAnswerWanted(StorageError):
    """The person does not want an answer, or is not here any more."""


@dataclass(frozen=True, slots=True)
class ReplyTo:
    """Where an answer goes; sealed, and opened only to send it or to call."""

    participant_id: str
    channel: Channel
    account_id: str
    chat: str
    address: str


REPLY_TO: TypeAdapter[ReplyTo] = TypeAdapter(ReplyTo)


@dataclass(frozen=True, slots=True)
class Written:
    """One message of a report."""

    at: datetime
    content: Content
    from_person: bool
    file: KeptFile | None = None  # what came with it


@dataclass(frozen=True, slots=True)
class StaffReport:
    """One report. `number` is a telephone number, where a call is wanted and the channel has one."""

    id: str
    state: ReportState
    language: Language
    urgent: bool
    way: ReplyWay
    written_at: datetime
    name: str = ""
    number: str = ""
    messages: tuple[Written, ...] = ()

    @property
    def code(self) -> str:
        """A short sign to tell reports apart."""
        return self.id[-4:].upper()


def has_reader(tx: Connection) -> bool:
    """Whether a safeguarding contact may sign in: else nothing may be promised."""
    reader = select(STAFF.c.id).where(STAFF.c.role == Role.SAFEGUARDING, STAFF.c.active).limit(1)
    return tx.execute(reader).first() is not None


def staff_reports(tx: Connection, storage: Storage) -> list[StaffReport]:
    """All of them without their words: open ones first, urgent before others, the longest wait first."""
    query = select(REPORTS).order_by(REPORTS.c.state.desc(), REPORTS.c.urgent.desc(), REPORTS.c.written_at)
    return [_report(storage, row) for row in tx.execute(query)]


def find_report(tx: Connection, storage: Storage, report_id: str) -> StaffReport:
    """One report with all that was written. OutOfPerimeter if there is none."""
    query = (
        select(REPORT_MESSAGES)
        .where(REPORT_MESSAGES.c.report_id == report_id)
        .order_by(REPORT_MESSAGES.c.at, REPORT_MESSAGES.c.id)
    )
    open_ = storage.vault.safeguarding.open
    files = {row.report_message_id: kept_file(row) for row in tx.execute(_files(report_id))}
    messages = tuple(
        Written(
            row.at,
            CONTENT.validate_json(open_(row.body, f"report_messages.body:{row.id}")),
            row.author_id is None,
            files.get(row.id),
        )
        for row in tx.execute(query)
    )
    return replace(_report(storage, _row(tx, report_id)), messages=messages)


def open_report_file(tx: Connection, storage: Storage, report_id: str, file_id: str) -> OpenedFile:
    """A stored file that came with a report. OutOfPerimeter if there is none."""
    return opened(storage, _file(tx, report_id, file_id), storage.vault.safeguarding)


def open_report_thumbnail(tx: Connection, storage: Storage, report_id: str, file_id: str) -> OpenedFile:
    """The small picture of a photo of a report, the same way."""
    row = _file(tx, report_id, file_id)
    if not row.thumbnail:
        raise OutOfPerimeter
    return opened_thumbnail(storage, row, storage.vault.safeguarding)


def _file(tx: Connection, report_id: str, file_id: str) -> Row[Any]:
    stored = (FILES.c.id == file_id) & (FILES.c.state == FileState.STORED)
    row = tx.execute(_files(report_id).where(stored)).first()
    if row is None:
        raise OutOfPerimeter
    return row


def _files(report_id: str) -> Select[Any]:
    """The files that came with a report."""
    came_with = REPORT_MESSAGES.c.id == FILES.c.report_message_id
    return select(FILES).join(REPORT_MESSAGES, came_with).where(REPORT_MESSAGES.c.report_id == report_id)


def answer_report(
    tx: Connection, storage: Storage, report_id: str, staff_id: str, text: str, now: datetime
) -> None:
    """Answer in the person's chat; what they write next comes back here, not to the team.

    Raises OutOfPerimeter, and NoAnswerWanted where nothing leads to the person.
    """
    row = _row(tx, report_id)
    to = _reply_to(storage, row)
    key = storage.keystore.of_participants([to.participant_id]).get(to.participant_id) if to else None
    if to is None or key is None or not _is_theirs(tx, to, now):
        raise NoAnswerWanted
    lead_to(tx, key, Place.REPORT, now, report=report_id)
    answer = Outgoing(
        prompt=Prompt(PromptKind.STAFF, (Say("report.answer"), Verbatim(text))),
        language=row.language,
        account_id=to.account_id,
        chat=to.chat,
        cipher=storage.vault.safeguarding,
        newcomer_address=to.address,  # as a stranger's: on no timeline, wiped once it is sent
    )
    enqueue(tx, storage, [answer], now)
    row_id = storage.ids.row()
    body = storage.vault.safeguarding.seal(CONTENT.dump_json(Text(text)), f"report_messages.body:{row_id}")
    tx.execute(
        REPORT_MESSAGES.insert(),
        {"id": row_id, "report_id": report_id, "author_id": staff_id, "body": body, "at": now},
    )


def set_report_state(tx: Connection, report_id: str, state: ReportState) -> None:
    """Close a report, or open it again. OutOfPerimeter if there is none."""
    changed = tx.execute(REPORTS.update().where(REPORTS.c.id == report_id).values(state=state))
    if not changed.rowcount:
        raise OutOfPerimeter


def _row(tx: Connection, report_id: str) -> Row[Any]:
    row = tx.execute(select(REPORTS).where(REPORTS.c.id == report_id)).first()
    if row is None:
        raise OutOfPerimeter
    return row


def _reply_to(storage: Storage, row: Row[Any]) -> ReplyTo | None:
    if row.reply_to is None:
        return None
    return REPLY_TO.validate_json(storage.vault.safeguarding.open(row.reply_to, f"reports.reply_to:{row.id}"))


def _is_theirs(tx: Connection, to: ReplyTo, now: datetime) -> bool:
    """Whether it is still the person who has the address: not let go, and not silent for long."""
    there = (ADDRESSES.c.participant_id == to.participant_id) & (ADDRESSES.c.chat == to.chat)
    row = tx.execute(select(ADDRESSES).where(there)).first()
    return row is not None and unsure_since(row.last_inbound_at, now, row.unsure_since) is None


def _report(storage: Storage, row: Row[Any]) -> StaffReport:
    name = (
        storage.vault.safeguarding.open_text(row.name, f"reports.name:{row.id}")
        if row.name is not None
        else ""
    )
    to = _reply_to(storage, row) if row.way is ReplyWay.CALL else None
    number = to.address.removeprefix("whatsapp:") if to and to.channel in SPOKEN else ""
    return StaffReport(
        row.id, row.state, row.language, row.urgent, row.way, row.written_at, name=name, number=number
    )

"""Reports about staff, as people write them: sealed with a key of their own, tied to nobody."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, or_, select

from conversations import changes as did
from conversations.events import Attachment
from conversations.vocabulary import ReplyWay
from storage.codec import CONTENT
from storage.database import Storage
from storage.inbox.arrivals import Settled, changes_of
from storage.media.wanted import file_row
from storage.reports import REPLY_TO, ReplyTo
from storage.tables.core import EVENTS, FILES, REPORT_MESSAGES, REPORTS
from storage.tables.vocabulary import ReportState
from storage.upsert import upsert


def save_reports(tx: Connection, storage: Storage, settled: Sequence[Settled], now: datetime) -> None:
    """Write what is for the safeguarding contact, and mark the events it came in."""
    _words(tx, storage, settled, now)
    _ways(tx, storage, settled)
    _names(tx, storage, settled)
    _mark_events(tx, settled)


def edits_in_confidence(tx: Connection, edited: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
    """Which of these messages (chat and the provider's id) had been written in confidence."""
    if not edited:
        return set()
    these = or_(*((EVENTS.c.blind == chat) & (EVENTS.c.message_id == message) for chat, message in edited))
    found = tx.execute(select(EVENTS.c.blind, EVENTS.c.message_id).where(these, EVENTS.c.in_confidence))
    return {(row.blind, row.message_id) for row in found}


def _words(tx: Connection, storage: Storage, settled: Sequence[Settled], now: datetime) -> None:
    written = list(changes_of(settled, did.ReportWritten))
    if not written:
        return
    new = [
        {
            "id": change.report_id,
            "state": ReportState.OPEN,
            "language": each.outcome.language,
            "urgent": change.urgent,
            "way": ReplyWay.NONE,
            "written_at": now,
        }
        for each, change in written
    ]
    tx.execute(upsert(tx, REPORTS, "state", "written_at"), new)
    urgent = [change.report_id for _, change in written if change.urgent]
    if urgent:
        tx.execute(REPORTS.update().where(REPORTS.c.id.in_(urgent)).values(urgent=True))
    cipher, rows, files = storage.vault.safeguarding, [], []
    for each, change in written:
        row_id = storage.ids.row()
        body = cipher.seal(CONTENT.dump_json(change.content), f"report_messages.body:{row_id}")
        rows.append({"id": row_id, "report_id": change.report_id, "body": body, "at": now})
        if isinstance(change.content, Attachment):
            whose = {"report_message_id": row_id, "account_id": each.case.arrival.account_id}
            files.append(whose | file_row(storage.ids.row(), change.content, cipher, now))
    tx.execute(REPORT_MESSAGES.insert(), rows)
    if files:
        tx.execute(FILES.insert(), files)


def _ways(tx: Connection, storage: Storage, settled: Sequence[Settled]) -> None:
    rows = []
    for each, chosen in changes_of(settled, did.ReportReplyChosen):
        inbound, reached = each.case.arrival.inbound, each.case.reached
        reply_to = None
        if chosen.way is not ReplyWay.NONE and inbound is not None and each.key is not None:
            to = ReplyTo(
                each.key.participant_id, reached.channel, reached.account_id, reached.chat, inbound.address
            )
            place = f"reports.reply_to:{chosen.report_id}"
            reply_to = storage.vault.safeguarding.seal(REPLY_TO.dump_json(to), place)
        rows.append({"report": chosen.report_id, "by": chosen.way, "to": reply_to})
    if rows:
        this = REPORTS.update().where(REPORTS.c.id == bindparam("report"))
        tx.execute(this.values(way=bindparam("by"), reply_to=bindparam("to")), rows)


def _names(tx: Connection, storage: Storage, settled: Sequence[Settled]) -> None:
    seal = storage.vault.safeguarding.seal_text
    rows = [
        {"report": told.report_id, "called": seal(told.first_name, f"reports.name:{told.report_id}")}
        for _, told in changes_of(settled, did.ReportNamed)
    ]
    if rows:
        this = REPORTS.update().where(REPORTS.c.id == bindparam("report"))
        tx.execute(this.values(name=bindparam("called")), rows)


def _mark_events(tx: Connection, settled: Sequence[Settled]) -> None:
    """A correction that comes later must not land where the team reads."""
    rows = [
        {"account": each.case.arrival.account_id, "event": inbound.event_id}
        for each in settled
        if each.outcome.in_confidence and (inbound := each.case.arrival.inbound)
    ]
    if rows:
        this = (EVENTS.c.account_id == bindparam("account")) & (EVENTS.c.event_id == bindparam("event"))
        tx.execute(EVENTS.update().where(this).values(in_confidence=True), rows)

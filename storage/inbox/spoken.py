"""Answers by voice: what waits to be written down, and what counts no more."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, bindparam, select

from conversations import changes as did
from conversations.changes import AnswerSpoken, AnswerUnspoken
from storage.inbox.arrivals import Settled, personal_changes
from storage.tables.core import SPOKEN, VERSIONS


def save_spoken(tx: Connection, settled: Sequence[Settled], now: datetime) -> None:
    """Keep which files are answers, and to which submission they belong once there is one."""
    spoken = [
        {
            "file_id": answer.file_id,
            "participant_id": key.participant_id,
            "form_version_id": answer.version_id,
            "place": answer.place,
            "spoken_at": now,
        }
        for key, answer in personal_changes(settled, AnswerSpoken)
    ]
    if spoken:
        tx.execute(SPOKEN.insert(), spoken)
    submitted = [
        {"file": file_id, "to": key.cipher.seal_text(done.submission_id, place_of(file_id))}
        for key, done in personal_changes(settled, did.FormSubmitted)
        for file_id in done.spoken
    ]
    if submitted:
        by_file = SPOKEN.update().where(SPOKEN.c.file_id == bindparam("file"))
        tx.execute(by_file.values(submission=bindparam("to")), submitted)
    gone = [answer.file_id for _, answer in personal_changes(settled, AnswerUnspoken)]
    if gone:
        tx.execute(SPOKEN.delete().where(SPOKEN.c.file_id.in_(gone)))


def says_name() -> ColumnElement[bool]:
    """The condition that it is the profile's question for the first name that was answered."""
    profile = select(VERSIONS.c.id).where(VERSIONS.c.form_id == "profile")
    return SPOKEN.c.place.endswith("/first_name") & SPOKEN.c.form_version_id.in_(profile)


def place_of(file_id: str) -> str:
    """What the sealed id of the submission is bound to."""
    return f"spoken_answers.submission:{file_id}"

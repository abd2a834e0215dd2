"""Answers by voice, written down by the team: the words go where the answer belongs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from lxml import etree
from sqlalchemy import Connection, Row, select

from conversations.events import Attachment
from conversations.forms.checking import LONGEST_TEXT
from conversations.session import FormDialogue, Session
from storage.audit import note
from storage.codec import CONTENT, SESSION, TEXTS
from storage.database import Storage
from storage.errors import OutOfPerimeter, StorageError
from storage.inbox.spoken import place_of, says_name
from storage.keystore import PersonKey
from storage.media.showing import KeptFile, files_of_messages
from storage.perimeter import Perimeter
from storage.tables.core import FILES, MESSAGES_IN, MILESTONES, PARTICIPANTS, SESSIONS, SPOKEN, SUBMISSIONS
from storage.tables.vocabulary import AuditAction


class NothingWritten(StorageError):
    """No words were given, or more than an answer holds."""


@dataclass(frozen=True, slots=True)
class VoiceAnswer:
    """One answer that waits to be written down."""

    file_id: str
    form_version_id: str
    place: str  # of the question in its form
    spoken_at: datetime
    seconds: int | None  # how long it is, where the provider says
    file: KeptFile


def waiting_voices(
    tx: Connection, storage: Storage, perimeter: Perimeter, participant_id: str
) -> list[VoiceAnswer]:
    """What one person said and nobody has written down yet, oldest first. OutOfPerimeter as everywhere."""
    perimeter.require_participant(tx, participant_id)
    key = storage.keystore.of_participants([participant_id]).get(participant_id)
    if key is None:  # erased this moment
        return []
    query = (
        select(SPOKEN, MESSAGES_IN.c.content, MESSAGES_IN.c.id.label("message_id"))
        .join(FILES, FILES.c.id == SPOKEN.c.file_id)
        .join(MESSAGES_IN, MESSAGES_IN.c.id == FILES.c.message_id)
        .where(SPOKEN.c.participant_id == participant_id, SPOKEN.c.written_at.is_(None))
        .order_by(SPOKEN.c.spoken_at, SPOKEN.c.file_id)
    )
    rows = tx.execute(query).all()
    files = files_of_messages(tx, [row.message_id for row in rows])
    return [
        VoiceAnswer(
            row.file_id,
            row.form_version_id,
            row.place,
            row.spoken_at,
            _seconds(row, key),
            files[row.message_id],
        )
        for row in rows
    ]


def write_down(
    tx: Connection,
    storage: Storage,
    perimeter: Perimeter,
    participant_id: str,
    file_id: str,
    text: str,
    now: datetime,
) -> None:
    """Put the words into the answer, and into the step made of it; noted in the audit trail.

    NothingWritten for no words; OutOfPerimeter for a voice that is not theirs or does not wait any more.
    """
    perimeter.require_participant(tx, participant_id)
    if not text or len(text) > LONGEST_TEXT:
        raise NothingWritten
    # The person's row first, as whoever handles what they send does: so neither overwrites the other.
    locked = select(PARTICIPANTS.c.id).where(PARTICIPANTS.c.id == participant_id).with_for_update()
    tx.execute(locked)
    query = select(SPOKEN, says_name().label("says_name")).where(
        SPOKEN.c.file_id == file_id, SPOKEN.c.participant_id == participant_id
    )
    row = tx.execute(query.where(SPOKEN.c.written_at.is_(None))).first()
    key = storage.keystore.of_participants([participant_id]).get(participant_id)
    if row is None or key is None:
        raise OutOfPerimeter
    if row.submission:
        submission_id = key.cipher.open_text(row.submission, place_of(file_id))
        _into_submission(tx, key, submission_id, row.place, text)
        _into_step(tx, key, submission_id, row.place, text, now)
    else:
        _into_open_form(tx, key, file_id, text)
    if row.says_name:
        _as_name(tx, key, text, now)
    done = SPOKEN.update().where(SPOKEN.c.file_id == file_id)
    tx.execute(done.values(written_at=now, written_by=perimeter.staff_id))
    note(tx, storage, now, AuditAction.VOICE_WRITTEN_DOWN, perimeter.staff_id, participant_id)


def _seconds(row: Row[Any], key: PersonKey) -> int | None:
    if not row.content:
        return None
    content = CONTENT.validate_json(key.cipher.open(row.content, f"messages_in.content:{row.message_id}"))
    return content.seconds if isinstance(content, Attachment) else None


def _into_submission(tx: Connection, key: PersonKey, submission_id: str, place: str, text: str) -> None:
    where = f"submissions.instance:{submission_id}"
    by_id = SUBMISSIONS.c.id == submission_id
    sealed = tx.scalar(select(SUBMISSIONS.c.instance).where(by_id, SUBMISSIONS.c.pseudonym == key.pseudonym))
    if not sealed:
        return
    root = etree.fromstring(key.cipher.open(sealed, where))
    for node in root.iterfind(place.split("/", 2)[2]):  # below the root, turns of repeats as positions
        node.text = text
    written = etree.tostring(root, encoding="unicode")
    tx.execute(SUBMISSIONS.update().where(by_id).values(instance=key.cipher.seal_text(written, where)))


def _into_step(
    tx: Connection, key: PersonKey, submission_id: str, place: str, text: str, now: datetime
) -> None:
    """A new version of the step that was made of the submission; what was said of its truth holds."""
    current = (MILESTONES.c.pseudonym == key.pseudonym) & MILESTONES.c.superseded_at.is_(None)
    query = select(MILESTONES).where(current, MILESTONES.c.submission_id == submission_id)
    for row in tx.execute(query).all():
        where = f"milestones.details:{row.id}"
        details: dict[str, str] = {}
        if row.details:
            details = TEXTS.validate_json(key.cipher.open(row.details, where))
        details[place.rpartition("/")[2]] = text
        this = (MILESTONES.c.id == row.id) & (MILESTONES.c.version == row.version)
        tx.execute(MILESTONES.update().where(this).values(superseded_at=now))
        values: Mapping[str, Any] = dict(row._mapping) | {
            "version": row.version + 1,
            "details": key.cipher.seal(TEXTS.dump_json(details), where),
            "recorded_at": now,
        }
        tx.execute(MILESTONES.insert(), values)


def _into_open_form(tx: Connection, key: PersonKey, file_id: str, text: str) -> None:
    """The form is still under way: the words become its answer there."""
    where, by_person = (
        f"sessions.body:{key.participant_id}",
        SESSIONS.c.participant_id == key.participant_id,
    )
    body = tx.scalar(select(SESSIONS.c.body).where(by_person))
    if not body:
        return
    session: Session = SESSION.validate_json(key.cipher.open(body, where))
    form = _written(session.form, file_id, text) if session.form else None
    parked = tuple(_written(dialogue, file_id, text) for dialogue in session.parked)
    sealed = key.cipher.seal(SESSION.dump_json(replace(session, form=form, parked=parked)), where)
    tx.execute(SESSIONS.update().where(by_person).values(body=sealed))


def _written(dialogue: FormDialogue, file_id: str, text: str) -> FormDialogue:
    filling = dialogue.filling
    spoken = {place: each for place, each in filling.spoken.items() if each != file_id}
    words = {place: text for place, each in filling.spoken.items() if each == file_id}
    filling = replace(filling, spoken=spoken, answers={**filling.answers, **words})
    return replace(dialogue, filling=filling)


def _as_name(tx: Connection, key: PersonKey, text: str, now: datetime) -> None:
    sealed = key.cipher.seal_text(text, f"participants.name:{key.participant_id}")
    by_id = PARTICIPANTS.update().where(PARTICIPANTS.c.id == key.participant_id)
    tx.execute(by_id.values(name=sealed, changed_at=now))

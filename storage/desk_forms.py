"""Forms that staff fill in for someone: where each stands, what it records, and by whom."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, select

from conversations.asked import Asking
from conversations.at_the_desk import PLACES, begin, open_question, steer, take
from conversations.changes import FormSubmitted, MilestoneRecorded, Outcome
from conversations.events import Event, Tap, Text
from conversations.messages import Line
from conversations.session import Session
from conversations.snapshot import Project, Snapshot, Tapped
from conversations.steering.commands import Command
from conversations.turn import Move, Turn
from conversations.vocabulary import Channel, Language
from storage.audit import note
from storage.codec import SESSION
from storage.database import Storage
from storage.errors import KeyMissing
from storage.inbox import Arrival, Case, Settled, load
from storage.inbox.logbook import save_logbook
from storage.inbox.traces import save_participants
from storage.keystore import PersonKey
from storage.perimeter import Perimeter
from storage.tables.core import DESK_FORMS, MILESTONES, SUBMISSIONS
from storage.tables.vocabulary import AuditAction
from storage.upsert import upsert

Moving = Callable[[Turn], Move]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form at work: what is said first, what is asked; nothing is asked once it is done."""

    said: tuple[Line, ...]
    asked: Asking | None
    token: str  # of this asking


@dataclass(frozen=True, slots=True)
class Desk:
    """One member of staff with one person's form in front of them."""

    storage: Storage
    perimeter: Perimeter
    participant_id: str
    project: Project
    language: Language  # of the member of staff
    now: datetime

    def begin(self, form_id: str) -> Sheet:
        """The form from its first question; one that was open is dropped. OutOfPerimeter, KeyMissing."""
        return self._work(Text(""), lambda turn: begin(turn, form_id))

    def look(self) -> Sheet:
        """Where the open form stands. OutOfPerimeter, KeyMissing."""
        with self.storage.write() as tx:
            turn = self._turn(self._case(tx), Text(""))
            return Sheet((), open_question(turn, turn.session), turn.session.token)

    def write(self, text: str) -> Sheet:
        """A typed answer."""
        return self._work(Text(text), take)

    def choose(self, token: str, value: str) -> Sheet:
        """A choice of the asking with this token."""
        return self._work(Tap(f"{token}:0"), take, Tapped(token, value))

    def steer(self, command: Command) -> Sheet:
        """Back, skip or cancel."""
        return self._work(Text(""), lambda turn: steer(turn, command))

    def _work(self, event: Event, move_of: Moving, tapped: Tapped | None = None) -> Sheet:
        with self.storage.write() as tx:
            case = self._case(tx)
            turn = self._turn(case, event, tapped)
            move = move_of(turn)
            self._keep(tx, case, turn.snapshot, move)
            return Sheet(move.lead, open_question(turn, move.session), move.session.token)

    def _case(self, tx: Connection) -> Case:
        self.perimeter.require_participant(tx, self.participant_id)
        arrival = Arrival("", Text(""), self.now, participant_id=self.participant_id)
        cases, _ = load(tx, self.storage, self.project, [arrival], self.now)
        if not cases or cases[0].key is None:
            raise KeyMissing
        row = tx.execute(select(DESK_FORMS).where(DESK_FORMS.c.participant_id == self.participant_id)).first()
        session = Session()
        if row is not None:
            session = SESSION.validate_json(cases[0].key.cipher.open(row.body, _place(cases[0].key)))
        return replace(cases[0], snapshot=replace(cases[0].snapshot, session=session))

    def _turn(self, case: Case, event: Event, tapped: Tapped | None = None) -> Turn:
        """A turn as if the person wrote it, in the language of staff; no file can be handed in here."""
        person = case.snapshot.participant
        reader = replace(person, language=self.language) if person else None
        snapshot = replace(case.snapshot, participant=reader, channel=Channel.SMS, tapped=tapped)
        return Turn(snapshot, event, self.now, self.storage.ids)

    def _keep(self, tx: Connection, case: Case, snapshot: Snapshot, move: Move) -> None:
        settled = [Settled(case, Outcome(move.session, changes=move.changes, language=snapshot.language))]
        save_participants(tx, settled, self.now)
        save_logbook(tx, self.storage, settled, self.now)
        forms = [each.submission_id for each in move.changes if isinstance(each, FormSubmitted)]
        steps = [each.milestone_id for each in move.changes if isinstance(each, MilestoneRecorded)]
        by = {"recorded_by": self.perimeter.staff_id}
        if forms:
            tx.execute(SUBMISSIONS.update().where(SUBMISSIONS.c.id.in_(forms)).values(by))
            note(tx, self.storage, self.now, AuditAction.FORM_FILLED, by["recorded_by"], self.participant_id)
        if steps:
            current = MILESTONES.c.id.in_(steps) & MILESTONES.c.superseded_at.is_(None)
            tx.execute(MILESTONES.update().where(current).values(by))
        if case.key is None:
            raise KeyMissing
        if move.session.place not in PLACES:
            tx.execute(DESK_FORMS.delete().where(DESK_FORMS.c.participant_id == self.participant_id))
            return
        body = case.key.cipher.seal(SESSION.dump_json(move.session), _place(case.key))
        row = {"participant_id": self.participant_id, "body": body, "touched_at": self.now}
        tx.execute(upsert(tx, DESK_FORMS, "body", "touched_at"), row)


def _place(key: PersonKey) -> str:
    return f"desk_forms.body:{key.participant_id}"

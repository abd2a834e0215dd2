"""Invented people, staff and messages, put straight into the tables."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import select, update

from conversations.events import Content, Text
from conversations.forms import BuiltinForm, builtin_forms
from conversations.messages import Prompt, PromptKind, Verbatim
from conversations.vocabulary import (
    Channel,
    ConsentPurpose,
    ConsentState,
    ContactKind,
    ContactState,
    DeliveryState,
    Language,
    MilestoneKind,
    Role,
    Stage,
    Verification,
)
from storage import staff
from storage.codec import CONTENT, TEXTS
from storage.cohorts import add_cohort, add_organisation
from storage.database import Storage
from storage.forms import publish_builtin
from storage.outgoing import Outgoing, enqueue, preferred_destinations
from storage.passwords import hash_password
from storage.perimeter import Perimeter
from storage.tables.core import (
    ACCOUNTS,
    ADDRESSES,
    CONSENTS,
    CONTACTS,
    MEMBERSHIPS,
    MESSAGES_IN,
    MILESTONES,
    OUTBOX,
    PARTICIPANTS,
    SUBMISSIONS,
    VERSIONS,
)
from storage.tables.vocabulary import AddressState, FailureReason, MessageState

PASSWORD = "a long invented phrase"
CHECK_IN = next(form for form in builtin_forms() if form.form_id == "check-in")


@cache
def password_hash() -> str:
    return hash_password(PASSWORD)


@dataclass
class Invented:
    """One small world: two associations, and whoever a test adds."""

    storage: Storage
    now: datetime
    accounts: dict[Channel, str] = field(default_factory=dict)
    association: str = ""
    north: str = ""
    south: str = ""

    def __post_init__(self) -> None:
        with self.storage.write() as tx:
            for channel in Channel:
                self.accounts[channel] = self.storage.ids.row()
                tx.execute(
                    ACCOUNTS.insert(),
                    {"id": self.accounts[channel], "channel": channel, "name": channel.value},
                )
            self.association = add_organisation(tx, self.storage, "Association Nour")
            self.north = add_cohort(tx, self.storage, self.association, "Salé 1", "SALE1")
            self.south = add_cohort(tx, self.storage, self.association, "Kénitra 1", "KENITRA1")

    def member(
        self, login: str, role: Role = Role.TRAINER, cohorts: tuple[str, ...] = (), first_time: bool = False
    ) -> Perimeter:
        new = staff.NewStaff(login, login.title(), role, Language.FRENCH, frozenset(cohorts))
        with self.storage.write() as tx:
            staff_id = staff.add(tx, self.storage, new, password_hash(), self.now)
            if not first_time:
                staff.choose_password(tx, staff_id, password_hash())
        return Perimeter(staff_id, role)

    def person(
        self,
        name: str,
        cohort: str = "",
        *,
        language: Language = Language.FRENCH,
        channel: Channel | None = Channel.TELEGRAM,
        address: AddressState = AddressState.OPEN,
        prompting: ConsentState = ConsentState.GIVEN,
        silent_for: timedelta = timedelta(hours=1),
        awaited_since: datetime | None = None,
        urgent_since: datetime | None = None,
    ) -> str:
        ids = self.storage.ids
        person, pseudonym, address_id = ids.row(), ids.pseudonym(), ids.row()
        cipher = self.storage.keystore.create([(person, pseudonym)], self.now)[person].cipher
        with self.storage.write() as tx:
            tx.execute(
                PARTICIPANTS.insert(),
                {
                    "id": person,
                    "name": cipher.seal_text(name, f"participants.name:{person}") if name else None,
                    "language": language,
                    "prompting": prompting,
                    "joined_at": self.now - timedelta(days=30),
                    "team_awaited_since": awaited_since,
                    "urgent_since": urgent_since,
                    "changed_at": self.now,
                },
            )
            membership = {"participant_id": person, "cohort_id": cohort or self.north, "since": self.now}
            tx.execute(MEMBERSHIPS.insert(), membership)
            if channel:
                tx.execute(
                    ADDRESSES.insert(),
                    {
                        "id": address_id,
                        "participant_id": person,
                        "channel": channel,
                        "account_id": self.accounts[channel],
                        "chat": self.storage.vault.blind(f"address.{channel}", person),
                        "sealed_address": cipher.seal_text(
                            "+212600000001", f"addresses.sealed_address:{address_id}"
                        ),
                        "state": address,
                        "last_inbound_at": self.now - silent_for,
                    },
                )
        return person

    def rename(self, person: str, name: str, at: datetime) -> None:
        cipher = self.storage.keystore.of_participants([person])[person].cipher
        sealed = cipher.seal_text(name, f"participants.name:{person}")
        with self.storage.write() as tx:
            tx.execute(
                update(PARTICIPANTS).where(PARTICIPANTS.c.id == person).values(name=sealed, changed_at=at)
            )

    def erase(self, person: str) -> None:
        with self.storage.write() as tx:
            tx.execute(PARTICIPANTS.delete().where(PARTICIPANTS.c.id == person))

    def wrote(
        self,
        person: str,
        content: Content | str,
        ago: timedelta = timedelta(minutes=5),
        state: MessageState = MessageState.HANDLED,
        channel: Channel = Channel.TELEGRAM,
    ) -> str:
        message_id = self.storage.ids.row()
        cipher = self.storage.keystore.of_participants([person])[person].cipher
        said = Text(content) if isinstance(content, str) else content
        with self.storage.write() as tx:
            tx.execute(
                MESSAGES_IN.insert(),
                {
                    "id": message_id,
                    "account_id": self.accounts[channel],
                    "event_id": message_id,
                    "participant_id": person,
                    "content": cipher.seal(CONTENT.dump_json(said), f"messages_in.content:{message_id}"),
                    "received_at": self.now - ago,
                    "state": state,
                    "error": "ValueError" if state is MessageState.FAILED else "",
                },
            )
        return message_id

    def got(
        self,
        person: str,
        text: str,
        ago: timedelta = timedelta(minutes=4),
        state: DeliveryState = DeliveryState.SENT,
        reason: FailureReason | None = None,
        kind: PromptKind = PromptKind.REPLY,
    ) -> str:
        key = self.storage.keystore.of_participants([person])[person]
        with self.storage.write() as tx:
            to = preferred_destinations(tx, [person])[person]
            message = Outgoing(
                Prompt(kind, (Verbatim(text),)),
                Language.FRENCH,
                to.account_id,
                to.chat,
                key.cipher,
                person,
                to.address_id,
            )
            [outbox_id] = enqueue(tx, self.storage, [message], self.now - ago)
            settled = update(OUTBOX).where(OUTBOX.c.id == outbox_id).values(state=state, reason=reason)
            tx.execute(settled)
        return outbox_id

    def step(
        self,
        person: str,
        occupation: str,
        employer: str,
        version: int = 1,
        step_id: str = "",
        proof: str = "",
    ) -> str:
        key = self.storage.keystore.of_participants([person])[person]
        step_id = step_id or self.storage.ids.row()
        told = {"occupation": occupation, "employer": employer, "contract": "", "proof": proof}
        details = TEXTS.dump_json(told)
        with self.storage.write() as tx:
            older = (MILESTONES.c.id == step_id) & (MILESTONES.c.version < version)
            tx.execute(update(MILESTONES).where(older).values(superseded_at=self.now))
            tx.execute(
                MILESTONES.insert(),
                {
                    "id": step_id,
                    "version": version,
                    "pseudonym": key.pseudonym,
                    "kind": MilestoneKind.JOB,
                    "stage": Stage.STARTED,
                    "started_on": "2026-09",
                    "ended_on": "",
                    "details": key.cipher.seal(details, f"milestones.details:{step_id}"),
                    "verification": Verification.DECLARED,
                    "recorded_at": self.now - timedelta(days=2) + timedelta(hours=version),
                },
            )
        return step_id

    def answered(self, person: str, instance_xml: str, form: BuiltinForm = CHECK_IN) -> str:
        """The person completed a form, with this instance."""
        key = self.storage.keystore.of_participants([person])[person]
        row_id = self.storage.ids.row()
        publish_builtin(self.storage, [form], self.now)
        with self.storage.write() as tx:
            of_form = select(VERSIONS.c.id).where(VERSIONS.c.form_id == form.form_id)
            version_id = tx.execute(of_form).scalar_one()
            tx.execute(
                SUBMISSIONS.insert(),
                {
                    "id": row_id,
                    "pseudonym": key.pseudonym,
                    "form_version_id": version_id,
                    "coded": {},
                    "instance": key.cipher.seal_text(instance_xml, f"submissions.instance:{row_id}"),
                    "submitted_at": self.now,
                },
            )
        return row_id

    def contact(self, person: str, state: ContactState, due_at: datetime) -> str:
        contact_id = self.storage.ids.row()
        with self.storage.write() as tx:
            tx.execute(
                CONTACTS.insert(),
                {
                    "id": contact_id,
                    "participant_id": person,
                    "kind": ContactKind.CHECK_IN,
                    "form_id": "check-in",
                    "state": state,
                    "local_time": due_at.replace(tzinfo=None).isoformat(),
                    "zone": "Africa/Casablanca",
                    "due_at": due_at,
                    "attempt": 0,
                },
            )
        return contact_id

    def consented(self, person: str, state: ConsentState, ago: timedelta = timedelta(days=30)) -> None:
        with self.storage.write() as tx:
            tx.execute(
                CONSENTS.insert(),
                {
                    "id": self.storage.ids.row(),
                    "participant_id": person,
                    "purpose": ConsentPurpose.PROMPTING,
                    "state": state,
                    "text_version": "1",
                    "language": Language.FRENCH,
                    "channel": Channel.TELEGRAM,
                    "at": self.now - ago,
                },
            )

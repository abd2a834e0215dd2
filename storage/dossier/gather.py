"""Gather everything that is kept about one person, opened with their own key."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from conversations.events import Attachment, Content, Edited, Location, Tap, Text
from conversations.form_names import name_of_form
from conversations.forms import BrokenForm, Form, Surroundings, for_chat, read_xform, reopened, summary
from conversations.messages import Prompt, PromptKind
from conversations.render.catalogue import say
from conversations.vocabulary import Language
from storage.codec import CONTENT, PROMPT
from storage.database import Storage
from storage.dossier import contents
from storage.dossier.attached import Attached, attached
from storage.errors import KeyMissing, SealBroken
from storage.forms import files_of
from storage.keystore import PersonKey
from storage.milestones import shown_milestone
from storage.pages import Shown, open_shown
from storage.tables.core import (
    ACCOUNTS,
    ADDRESSES,
    ATTENDANCE,
    COHORTS,
    CONSENTS,
    CONTACTS,
    EMPLOYER_PAGES,
    ERASURES,
    FILES,
    MEMBERSHIPS,
    MESSAGES_IN,
    MILESTONES,
    OUTBOX,
    PARTICIPANTS,
    STAFF_CONTACTS,
    SUBMISSIONS,
    VERSIONS,
    WORKSHOP_SERIES,
    WORKSHOPS,
)

UNREADABLE = "[?]"


@dataclass(frozen=True, slots=True)
class _Look:
    """One look at one person."""

    tx: Connection
    zone: str  # whose calendar answers are told in
    key: PersonKey
    language: Language

    def rows(self, query: Select[Any]) -> Iterator[Row[Any]]:
        return iter(self.tx.execute(query))

    def mine(self, table: Any) -> Any:
        return table.c.participant_id == self.key.participant_id

    def open(self, sealed: bytes | None, place: str) -> str:
        """The sealed text; a sign in its place where its bytes were changed: the others are still told."""
        try:
            return self.key.cipher.open_text(sealed, place) if sealed else ""
        except SealBroken:
            return UNREADABLE


def gather(
    tx: Connection, storage: Storage, participant_id: str, zone: str, now: datetime
) -> contents.Dossier:
    """Everything kept about this person, in the order it came. KeyMissing if they were erased."""
    person = tx.execute(select(PARTICIPANTS).where(PARTICIPANTS.c.id == participant_id)).one_or_none()
    key = storage.keystore.of_participants([participant_id]).get(participant_id)
    if key is None or person is None:
        raise KeyMissing
    look = _Look(tx, zone, key, person.language)
    return contents.Dossier(
        made_at=now,
        profile=_profile(look, person),
        consents=tuple(_consents(look)),
        addresses=tuple(_addresses(look)),
        steps=tuple(_steps(look)),
        forms=tuple(_forms(look)),
        messages_from=tuple(_received(look)),
        messages_to=tuple(_sent(look)),
        files=tuple(_files(look, attached(tx, storage, key))),
        planned=tuple(_planned(look)),
        met=tuple(_met(look)),
        workshops=tuple(_workshops(look)),
        pages=tuple(_pages(look)),
    )


def _profile(look: _Look, person: Row[Any]) -> contents.Profile:
    groups = (
        select(COHORTS.c.name)
        .join(MEMBERSHIPS, MEMBERSHIPS.c.cohort_id == COHORTS.c.id)
        .where(look.mine(MEMBERSHIPS))
        .order_by(MEMBERSHIPS.c.since, COHORTS.c.id)
    )
    return contents.Profile(
        first_name=look.open(person.name, f"participants.name:{person.id}"),
        language=person.language,
        messages_welcome=person.prompting,
        joined_at=person.joined_at,
        groups=tuple(look.tx.scalars(groups)),
        paused_until=person.paused_until,
        erase_at=look.tx.scalar(select(ERASURES.c.erase_at).where(look.mine(ERASURES))),
        minor_until=person.minor_until,
        guardian=look.open(person.guardian, f"participants.guardian:{person.id}"),
    )


def _consents(look: _Look) -> Iterator[contents.SaidYesOrNo]:
    query = select(CONSENTS).where(look.mine(CONSENTS)).order_by(CONSENTS.c.at, CONSENTS.c.id)
    for row in look.rows(query):
        yield contents.SaidYesOrNo(
            row.purpose, row.state, row.text_version, row.language, row.way, row.channel, row.at
        )


def _addresses(look: _Look) -> Iterator[contents.KnownAddress]:
    for row in look.rows(select(ADDRESSES).where(look.mine(ADDRESSES)).order_by(ADDRESSES.c.id)):
        address = look.open(row.sealed_address, f"addresses.sealed_address:{row.id}")
        yield contents.KnownAddress(row.channel, address, row.last_inbound_at)


def _steps(look: _Look) -> Iterator[contents.StepVersion]:
    query = select(MILESTONES).where(MILESTONES.c.pseudonym == look.key.pseudonym)
    for row in look.rows(query.order_by(MILESTONES.c.recorded_at, MILESTONES.c.id, MILESTONES.c.version)):
        step = shown_milestone(row, look.key)
        yield contents.StepVersion(
            step.id,
            step.version,
            step.kind,
            step.stage,
            step.started_on,
            step.ended_on,
            step.details,
            step.verification,
            step.recorded_at,
            step.superseded_at,
        )


def _forms(look: _Look) -> Iterator[contents.CompletedForm]:
    query = (
        select(SUBMISSIONS, VERSIONS.c.form_id)
        .join(VERSIONS, VERSIONS.c.id == SUBMISSIONS.c.form_version_id)
        .where(SUBMISSIONS.c.pseudonym == look.key.pseudonym)
        .order_by(SUBMISSIONS.c.submitted_at, SUBMISSIONS.c.id)
    )
    submitted = list(look.rows(query))
    forms = _versions(look, {row.form_version_id for row in submitted})
    for row in submitted:
        form, xml = forms[row.form_version_id], look.open(row.instance, f"submissions.instance:{row.id}")
        yield contents.CompletedForm(
            form=row.form_id,
            title=name_of_form(form, look.language),
            submitted_at=row.submitted_at,
            answers=_answers(look, form, xml, row.submitted_at),
            coded=row.coded,
            xml=xml,
        )


def _versions(look: _Look, ids: set[str]) -> dict[str, Form]:
    """The forms as they were asked: also versions that this process has not loaded."""
    files = files_of(look.tx, ids)
    query = select(VERSIONS.c.id, VERSIONS.c.xform).where(VERSIONS.c.id.in_(ids))
    return {
        row.id: for_chat(read_xform(row.xform, row.id, files.get(row.id, {}))) for row in look.rows(query)
    }


def _answers(look: _Look, form: Form, xml: str, at: datetime) -> tuple[contents.Answer, ...]:
    if not xml:
        return ()
    try:
        filling = reopened(form, xml, at.isoformat())
    except BrokenForm:
        return (contents.Answer(name_of_form(form, look.language), UNREADABLE),)
    read = summary(form, filling, Surroundings(at, look.zone, look.language))
    return tuple(contents.Answer(question, answer) for _, question, answer in read)


def _received(look: _Look) -> Iterator[contents.MessageFrom]:
    query = (
        select(MESSAGES_IN, ACCOUNTS.c.channel)
        .join(ACCOUNTS, ACCOUNTS.c.id == MESSAGES_IN.c.account_id)
        .where(look.mine(MESSAGES_IN))
        .order_by(MESSAGES_IN.c.received_at, MESSAGES_IN.c.id)
    )
    for row in look.rows(query):
        if row.content:
            sealed = look.open(row.content, f"messages_in.content:{row.id}")
            content = None if sealed == UNREADABLE else CONTENT.validate_json(sealed)
            kind = content.type if content else ""
            yield contents.MessageFrom(row.received_at, row.channel, kind, _words(content))


def _words(content: Content | None) -> str:
    """What was said, as far as it is words."""
    match content:
        case None:
            return UNREADABLE
        case Text(text) | Edited(text):
            return text
        case Tap(label=label):
            return label
        case Attachment(caption=caption):
            return caption
        case Location(latitude, longitude):
            return f"{latitude}, {longitude}"
    return ""


def _sent(look: _Look) -> Iterator[contents.MessageTo]:
    query = (
        select(OUTBOX, ACCOUNTS.c.channel)
        .join(ACCOUNTS, ACCOUNTS.c.id == OUTBOX.c.account_id)
        .where(look.mine(OUTBOX), OUTBOX.c.prompt.is_not(None))
        .order_by(OUTBOX.c.created_at, OUTBOX.c.id)
    )
    for row in look.rows(query):
        sealed = look.open(row.prompt, f"outbox.prompt:{row.id}")
        text = UNREADABLE if sealed == UNREADABLE else _wording(PROMPT.validate_json(sealed), row.language)
        team = row.kind in (PromptKind.STAFF, PromptKind.BROADCAST)
        yield contents.MessageTo(row.created_at, row.channel, row.language, text, row.state, team)


def _wording(prompt: Prompt, language: Language) -> str:
    lines = (say(line, language) for line in prompt.lines)
    return "\n".join([*lines, *(f"• {say(choice.label, language)}" for choice in prompt.choices)])


def _files(look: _Look, here: Mapping[str, Attached]) -> Iterator[contents.KnownFile]:
    query = (
        select(FILES.c.id, FILES.c.kind, FILES.c.mime_type, FILES.c.size, MESSAGES_IN.c.received_at)
        .join(MESSAGES_IN, MESSAGES_IN.c.id == FILES.c.message_id)
        .where(look.mine(FILES))
        .order_by(MESSAGES_IN.c.received_at, FILES.c.id)
    )
    for row in look.rows(query):
        name = here[row.id].name if row.id in here else ""
        yield contents.KnownFile(row.kind, row.mime_type, row.size, row.received_at, name)


def _planned(look: _Look) -> Iterator[contents.PlannedMessage]:
    query = select(CONTACTS).where(look.mine(CONTACTS)).order_by(CONTACTS.c.due_at, CONTACTS.c.id)
    for row in look.rows(query):
        yield contents.PlannedMessage(row.kind, row.form_id, row.state, row.due_at)


def _met(look: _Look) -> Iterator[contents.Met]:
    query = select(STAFF_CONTACTS).where(look.mine(STAFF_CONTACTS))
    for row in look.rows(query.order_by(STAFF_CONTACTS.c.met_at, STAFF_CONTACTS.c.id)):
        yield contents.Met(row.mode, row.met_at, look.open(row.note, f"staff_contacts.note:{row.id}"))


def _workshops(look: _Look) -> Iterator[contents.InvitedTo]:
    query = (
        select(ATTENDANCE, WORKSHOPS, WORKSHOP_SERIES.c.title)
        .join(WORKSHOPS, WORKSHOPS.c.id == ATTENDANCE.c.workshop_id)
        .join(WORKSHOP_SERIES, WORKSHOP_SERIES.c.id == WORKSHOPS.c.series_id)
        .where(ATTENDANCE.c.pseudonym == look.key.pseudonym)
    )
    for row in look.rows(query.order_by(WORKSHOPS.c.starts_at, WORKSHOPS.c.id)):
        yield contents.InvitedTo(
            row.title,
            row.place,
            row.zone,
            row.starts_at,
            row.ends_at,
            row.attendance,
            row.provisional,
            row.cancelled_at is not None,
            row.at,
        )


def _pages(look: _Look) -> Iterator[contents.SharedPage]:
    query = select(EMPLOYER_PAGES).where(look.mine(EMPLOYER_PAGES)).order_by(EMPLOYER_PAGES.c.id)
    for row in look.rows(query):
        try:
            shown = open_shown(row, look.key)
        except (SealBroken, ValueError):
            shown = Shown(UNREADABLE, ())
        yield contents.SharedPage(
            shown.label, shown.steps, row.language, row.created_at, row.expires_at, row.closed_at, row.views
        )

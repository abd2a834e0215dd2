"""Logbooks that staff open with someone: a minor, or who has no phone; and the code for a phone later."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from secrets import choice
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from conversations.entry.consent import CONSENT_VERSION
from conversations.entry.invitations import normal_code
from conversations.vocabulary import ConsentPurpose, ConsentState, Language
from storage.audit import note
from storage.codec import TEXTS
from storage.cohorts import DIGITS, READABLE
from storage.database import Storage
from storage.errors import StorageError
from storage.inbox.entries import ENTRY
from storage.perimeter import Perimeter
from storage.tables.core import CONSENTS, ENTRY_CODES, MEMBERSHIPS, PARTICIPANTS
from storage.tables.vocabulary import AuditAction, ConsentWay

GOOD_FOR = timedelta(days=7)  # a code for a phone
YOUNGEST, ADULT = 15, 18  # years
MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


class TooYoung(StorageError):
    """Nobody under fifteen has a logbook."""


class BirthMonthUnclear(StorageError):
    """A month of birth is written `2010-05`, and makes someone 15 to 17 years old."""


class AgreementMissing(StorageError):
    """For a minor a parent or guardian must have agreed: their name, and when."""


class ConsentMissing(StorageError):
    """The person has not said yes."""


@dataclass(frozen=True, slots=True)
class Guardian:
    """Who agreed for a minor."""

    name: str
    agreed_on: str  # ISO date


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Someone whose logbook staff open, after reading them the consent text in their language."""

    cohort_id: str
    language: Language
    first_name: str
    way: ConsentWay  # how they said yes: aloud, or on paper
    minor_until: datetime | None = None  # for a minor: the first moment of the month of their 18th birthday
    guardian: Guardian | None = None


def minority(born: str, now: datetime, zone: str) -> datetime:
    """Until when someone born in this month (`2010-05`) is a minor. BirthMonthUnclear, TooYoung.

    The day is not asked, so the month counts from its beginning.
    """
    match = MONTH.fullmatch(born.strip())
    if match is None:
        raise BirthMonthUnclear
    year, month = int(match[1]), int(match[2])
    today = now.astimezone(ZoneInfo(zone)).date()
    if date(year + YOUNGEST, month, 1) > today:
        raise TooYoung
    if date(year + ADULT, month, 1) <= today:
        raise BirthMonthUnclear
    return datetime(year + ADULT, month, 1, tzinfo=ZoneInfo(zone))


def agreement(name: str, agreed_on: str, now: datetime, zone: str) -> Guardian:
    """What a guardian agreed to. AgreementMissing without a name, or without a day up to today."""
    try:
        day = date.fromisoformat(agreed_on.strip())
    except ValueError:
        raise AgreementMissing from None
    if not name.strip() or day > now.astimezone(ZoneInfo(zone)).date():
        raise AgreementMissing
    return Guardian(name.strip(), day.isoformat())


def open_logbook(storage: Storage, perimeter: Perimeter, wanted: Enrolment, now: datetime) -> str:
    """Open it; the id of the person, who must say in a chat whether we may write. Raises OutOfPerimeter."""
    person, pseudonym = storage.ids.row(), storage.ids.pseudonym()
    with storage.write() as tx:
        perimeter.require_cohort(tx, wanted.cohort_id)
        cipher = storage.keystore.create([(person, pseudonym)], now)[person].cipher
        guardian = None
        if wanted.guardian is not None:
            agreed = {"name": wanted.guardian.name, "agreed_on": wanted.guardian.agreed_on}
            guardian = cipher.seal(TEXTS.dump_json(agreed), f"participants.guardian:{person}")
        row = {
            "id": person,
            "name": cipher.seal_text(wanted.first_name, f"participants.name:{person}"),
            "language": wanted.language,
            "prompting": ConsentState.REFUSED,
            "joined_at": now,
            "changed_at": now,
            "minor_until": wanted.minor_until,
            "guardian": guardian,
        }
        tx.execute(PARTICIPANTS.insert(), row)
        joined = {"participant_id": person, "cohort_id": wanted.cohort_id, "since": now}
        tx.execute(MEMBERSHIPS.insert(), joined)
        tx.execute(CONSENTS.insert(), _consent(storage, perimeter, person, wanted, now))
        note(tx, storage, now, AuditAction.PARTICIPANT_ADDED, perimeter.staff_id, person)
    return person


def _consent(
    storage: Storage, perimeter: Perimeter, person: str, wanted: Enrolment, now: datetime
) -> dict[str, object]:
    return {
        "id": storage.ids.row(),
        "participant_id": person,
        "purpose": ConsentPurpose.LOGBOOK,
        "state": ConsentState.GIVEN,
        "text_version": CONSENT_VERSION,
        "language": wanted.language,
        "way": wanted.way,
        "channel": None,
        "witness_id": perimeter.staff_id,
        "at": now,
    }


def code_for_phone(storage: Storage, perimeter: Perimeter, participant_id: str, now: datetime) -> str:
    """A new one-time code, shown once; any earlier one is void. Raises OutOfPerimeter."""
    code = "".join(choice(READABLE) for _ in range(4)) + "".join(choice(READABLE + DIGITS) for _ in range(5))
    with storage.write() as tx:
        perimeter.require_participant(tx, participant_id)
        _void(tx, participant_id)
        row = {
            "blind": storage.vault.blind(ENTRY, normal_code(code)),
            "participant_id": participant_id,
            "made_by": perimeter.staff_id,
            "expires_at": now + GOOD_FOR,
        }
        tx.execute(ENTRY_CODES.insert(), row)
        note(tx, storage, now, AuditAction.PHONE_CODE_MADE, perimeter.staff_id, participant_id)
    return code


def _void(tx: Connection, participant_id: str) -> None:
    tx.execute(ENTRY_CODES.delete().where(ENTRY_CODES.c.participant_id == participant_id))

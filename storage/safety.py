"""What the project has set for the safety of people, as one value that admins edit and conversations read."""

from dataclasses import dataclass, field

from pydantic import TypeAdapter
from sqlalchemy import Connection, select

from conversations.safety.facts import HelpContact, Safety, TeamHours
from conversations.safety.lists import with_own
from storage.reports import has_reader
from storage.tables.core import PROGRAM_STATE
from storage.upsert import upsert

NAME = "safety"  # of the value among what the program remembers
MOST_CONTACTS = 5
LONGEST_WORDS = 20_000  # characters of the project's own list


@dataclass(frozen=True, slots=True)
class SafetySettings:
    """Nothing in it is personal: contacts are services that tell everyone how to reach them."""

    contacts: tuple[HelpContact, ...] = ()
    hours: TeamHours = field(default_factory=TeamHours)
    words: str = ""  # the project's own list of words of distress; added to the built-in ones


SETTINGS: TypeAdapter[SafetySettings] = TypeAdapter(SafetySettings)


def safety_settings(tx: Connection) -> SafetySettings:
    """What was set; without any, no contact and no hours."""
    value = tx.scalar(select(PROGRAM_STATE.c.value).where(PROGRAM_STATE.c.name == NAME))
    return SETTINGS.validate_json(value) if value else SafetySettings()


def set_safety(tx: Connection, settings: SafetySettings) -> None:
    """Replace all of it."""
    row = {"name": NAME, "value": SETTINGS.dump_json(settings).decode()}
    tx.execute(upsert(tx, PROGRAM_STATE, "value"), row)


def read_safety(tx: Connection) -> Safety:
    """The same, ready for conversations."""
    known = safety_settings(tx)
    return Safety(known.contacts, known.hours, with_own(known.words), has_reader(tx))

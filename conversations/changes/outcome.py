"""The outcome of a step. Of one event, all changes are applied or none."""

from dataclasses import dataclass

from conversations.changes.addresses import AddressChange
from conversations.changes.attendance import AttendanceSaid
from conversations.changes.codes import CodeChange
from conversations.changes.contacts import ContactChange
from conversations.changes.erasing import ErasureChange
from conversations.changes.joining import JoiningChange
from conversations.changes.records import RecordChange
from conversations.changes.safety import SafetyChange
from conversations.changes.sharers import SharerChange
from conversations.changes.sharing import SharingChange
from conversations.changes.voices import VoiceChange
from conversations.messages import Prompt
from conversations.session import Session
from conversations.vocabulary import Language

Change = (
    JoiningChange
    | RecordChange
    | VoiceChange
    | SharingChange
    | SharerChange
    | AttendanceSaid
    | ContactChange
    | ErasureChange
    | CodeChange
    | SafetyChange
    | AddressChange
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What follows from one event: the session as it stands now, what to say, what to write down."""

    session: Session
    prompts: tuple[Prompt, ...] = ()
    changes: tuple[Change, ...] = ()
    language: Language = Language.FRENCH  # the language the prompts are to be read in
    in_confidence: bool = False  # neither what came nor what is answered may be seen by the team

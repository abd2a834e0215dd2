"""Changes: what a step asks to be written down. Of one event, all are applied or none.

joining     who is remembered, who is enrolled, each yes or no
records     completed forms, and the steps made of them
voices      what is listened to, what was answered by voice
sharing     pages for employers
sharers     who is writing, where several people share a phone
attendance  coming to a workshop, or there
contacts    when we write first
erasing     an erasure on its way
codes       the code that guards a logbook, the one that opens it
safety      a human who should read, a quick exit, a report about staff
addresses   reached or not, led to a logbook that was there, confirmed, freed, preferred
outcome     all of them, and what else follows from one event
"""

from conversations.changes.addresses import (
    AddressClosed,
    AddressConfirmed,
    AddressFreed,
    AddressLinked,
    AddressOpened,
    ChannelPreferred,
    LinkAsked,
    LinkMistyped,
)
from conversations.changes.attendance import AttendanceSaid
from conversations.changes.codes import CodeGiven, CodeMistyped, CodeRemoved, CodeSet, LogbookEntered
from conversations.changes.contacts import (
    ContactMoved,
    ContactPlanned,
    ContactsResumed,
    FollowUpsCancelled,
    MessagesPaused,
    PauseEnded,
    PlannedContactsCancelled,
    ReminderPlanned,
)
from conversations.changes.erasing import ErasureHastened, ErasurePlanned, ErasureTakenBack
from conversations.changes.joining import (
    ConsentRecorded,
    Enrolled,
    LanguageChosen,
    NameGiven,
    NewcomerForgotten,
    NewcomerKept,
)
from conversations.changes.outcome import Change, Outcome
from conversations.changes.records import FormSubmitted, MilestoneRecorded
from conversations.changes.safety import (
    ChatCleared,
    ReportNamed,
    ReportReplyChosen,
    ReportWritten,
    TeamAwaited,
    UrgentRaised,
)
from conversations.changes.sharers import ChatShown, EveryoneStopped, WhoAsked, WordsWait, WriterChosen
from conversations.changes.sharing import PageClosed, PageMade
from conversations.changes.voices import AnswerSpoken, AnswerUnspoken, FileNamed, TrackChosen

__all__ = [
    "AddressClosed",
    "AddressConfirmed",
    "AddressFreed",
    "AddressLinked",
    "AddressOpened",
    "AnswerSpoken",
    "AnswerUnspoken",
    "AttendanceSaid",
    "Change",
    "ChannelPreferred",
    "ChatCleared",
    "ChatShown",
    "CodeGiven",
    "CodeMistyped",
    "CodeRemoved",
    "CodeSet",
    "ConsentRecorded",
    "ContactMoved",
    "ContactPlanned",
    "ContactsResumed",
    "Enrolled",
    "ErasureHastened",
    "ErasurePlanned",
    "ErasureTakenBack",
    "EveryoneStopped",
    "FileNamed",
    "FollowUpsCancelled",
    "FormSubmitted",
    "LanguageChosen",
    "LinkAsked",
    "LinkMistyped",
    "LogbookEntered",
    "MessagesPaused",
    "MilestoneRecorded",
    "NameGiven",
    "NewcomerForgotten",
    "NewcomerKept",
    "Outcome",
    "PageClosed",
    "PageMade",
    "PauseEnded",
    "PlannedContactsCancelled",
    "ReminderPlanned",
    "ReportNamed",
    "ReportReplyChosen",
    "ReportWritten",
    "TeamAwaited",
    "TrackChosen",
    "UrgentRaised",
    "WhoAsked",
    "WordsWait",
    "WriterChosen",
]

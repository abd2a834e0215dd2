"""The tables as SQLAlchemy Core takes them, one name each: hot paths are set-based and need no objects."""

from typing import cast

from sqlalchemy import Table
from sqlmodel import SQLModel

from storage.tables import keys, messages, people, records, reports, staff, templates, workshops


def _table(model: type[SQLModel]) -> Table:
    return cast(Table, model.__dict__["__table__"])


ORGANISATIONS = _table(people.Organisation)
COHORTS = _table(people.Cohort)
PARTICIPANTS = _table(people.Participant)
ERASURES = _table(people.Erasure)
MEMBERSHIPS = _table(people.Membership)
ADDRESSES = _table(people.Address)
ALIASES = _table(people.AddressAlias)
CHAT_HOLDS = _table(people.ChatHold)
NEWCOMERS = _table(people.Newcomer)
ENTRY_CODES = _table(people.EntryCode)
LINK_PROOFS = _table(people.LinkProof)
CONSENTS = _table(people.Consent)
EMPLOYER_PAGES = _table(people.EmployerPage)
SESSIONS = _table(people.Session)
DESK_FORMS = _table(people.DeskForm)
TOKENS = _table(people.ButtonToken)
ACCOUNTS = _table(people.ChannelAccount)

EVENTS = _table(messages.ReceivedEvent)
MESSAGES_IN = _table(messages.MessageIn)
FILES = _table(messages.File)
OUTBOX = _table(messages.OutboxMessage)
PARTS = _table(messages.ProviderMessage)
CLEARINGS = _table(messages.Clearing)
PROVIDER_DELETIONS = _table(messages.ProviderDeletion)
BROADCASTS = _table(messages.Broadcast)
RECIPIENTS = _table(messages.Recipient)
PROGRAM_STATE = _table(messages.ProgramState)
TEMPLATES = _table(templates.MessageTemplate)

VERSIONS = _table(records.FormVersion)
FORM_FILES = _table(records.FormFile)
SUBMISSIONS = _table(records.Submission)
SPOKEN = _table(records.SpokenAnswer)
MILESTONES = _table(records.Milestone)
STAFF_CONTACTS = _table(records.StaffContact)
CONTACTS = _table(records.PlannedContact)

WORKSHOP_SERIES = _table(workshops.WorkshopSeries)
WORKSHOPS = _table(workshops.Workshop)
WORKSHOP_NOTICES = _table(workshops.WorkshopNotice)
ATTENDANCE = _table(workshops.WorkshopAttendance)

REPORTS = _table(reports.Report)
REPORT_MESSAGES = _table(reports.ReportMessage)

STAFF = _table(staff.Staff)
STAFF_COHORTS = _table(staff.StaffCohort)
STAFF_SESSIONS = _table(staff.StaffSession)
AUDIT = _table(staff.Audit)

KEYS = _table(keys.ParticipantKey)
ERASED = _table(keys.ErasedParticipant)
SYSTEM_KEYS = _table(keys.SystemKey)

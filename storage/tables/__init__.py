"""The schema.

columns      the column types all tables share
vocabulary   codes that only storage and those above it speak
people       organisations, cohorts, participants, addresses, newcomers, consents, sessions, button tokens
messages     received events, messages in, files, the outbox, provider messages, broadcasts
templates    WhatsApp's templates and shapes, as the provider listed them
records      form versions, submissions, milestones, planned contacts
workshops    series, workshops, what is told about them, who was there
reports      reports about staff, for the safeguarding contact
staff        staff, their cohorts and sessions, the audit trail
core         all of them as SQLAlchemy Core takes them
keys         the key store's tables, in a database of their own
"""

from storage.tables import keys, messages, people, records, reports, staff, templates, workshops

__all__ = ["keys", "messages", "people", "records", "reports", "staff", "templates", "workshops"]

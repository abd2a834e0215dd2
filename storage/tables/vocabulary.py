"""The codes that only storage and those above it speak."""

from enum import StrEnum


class AddressState(StrEnum):
    """Whether we may send to an address."""

    OPEN = "open"
    BLOCKED = "blocked"  # the person said no on this channel: no more sends
    UNREACHABLE = "unreachable"  # the provider says it does not exist any more


class ErasureState(StrEnum):
    """How far an erasure has come."""

    PLANNED = "planned"  # can be taken back until its moment comes
    LEAVING = "leaving"  # the last message is on its way
    ERASING = "erasing"  # begun: whatever is left of the person goes, also after a crash


class ConsentWay(StrEnum):
    """How a yes or no was said."""

    CHAT = "chat"  # by the person, in a message
    ORAL = "oral"  # aloud, to a member of the team who wrote it down
    PAPER = "paper"  # signed on paper, which the association keeps


class ContactMode(StrEnum):
    """How staff were in touch with someone outside of the chat."""

    CALL = "call"
    VISIT = "visit"  # they came, or were visited


class MessageState(StrEnum):
    """What became of an incoming message."""

    HANDLED = "handled"
    FAILED = "failed"  # our fault; kept with its error, staff see it


class ReportState(StrEnum):
    """How far a report about staff has come."""

    OPEN = "open"  # waits for the safeguarding contact
    CLOSED = "closed"  # dealt with; new words open it again


class FileState(StrEnum):
    """Where a file that a person sent is."""

    AT_PROVIDER = "at_provider"  # known by its reference only; fetched as soon as it may and can be
    STORED = "stored"  # here, sealed
    REFUSED = "refused"  # of a kind that is not kept, by its bytes
    TOO_LARGE = "too_large"  # larger than what is kept
    GONE = "gone"  # the provider does not have it, or did not give it for days
    NOT_ALLOWED = "not_allowed"  # without a yes to keeping photos and voice, or it was taken back


class FailureReason(StrEnum):
    """Why an outgoing message waits or will not arrive, in our own words."""

    WINDOW_CLOSED = "window_closed"  # WhatsApp: more than 24 hours since the person wrote
    KNOCKED = "knocked"  # a template asked for an answer: the message goes out when the person writes
    TIER_FULL = "tier_full"  # WhatsApp lets us begin with so many people a day: it waits for its turn
    BLOCKED = "blocked"  # the person said no on this channel
    UNREACHABLE = "unreachable"  # no such address any more
    NOT_MADE = "not_made"  # the file it carries could not be made; it is tried again
    CAPPED = "capped"  # WhatsApp's cap on unasked messages: it is tried again after a day
    QUIET_HOURS = "quiet_hours"  # late by trouble of ours: it goes out in the morning
    REJECTED = "rejected"  # the provider refused the message itself
    UNCONFIRMED = "unconfirmed"  # its fate stayed unknown for 24 hours
    TOO_LATE = "too_late"  # past the time it was good for
    NO_ADDRESS = "no_address"  # the person has no address on a connected channel
    NO_CONSENT = "no_consent"  # the person does not want to be written to first
    UNSURE = "unsure"  # silent for ninety days: it may be somebody else's address by now
    NO_SMS = "no_sms"  # only SMS is left, and the person has not said yes to notices there
    PAUSED = "paused"  # the person wants no messages of ours for a while, or is leaving


class AuditAction(StrEnum):
    """What a member of staff did that must be traceable."""

    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGNED_OUT = "signed_out"
    PARTICIPANT_READ = "participant_read"
    FILE_OPENED = "file_opened"  # a photo, recording or document of one person was seen or heard
    VOICE_WRITTEN_DOWN = "voice_written_down"  # an answer by voice got its words
    MESSAGE_WRITTEN = "message_written"
    CHECK_IN_ASKED = "check_in_asked"
    BROADCAST_SENT = "broadcast_sent"
    STAFF_ADDED = "staff_added"
    STAFF_CHANGED = "staff_changed"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - an action's code, not a password
    COHORT_ADDED = "cohort_added"
    CODE_CLOSED = "code_closed"  # nobody joins with it any more
    CODE_OPENED = "code_opened"  # one can join with it again
    FORM_PUBLISHED = "form_published"
    SAFEGUARDING_READ = "safeguarding_read"  # the page of reports was opened; tells not whether there are any
    CONTROLLER_CHANGED = "controller_changed"  # who answers for the data, and under which numbers
    SAFETY_CHANGED = "safety_changed"  # the contacts, hours and words for people in danger
    ERASURE_PLANNED = "erasure_planned"  # on the person's request, with the reason
    ERASURE_TAKEN_BACK = "erasure_taken_back"
    CODE_REMOVED = "code_removed"  # the code that guarded a logbook, for someone who forgot it
    ADDRESS_CONFIRMED = "address_confirmed"  # after a long silence: it is still the same person who writes
    ADDRESS_LET_GO = "address_let_go"  # it is somebody else's by now
    CHANNEL_PREFERRED = "channel_preferred"  # where someone is written to first, set by staff
    SENT_AGAIN = "sent_again"  # a message that had not arrived
    UNDELIVERED_DISMISSED = "undelivered_dismissed"  # that a message did not arrive needs nobody any more
    PARTICIPANT_ADDED = "participant_added"  # a logbook opened by staff, for someone who said yes to them
    FORM_FILLED = "form_filled"  # a profile or a step, for someone who was there
    CONTACT_RECORDED = "contact_recorded"  # a call or visit was written down
    PHONE_CODE_MADE = "phone_code_made"  # a one-time code that links a phone to a logbook
    DATA_HANDED_OUT = "data_handed_out"  # everything about one person, to them, with the reason
    WORKSHOP_ADDED = "workshop_added"
    WORKSHOP_ANNOUNCED = "workshop_announced"
    WORKSHOP_CANCELLED = "workshop_cancelled"
    ATTENDANCE_MARKED = "attendance_marked"  # of one person, by staff
    ATTENDANCE_READ = "attendance_read"  # a sheet with names was opened
    SHEET_CLOSED = "sheet_closed"  # who was there is final
    EXPORTED = "exported"  # the answers to a form, as a file


class WorkshopNoticeKind(StrEnum):
    """What is done about a workshop when its hour has come."""

    INVITATION = "invitation"  # the cohort is told
    REMINDER = "reminder"  # the day before
    CANCELLATION = "cancellation"  # it does not take place
    FEEDBACK = "feedback"  # two hours after its end: those present are asked how it was

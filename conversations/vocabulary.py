"""The words of the field, as codes that never change; their labels live in the catalogues."""

from enum import StrEnum


class Language(StrEnum):
    """A language the program speaks; the value is its ISO 639-1 code."""

    FRENCH = "fr"
    ARABIC = "ar"
    ENGLISH = "en"

    @property
    def own_name(self) -> str:
        """The language named in itself: what a person looks for in a list.

        >>> Language.ARABIC.own_name
        'العربية'
        """
        return {"fr": "Français", "ar": "العربية", "en": "English"}[self.value]

    @property
    def right_to_left(self) -> bool:
        return self is Language.ARABIC


class Channel(StrEnum):
    """A way messages travel."""

    PHONE = "phone"  # the simulated phone at /phone
    TELEGRAM = "telegram"
    WHATSAPP = "whatsapp"  # through Twilio
    SMS = "sms"  # through Twilio, text only


class ConsentPurpose(StrEnum):
    """What a separate yes is asked for (law 09-08: one purpose, one consent)."""

    LOGBOOK = "logbook"  # keep the logbook at all
    PROMPTING = "prompting"  # write first: check-ins, reminders
    SMS = "sms"  # say «you have a message» by SMS
    MEDIA = "media"  # keep photos and voice
    SHARING = "sharing"  # show chosen steps to an employer


class ConsentState(StrEnum):
    """What the person last said about a purpose."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"  # given once, taken back


class MilestoneKind(StrEnum):
    """What a step of the working life is; each kind has a form of its own."""

    TRAINING = "training"
    INTERNSHIP = "internship"
    JOB_SEARCH = "job_search"  # CV, ANAPEC, application, interview, offer
    JOB = "job"
    BUSINESS = "business"  # of one's own
    COOPERATIVE = "cooperative"  # as a member
    ADMINISTRATIVE = "administrative"  # a closed list, never residence status
    LANGUAGE_COURSE = "language_course"
    OTHER = "other"


class Stage(StrEnum):
    """How far a milestone has come."""

    PLANNED = "planned"  # not begun yet
    STARTED = "started"
    COMPLETED = "completed"  # ended as planned
    STOPPED = "stopped"  # ended before


class Verification(StrEnum):
    """How far the team has checked a milestone."""

    DECLARED = "declared"  # the person's word
    DOCUMENTED = "documented"  # a proof is attached
    VERIFIED = "verified"  # the team has seen that it is so
    QUERIED = "queried"  # the team has asked back
    WITHDRAWN = "withdrawn"  # taken back by the person; kept, not shown to them


class Situation(StrEnum):
    """What a person does now, as their steps and their last answer tell it."""

    EMPLOYED = "employed"
    SELF_EMPLOYED = "self_employed"
    COOPERATIVE_MEMBER = "cooperative_member"  # ICSE-93; Moroccan law 112-12
    IN_TRAINING = "in_training"
    IN_INTERNSHIP = "in_internship"
    SEEKING_WORK = "seeking_work"
    INACTIVE = "inactive"  # none of these at present
    UNKNOWN = "unknown"  # what they did has ended, and nothing newer is known


class ContactKind(StrEnum):
    """What a planned contact is for."""

    CHECK_IN = "check_in"  # comes round by itself
    FOLLOW_UP = "follow_up"  # after an insertion, of the job or the business
    FORM = "form"  # a trainer asks one person to answer a form
    COMING_BACK = "coming_back"  # to who waits for the team; asks nothing


class ContactState(StrEnum):
    """The life of a planned contact (a check-in or follow-up)."""

    PLANNED = "planned"  # waits for its hour
    SENT = "sent"  # the first question is on its way or there
    SNOOZED = "snoozed"  # put off by the person to another hour; what was answered is kept
    REMINDED = "reminded"  # sent, unanswered, and gently brought back to mind
    ANSWERED = "answered"  # the form was completed
    SAID = "said"  # what asks nothing was said
    MISSED = "missed"  # no answer before the next one was due
    CANCELLED = "cancelled"  # the person stopped prompts, or staff cancelled


class DeliveryState(StrEnum):
    """The life of one outgoing message. It only moves forward; see `RANK`."""

    QUEUED = "queued"  # ready for the sender
    WAITING = "waiting"  # window closed: goes out when the person writes
    SENDING = "sending"  # leased to a sender; committed before the call
    UNKNOWN = "unknown"  # the request left, no answer came: maybe there, maybe not
    SENT = "sent"  # the provider took it
    DELIVERED = "delivered"  # it is on the device
    READ = "read"  # it was opened, where the channel tells
    FAILED = "failed"  # it will not arrive; the reason is kept
    EXPIRED = "expired"  # too late to be of use, never sent
    CANCELLED = "cancelled"  # taken back before it was sent


class SendOutcome(StrEnum):
    """What came of one send, at once or by a later report, and so what is done next."""

    SENT = "sent"  # the provider took it
    RETRY_LATER = "retry_later"  # nothing left, or the provider asked for patience: again after a while
    UNKNOWN = "unknown"  # the request left and no clear answer came: maybe there, maybe not
    WINDOW_CLOSED = "window_closed"  # 24 h since they wrote: choose the way again (template, SMS, wait)
    OPTED_OUT = "opted_out"  # the person said no on this channel: no more sends there
    UNREACHABLE = "unreachable"  # this address will not get it: the next channel, and shown
    ASK_AGAIN_LATER = "ask_again_later"  # one delayed retry, then it has failed
    CAPPED = "capped"  # WhatsApp's cap on unasked messages: not before a day
    ACCOUNT_TROUBLE = "account_trouble"  # ours to fix (token, sender, rights): the queue is kept
    DEFECT = "defect"  # a bug of ours in this one message: dead letter with the reason


class Role(StrEnum):
    """What a member of staff may do."""

    TRAINER = "trainer"  # sees the people of their own cohorts only
    ADMIN = "admin"  # sees everyone, keeps staff and cohorts
    SAFEGUARDING = "safeguarding"  # outside of the team: reads complaints about it, and nothing else


class ReplyWay(StrEnum):
    """Whether and how someone who reported may be answered."""

    CHAT = "chat"  # here
    CALL = "call"  # by telephone
    NONE = "none"  # not at all: nothing leads back to them


class WorkshopKind(StrEnum):
    """What a series of workshops is; the indicators tell them apart (product.md)."""

    AWARENESS = "awareness"  # an activity that informs
    COURSE = "course"  # the training course of the project
    TRAINERS = "trainers"  # a training of trainers
    CONCERTATION = "concertation"  # a meeting with companies and institutions


class Attendance(StrEnum):
    """What is known of one person at one workshop."""

    INVITED = "invited"  # no reply so far
    COMING = "coming"  # they said so
    NOT_COMING = "not_coming"  # they said so
    PRESENT = "present"  # provisional until the sheet is closed
    EXCUSED = "excused"  # absent for a reason that the trainer accepts
    ABSENT = "absent"  # neither present nor excused when the sheet was closed

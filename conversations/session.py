"""Where a conversation stands: what is asked, which form is open, which wait."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from conversations.forms import Filling
from conversations.steering.commands import Command
from conversations.steps.kinds import form_of
from conversations.vocabulary import Language, MilestoneKind, Stage


class Place(StrEnum):
    """What the next message of the person answers."""

    MEANT = "meant"  # joining: is this the code that was meant?
    LANGUAGE_FIRST = "language_first"  # joining: which language
    VOICE = "voice"  # read, or listen to which recordings (joining, and later)
    ADULT = "adult"  # joining: 18 or over?
    CONSENT = "consent"  # joining: may we keep a logbook?
    PROMPTING = "prompting"  # joining: may we write first?
    NOTICES = "notices"  # may an SMS say that there is a message?
    HOME = "home"  # the menu
    KIND = "kind"  # which kind of step to record
    LOGBOOK = "logbook"  # what to do with the logbook that was just shown
    PDF = "pdf"  # in which language the PDF is to be
    STEP = "step"  # which of the recorded steps
    UPDATE = "update"  # what became of the chosen step
    WITHDRAW = "withdraw"  # whether the chosen step is really to be taken back
    PROPOSE = "propose"  # whether what we understood is right
    PAGES = "pages"  # the pages for employers: close one, make another
    PAGE_CONSENT = "page_consent"  # may steps be shown to an employer?
    PAGE_STEPS = "page_steps"  # which steps the page shows
    PAGE_LABEL = "page_label"  # for whom it is
    PAGE_LANGUAGE = "page_language"  # in which language
    PAGE_MADE = "page_made"  # what to do with the new link
    PROOF = "proof"  # a proof of the step that is being noted
    FILE = "file"  # what a file is for that came by itself
    MEDIA = "media"  # may photos and voice be kept?
    WORKSHOPS = "workshops"  # which of the coming workshops to answer
    WORKSHOP = "workshop"  # coming to the chosen workshop or not
    LANGUAGE = "language"  # a change of language
    LINK = "link"  # by which number the logbook is known that they have already
    LINK_CODE = "link_code"  # the code that went to that number
    RESUME = "resume"  # which of the forms under way to go on with
    JOIN_FOR = "join_for"  # a code came from a phone that has a logbook: is it for another person?
    NOT_MINE = "not_mine"  # whether this address is really somebody else's by now
    LATER = "later"  # when the question that was put off is to come again
    DOUBT = "doubt"  # a word that steers and may be an answer: which was meant
    TALK = "talk"  # everything goes to the team
    FORM = "form"  # a question of the open form
    CONFIRM = "confirm"  # the summary of the open form: right, or change an answer?
    REPORT = "report"  # what is written goes to the safeguarding contact only
    REPORT_REPLY = "report_reply"  # may they be answered, and how?
    REPORT_NAME = "report_name"  # with their first name or without?
    HIDDEN = "hidden"  # after a quick exit: nothing is asked or shown until the menu is asked for
    CHANGE = "change"  # which answer of the open form to change
    DATA = "data"  # my data: what to do with it
    CODE = "code"  # the code, before what it guards is shown
    CODE_KEEP = "code_keep"  # what to do with the code there is
    CODE_NEW = "code_new"  # a new code
    CODE_AGAIN = "code_again"  # the new code once more
    PAUSE = "pause"  # for how long no messages of ours
    REACH = "reach"  # on which channel we write first
    PERMISSIONS = "permissions"  # which yes to take back or to give
    ERASE = "erase"  # erase everything? asked first
    ERASE_SURE = "erase_sure"  # erase everything? asked again
    ERASE_NOW = "erase_now"  # without waiting for the planned day?


MOST_PARKED = 20  # forms begun and left; whoever begins more loses the oldest
OPEN_FOR = timedelta(minutes=15)  # how long a code opens what it guards, after the last message
IN_CONFIDENCE = (Place.REPORT, Place.REPORT_REPLY, Place.REPORT_NAME)  # the team sees nothing of them
IN_A_FORM = (Place.FORM, Place.CONFIRM, Place.CHANGE, Place.PROOF)


class Purpose(StrEnum):
    """What a form is filled for; decides what happens when it is complete."""

    PROFILE = "profile"
    MILESTONE = "milestone"
    CHECK_IN = "check_in"
    FOLLOW_UP = "follow_up"  # how the job or the business goes
    SURVEY = "survey"  # a form of the team's own


@dataclass(frozen=True, slots=True)
class FormDialogue:
    """A form under way. It finishes on the version it began with."""

    purpose: Purpose
    filling: Filling
    contact_id: str = ""  # the planned contact it answers
    revises: str = ""  # the step whose next version it makes
    proof: str = ""  # where the provider keeps the file that proves the step
    in_detail: bool = False  # what is optional is asked too; of a step it is not, unless wanted
    stuck_at: str = ""  # the needed question that was to be skipped: other ways on are offered beside it
    asked_back: str = ""  # the question whose answer was not taken, or doubted, once
    said_by: tuple[tuple[str, str], ...] = ()  # message → question it answered, where it can be changed
    # begun after a silence, while nobody knew who writes: the `unsure_since` of the person then
    unsure_since: datetime | None = None

    @property
    def may_have_proof(self) -> bool:
        """Whether a proof can be kept with it. Paperwork has none: nobody's papers end up here."""
        return self.purpose is Purpose.MILESTONE and self.filling.form_id != form_of(
            MilestoneKind.ADMINISTRATIVE
        )

    def continues(self, other: "FormDialogue") -> bool:
        """Whether it is the other one, some answers earlier or later."""
        mine, others = self.filling, other.filling
        return mine.version_id == others.version_id and mine.started_at == others.started_at

    def takes_the_place_of(self, other: "FormDialogue") -> bool:
        """Whether the other is this one as it stood before, or of the same sort and without an answer."""
        asked_for = bool(self.contact_id) and self.contact_id == other.contact_id
        of_one_step = bool(self.revises) and self.revises == other.revises
        empty = self.purpose is other.purpose and not other.filling.trail
        return self == other or asked_for or of_one_step or empty


@dataclass(frozen=True, slots=True)
class Aim:
    """What is about to be done with a step, while it is asked with which, or whether."""

    step_id: str = ""  # the step, once it is clear which; empty: one that is not recorded yet
    among: tuple[str, ...] = ()  # the steps it may be; empty: any
    kind: MilestoneKind | None = None  # what sort of step it is
    stage: Stage | None = None  # what has become of it
    started_on: str = ""  # as exactly as it was said
    ended_on: str = ""
    page: int = 0  # of the list of steps
    file: str = ""  # where the provider keeps a file that may prove it
    back_to: Place = Place.HOME  # where that file came in between
    from_words: bool = False  # it was read out of free words, which are the team's if it is not this
    or_new: bool = False  # of the recorded steps none fits all that was said: it may be a new one


@dataclass(frozen=True, slots=True)
class PageDraft:
    """A page for an employer under way."""

    steps: tuple[str, ...]  # ids of the milestones to show
    label: str = ""  # for whom, in the person's words; the employer never sees it
    language: Language = Language.FRENCH
    link: str = field(default="", repr=False)  # once it is made


@dataclass(frozen=True, slots=True)
class Doubt:
    """A word that steers and also answers the open question, while it is asked which was meant."""

    words: str  # as they were written
    command: Command
    place: Place  # where they were written
    prompting: bool = False  # «stop» took back the yes to messages that held until then


@dataclass(frozen=True, slots=True)
class Session:
    """One person's conversation. `token` is the open asking: buttons of any other are from an earlier one."""

    place: Place = Place.HOME
    token: str = ""
    form: FormDialogue | None = None
    parked: tuple[FormDialogue, ...] = ()  # begun and left, newest last
    page: PageDraft | None = None
    returns_to: Place = Place.HOME  # where a change of language leads back to
    join_code: str = ""  # what was sent, while it is asked for whom it is
    report: str = ""  # the report under way; forgotten once it is left
    aim: Aim | None = None
    workshop: str = ""  # the workshop that is answered
    doubt: Doubt | None = None
    interrupted: Place | None = None  # what was asked when the team wrote in between
    unread: bool = False  # only a notice of the open question went out (SMS): nobody has read it yet
    unheard: str = ""  # the last message, where it led nowhere: changed, it counts as a new one
    notices_asked: bool = False  # whether an SMS may say that there is a message; nobody is asked twice
    wanted: Place = Place.HOME  # what the code was asked for
    open_until: datetime | None = None  # what the code guards is open before this moment; None: it is shut
    new_code: str = field(default="", repr=False)  # the hash of a new code, until it is typed again

    def opening(self, form: FormDialogue) -> "Session":
        """The session with this form in front. What was there is parked, and no answer in it is lost."""
        waiting = [*self.parked, *([self.form] if self.form else [])]
        kept = tuple(other for other in waiting if not form.takes_the_place_of(other))
        return replace(self, place=Place.FORM, form=form, parked=kept[-MOST_PARKED:], aim=None)

    def asks_as(self, other: "Session") -> bool:
        """Whether the question is the very one that the other asked, so that it is only asked once more."""
        if self.form is None or other.form is None or self.place is not Place.FORM:
            return self is other
        return self.place is other.place and self.form.filling is other.form.filling

    def at_home(self) -> "Session":
        """The session at the menu; what was under way can be resumed from there."""
        return replace(self, place=Place.HOME, page=None)

    def closing(self) -> "Session":
        """The session with the front form done or dropped."""
        return replace(self, place=Place.HOME, form=None, aim=None)

    @property
    def front(self) -> FormDialogue:
        """The form in front; LookupError where there is none, which the places of a form rule out."""
        if self.form is None:
            raise LookupError("no form is open")
        return self.form

    def holds(self, purpose: Purpose) -> bool:
        """Whether a form for this purpose is under way."""
        return any(form.purpose is purpose for form in self.under_way)

    @property
    def under_way(self) -> tuple[FormDialogue, ...]:
        """The forms that can be gone on with: the one in front, then the newest first."""
        return (*((self.form,) if self.form else ()), *reversed(self.parked))

    def interrupting(self, to: Place) -> "Session":
        """The session after someone wrote to the person in between: what is written next is for them.

        The open question keeps its buttons, so what it was is remembered.
        """
        asked = self.interrupted if self.place is to else self.place
        return replace(self, place=to, interrupted=asked)

    def uninterrupted(self) -> "Session":
        """The session as it stood before, for a tap on the question that is still open."""
        return replace(self, place=self.interrupted or self.place, interrupted=None)

    def about(self, contact_id: str) -> FormDialogue | None:
        """The form under way that answers this planned contact."""
        return next((form for form in self.under_way if form.contact_id == contact_id), None)

    def resuming(self, which: int = 0) -> "Session":
        """The session with one of the forms under way in front."""
        others = [form for place, form in enumerate(self.under_way) if place != which]
        front = self.under_way[which]
        return replace(self, place=Place.FORM, form=front, parked=tuple(reversed(others)), aim=None)

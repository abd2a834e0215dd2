"""The question of each place, and which of its choices a message means.

A question is computed from the session alone, so it can be asked again, in another language, at any time.
"""

from dataclasses import dataclass

from conversations.answers import choose, yes_no
from conversations.asked import Asking
from conversations.entry.invitations import which_code
from conversations.events import Tap, Text
from conversations.form_questions import form_question
from conversations.logbook.page_choices import MADE, page_choices, page_lines, step_choices
from conversations.menu import home_line, menu
from conversations.messages import Choice, Say, Verbatim
from conversations.render.catalogue import say
from conversations.rights.choices import (
    ERASE_SURE,
    PAUSES,
    channel_choices,
    data_choices,
    permission_choices,
)
from conversations.rights.codes import code_question
from conversations.session import Aim, Place, Session
from conversations.snapshot import Snapshot
from conversations.steering.side_questions import answer_or_command, when_it_suits
from conversations.steering.under_way import which_to_resume
from conversations.steps.kinds import KINDS
from conversations.steps.questions import (
    YES_NO,
    after_the_logbook,
    is_it_this,
    really_withdraw,
    what_became_of,
    what_for,
    which_step,
)
from conversations.turn import Turn
from conversations.vocabulary import Language, ReplyWay
from conversations.voice.tracks import track_choices
from conversations.workshops.texts import coming_choices, where_to_come, will_you_come

LANGUAGES = tuple(Choice(language.value, Verbatim(language.own_name)) for language in Language)

BACK = (Choice("back", Say("link.back")),)
IN_TALK = (Choice("report", Say("talk.report")), Choice("menu", Say("talk.menu")))
FOR_WHOM = (Choice("other", Say("who.other_person")), Choice("me", Say("who.me")))
REPORTING = (Choice("menu", Say("talk.menu")),)
REPLY_WAYS = tuple(Choice(way.value, Say(f"report.reply.{way}")) for way in ReplyWay)
NAMED = (Choice("unnamed", Say("report.unnamed")), Choice("named", Say("report.named")))


@dataclass(frozen=True, slots=True)
class Named:
    """A choice as the answers module compares it."""

    name: str
    label: str


def asking(turn: Turn, session: Session, language: Language) -> Asking | None:
    """What the place of this session asks; None where nothing is asked (the team is written to)."""
    match session.place:
        case Place.MEANT:
            return Asking(*which_code(turn.snapshot))
        case Place.LANGUAGE_FIRST:
            return Asking(tuple(Say("join.language", language=each) for each in Language), LANGUAGES)
        case Place.LANGUAGE:
            return Asking((Say("language.ask"),), LANGUAGES)
        case Place.VOICE:
            return Asking((Say("voice.ask"),), track_choices(turn.snapshot.project))
        case Place.ADULT:
            return Asking((Say("join.adult"),), (*YES_NO, Choice("link", Say("join.link"))))
        case Place.CONSENT:
            return Asking((Say("join.consent"),), YES_NO)
        case Place.PROMPTING:
            return Asking((Say("join.prompting"),), YES_NO)
        case Place.NOTICES:
            return Asking((Say("sms.ask"),), YES_NO)
        case Place.HOME:
            return Asking((home_line(turn.snapshot),), menu(turn.snapshot, session))
        case Place.JOIN_FOR:
            return Asking((Say("who.code_for"),), FOR_WHOM)
        case Place.NOT_MINE:
            return Asking((Say("unsure.free_ask"),), YES_NO)
        case Place.KIND:
            return Asking(
                (Say("kind.ask"),), tuple(Choice(kind.value, Say(f"kind.{kind}")) for kind in KINDS)
            )
        case Place.LOGBOOK:
            return Asking(*after_the_logbook(turn.snapshot))
        case Place.PDF:
            return Asking((Say("pdf.language"),), LANGUAGES)
        case Place.STEP:
            return Asking(*which_step(turn.snapshot, session.aim or Aim()))
        case Place.UPDATE | Place.WITHDRAW | Place.PROPOSE:
            return _of_step(turn.snapshot, session.place, session.aim or Aim())
        case Place.WORKSHOPS:
            return Asking((Say("workshops.ask"),), coming_choices(turn.snapshot.workshops, turn.now))
        case Place.WORKSHOP:
            return _of_workshop(turn, session.workshop)
        case Place.PROOF:
            return Asking((Say("proof.ask"),), (Choice("none", Say("proof.none")),))
        case Place.FILE:
            return Asking(*what_for(turn.snapshot, session.aim or Aim()))
        case Place.MEDIA:
            return Asking((Say("media.ask"),), YES_NO)
        case Place.TALK:
            return Asking((Say("talk.enter"),), IN_TALK)
        case Place.REPORT:
            return Asking((Say("report.more" if session.report else "report.ask"),), REPORTING)
        case Place.REPORT_REPLY:
            return Asking((Say("report.reply_ask"),), REPLY_WAYS)
        case Place.REPORT_NAME:
            return Asking((Say("report.name_ask"),), NAMED)
        case Place.LINK:
            return Asking((Say("link.ask"),), BACK, own_number=Say("link.own_number"))
        case Place.LINK_CODE:
            return Asking((Say("link.code_ask"),), BACK)
        case Place.RESUME:
            return Asking(*which_to_resume(session))
        case Place.LATER:
            return Asking(*when_it_suits(turn.now, turn.zone))
        case Place.DOUBT if session.doubt:
            return Asking(*answer_or_command(session.doubt))
        case Place.HIDDEN | Place.DOUBT:
            return None
        case Place.CODE | Place.CODE_KEEP | Place.CODE_NEW | Place.CODE_AGAIN:
            return Asking(*code_question(session.place))
        case (
            Place.DATA
            | Place.PAUSE
            | Place.REACH
            | Place.PERMISSIONS
            | Place.ERASE
            | Place.ERASE_SURE
            | Place.ERASE_NOW
        ):
            return _of_my_data(turn.snapshot, session.place)
        case (
            Place.PAGES
            | Place.PAGE_CONSENT
            | Place.PAGE_STEPS
            | Place.PAGE_LABEL
            | Place.PAGE_LANGUAGE
            | Place.PAGE_MADE
        ):
            return _of_pages(turn.snapshot, session.place)
        case Place.FORM | Place.CONFIRM | Place.CHANGE:
            return form_question(turn, session.place, session.front, language)


def _of_workshop(turn: Turn, wanted: str) -> Asking:
    workshops = turn.snapshot.workshops
    return Asking(*will_you_come(workshops, wanted, turn.now), pin=where_to_come(workshops, wanted))


def _of_step(snapshot: Snapshot, place: Place, aim: Aim) -> Asking:
    """What is asked of one step; of one that is gone meanwhile, which other is meant."""
    step = next((one for one in snapshot.milestones if one.id == aim.step_id), None)
    if place is Place.PROPOSE:
        return Asking(*is_it_this(step, aim))
    if step is None:
        return Asking(*which_step(snapshot, Aim()))
    return Asking(*(what_became_of(step) if place is Place.UPDATE else really_withdraw(step)))


def _of_my_data(snapshot: Snapshot, place: Place) -> Asking | None:
    person = snapshot.participant
    if person is None:
        return None
    match place:
        case Place.PAUSE:
            return Asking((Say("pause.ask"),), PAUSES)
        case Place.REACH:
            return Asking((Say("reach.ask"),), channel_choices(person))
        case Place.PERMISSIONS:
            return Asking((Say("permissions.ask"),), permission_choices(person))
        case Place.ERASE:
            return Asking((Say("erase.ask"),), YES_NO)
        case Place.ERASE_SURE:
            return Asking((Say("erase.sure"),), ERASE_SURE)
        case Place.ERASE_NOW:
            return Asking((Say("erasing.now_ask"),), YES_NO)
        case _:
            return Asking((Say("data.ask"),), data_choices(person))


def _of_pages(snapshot: Snapshot, place: Place) -> Asking:
    match place:
        case Place.PAGE_CONSENT:
            return Asking((Say("pages.consent"),), YES_NO)
        case Place.PAGE_STEPS:
            steps = step_choices(snapshot)
            return Asking((Say("pages.which"),), steps, several=len(steps) > 1)
        case Place.PAGE_LABEL:
            return Asking((Say("pages.label"),))
        case Place.PAGE_LANGUAGE:
            return Asking((Say("pages.language"),), LANGUAGES)
        case Place.PAGE_MADE:
            return Asking((Say("pages.what_now"),), MADE)
        case _:
            return Asking(page_lines(snapshot), page_choices(snapshot))


def understood(turn: Turn, question: Asking) -> str | None:
    """The choice that the message means: by its button, number, label, or nearly so. None: not clear."""
    match turn.event:
        case Tap():
            tapped = turn.snapshot.tapped
            return tapped.value if tapped and tapped.token == turn.session.token else None
        case Text(text):
            options = [Named(choice.value, say(choice.label, turn.language)) for choice in question.choices]
            if {option.name for option in options} >= {"yes", "no"}:
                plain = yes_no(text)
                if plain is not None:
                    return "yes" if plain else "no"
            return choose(text, options, turn.language)
    return None


def of_an_earlier_question(turn: Turn) -> bool:
    """Whether a button was tapped that is not of the open question."""
    tapped = turn.snapshot.tapped
    return isinstance(turn.event, Tap) and (tapped is None or tapped.token != turn.session.token)

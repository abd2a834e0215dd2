"""Joining: code, language, 18 or over, consent. Until the yes almost nothing is kept."""

from dataclasses import replace

from conversations.answers import fold
from conversations.answers.agreement_words import FIRM_YES
from conversations.answers.numbers import read_integer
from conversations.asking import asking, of_an_earlier_question, understood
from conversations.changes import Change, ConsentRecorded, ContactPlanned, Enrolled, NewcomerForgotten
from conversations.contacts.followups import plan_first_check_in
from conversations.contacts.insertion import follow_up_plans
from conversations.dialogues import opened
from conversations.entry.consent import CONSENT_VERSION, told
from conversations.entry.invitations import in_a_known_language, looks_like_code
from conversations.entry.linking import LINKING, begin_linking, link
from conversations.events import Text
from conversations.messages import Say
from conversations.session import Place, Purpose
from conversations.snapshot import Newcomer
from conversations.steering.commands import Command, command_in
from conversations.turn import Move, Turn, lines
from conversations.vocabulary import ConsentPurpose, ConsentState, Language
from conversations.voice.listening import done, track_meant
from conversations.voice.tracks import track_of, tracks

ADULT = 18  # years
TOLD_AGES = range(13, 100)


def join(turn: Turn) -> Move:
    """The next move with someone who has no logbook yet."""
    snapshot = turn.snapshot
    newcomer = snapshot.newcomer
    beginning = turn.session.place in (Place.MEANT, Place.LANGUAGE_FIRST)
    if newcomer is None or (snapshot.invitation and beginning):
        return _welcome(turn)
    match command_in(turn.event.text) if isinstance(turn.event, Text) else None:
        case Command.STOP:
            return _goodbye(turn, "join.refused")
        case Command.HELP | Command.MENU | Command.TALK:
            return Move(turn.session, lines("join.help"))
        case Command.LINK if not beginning:
            return begin_linking(turn)
        case Command.BACK | Command.CANCEL if turn.session.place in LINKING:
            return Move(replace(turn.session, place=Place.ADULT))
    if of_an_earlier_question(turn):
        return Move(turn.session, lines("tap.old"))
    if turn.session.place in LINKING:
        return link(turn)
    if turn.session.place is Place.VOICE:
        return _will_listen(turn)
    question = asking(turn, turn.session, turn.language)
    answer = (understood(turn, question) if question else None) or _by_age(turn)
    if answer is None or _too_vague(turn):
        several_languages = beginning  # the question itself is the hint
        return Move(turn.session, () if several_languages else lines("choice.unclear"))
    return _answered(turn, newcomer, answer)


def _too_vague(turn: Turn) -> bool:
    """Whether an answer is no clear yes to consent: «ok» is also said by who did not follow."""
    vague = isinstance(turn.event, Text) and fold(turn.event.text) in ("ok", "okay", "okey")
    return vague and turn.session.place is Place.CONSENT


def _by_age(turn: Turn) -> str | None:
    """The yes or no in an age told where it is asked who is 18 or over; lower figures may be a slip."""
    if turn.session.place is not Place.ADULT or not isinstance(turn.event, Text):
        return None
    age = read_integer(turn.event.text, turn.language)
    if not isinstance(age, int) or age not in TOLD_AGES:
        return None
    if age >= ADULT:
        return "yes"
    contradicted = not FIRM_YES.isdisjoint(fold(turn.event.text).split())  # «oui j'ai 16 ans»
    return None if contradicted else "no"


def _welcome(turn: Turn) -> Move:
    invited = turn.snapshot.invitation
    if invited and invited.closed:
        return Move(turn.session, in_a_known_language(turn.snapshot, "join.closed"), asks=False)
    if invited:
        return Move(replace(turn.session, place=Place.MEANT if invited.meant else Place.LANGUAGE_FIRST))
    wrong = isinstance(turn.event, Text) and looks_like_code(turn.event.text)
    id = "join.unknown_code" if wrong else "join.need_code"
    return Move(turn.session, in_a_known_language(turn.snapshot, id), asks=False)


def _answered(turn: Turn, newcomer: Newcomer, answer: str) -> Move:
    session = turn.session
    match session.place, answer:
        case Place.MEANT, "yes":
            return Move(replace(session, place=Place.LANGUAGE_FIRST))
        case Place.MEANT, _:
            texts = in_a_known_language(turn.snapshot, "join.unknown_code")
            return Move(session, texts, changes=(NewcomerForgotten(),), asks=False)
        case Place.LANGUAGE_FIRST, code:
            next_place = Place.VOICE if tracks(turn.snapshot.project) else Place.ADULT
            return Move(replace(session, place=next_place), (Say("join.welcome"),), language=Language(code))
        case Place.ADULT, "link":
            return begin_linking(turn)
        case Place.ADULT, "yes":
            before = told(turn.snapshot.project.controller)
            return Move(replace(session, place=Place.CONSENT), before=before)
        case Place.ADULT, _:
            return _too_young(turn, newcomer)
        case Place.CONSENT, "yes":
            return _enrol(turn, newcomer)
        case _:
            return _goodbye(turn, "join.refused")


def _will_listen(turn: Turn) -> Move:
    track = track_meant(turn)
    if track is None:
        return Move(turn.session, lines("choice.unclear"))
    # The welcome came before anybody knew that they listen; it warns of those who ask for money.
    welcome = track_of(turn.snapshot.project, track).recording("join.welcome")
    return Move(replace(turn.session, place=Place.ADULT), done(track), media=welcome, track=track)


def _too_young(turn: Turn, newcomer: Newcomer) -> Move:
    """Nothing is kept; they hear whom to go to, and how, where the association has said it."""
    goodbye = _goodbye(turn, "join.minor")
    if not newcomer.contact:
        return goodbye
    reach = Say("join.minor_contact", {"contact": newcomer.contact})
    return replace(goodbye, lead=(*goodbye.lead, reach))


def _goodbye(turn: Turn, id: str) -> Move:
    return Move(turn.session, lines(id), changes=(NewcomerForgotten(),), asks=False)


def _enrol(turn: Turn, newcomer: Newcomer) -> Move:
    enrolled = Enrolled(
        turn.ids.row(), turn.ids.pseudonym(), newcomer.cohort_id, newcomer.language, newcomer.track
    )
    consent = consent_said(turn, ConsentPurpose.LOGBOOK, ConsentState.GIVEN)
    return Move(
        replace(turn.session, place=Place.PROMPTING), lines("join.thanks"), changes=(enrolled, consent)
    )


def answer_prompting(turn: Turn, answer: str) -> Move:
    """The new participant said whether we may write first; the profile follows."""
    given = answer == "yes"
    state = ConsentState.GIVEN if given else ConsentState.REFUSED
    heard = "join.prompting_yes" if given else "join.prompting_no"
    changes: tuple[Change, ...] = (consent_said(turn, ConsentPurpose.PROMPTING, state),)
    if given:
        changes += (_first_check_in(turn),)
    if _profile_known(turn):
        return Move(turn.session.at_home(), lines(heard), changes=changes)
    return Move(opened(turn, Purpose.PROFILE, "profile"), lines(heard, "profile.intro"), changes=changes)


def _profile_known(turn: Turn) -> bool:
    """Whether staff filled the profile in with them, before they had a phone."""
    person = turn.snapshot.participant
    return person is not None and bool(person.first_name) and turn.snapshot.said is not None


def allow_prompting(turn: Turn) -> tuple[Change, ...]:
    """The person wants to be written to again."""
    given = consent_said(turn, ConsentPurpose.PROMPTING, ConsentState.GIVEN)
    return (given, _first_check_in(turn), *follow_up_plans(turn))


def stop_prompting(turn: Turn) -> ConsentRecorded:
    """The person does not want to be written to first any more."""
    return consent_said(turn, ConsentPurpose.PROMPTING, ConsentState.WITHDRAWN)


def _first_check_in(turn: Turn) -> ContactPlanned:
    return plan_first_check_in(turn.ids.row(), turn.now, turn.zone)


def consent_said(turn: Turn, purpose: ConsentPurpose, state: ConsentState) -> ConsentRecorded:
    """What the person says now about one purpose, to the text in force."""
    return ConsentRecorded(purpose, state, CONSENT_VERSION, turn.language)

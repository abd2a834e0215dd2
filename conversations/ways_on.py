"""Where a question of a form is not answered: what is said then, and the ways on beside it."""

from dataclasses import replace

from conversations.answers import fold
from conversations.answers.choice_words import DONT_KNOW
from conversations.entry.first_names import is_plainly_no_name
from conversations.form_questions import says_how
from conversations.forms import Refusal, Run
from conversations.messages import Say
from conversations.session import Purpose
from conversations.turn import Move, Turn, lines

FORGOTTEN = frozenset(
    fold(words)
    for words in (
        *("je ne me souviens pas", "je ne me souviens plus", "je me souviens plus", "j'ai oublié", "oublié"),
        *("i don't remember", "i do not remember", "i forgot", "don't remember"),
        *("لا أتذكر", "لا أذكر", "نسيت", "ما عقلتش", "nsit", "ma3qeltch", "ma3kltch"),
    )
)


def refused(turn: Turn, run: Run, refusal: Refusal) -> Move:
    """The answer was not taken: why, once; the second time at one question also the ways on."""
    place, question = _place(run), run.question()
    if turn.session.front.asked_back == place and question is not None and question.required:
        return stuck(turn, run, refusal)
    form = replace(turn.session.front, asked_back=place)
    told = () if says_how(question, refusal.line) else (refusal.line,)
    return Move(replace(turn.session, form=form), told)


def stuck(turn: Turn, run: Run, refusal: Refusal) -> Move:
    """A needed question cannot be answered: it is said why not, and what can be done instead."""
    form = replace(turn.session.front, stuck_at=_place(run))
    return Move(replace(turn.session, form=form), (refusal.line, Say("form.ways_on")))


def is_unknown(text: str) -> bool:
    """Whether somebody says that they do not know, and nothing else.

    >>> is_unknown("Je ne sais pas."), is_unknown("نسيت"), is_unknown("je ne sais pas coudre")
    (True, True, False)
    """
    return fold(text) in DONT_KNOW | FORGOTTEN


def doubts_name(turn: Turn, run: Run, text: str) -> bool:
    """Whether this is plainly no first name where one is asked, and was not said twice."""
    dialogue, stop = turn.session.front, run.ahead.stop
    if dialogue.purpose is not Purpose.PROFILE or stop is None or not stop.place.endswith("/first_name"):
        return False
    return dialogue.asked_back != stop.place and is_plainly_no_name(text)


def ask_name_again(turn: Turn, run: Run) -> Move:
    """Ask once more, kindly; the second answer is taken whatever it is."""
    form = replace(turn.session.front, asked_back=_place(run))
    return Move(replace(turn.session, form=form), lines("profile.name_again"))


def _place(run: Run) -> str:
    return run.ahead.stop.place if run.ahead.stop else ""

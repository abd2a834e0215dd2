"""Six manners of answering, each from joining to my data in three languages: no dead end, nothing lost."""

from dataclasses import replace

import pytest

from conversations import changes as did
from conversations.answers import fold
from conversations.events import Text
from conversations.messages import Say, Verbatim
from conversations.render.catalogue import say
from conversations.session import IN_A_FORM, Place
from conversations.vocabulary import ContactState, Language
from tests.conversations.journeys import BORN, DAY, SKILLS, VOICE, Goal, Person, came_true
from tests.conversations.talking import Talk

ALL = pytest.mark.parametrize("language", Language)
BACK = {Language.FRENCH: "retour", Language.ARABIC: "رجوع", Language.ENGLISH: "back"}
HELLO = {Language.FRENCH: "bonjour", Language.ARABIC: "السلام عليكم", Language.ENGLISH: "hello"}
MENU = {Language.FRENCH: "menu", Language.ARABIC: "قائمة", Language.ENGLISH: "menu"}


class ByButtons(Person):
    """Taps whatever can be tapped."""

    def reach(self, goal: Goal) -> None:
        self.answers(goal)


class InWords(Person):
    """Types everything, without capitals or accents, never a number of the list."""

    def reach(self, goal: Goal) -> None:
        words = self.words_of(goal)
        self.talk.says(words if goal.words else fold(words))


class ByVoice(Person):
    """Speaks, always; taps where they hear that it takes a button, and writes only what cannot be spoken."""

    def reach(self, goal: Goal) -> None:
        talk = self.talk
        in_a_form = talk.where() in IN_A_FORM
        if in_a_form:
            talk.happens(VOICE)
        if talk.where() is Place.MEDIA:
            talk.taps("yes")
        taken = in_a_form and goal.words not in (None, DAY, BORN)
        if not taken:
            self.answers(goal)


class OfTwoMinds(Person):
    """Takes something else first, each time, and comes back."""

    def reach(self, goal: Goal) -> None:
        talk, asked = self.talk, question(self.talk)
        choices = [choice.value for choice in talk.prompts[-1].choices]
        other = next((value for value in choices if value not in (goal.value, "@later")), "")
        joined = talk.snapshot.participant is not None and goal.place is not Place.PROMPTING
        if (
            joined and goal.place in IN_A_FORM and goal.words is not SKILLS
        ):  # behind the last there is no way back
            talk.says("2024") if goal.words else talk.taps("change" if goal.place is Place.CONFIRM else other)
            for _ in range(2):
                if not asks(talk, asked):
                    talk.says(BACK[self.language])
            assert asks(talk, asked), talk.heard
        elif joined and goal.place not in IN_A_FORM:
            talk.taps(other)
            talk.says(MENU[self.language])
            if goal.value == "menu":
                return
            if goal.place is Place.KIND:
                talk.taps("record")
        self.answers(goal)


def question(talk: Talk) -> tuple[str, ...]:
    """The words of the form in the last message."""
    return tuple(line.text for line in talk.prompts[-1].lines if isinstance(line, Verbatim))


def asks(talk: Talk, asked: tuple[str, ...]) -> bool:
    """Whether this is asked now, whatever was said before it."""
    words = question(talk)
    return words[max(0, len(words) - len(asked)) :] == asked


class GoneForTenDays(Person):
    """Falls silent for ten days before every answer; check-ins come meanwhile; greets, and goes on."""

    def reach(self, goal: Goal) -> None:
        talk = self.talk
        joined = talk.snapshot.participant is not None
        talk.later(days=10)
        if joined and goal.place in (Place.FORM, Place.CONFIRM):
            open_now = talk.snapshot.session.front
            if not open_now.contact_id:
                talk.says(HELLO[self.language])
                assert talk.snapshot.session.front.filling == open_now.filling
        self.answers(goal)


class AskingForHelp(Person):
    """Asks for help at every question; it comes in a message of its own, and the question again behind it."""

    def reach(self, goal: Goal) -> None:
        if self.talk.snapshot.participant is not None and goal.place is not Place.PROMPTING:
            asked = question(self.talk)
            self.talk.says("?")
            assert asks(self.talk, asked)
        self.answers(goal)


class FiveAtOnce(Person):
    """Sends the answer, and four more messages before anything of ours has left."""

    def reach(self, goal: Goal) -> None:
        talk = self.talk
        self.answers(goal)
        # words before a question for words are taken for its answer: they are most likely that
        if talk.where() is not Place.FORM or goal.words is not None or not talk.prompts[-1].choices:
            return
        asked = question(talk)
        for piece in ("attendez", "je voulais dire", "que tout va bien", "ici"):
            talk.happens(Text(piece), replace(talk.snapshot, question_unsent=True))
            assert say(Say("burst.kept"), self.language) in talk.heard
        assert asks(talk, asked)


MANNERS = [ByButtons, InWords, OfTwoMinds, GoneForTenDays, AskingForHelp, FiveAtOnce]


@ALL
@pytest.mark.parametrize("manner", MANNERS)
def test_everybody_gets_all_the_way(manner: type[Person], language: Language) -> None:
    person = manner(language)
    person.lives()
    came_true(person)


@ALL
def test_who_speaks_gets_all_the_way_and_the_team_writes_three_answers_down(language: Language) -> None:
    person = ByVoice(language)
    person.lives()
    talk = person.talk
    places = [each.place for each in talk.did(did.AnswerSpoken) if isinstance(each, did.AnswerSpoken)]
    assert [place.rpartition("/")[2] for place in places] == ["first_name", "skills", "occupation"]
    [job] = [step for step in talk.did(did.MilestoneRecorded) if isinstance(step, did.MilestoneRecorded)]
    assert job.started_on == "2025-03-12"
    assert did.ContactMoved("contact1", ContactState.ANSWERED) in talk.changes
    assert talk.did(did.TeamAwaited), "what cannot be spoken is heard by a human all the same"

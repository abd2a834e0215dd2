"""A whole way through the chat, from joining to my data, for people who answer each in their own manner.

A `Goal` is one question of that way and what the person means; a `Person` brings it about.
`Watched` holds the chat to its promises at every message.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace

from conversations import changes as did
from conversations.events import Attachment, AttachmentKind, Event
from conversations.messages import Prompt, Say, Verbatim
from conversations.render.capabilities import CAPABILITIES
from conversations.render.catalogue import say
from conversations.render.parts import render
from conversations.session import Place
from conversations.snapshot import Held, Snapshot
from conversations.vocabulary import Channel, ConsentState, ContactState, Language
from tests.conversations.talking import CODE, Talk

LONGEST = 300  # characters of what is ours in a message; people's own words and lists may add to it
VOICE = Attachment(AttachmentKind.VOICE, "voice1", "audio/ogg", 20_000)
Words = dict[Language, str]


def same(text: str) -> Words:
    return dict.fromkeys(Language, text)


def three(french: str, arabic: str, english: str) -> Words:
    return {Language.FRENCH: french, Language.ARABIC: arabic, Language.ENGLISH: english}


@dataclass(frozen=True, slots=True)
class Goal:
    """One question, and what the person means by the answer: a choice, or words where there is none."""

    place: Place
    value: str = ""  # of the choice
    words: Words | None = None  # where nothing is to be chosen


NAME = three("Awa", "أمينة", "Grace")
WORK = three("couturière", "خياطة", "seamstress")
DAY = three("12 mars 2025", "12 مارس 2025", "12 March 2025")
BORN = same("1990")
SKILLS = three("la couture", "الخياطة", "sewing")

JOIN = (
    Goal(Place.ADULT, "yes"),
    Goal(Place.CONSENT, "yes"),
    Goal(Place.PROMPTING, "yes"),
)
PROFILE = (
    Goal(Place.FORM, words=NAME),
    Goal(Place.FORM, "woman"),
    Goal(Place.FORM, words=BORN),
    Goal(Place.FORM, "cm"),
    Goal(Place.FORM, "rabat"),
    Goal(Place.FORM, "primary"),
    Goal(Place.FORM, "seeking_work"),
    Goal(Place.FORM, words=SKILLS),
)
JOB = (
    Goal(Place.HOME, "record"),
    Goal(Place.KIND, "job"),
    Goal(Place.FORM, "started"),
    Goal(Place.FORM, words=DAY),
    Goal(Place.FORM, words=WORK),
    Goal(Place.CONFIRM, "confirm"),
)
CHECK_IN = (Goal(Place.FORM, "no"),)
LOGBOOK = (Goal(Place.HOME, "logbook"), Goal(Place.LOGBOOK, "menu"))
DATA = (Goal(Place.HOME, "data"), Goal(Place.DATA, "menu"))


class Watched(Talk):
    """A conversation that is held to what it promises."""

    def happens(self, event: Event, snapshot: Snapshot | None = None) -> None:
        before = self.prompts
        here = snapshot or self.snapshot
        if here.participant is not None:  # storage counts it where my data may be asked for
            here = replace(here, participant=replace(here.participant, held=Held(steps=1, received=3)))
        super().happens(event, here)
        assert self.prompts, "every message is answered"
        for prompt in self.prompts:
            self._is_short(prompt)
        self._leads_on(before)

    def _is_short(self, prompt: Prompt) -> None:
        ours = [say(line, self.language) for line in prompt.lines if isinstance(line, Say)]
        assert all(len(text) <= LONGEST for text in ours), ours
        whole = [
            part.text
            for part in render(replace(prompt, choices=()), self.language, CAPABILITIES[Channel.PHONE])
        ]
        own_words = any(isinstance(line, Verbatim) and "•" in line.text for line in prompt.lines)
        listed = own_words or any(
            isinstance(line, Say) and line.id.startswith("step_line") for line in prompt.lines
        )
        assert listed or all(len(text) <= LONGEST for text in whole), whole

    def _leads_on(self, before: tuple[Prompt, ...]) -> None:
        """The very same words twice in a row are only said beside a way on."""
        again = [each.lines for each in before] == [each.lines for each in self.prompts]
        last = self.prompts[-1]
        assert not again or last.choices or last.beside or self.where() is Place.TALK, self.heard


class Person(ABC):
    """Someone with a manner of their own."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.talk = Watched()

    @abstractmethod
    def reach(self, goal: Goal) -> None:
        """Answer the open question in this person's manner, until the conversation goes on."""

    def goes(self, *goals: Goal) -> None:
        for goal in goals:
            assert self.talk.where() is goal.place, (goal, self.talk.heard)
            self.reach(goal)

    def joins(self) -> None:
        self.talk.says(CODE)
        self.goes(Goal(Place.LANGUAGE_FIRST, self.language.value), *JOIN)

    def lives(self) -> None:
        """All of it: joining, the profile, a job, a check-in, the logbook, my data."""
        self.joins()
        self.goes(*PROFILE)
        assert self.talk.where() is Place.HOME, self.talk.heard
        self.goes(*JOB)
        self.talk.later(days=7)
        known = self.talk.snapshot.participant
        if known is not None:  # whoever waited for the team has had an answer meanwhile
            answered = replace(known, team_awaited=False)
            self.talk.snapshot = replace(self.talk.snapshot, participant=answered)
        if not self.talk.snapshot.session.about("contact1"):
            self.talk.is_due()
        self.goes(*CHECK_IN)
        self.goes(*LOGBOOK)
        self.goes(*DATA)

    def answers(self, goal: Goal) -> None:
        """Plainly: by the button where there are buttons, else in words."""
        if goal.value:
            self.talk.taps(goal.value)
        else:
            self.talk.says(self.words_of(goal))

    def words_of(self, goal: Goal) -> str:
        """What the person writes: the words, or what the choice is called."""
        if goal.words is not None:
            return goal.words[self.language]
        label = next(each.label for each in self.talk.prompts[-1].choices if each.value == goal.value)
        return say(label, self.language)


def came_true(person: Person) -> None:
    """What everybody is promised at the end of that way."""
    talk, language = person.talk, person.language
    [job] = [step for step in talk.did(did.MilestoneRecorded) if isinstance(step, did.MilestoneRecorded)]
    assert (job.stage, job.started_on, job.details["occupation"]) == ("started", "2025-03-12", WORK[language])
    assert talk.did(did.NameGiven)[-1] == did.NameGiven(NAME[language])
    assert did.ContactMoved("contact1", ContactState.ANSWERED) in talk.changes
    answered = [form for form in talk.did(did.FormSubmitted) if isinstance(form, did.FormSubmitted)]
    profile = answered[0].coded
    assert (profile["birth_year"], profile["city"], profile["situation"]) == (1990, "rabat", "seeking_work")
    assert SKILLS[language] in answered[0].instance_xml
    known = talk.snapshot.participant
    assert known is not None
    assert known.prompting is ConsentState.GIVEN
    assert talk.where() is Place.HOME

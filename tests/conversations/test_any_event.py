"""From any state that can be reached, any event is answered; «menu» leads home; «stop» stops; nothing fails.

People are walked at random, in any language and on any channel: they answer, tap old and new buttons, send
files, fall silent for a second or for weeks, while trainers write and check-ins fall due.
"""

import re
from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from conversations import changes as did
from conversations.changes import AddressLinked
from conversations.events import (
    Blocked,
    ContactDue,
    Event,
    Tap,
    Text,
)
from conversations.render.capabilities import CAPABILITIES
from conversations.render.catalogue import say
from conversations.render.parts import render
from conversations.rights.codes import hashed
from conversations.session import Place
from conversations.snapshot import Held, Invitation, Proof, Sharer, Snapshot, Tapped
from conversations.vocabulary import Channel, ConsentState, ContactState, Language
from storage.codec import SESSION
from tests.conversations.anything import ANSWERS, OTHERS, SAID, WORDS_OF_ANY_SORT
from tests.conversations.talking import CHOICE, CODE, CountingIds, Talk, participant
from tests.conversations.test_workshops import LATER, SOON


class AnyEvent(RuleBasedStateMachine):
    """One person, from before they joined."""

    def __init__(self) -> None:
        super().__init__()
        self.talk = Talk(ids=CountingIds())
        self.offered: list[tuple[str, str]] = []  # every button that was ever shown
        self.contacts = 0

    @initialize(
        language=st.sampled_from(Language), channel=st.sampled_from(Channel), joined=st.integers(0, 5)
    )
    def someone(self, language: Language, channel: Channel, joined: int) -> None:
        if joined == 0:
            self.talk.says(CODE)
        elif joined == 1:
            self.talk.says(CODE, CHOICE[language])
        elif joined > 1:
            self.talk = participant(language)
        if joined >= 3:
            self.with_a_job(language)
        person = self.talk.snapshot.participant
        if joined == 5 and person is not None:
            guarded = replace(person, code=hashed("1234", person.id))
            self.talk.snapshot = replace(self.talk.snapshot, participant=guarded)
        if joined >= 3 and person is not None:
            person = replace(self.talk.snapshot.participant or person, sms=ConsentState.GIVEN)
            self.talk.snapshot = replace(self.talk.snapshot, participant=person)
        listening = replace(
            self.talk.snapshot.project,
            safety=replace(self.talk.snapshot.project.safety, safeguarding=True),
            recordings={"ary": {"home.menu": "home.menu.ogg", "voice.ask": "voice.ask.ogg"}},
        )
        self.talk.snapshot = replace(
            self.talk.snapshot,
            channel=channel,
            language_hint=language,
            project=listening,
            workshops=(SOON, LATER) if joined > 1 else (),
        )
        self.remember()

    def with_a_job(self, language: Language) -> None:
        """A step that can be updated, shown, taken back."""
        self.talk.taps("record")
        self.talk.taps("job")
        self.talk.says("1", "12/03/2025", "Couture")
        self.talk.taps("confirm")

    @rule(text=WORDS_OF_ANY_SORT, burst=st.integers(0, 5))
    def writes(self, text: str, burst: int) -> None:
        invitation = Invitation("cohort1") if CODE in text.upper() else None
        if text == "BIENVENU" and not self.talk.snapshot.participant and not self.talk.snapshot.newcomer:
            invitation = Invitation("cohort1", meant=CODE)
        self.answered(
            Text(text), replace(self.talk.snapshot, invitation=invitation, question_unsent=burst == 0)
        )

    @rule(proof=st.sampled_from(Proof), digits=st.sampled_from(["123456", "0600000001", "12"]))
    def proves(self, proof: Proof, digits: str) -> None:
        """On the way to a logbook that was there before; a proof that ends here is another person's story."""
        known = replace(self.talk.snapshot, proof=proof, proved_to_be="another", code_asked_at=self.talk.now)
        before = self.talk.snapshot
        self.answered(Text(digits), known)
        if self.talk.changes and isinstance(self.talk.changes[-1], AddressLinked):
            self.talk.snapshot = replace(before, session=before.session.at_home())

    @rule(text=st.sampled_from(SAID))
    def writes_before_the_window_opened(self, text: str) -> None:
        self.answered(Text(text), replace(self.talk.snapshot, question_unseen=True))

    @rule(which=st.integers(0, 20))
    def taps_what_is_offered(self, which: int) -> None:
        self.taps(which, [one for one in self.offered if one[0] == self.talk.snapshot.session.token])

    @rule(ways=st.lists(st.integers(0, 20), min_size=1, max_size=14))
    def answers_on(self, ways: list[int]) -> None:
        """Button after button, and an answer in words where there is none: deep into whatever is open."""
        for way in ways:
            asked = self.talk.prompts[-1] if self.talk.prompts else None
            if asked and asked.choices:
                choice = asked.choices[way % len(asked.choices)]
                self.tap(asked.token, choice.value)
            else:
                self.answered(Text(ANSWERS[way % len(ANSWERS)]))

    @rule(which=st.integers(0, 20))
    def types_the_label(self, which: int) -> None:
        if self.talk.prompts and self.talk.prompts[-1].choices:
            choices = self.talk.prompts[-1].choices
            self.answered(Text(say(choices[which % len(choices)].label, self.talk.language)))

    @rule(which=st.integers(0, 1000))
    def taps_any_button_ever_shown(self, which: int) -> None:
        self.taps(which, self.offered)

    @rule(event=st.sampled_from(OTHERS))
    def sends_something_else(self, event: Event) -> None:
        self.answered(event)

    @rule(
        seconds=st.sampled_from([1, 3, 60, 3600, 6 * 3600, 13 * 3600])
        | st.integers(1, 60).map(lambda days: days * 86_400)
    )
    def falls_silent(self, seconds: int) -> None:
        self.talk.now += timedelta(seconds=seconds)

    @rule(alone=st.booleans())
    def shares_the_phone(self, alone: bool) -> None:
        """Somebody else begins a logbook on it, or leaves."""
        others = () if alone else (Sharer("me", "A.", "Awa"), Sharer("other", "B.", "Binta"))
        if self.talk.snapshot.participant is not None:
            self.talk.snapshot = replace(self.talk.snapshot, sharers=others)

    @rule(clear=st.booleans())
    def nobody_knows_who_writes(self, clear: bool) -> None:
        """The address was silent for long; or the team has said that it is them."""
        person = self.talk.snapshot.participant
        if person is not None:
            self.talk.now += timedelta(0 if clear else 100)
            since = None if clear else self.talk.now
            self.talk.snapshot = replace(self.talk.snapshot, participant=replace(person, unsure_since=since))

    @rule()
    def a_trainer_writes(self) -> None:
        session, person = self.talk.snapshot.session, self.talk.snapshot.participant
        if person is not None and session.place not in (Place.PROMPTING, Place.HIDDEN):
            person = replace(person, team_awaited=False)
            self.talk.snapshot = replace(
                self.talk.snapshot, session=session.interrupting(Place.TALK), participant=person
            )

    @rule(form=st.sampled_from(["check-in", "profile", "follow-up-job"]), by_staff=st.booleans())
    def a_contact_falls_due(self, form: str, by_staff: bool) -> None:
        self.contacts += 1
        self.due(ContactDue(f"contact{self.contacts}", form, by_staff))

    @rule(reminders=st.sampled_from([None, 0, 1]), which=st.integers(0, 5))
    def a_contact_falls_due_again(self, reminders: int | None, which: int) -> None:
        if self.contacts:
            self.due(ContactDue(f"contact{1 + which % self.contacts}", reminders=reminders))

    @rule()
    def blocks(self) -> None:
        self.talk.happens(Blocked())
        assert self.talk.prompts == ()

    @rule()
    def opens_my_data(self) -> None:
        person = self.talk.snapshot.participant
        held = replace(person, held=Held(steps=1, received=3)) if person else None
        self.answered(Text("mes données"), replace(self.talk.snapshot, participant=held))

    def taps(self, which: int, buttons: list[tuple[str, str]]) -> None:
        if buttons:
            self.tap(*buttons[which % len(buttons)])

    def tap(self, token: str, value: str) -> None:
        """As storage would: what my data shows is counted where it is asked for."""
        person = self.talk.snapshot.participant
        if person is not None and value == "data":
            person = replace(person, held=Held(steps=1, received=3))
        snapshot = replace(self.talk.snapshot, participant=person, tapped=Tapped(token, value))
        self.answered(Tap(f"{token}:0"), snapshot)

    def due(self, event: ContactDue) -> None:
        """A planned contact: asked in a way that can be answered, or moved."""
        if self.talk.snapshot.participant is None:
            return
        before = len(self.talk.changes)
        self.talk.happens(event)
        assert self.talk.prompts or self.talk.changes[before:]
        self.remember()

    def answered(self, event: Event, snapshot: Snapshot | None = None) -> None:
        """What everyone is promised: a reply to everything."""
        self.talk.happens(event, snapshot)
        assert self.talk.prompts, event
        self.remember()

    def remember(self) -> None:
        for prompt in self.talk.prompts:
            self.offered += [(prompt.token, each.value) for each in (*prompt.choices, *prompt.beside)]

    @invariant()
    def everything_can_be_read_on_every_channel(self) -> None:
        for prompt in self.talk.prompts:
            for capabilities in CAPABILITIES.values():
                parts = render(prompt, self.talk.language, capabilities)
                assert parts or not prompt.lines
                assert all(part.text.strip() or part.media for part in parts)

    @invariant()
    def nothing_shows_while_nobody_knows_who_writes(self) -> None:
        person = self.talk.snapshot.participant
        if person is not None and person.unsure:
            for word in ("carnet", "continuer", "pdf", "mes données"):
                talk = self.fork()
                talk.happens(Text(word))
                assert not re.search(r"\bCouture\b", talk.heard)
                assert not any(prompt.media for prompt in talk.prompts if not prompt.lines)

    @invariant()
    def the_session_can_be_stored(self) -> None:
        session = self.talk.snapshot.session
        assert SESSION.validate_json(SESSION.dump_json(session)) == session

    @invariant()
    def menu_leads_home(self) -> None:
        talk = self.fork()
        talk.happens(Text("menu"))
        assert talk.prompts
        person = talk.snapshot.participant
        if person is not None and not person.leaving:
            assert talk.where() is Place.HOME
            assert [choice.value for choice in talk.prompts[-1].choices if choice.value == "talk"]

    @invariant()
    def stop_stops(self) -> None:
        talk = self.fork()
        talk.happens(Text("stop"))
        assert talk.prompts
        person = talk.snapshot.participant
        if person is None:
            assert talk.snapshot.newcomer is None, "nothing of a stranger stays"
            return
        if person.leaving:
            return
        assert person.prompting is ConsentState.WITHDRAWN
        assert did.PlannedContactsCancelled() in talk.changes
        for reminders in (None, 0, 1):
            talk.now += timedelta(days=3)
            talk.happens(ContactDue("contact1", reminders=reminders))
            assert talk.prompts == ()
            assert talk.changes[-1] == did.ContactMoved("contact1", ContactState.CANCELLED)

    def fork(self) -> Talk:
        """The same person, to look what would follow."""
        return replace(self.talk, changes=[], prompts=())


AnyEvent.TestCase.settings = settings(
    max_examples=40, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
TestAnyEvent = AnyEvent.TestCase

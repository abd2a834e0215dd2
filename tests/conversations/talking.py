"""A conversation in memory: steps one person and keeps what storage would keep."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from typing import TypeVar

from conversations import changes as did
from conversations.afterwards import after
from conversations.events import ContactDue, Event, Tap, Text
from conversations.forms import builtin_forms, compile_form
from conversations.messages import Prompt
from conversations.render.catalogue import say
from conversations.session import Place, Session
from conversations.snapshot import Invitation, Milestone, Participant, Project, Said, Snapshot, Tapped
from conversations.step import step
from conversations.vocabulary import (
    Channel,
    ConsentState,
    ContactKind,
    ContactState,
    Language,
    Situation,
    Verification,
)

Kept = TypeVar("Kept")

CODE = "BIENVENUE"
START = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@cache
def project() -> Project:
    """The built-in forms, in Rabat."""
    forms = {
        f"{form.form_id}-v1": compile_form(form.source, "md", f"{form.form_id}-v1")
        for form in builtin_forms()
    }
    current = {form.form_id: f"{form.form_id}-v1" for form in builtin_forms()}
    return Project(
        "Africa/Casablanca", Language.FRENCH, forms, current, public_url="https://carnet.example.org"
    )


@dataclass
class CountingIds:
    """Ids that are the same in every run."""

    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def row(self) -> str:
        return f"row{next(self.numbers)}"

    def pseudonym(self) -> str:
        return f"pseudonym{next(self.numbers)}"

    def token(self) -> str:
        return f"token{next(self.numbers)}"

    def secret(self) -> str:
        return f"secret{next(self.numbers)}"


@dataclass
class Talk:
    """One person's side of a conversation."""

    snapshot: Snapshot = field(default_factory=lambda: Snapshot(project(), Channel.PHONE))
    now: datetime = START
    ids: CountingIds = field(default_factory=CountingIds)
    changes: list[did.Change] = field(default_factory=list)
    prompts: tuple[Prompt, ...] = ()  # the last answer
    language: Language = Language.FRENCH

    def says(self, *texts: str) -> str:
        """Write messages one after the other; what is answered to the last, as a person reads it."""
        for text in texts:
            invited = CODE in text.upper()
            snapshot = replace(self.snapshot, invitation=Invitation("cohort1") if invited else None)
            self.happens(Text(text), snapshot)
        return self.heard

    def taps(self, value: str) -> str:
        """Tap the button of the last answer that has this value."""
        asked = self.prompts[-1]
        shown = (*asked.choices, *asked.beside)
        assert value in [choice.value for choice in shown], "no such button"
        return self.taps_old(asked.token, value)

    def taps_old(self, token: str, value: str) -> str:
        """Tap a button of any asking."""
        self.happens(Tap(f"{token}:0"), replace(self.snapshot, tapped=Tapped(token, value)))
        return self.heard

    def is_due(self, contact_id: str = "contact1", form_id: str = "check-in") -> str:
        """The hour of a planned contact has come."""
        self.happens(ContactDue(contact_id, form_id), self.snapshot)
        return self.heard

    def happens(self, event: Event, snapshot: Snapshot | None = None) -> None:
        """Step once, and keep what follows."""
        before = snapshot or self.snapshot
        outcome = step(before, event, self.now, self.ids)
        self.prompts, self.language = outcome.prompts, outcome.language
        self.changes += outcome.changes
        after = replace(
            self.snapshot, session=outcome.session, session_touched_at=self.now, tapped=None, invitation=None
        )
        for change in outcome.changes:
            after = self._kept(after, change)
        if any(isinstance(change, did.NewcomerForgotten) for change in outcome.changes):
            after = replace(after, session=Session())
        self.snapshot = after

    def _kept(self, snapshot: Snapshot, change: did.Change) -> Snapshot:
        person = snapshot.participant
        match change:
            case did.NewcomerKept(newcomer):
                return replace(snapshot, newcomer=newcomer)
            case did.NewcomerForgotten():
                return replace(snapshot, newcomer=None)
            case did.Enrolled(participant_id=id, language=language, track=track):
                joined = Participant(id, language, ConsentState.REFUSED, self.now, track=track)
                return replace(snapshot, newcomer=None, participant=joined)
            case did.AddressFreed():
                return replace(snapshot, participant=None, milestones=(), workshops=(), session=Session())
            case did.MilestoneRecorded() as step:
                return replace(snapshot, milestones=recorded(snapshot.milestones, step, self.now))
        if person is None:
            return snapshot
        match change:
            case did.LanguageChosen(language):
                person = replace(person, language=language)
            case did.ContactPlanned(kind=ContactKind.FOLLOW_UP, due_at=due_at):
                person = replace(person, follow_up_at=due_at)
            case did.ContactPlanned():
                person = replace(person, contact_planned=True)
            case did.FollowUpsCancelled():
                person = replace(person, follow_up_at=None)
            case did.PlannedContactsCancelled():
                person = replace(person, contact_planned=False, follow_up_at=None)
            case did.ContactMoved(state=ContactState.SENT):
                person = replace(person, contact_planned=False)
            case did.FormSubmitted(coded=coded) if "situation" in coded:
                said = Said(Situation(str(coded["situation"])), self.now)
                return replace(snapshot, said=said)
            case did.TeamAwaited():
                person = replace(person, team_awaited=True)
        return after(replace(snapshot, participant=person), [change])

    @property
    def heard(self) -> str:
        """The last answer as text, choices numbered."""
        texts = []
        for prompt in self.prompts:
            labels = (say(choice.label, self.language) for choice in prompt.choices)
            numbered = [f"{number}. {label}" for number, label in enumerate(labels, 1)]
            texts.append("\n".join([*(say(line, self.language) for line in prompt.lines), *numbered]))
        return "\n\n".join(texts)

    def where(self) -> Place:
        """What the next message answers."""
        return self.snapshot.session.place

    def did(self, kind: type[Kept]) -> list[Kept]:
        """All changes of a kind so far."""
        return [change for change in self.changes if isinstance(change, kind)]

    def later(self, **span: float) -> "Talk":
        """Let time pass."""
        self.now += timedelta(**span)
        return self


def recorded(
    steps: tuple[Milestone, ...], step: did.MilestoneRecorded, now: datetime
) -> tuple[Milestone, ...]:
    """The steps with this version of one of them; what was taken back is not among them."""
    others = tuple(other for other in steps if other.id != step.milestone_id)
    assert step.version == 1 + next((old.version for old in steps if old.id == step.milestone_id), 0)
    if step.verification is Verification.WITHDRAWN:
        return others
    version = Milestone(
        id=step.milestone_id,
        version=step.version,
        kind=step.kind,
        stage=step.stage,
        started_on=step.started_on,
        recorded_at=now,
        ended_on=step.ended_on,
        details=step.details,
        verification=step.verification,
        submission_id=step.submission_id,
    )
    return (*others, version)


CHOICE = {Language.FRENCH: "1", Language.ARABIC: "2", Language.ENGLISH: "3"}
NAME = {Language.FRENCH: "Awa", Language.ARABIC: "أمينة", Language.ENGLISH: "Grace"}


def newcomer(language: Language = Language.FRENCH) -> Talk:
    """Someone who is asked for consent."""
    talk = Talk()
    talk.says(CODE, CHOICE[language], "1")
    return talk


def participant(language: Language = Language.FRENCH) -> Talk:
    """Someone who joined, may be written to, and has filled in the profile."""
    talk = newcomer(language)
    talk.says("1", "1", NAME[language], "1", "1990", "1", "1", "1", "1")
    talk.says({Language.FRENCH: "passer", Language.ARABIC: "تخطي", Language.ENGLISH: "skip"}[language])
    assert talk.where() is Place.HOME, talk.heard
    return talk

"""What everybody meets is on the list of what a track should have: walked, so that no new text is missed."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from conversations.entry.consent import Controller, told
from conversations.events import Attachment, AttachmentKind
from conversations.messages import Line, Prompt, Say
from conversations.render.catalogue import say
from conversations.vocabulary import Language
from conversations.voice.tracks import ESSENTIAL
from tests.conversations.talking import CODE, Talk, participant

CONTROLLER = Controller("Association Nour", "05 00 00 00 00", "D-1", "T-1")
ARGUMENTS = dict.fromkeys(("name", "reach", "declaration", "transfer"), "…")
BEFORE_ANYBODY_LISTENS = "join.language"
VOICE = Attachment(AttachmentKind.VOICE, "https://example.org/a", "audio/ogg")


def listening(talk: Talk) -> Talk:
    """The same person in a real project, where a recording can be chosen."""
    recordings = {"wo": {"voice.ask": "a.ogg"}}
    known = replace(talk.snapshot.project, recordings=recordings, controller=CONTROLLER)
    talk.snapshot = replace(talk.snapshot, project=known)
    return talk


def joining() -> Iterator[Talk]:
    talk = listening(Talk())
    for text in (CODE, "1", "2", "?", "1", "1", "1", "Awa", "passer", "1", "passer", "passer", "1", "passer"):
        talk.says(text)
        yield talk
    talk.says("1")
    yield talk
    talk.happens(VOICE)
    yield talk


def leaving() -> Iterator[Talk]:
    for answers in (("1", "2", "2"), ("1", "2", "1", "2"), ("1", "2", "1", "1", "2")):
        talk = listening(Talk())
        for text in (CODE, *answers):
            talk.says(text)
            yield talk


def a_step() -> Iterator[Talk]:
    talk = listening(participant())
    for text in ("1", "1", "1", "mars 2025", "Couture", "1"):
        talk.says(text)
        yield talk


def a_proof() -> Iterator[Talk]:
    talk = listening(participant())
    talk.says("1", "1", "1", "mars 2025", "Couture")
    talk.taps("details")
    yield talk
    for text in ("passer", "passer"):
        talk.says(text)
        yield talk
    talk.happens(replace(VOICE, kind=AttachmentKind.PHOTO, mime_type="image/jpeg"))
    yield talk


def asked_first() -> Iterator[Talk]:
    talk = listening(participant()).later(days=7)
    talk.is_due()
    yield talk
    talk.says("non")
    yield talk


def with_the_team() -> Iterator[Talk]:
    talk = listening(participant())
    for text in ("parler", "je voudrais vous parler", "menu", "langue", "1", "2", "77", "stop"):
        talk.says(text)
        yield talk
    talk.says("je veux mourir")
    yield talk


WALKS: dict[str, Callable[[], Iterator[Talk]]] = {
    "joining": joining,
    "leaving": leaving,
    "a step": a_step,
    "a proof": a_proof,
    "asked first": asked_first,
    "with the team": with_the_team,
}


def said(prompts: tuple[Prompt, ...]) -> set[str]:
    """The texts that can be read aloud: ours, and the same for everybody."""
    lines: list[Line] = [line for prompt in prompts for line in prompt.lines]
    lines += [choice.label for prompt in prompts for choice in prompt.choices]
    return {line.id for line in lines if isinstance(line, Say) and not line.args}


@pytest.mark.parametrize("walk", WALKS)
def test_what_everybody_hears_is_on_the_list(walk: str) -> None:
    heard = set().union(*(said(talk.prompts) for talk in WALKS[walk]()))
    assert heard - {*ESSENTIAL, BEFORE_ANYBODY_LISTENS} == set()


def test_all_that_is_told_before_the_consent_is_on_the_list() -> None:
    assert {line.id for part in told(CONTROLLER) for line in part if isinstance(line, Say)} <= set(ESSENTIAL)


@pytest.mark.parametrize("id", ESSENTIAL)
def test_what_is_on_the_list_is_a_text(id: str) -> None:
    assert say(Say(id, ARGUMENTS), Language.FRENCH)

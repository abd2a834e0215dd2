"""Pages for employers in the chat: explained, allowed, made, listed, closed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from conversations import changes as did
from conversations.logbook.page_choices import MOST_PAGES
from conversations.messages import Document
from conversations.session import Place
from conversations.snapshot import Milestone
from conversations.vocabulary import ConsentPurpose, ConsentState, Language, MilestoneKind, Stage
from tests.conversations.talking import START, Talk, participant

LINK = "https://carnet.example.org/p/"


def step(number: int, kind: MilestoneKind = MilestoneKind.JOB) -> Milestone:
    details = {"occupation": f"métier {number}"}
    return Milestone(f"step{number}", 1, kind, Stage.STARTED, f"202{number}-03", START, details=details)


def with_steps(language: Language = Language.FRENCH, count: int = 3) -> Talk:
    talk = participant(language)
    steps = tuple(step(number) for number in range(1, count + 1))
    talk.snapshot = replace(talk.snapshot, milestones=steps)
    return talk


def asked(talk: Talk) -> Talk:
    """Someone who has opened the logbook and wants a page."""
    talk.says({"fr": "carnet", "ar": "دفتري", "en": "logbook"}[talk.snapshot.language])
    talk.taps("pages")
    return talk


def made(talk: Talk) -> did.PageMade:
    [page] = talk.did(did.PageMade)
    return page


def test_it_is_explained_in_two_messages_before_the_yes() -> None:
    talk = asked(with_steps())
    assert talk.where() is Place.PAGE_CONSENT
    assert len(talk.prompts) == 3
    assert "30 jours" in talk.heard


def test_a_yes_is_kept_with_its_version_and_a_page_is_made() -> None:
    talk = asked(with_steps())
    talk.taps("yes")
    [said] = [each for each in talk.did(did.ConsentRecorded) if each.purpose is ConsentPurpose.SHARING]
    assert said.state is ConsentState.GIVEN
    assert said.text_version
    talk.says("2 et 4", "Le restaurant")
    talk.taps("ar")
    page = made(talk)
    assert page.steps == ("step3", "step1")  # the newest stands first, after «all»
    assert (page.label, page.language) == ("Le restaurant", Language.ARABIC)
    assert page.expires_at == talk.now + timedelta(days=30)
    assert LINK + page.token in talk.heard
    assert page.token not in repr(page)


@pytest.mark.parametrize("language", list(Language))
def test_six_messages_are_enough_in_every_language(language: Language) -> None:
    talk = with_steps(language)
    talk.says({"fr": "carnet", "ar": "دفتري", "en": "logbook"}[language])
    talk.taps("pages")
    talk.taps("yes")
    talk.says("1", "Zina")
    talk.taps(language)
    assert len(made(talk).steps) == 3
    assert talk.where() is Place.PAGE_MADE
    assert talk.prompts[-1].choices


def test_the_only_step_has_a_button() -> None:
    talk = asked(with_steps(count=1))
    talk.taps("yes")
    assert not talk.prompts[-1].several
    talk.taps("step1")
    talk.says("Zina")
    talk.taps("fr")
    assert made(talk).steps == ("step1",)


def test_a_no_is_kept_too_and_changes_nothing_else() -> None:
    talk = asked(with_steps())
    talk.taps("no")
    assert talk.where() is Place.LOGBOOK
    assert not talk.did(did.PageMade)
    assert not talk.snapshot.sharing.allowed


def test_who_said_yes_before_is_not_asked_again() -> None:
    talk = page_of(with_steps())
    talk.taps("pages")
    talk.taps("new")
    assert talk.where() is Place.PAGE_STEPS


def page_of(talk: Talk, label: str = "Zina") -> Talk:
    asked(talk)
    talk.taps("yes")
    talk.says("1", label)
    talk.taps("fr")
    return talk


def test_the_pdf_with_the_code_leads_to_the_new_page() -> None:
    talk = page_of(with_steps())
    talk.taps("pdf")
    [document] = [each for prompt in talk.prompts for each in prompt.media if isinstance(each, Document)]
    assert document.link == LINK + made(talk).token
    assert talk.where() is Place.PAGE_MADE


def test_the_link_is_forgotten_on_the_way_home() -> None:
    talk = page_of(with_steps())
    talk.says("menu")
    assert talk.snapshot.session.page is None


def test_pages_are_listed_and_closed() -> None:
    talk = page_of(with_steps(), "Le restaurant")
    talk.taps("pages")
    assert "Le restaurant" in talk.heard
    assert "0 fois" in talk.heard
    page = made(talk)
    talk.taps(f"close:{page.page_id}")
    assert talk.did(did.PageClosed) == [did.PageClosed(page.page_id)]
    assert "pas de page" in talk.heard
    assert talk.where() is Place.PAGES


def test_there_are_not_endlessly_many() -> None:
    talk = page_of(with_steps())
    for number in range(MOST_PAGES - 1):
        talk.taps("pages")
        talk.taps("new")
        talk.says("1", f"employeur {number}")
        talk.taps("fr")
    talk.taps("pages")
    assert "new" not in [choice.value for choice in talk.prompts[-1].choices]
    assert len(talk.prompts[-1].choices) <= 10


def test_before_18_there_is_none() -> None:
    talk = with_steps()
    person = talk.snapshot.participant
    assert person is not None
    talk.snapshot = replace(talk.snapshot, participant=replace(person, minor=True))
    asked(talk)
    assert talk.where() is Place.LOGBOOK
    assert "18 ans" in talk.heard


def test_without_steps_or_an_address_of_ours_it_is_said_why() -> None:
    talk = with_steps()
    talk.snapshot = replace(talk.snapshot, milestones=(step(1, MilestoneKind.JOB_SEARCH),))
    assert "étape" in asked(talk).heard
    talk = with_steps()
    talk.snapshot = replace(talk.snapshot, project=replace(talk.snapshot.project, public_url=""))
    assert "PDF marche" in asked(talk).heard


def test_the_search_for_a_job_is_not_offered() -> None:
    talk = participant()
    talk.snapshot = replace(talk.snapshot, milestones=(step(1), step(2, MilestoneKind.JOB_SEARCH)))
    asked(talk)
    talk.taps("yes")
    assert [choice.value for choice in talk.prompts[-1].choices] == ["step1"]


@pytest.mark.parametrize("label", ["", "x" * 41])
def test_a_name_that_does_not_fit_is_asked_again(label: str) -> None:
    talk = asked(with_steps())
    talk.taps("yes")
    talk.says("1", label)
    assert talk.where() is Place.PAGE_LABEL
    talk.says("menu")
    assert talk.where() is Place.HOME


def test_a_yes_taken_back_in_another_chat_makes_no_page() -> None:
    talk = asked(with_steps())
    talk.taps("yes")
    talk.says("1", "Zina")
    talk.snapshot = replace(talk.snapshot, sharing=replace(talk.snapshot.sharing, allowed=False))
    talk.taps("fr")
    assert not talk.did(did.PageMade)
    assert talk.where() is Place.PAGE_CONSENT


def test_what_is_no_answer_is_asked_again_kindly() -> None:
    talk = asked(with_steps())
    talk.says("peut-être")
    assert talk.where() is Place.PAGE_CONSENT
    talk.taps("yes")
    talk.says("99")
    assert talk.where() is Place.PAGE_STEPS

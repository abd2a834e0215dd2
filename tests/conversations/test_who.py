"""Several logbooks on one phone: the question who writes shows nothing, and no answer to it is guessed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations import changes as did
from conversations.events import Attachment, AttachmentKind, Event, Tap, Text, Unblocked
from conversations.messages import Say
from conversations.render.catalogue import say
from conversations.session import Place
from conversations.snapshot import Entry, Sharer, Snapshot, Tapped
from conversations.step import step
from conversations.vocabulary import Channel, Language
from tests.conversations.anything import WORDS_OF_ANY_SORT
from tests.conversations.talking import CODE, START, CountingIds, Talk, participant, project

AWA = Sharer("awa", "A.", "Awa")
BINTA = Sharer("binta", "B.", "Binta")
ALIMA = Sharer("alima", "A. 2", "Alima")


def unknown(*sharers: Sharer, asked: bool = True, language: Language = Language.FRENCH) -> Snapshot:
    """A message of which nobody knows whose it is."""
    return Snapshot(
        project(),
        Channel.PHONE,
        language_hint=language,
        sharers=sharers or (BINTA, AWA),
        who_asked="token0" if asked else "",
    )


def outcome(event: Event, snapshot: Snapshot | None = None) -> did.Outcome:
    return step(snapshot or unknown(), event, START, CountingIds())


def chosen(event: Event, snapshot: Snapshot | None = None) -> str | None:
    changes = outcome(event, snapshot).changes
    return next((one.participant_id for one in changes if isinstance(one, did.WriterChosen)), None)


def shown(result: did.Outcome) -> list[str]:
    return [say(line, result.language) for prompt in result.prompts for line in prompt.lines]


@pytest.mark.parametrize("language", Language)
def test_it_is_asked_in_initials_and_what_came_waits(language: Language) -> None:
    asked = outcome(Text("j'ai fini mon stage"), unknown(asked=False, language=language))
    assert shown(asked) == [say(Say("who.ask"), language)]
    labels = [say(choice.label, language) for choice in asked.prompts[0].choices]
    assert labels == ["B.", "A.", say(Say("who.other"), language)]
    assert did.WordsWait() in asked.changes
    assert did.WhoAsked(asked.prompts[0].token) in asked.changes


@pytest.mark.parametrize("language", Language)
def test_it_is_said_that_words_of_an_earlier_sitting_are_not_kept(language: Language) -> None:
    earlier = replace(unknown(language=language), words_lapse=True)
    assert shown(outcome(Text("bonjour"), earlier))[0] == say(Say("who.not_kept"), language)
    assert chosen(Text("B."), earlier) == "binta"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        *(("1", "binta"), ("2", "awa"), ("3", ""), ("٢", "awa"), ("A.", "awa"), ("a", "awa"), ("B", "binta")),
        *(("Awa", "awa"), ("awa !", "awa"), ("une autre personne", ""), ("شخص آخر", "")),
        *(("0", None), ("4", None), ("C", None), ("bonjour", None), ("1 et 2", None), ("", None)),
        *(("12 mars", None), ("oui", None), ("22", None), ("0012", None), ("00212600000001", None)),
    ],
)
def test_an_initial_is_no_place_in_the_list(said: str, meant: str | None) -> None:
    assert chosen(Text(said)) == meant


@pytest.mark.parametrize(("said", "meant"), [("a", "awa"), ("A. 2", "alima"), ("alima", "alima")])
def test_two_alike_are_told_apart(said: str, meant: str) -> None:
    assert chosen(Text(said), unknown(AWA, ALIMA)) == meant


def test_two_of_one_name_are_not_guessed() -> None:
    other = Sharer("awa2", "A. 2", "Awa")
    assert chosen(Text("Awa"), unknown(AWA, other)) is None


def test_nothing_chooses_before_it_is_asked() -> None:
    assert chosen(Text("1"), unknown(asked=False)) is None


def test_a_button_chooses_as_long_as_they_share_the_phone() -> None:
    assert chosen(Tap("token0:0"), replace(unknown(), tapped=Tapped("token0", "awa"))) == "awa"
    assert chosen(Tap("token0:0"), replace(unknown(), tapped=Tapped("token0", "gone"))) is None


@pytest.mark.parametrize("event", [Tap("old:0"), Unblocked()])
def test_what_says_nothing_does_not_wait(event: Event) -> None:
    assert did.WordsWait() not in outcome(event).changes
    assert outcome(event).prompts


def test_a_file_waits_as_words_do() -> None:
    assert did.WordsWait() in outcome(Attachment(AttachmentKind.VOICE, "file1")).changes


def test_words_for_help_raise_no_alarm_with_the_team_while_someone_reports_it() -> None:
    distress = Text("je veux mourir")
    assert did.UrgentRaised() in outcome(distress).changes
    reporting = outcome(distress, unknown(BINTA, replace(AWA, reporting=True)))
    assert did.UrgentRaised() not in reporting.changes
    assert did.WordsWait() in reporting.changes


@pytest.mark.parametrize("word", ["xx", "bonjour", "1", "carnet"])
def test_after_a_quick_exit_nothing_is_asked(word: str) -> None:
    hidden = replace(unknown(), chat_hidden=True)
    result = outcome(Text(word), hidden)
    assert not any(prompt.choices for prompt in result.prompts)
    assert result.prompts


@pytest.mark.parametrize("word", ["menu", "parler", "stop"])
def test_three_words_open_the_chat_again(word: str) -> None:
    assert did.ChatShown() in outcome(Text(word), replace(unknown(), chat_hidden=True)).changes


def sharing() -> Talk:
    talk = participant()
    talk.snapshot = replace(talk.snapshot, sharers=(AWA, BINTA))
    talk.says("menu")
    return talk


def test_the_menu_leads_to_another_person() -> None:
    talk = sharing()
    assert say(Say("who.ask"), Language.FRENCH) in talk.taps("other")
    assert talk.where() is Place.HOME
    assert talk.did(did.WhoAsked)


def test_who_is_alone_is_not_asked() -> None:
    talk = participant()
    assert "other" not in [choice.value for choice in talk.prompts[-1].choices]


@pytest.mark.parametrize("where", ["record", "talk"])
def test_a_code_asks_for_whom_and_leads_back(where: str) -> None:
    talk = participant()
    talk.taps(where)
    place = talk.where()
    asked = talk.says(CODE)
    if place is Place.TALK:
        assert talk.where() is Place.TALK, "it is for the team, as everything there"
        return
    assert say(Say("who.code_for"), Language.FRENCH) in asked
    assert say(Say("home.already_joined"), Language.FRENCH) in talk.taps("me")
    assert talk.where() is place
    assert not talk.did(did.WriterChosen)


def test_a_code_for_another_person_is_taken_up_for_them() -> None:
    talk = participant()
    talk.says(CODE)
    talk.taps("other")
    assert did.WriterChosen("", words=CODE) in talk.changes
    assert talk.where() is Place.HOME


def test_ones_own_code_needs_no_question() -> None:
    talk = participant()
    person = talk.snapshot.participant
    assert person is not None
    own = replace(talk.snapshot, entry=Entry(person.id, Language.FRENCH))
    talk.happens(Text("ABCDE2345"), own)
    assert say(Say("home.already_joined"), Language.FRENCH) in talk.heard


@given(text=WORDS_OF_ANY_SORT, asked=st.booleans(), hidden=st.booleans(), language=st.sampled_from(Language))
def test_whatever_somebody_writes_is_answered_or_taken_up_and_no_name_shows(
    text: str, asked: bool, hidden: bool, language: Language
) -> None:
    result = outcome(Text(text), replace(unknown(asked=asked, language=language), chat_hidden=hidden))
    assert result.prompts or any(isinstance(change, did.WriterChosen) for change in result.changes)
    said = "\n".join(shown(result))
    assert "Awa" not in said
    assert "Binta" not in said

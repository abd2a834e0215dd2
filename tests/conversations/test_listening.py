"""Reading or listening: text language and audio track are chosen apart."""

from dataclasses import replace

import pytest

from conversations.messages import Media, MediaKind, Recording, Say
from conversations.render.catalogue import say
from conversations.session import Place
from conversations.vocabulary import Language
from conversations.voice.tracks import ESSENTIAL, OWN_NAMES, track_of, tracks
from tests.conversations.talking import CHOICE, CODE, Talk, participant, project

DARIJA = {key: f"{key}.ogg" for key in (*ESSENTIAL, "profile/first_name", "profile/gender.woman")}
WOLOF = {"join.adult": "join.adult.opus"}


def recorded(talk: Talk, **by_track: dict[str, str]) -> Talk:
    """The same person, in a project that has these recordings."""
    known = replace(talk.snapshot.project, recordings=by_track)
    talk.snapshot = replace(talk.snapshot, project=known)
    return talk


def heard_first(talk: Talk) -> list[str]:
    """The names of the recordings before the words, in the order of the last answer."""
    return [each.name for prompt in talk.prompts for each in prompt.media if isinstance(each, Recording)]


@pytest.mark.parametrize("language", list(Language))
def test_without_any_recording_nobody_is_asked(language: Language) -> None:
    talk = Talk()
    talk.says(CODE, CHOICE[language])
    assert talk.where() is Place.ADULT
    assert say(Say("menu.language"), language) in participant(language).says("menu")


@pytest.mark.parametrize("language", list(Language))
def test_who_listens_hears_everything_that_is_recorded_before_the_words(language: Language) -> None:
    talk = recorded(Talk(), ary=DARIJA)
    asked = talk.says(CODE, CHOICE[language])
    assert say(Say("join.welcome"), language) in asked
    assert say(Say("voice.ask"), language) in asked
    assert "🔊 الدارجة" in asked
    assert say(Say("join.adult"), language) in talk.says("2")
    assert heard_first(talk) == ["voice.will_listen.ogg", "join.welcome.ogg", "join.adult.ogg"]
    talk.says("1")
    consent = [f"consent.{part}.ogg" for part in ("who", "why", "who_sees", "abroad", "rights")]
    assert heard_first(talk) == [*consent, "join.consent.ogg"]
    talk.says("1", "1")
    assert heard_first(talk) == ["join.prompting_yes.ogg", "profile.intro.ogg", "profile/first_name.ogg"]
    talk.says("Awa")
    assert [choice.media for choice in talk.prompts[-1].choices][:2] == [
        (Recording("ary", "profile/gender.woman.ogg"),),
        (),
    ]
    person = talk.snapshot.participant
    assert person is not None
    assert (person.language, person.track) == (language, "ary")


def test_who_reads_gets_words_only() -> None:
    talk = recorded(Talk(), ary=DARIJA)
    talk.says(CODE, "1", "1", "1", "1", "1")
    assert talk.snapshot.participant is not None
    assert (talk.snapshot.participant.track, heard_first(talk)) == ("", [])


def test_each_track_says_itself_how_to_choose_it() -> None:
    talk = recorded(Talk(), wo=WOLOF, ary=DARIJA)
    talk.says(CODE, "1")
    choices = talk.prompts[-1].choices
    assert [choice.value for choice in choices] == ["read", "ary", "wo"]
    assert [choice.media for choice in choices] == [(), (Recording("ary", "voice.ask.ogg"),), ()]
    talk.says("wolof")
    assert heard_first(talk) == ["join.adult.opus"]


def test_joining_stays_within_six_messages() -> None:
    talk = recorded(Talk(), wo=WOLOF, ary=DARIJA)
    talk.says(CODE, "1", "3", "1", "1", "1")
    assert talk.where() is Place.FORM


def test_what_fits_no_choice_is_asked_again_and_where_there_is_one_track_listen_is_enough() -> None:
    talk = recorded(Talk(), ary=DARIJA)
    assert say(Say("choice.unclear"), Language.FRENCH) in talk.says(CODE, "1", "je ne sais pas")
    talk.says("écouter")
    assert talk.where() is Place.ADULT
    several = recorded(Talk(), wo=WOLOF, ary=DARIJA)
    several.says(CODE, "1", "écouter")
    assert several.where() is Place.VOICE


@pytest.mark.parametrize("word", ["voix", "voice", "صوت", "Écouter"])
def test_it_can_be_changed_at_any_time_and_the_question_stays_open(word: str) -> None:
    talk = recorded(participant(), ary=DARIJA)
    talk.says("menu")
    talk.taps("record")
    talk.says(word)
    assert talk.where() is Place.VOICE
    assert say(Say("voice.will_listen"), Language.FRENCH) in talk.taps("ary")
    assert (talk.where(), heard_first(talk)) == (Place.KIND, ["voice.will_listen.ogg", "kind.ask.ogg"])
    talk.says(word, "1")
    assert (talk.where(), heard_first(talk)) == (Place.KIND, [])


def test_listen_is_understood_by_who_is_already_asked() -> None:
    talk = recorded(participant(), ary=DARIJA)
    talk.says("voix", "écouter")
    assert talk.where() is Place.HOME
    assert talk.snapshot.participant is not None
    assert talk.snapshot.participant.track == "ary"


def test_language_and_voice_are_chosen_one_after_the_other() -> None:
    talk = recorded(participant(), ary=DARIJA)
    assert say(Say("menu.voice"), Language.FRENCH) in talk.says("menu")
    talk.taps("language")
    talk.taps("en")
    assert talk.where() is Place.VOICE
    assert say(Say("voice.ask"), Language.ENGLISH) in talk.heard
    talk.taps("ary")
    assert (talk.where(), talk.language) == (Place.HOME, Language.ENGLISH)


def test_menu_and_stop_lead_out_of_the_question() -> None:
    talk = recorded(participant(), ary=DARIJA)
    talk.says("voix", "menu")
    assert talk.where() is Place.HOME
    talk.says("voix", "stop")
    assert talk.where() is Place.HOME


def test_without_recordings_the_word_is_answered() -> None:
    assert say(Say("voice.none"), Language.FRENCH) in participant().says("voix")


def test_a_track_that_was_taken_away_leaves_the_words() -> None:
    talk = recorded(participant(), ary=DARIJA)
    talk.says("voix", "2")
    recorded(talk)
    assert say(Say("home.menu"), Language.FRENCH) in talk.says("menu")
    assert heard_first(talk) == []


def test_after_an_answer_that_was_none_the_choices_are_not_read_out_again() -> None:
    talk = recorded(Talk(), ary=DARIJA)
    talk.says(CODE, "1", "2", "1", "1", "1", "Awa", "brrr")
    assert all(not choice.media for choice in talk.prompts[-1].choices)


def test_the_quick_exit_is_never_read_aloud() -> None:
    talk = recorded(participant(), ary={"exit.done": "exit.done.ogg", "home.menu": "home.menu.ogg"})
    talk.says("voix", "2", "xx")
    assert heard_first(talk) == []


def test_words_of_distress_are_answered_aloud() -> None:
    talk = recorded(participant(), ary=DARIJA)
    talk.says("voix", "2", "je veux mourir")
    assert heard_first(talk)[0] == "distress.heard_self.ogg"


def test_a_recording_of_the_track_wins_over_the_one_of_the_sheet() -> None:
    sheets = (Media(MediaKind.AUDIO, "v1", "q.ogg"), Media(MediaKind.IMAGE, "v1", "q.png"))
    track = track_of(replace(project(), recordings={"wo": {"survey/q": "survey/q.ogg"}}), "wo")
    assert track.instead("survey/q", sheets) == (Recording("wo", "survey/q.ogg"), sheets[1])
    assert track.instead("survey/other", sheets) == sheets


def test_tracks_stand_in_one_order_and_unknown_languages_come_last() -> None:
    known = replace(project(), recordings={"xyz": {"a": "a.ogg"}, "wo": {"a": "a.ogg"}, "ary": {}})
    assert tracks(known) == ("wo", "xyz")


def test_every_language_of_the_interface_can_be_a_track() -> None:
    assert {language.value for language in Language} <= OWN_NAMES.keys()

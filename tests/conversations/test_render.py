"""What a person reads: the same prompt within what each channel can show."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.messages import Choice, Prompt, PromptKind, Say, Verbatim
from conversations.render.capabilities import CAPABILITIES
from conversations.render.graphemes import graphemes
from conversations.render.labels import PayloadTooLong
from conversations.render.parts import Part, render
from conversations.render.splitting import split, utf16_units
from conversations.render.window import Route, route
from conversations.vocabulary import Channel, Language

FR, AR, EN = Language.FRENCH, Language.ARABIC, Language.ENGLISH


def ask(*labels: str, several: bool = False, text: str = "Question ?", token: str = "tok") -> Prompt:
    choices = tuple(Choice(label, Verbatim(label)) for label in labels)
    return Prompt(PromptKind.REPLY, (Verbatim(text),), choices, token, several)


def show(prompt: Prompt, channel: Channel, language: Language = FR) -> tuple[Part, ...]:
    return render(prompt, language, CAPABILITIES[channel])


def titles(part: Part) -> list[list[str]]:
    return [[button.title for button in row] for row in part.rows]


def test_lines_stand_apart() -> None:
    prompt = Prompt(PromptKind.REPLY, (Verbatim("One."), Verbatim("Two.")))
    assert show(prompt, Channel.PHONE) == (Part("One.\n\nTwo."),)


def test_a_line_may_keep_its_own_language() -> None:
    prompt = Prompt(PromptKind.REPLY, (Say("render.number", language=FR), Say("render.number", language=EN)))
    (part,) = show(prompt, Channel.TELEGRAM, AR)
    assert part.text == "Répondez avec le numéro de votre choix.\n\nReply with the number of your choice."


@pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.PHONE])
def test_choices_are_buttons_that_carry_the_token_and_the_index(channel: Channel) -> None:
    (part,) = show(ask("Oui", "Non"), channel)
    assert part.text == "Question ?"
    assert [(button.payload, button.title) for row in part.rows for button in row] == [
        ("tok:0", "Oui"),
        ("tok:1", "Non"),
    ]


WAY = (Choice("@skip", Say("beside.skip")),)


@pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.PHONE])
@pytest.mark.parametrize("several", [False, True])
def test_a_way_beside_a_question_is_a_button_of_its_own_row_and_takes_no_number(
    channel: Channel, *, several: bool
) -> None:
    (part,) = show(replace(ask("Oui", "Non", several=several), beside=WAY), channel)
    assert titles(part)[-1] == ["Passer"]
    assert part.rows[-1][0].payload == "tok:2"
    assert "3." not in part.text


@pytest.mark.parametrize("channel", [Channel.WHATSAPP, Channel.SMS])
def test_without_buttons_the_words_are_said_that_lead_on(channel: Channel) -> None:
    (part,) = show(replace(ask(), beside=WAY), channel, EN)
    assert (part.text, part.rows) == ("Question ?\n\nOr write: “skip”.", ())


def test_where_the_buttons_would_be_too_many_the_answers_keep_theirs() -> None:
    (part,) = show(replace(ask(*map(str, range(12))), beside=WAY), Channel.TELEGRAM)
    assert sum(map(len, part.rows)) == 12
    assert part.text.endswith("Ou écrivez : « passer ».")


@pytest.mark.parametrize("channel", [Channel.WHATSAPP, Channel.SMS])
def test_without_buttons_choices_are_numbered(channel: Channel) -> None:
    (part,) = show(ask("Yes", "No"), channel, EN)
    assert part.text == "Question ?\n\n1. Yes\n2. No\n\nReply with the number of your choice."
    assert part.rows == ()


@pytest.mark.parametrize("channel", list(Channel))
def test_several_answers_are_given_by_number_everywhere(channel: Channel) -> None:
    (part,) = show(ask("A", "B", "C", several=True), channel, EN)
    assert part.rows == ()
    assert part.text.endswith("1. A\n2. B\n3. C\n\nYou can give several numbers, for example: 1 3")


def test_a_label_too_long_for_its_button_is_cut_there_and_whole_in_the_text() -> None:
    long = "Un emploi salarié dans une entreprise de la région de Rabat"
    (part,) = show(ask("Oui", long), Channel.TELEGRAM)
    assert f"1. Oui\n2. {long}" in part.text
    assert titles(part) == [["1. Oui"], ["2. Un emploi salarié dans une entrepris…"]]


def test_more_choices_than_buttons_are_numbered() -> None:
    (part,) = show(ask(*(f"Choix {n}" for n in range(1, 31))), Channel.TELEGRAM)
    assert part.rows == ()
    assert "\n30. Choix 30\n" in part.text


def test_a_question_without_a_token_gets_numbers_since_a_tap_would_say_nothing() -> None:
    (part,) = show(ask("Oui", "Non", token=""), Channel.TELEGRAM)
    assert part.rows == ()
    assert "1. Oui\n2. Non" in part.text


def test_short_titles_share_a_row() -> None:
    assert titles(show(ask("Oui", "Non", "Passer"), Channel.TELEGRAM)[0]) == [["Oui", "Non", "Passer"]]
    assert titles(show(ask("Un stage", "Une formation", "Autre"), Channel.TELEGRAM)[0]) == [
        ["Un stage", "Une formation"],
        ["Autre"],
    ]


def test_arabic_rows_run_from_right_to_left_where_the_channel_does_not_mirror_them() -> None:
    assert titles(show(ask("نعم", "لا"), Channel.TELEGRAM, AR)[0]) == [["لا", "نعم"]]
    assert titles(show(ask("نعم", "لا"), Channel.PHONE, AR)[0]) == [["نعم", "لا"]]


def test_a_foreign_label_does_not_turn_its_line_round() -> None:
    (arabic,) = show(ask("عقد دائم", "CDI"), Channel.WHATSAPP, AR)
    assert "\n\n1. عقد دائم\n\u200f2. CDI\n\n" in arabic.text
    (french,) = show(ask("Français", "العربية"), Channel.WHATSAPP, FR)
    assert "\n\n1. Français\n\u200e2. العربية\n\n" in french.text


def test_telegram_gets_escaped_html_and_the_others_the_text_itself() -> None:
    prompt = ask("A & B", "C", text="1 < 2 & 3 > 2 <b>")
    (part,) = show(prompt, Channel.TELEGRAM)
    assert part.text == "1 &lt; 2 &amp; 3 &gt; 2 &lt;b&gt;"
    assert titles(part) == [["A & B", "C"]]
    assert show(prompt, Channel.WHATSAPP)[0].text.startswith("1 < 2 & 3 > 2 <b>")


def test_a_long_text_comes_in_several_messages_with_the_buttons_under_the_last() -> None:
    text = "\n\n".join(f"Paragraphe {n}. " + "mot " * 100 for n in range(30))
    parts = show(ask("Oui", "Non", text=text), Channel.TELEGRAM)
    assert len(parts) > 2
    assert [bool(part.rows) for part in parts] == [False] * (len(parts) - 1) + [True]
    assert all(utf16_units(part.text) <= 4096 for part in parts)
    assert all(part.text.startswith("Paragraphe") for part in parts)


def test_no_entity_is_torn() -> None:
    parts = show(Prompt(PromptKind.STAFF, (Verbatim("&" * 3000),)), Channel.TELEGRAM)
    assert all(part.text.replace("&amp;", "") == "" for part in parts)
    assert sum(part.text.count("&amp;") for part in parts) == 3000


@pytest.mark.parametrize("kind", [PromptKind.NUDGE, PromptKind.BROADCAST, PromptKind.STAFF])
def test_sms_that_nobody_just_asked_for_carries_no_content(kind: PromptKind) -> None:
    prompt = Prompt(kind, (Verbatim("Votre contrat chez Amina"),), (Choice("1", Verbatim("Oui")),), "tok")
    (part,) = show(prompt, Channel.SMS)
    assert part == Part("Vous avez un message. Répondez ici pour le lire.")


def test_nothing_to_say_is_no_message() -> None:
    assert show(Prompt(PromptKind.STAFF, (Verbatim("  \n "), Verbatim(""))), Channel.TELEGRAM) == ()


def test_buttons_never_stand_under_an_empty_text() -> None:
    (part,) = show(ask("Oui", "Non", text=" "), Channel.TELEGRAM)
    assert part.text == "Oui · Non"


def test_a_payload_no_channel_carries_is_an_error_of_ours() -> None:
    with pytest.raises(PayloadTooLong):
        show(ask("Oui", token="x" * 63), Channel.TELEGRAM)


def test_every_text_of_the_channels_is_said_in_every_language() -> None:
    for language in Language:
        (part,) = show(ask("A", several=True), Channel.WHATSAPP, language)
        assert "render." not in part.text


NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("channel", "last_inbound_at", "expected"),
    [
        pytest.param(Channel.WHATSAPP, NOW - timedelta(hours=23, minutes=59), Route.SEND, id="open"),
        pytest.param(Channel.WHATSAPP, NOW - timedelta(hours=24), Route.WAIT, id="just closed"),
        pytest.param(Channel.WHATSAPP, None, Route.WAIT, id="never wrote"),
        pytest.param(Channel.TELEGRAM, None, Route.SEND, id="no window"),
        pytest.param(Channel.SMS, NOW - timedelta(days=90), Route.SEND, id="no window, long ago"),
    ],
)
def test_whatsapp_waits_for_the_person_outside_the_window(
    channel: Channel, last_inbound_at: datetime | None, expected: Route
) -> None:
    assert route(CAPABILITIES[channel], last_inbound_at, NOW) is expected


@pytest.mark.parametrize(
    "whole",
    ["é", "👩🏽‍🔧", "🇲🇦", "👨‍👩‍👧‍👦", "❤️", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "بِّ", "\r\n"],
    ids=["accent", "profession", "flag", "family", "variation", "region", "vowel marks", "line end"],
)
def test_what_looks_like_one_sign_is_one(whole: str) -> None:
    assert list(graphemes(f"a{whole}a")) == ["a", whole, "a"]


@pytest.mark.parametrize("whole", ["e\u0301", "👩🏽‍🔧", "🇲🇦"], ids=["accent", "profession", "flag"])
def test_a_cut_never_goes_through_one_sign(whole: str) -> None:
    limit = utf16_units(whole) * 3 + 1  # room for three, and not quite four
    assert list(split(whole * 7, limit)) == [whole * 3, whole * 3, whole]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        pytest.param("One. Two.\n\nThree four", ["One. Two.", "Three four"], id="paragraph"),
        pytest.param("Aaaaaa bbb. Cc dddd eee", ["Aaaaaa bbb.", "Cc dddd eee"], id="sentence"),
        pytest.param("aaaa bbbb cccc dddd", ["aaaa bbbb", "cccc dddd"], id="word"),
        pytest.param("a" * 25, ["a" * 12, "a" * 12, "a"], id="no border"),
        pytest.param("هل؟ نعم. كيف ذلك؟", ["هل؟ نعم.", "كيف ذلك؟"], id="Arabic"),
    ],
)
def test_text_is_cut_at_the_best_border(text: str, pieces: list[str]) -> None:
    assert list(split(text, 12)) == pieces


@given(
    st.text(alphabet=st.sampled_from("ab .\n\né👩🏽\u200d🔧🇲🇦بِ&<\u0301"), max_size=400), st.integers(1, 40)
)
def test_splitting_loses_nothing_but_space_and_keeps_the_limit(text: str, limit: int) -> None:
    pieces = list(split(text, limit))
    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert all(len(piece) > 0 and (utf16_units(piece) <= limit or len(piece) == 1) for piece in pieces)


@given(st.text(max_size=300))
def test_whatever_people_write_can_be_shown(text: str) -> None:
    for channel in Channel:
        for part in show(ask("Oui", text, text=text), channel):
            assert part.text.strip()
            assert utf16_units(part.text) <= CAPABILITIES[channel].text_limit

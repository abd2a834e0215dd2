"""Questions on WhatsApp with buttons or a list: within its limits, whatever is asked."""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.messages import Choice, Prompt, PromptKind, Verbatim
from conversations.render.capabilities import CAPABILITIES
from conversations.render.interactive import Interactive, Kind, Shape
from conversations.render.parts import Part, render
from conversations.vocabulary import Channel, Language
from tests.fakes.twilio_contents import creation_trouble, variables_trouble

FRENCH = Language.FRENCH
WHATSAPP = CAPABILITIES[Channel.WHATSAPP]


def ask(*labels: str, question: str = "Et alors ?", beside: tuple[str, ...] = ()) -> Prompt:
    choices = tuple(Choice(label, Verbatim(label)) for label in labels)
    ways = tuple(Choice(label, Verbatim(label)) for label in beside)
    return Prompt(PromptKind.REPLY, (Verbatim(question),), choices, "0123456789abcdef", beside=ways)


def shown(prompt: Prompt, language: Language = FRENCH) -> Interactive | None:
    return render(prompt, language, WHATSAPP)[-1].interactive


def test_up_to_three_choices_are_buttons_and_the_text_stays_as_it_is_without_them() -> None:
    [part] = render(ask("Oui", "Non"), FRENCH, WHATSAPP)
    assert part.interactive == Interactive(
        Kind.QUICK,
        ("Et alors ?",),
        part.interactive.options if part.interactive else (),
    )
    assert [option.title for option in part.interactive.options] == ["Oui", "Non"]
    assert [option.payload for option in part.interactive.options] == [
        "0123456789abcdef:0",
        "0123456789abcdef:1",
    ]
    assert part.text.startswith("Et alors ?\n\n1. Oui\n2. Non")


@pytest.mark.parametrize(
    ("count", "kind"), [(1, Kind.QUICK), (3, Kind.QUICK), (4, Kind.LIST), (10, Kind.LIST)]
)
def test_more_choices_are_a_list(count: int, kind: Kind) -> None:
    told = shown(ask(*(f"Choix {number}" for number in range(count))))
    assert told is not None
    assert (told.kind, len(told.options)) == (kind, count)


def test_more_than_ten_are_numbered_text() -> None:
    assert shown(ask(*(f"Choix {number}" for number in range(11)))) is None
    assert shown(replace(ask("Oui", "Non"), several=True)) is None
    assert shown(replace(ask("Oui", "Non"), token="")) is None
    assert shown(ask("Oui", "Oui")) is None  # WhatsApp refuses two that read the same


def test_ways_on_are_buttons_where_there_is_room_and_words_where_not() -> None:
    with_room = shown(ask("Oui", "Non", beside=("Passer",)))
    assert with_room is not None
    assert [option.title for option in with_room.options] == ["Oui", "Non", "Passer"]
    without = shown(ask("Oui", "Non", beside=("Passer", "Retour")))
    assert without is not None
    assert [option.title for option in without.options] == ["Oui", "Non"]
    assert "« passer »" in without.paragraphs[-1]


def test_long_labels_are_numbered_in_the_text_before_the_buttons() -> None:
    label = "Une formation qui dure plus de six mois"
    before, last = render(ask(label, "Autre chose"), FRENCH, WHATSAPP)
    assert f"1. {label}\n2. Autre chose" in before.text.replace("\u200e", "")
    assert before.interactive is None
    assert last.interactive is not None
    assert [option.title for option in last.interactive.options] == ["1. Une formation qu…", "2. Autre chose"]
    assert last.text


def test_a_long_text_goes_before_its_buttons_whole() -> None:
    question = "Un mot. " * 300
    parts = render(ask("Oui", "Non", question=question), FRENCH, WHATSAPP)
    assert " ".join(part.text for part in parts[:-1]).count("Un mot.") == 300
    assert all(len(part.text) <= 1600 for part in parts)
    assert parts[-1].interactive is not None


@pytest.mark.parametrize("kind", Kind)
def test_every_shape_can_be_made(kind: Kind) -> None:
    for paragraphs in range(1, 5):
        for options in range(1, 4 if kind is Kind.QUICK else 11):
            shape = Shape(kind, paragraphs, options)
            asked = {"friendly_name": shape.name, "language": "fr", "types": shape.types}
            assert creation_trouble({**asked, "variables": shape.samples}) == ""


WORDS = st.text(st.sampled_from("aé ش1 .\n\t«»👩🏽‍🔧"), max_size=60).filter(lambda text: bool(text.strip()))


@given(
    question=st.text(st.sampled_from("ab c.\n\tش"), max_size=2500),
    labels=st.lists(WORDS, max_size=12),
    beside=st.lists(WORDS, max_size=5),
    language=st.sampled_from(Language),
)
def test_whatever_is_asked_fits(
    question: str, labels: list[str], beside: list[str], language: Language
) -> None:
    prompt = ask(*labels, question=question, beside=tuple(beside))
    parts = render(prompt, language, WHATSAPP)
    for part in parts:
        assert _taken(part)
    numbered = render(prompt, language, replace(WHATSAPP, quick_replies=0))
    said = " ".join(part.text for part in parts)
    for word in re.findall(r"\w+", " ".join(part.text for part in numbered)):
        assert word in said  # with the text instead of the buttons nothing is missing


def _taken(part: Part) -> bool:
    """Whether Twilio takes the part, with buttons and without."""
    if not part.text.strip() or len(part.text) > 1600:
        return False
    if part.interactive is None:
        return True
    types = dict(part.interactive.shape.types)
    return variables_trouble(types, json.dumps(dict(part.interactive.values))) == ""

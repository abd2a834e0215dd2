"""What a locked screen shows: our first lines name nobody, and staff are warned where theirs would."""

import re
from pathlib import Path

import pytest

import conversations
from admin.preview import names_us
from conversations.answers import fold
from conversations.messages import Say
from conversations.render.catalogue import say
from conversations.vocabulary import Language
from storage.broadcasts import Draft

NUDGE = re.compile(r'lines\("([a-z_.]+)"[^\n]*\)[^\n]*kind=PromptKind\.NUDGE')
TELLING = (
    "carnet",
    "logbook",
    "دفتر",
    "migra",
    "refug",
    "مهاجر",
    "هجرة",
    "associa",
    "جمعية",
    "amuddu",
    "projet",
)


def openings() -> set[str]:
    """The texts with which we write first, as the conversations name them."""
    sources = Path(conversations.__path__[0]).rglob("*.py")
    return {id for source in sources for id in NUDGE.findall(source.read_text())}


@pytest.mark.parametrize("language", Language)
def test_no_message_of_our_own_begins_with_who_we_are(language: Language) -> None:
    found = openings()
    assert {"checkin.hello", "checkin.reminder"} <= found
    for id in found:
        first = fold(say(Say(id), language).partition("\n")[0])
        assert not [word for word in TELLING if fold(word) in first], id


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        ("Bonjour ! Atelier demain.\nAssociation Atlas", False),
        ("L’association  Atlas vous invite", True),
        ("Atelier pour les migrantes", True),
        ("لقاء للمهاجرين غدا", True),
        ("مرحبا! لقاء غدا", False),
    ],
)
def test_staff_are_warned_of_a_telling_first_line(text: str, warned: bool) -> None:
    assert names_us(Draft("0" * 32, "1" * 32, {Language.FRENCH: text}), "Association Atlas") is warned

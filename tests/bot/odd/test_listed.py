"""What docs/channels.md lists is what the channels read, kind by kind."""

from datetime import UTC, datetime

import pytest

from bot.channels.telegram.updates import parse as parse_telegram
from bot.channels.twilio.webhooks import parse as parse_twilio
from tests.bot.odd import notes, telegram, twilio
from tests.bot.odd.listed import listed
from tests.fakes.contracts import load, telegram_update_faults

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
TELEGRAM = {**telegram.KINDS, **notes.KINDS}
BEYOND_THE_SPECIFICATION = {
    "content of a kind not known yet",
    "update of a kind not known yet",
    "update that is none",
    "text with a date that cannot be read",
}


@pytest.mark.parametrize(
    ("heading", "examples"), [("Telegram", TELEGRAM), ("WhatsApp and SMS (through Twilio)", twilio.KINDS)]
)
def test_every_kind_that_is_listed_has_an_example_and_no_other(
    heading: str, examples: dict[str, object]
) -> None:
    assert set(listed(heading)) == set(examples)


@pytest.mark.parametrize("kind", TELEGRAM)
def test_telegrams_kinds_are_read_as_listed(kind: str) -> None:
    event = parse_telegram(TELEGRAM[kind], NOW)
    assert (event.content.type if event else "nothing") == listed("Telegram")[kind].read_as


@pytest.mark.parametrize("kind", twilio.KINDS)
def test_twilios_kinds_are_read_as_listed(kind: str) -> None:
    events = parse_twilio(twilio.KINDS[kind], NOW)
    read_as = listed("WhatsApp and SMS (through Twilio)")[kind].read_as
    assert {event.content.type for event in events} == ({read_as} - {"nothing"})


@pytest.mark.parametrize("kind", sorted(set(TELEGRAM) - BEYOND_THE_SPECIFICATION))
def test_the_examples_are_what_the_specification_says(kind: str) -> None:
    assert telegram_update_faults(load("telegram_bot_api_spec.json"), TELEGRAM[kind]) == []


def test_what_is_read_keeps_what_was_said() -> None:
    texts = {kind: parse_telegram(update, NOW) for kind, update in telegram.KINDS.items()}
    said = {kind: getattr(event.content, "text", None) for kind, event in texts.items() if event}
    assert said["text with formatting of its own (rich)"] == "Je suis à Salé\n1.oui"
    assert said["command with another bot's name"] == "/menu"
    assert said["animation with words"] == "Bravo"
    own = [
        getattr(event.content, "own", None) for kind, event in texts.items() if "contact" in kind and event
    ]
    assert own == [True, False, False]

"""Whatever Telegram delivers is read without an error, and what is read can be stored and sent back to."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.telegram.updates import callback_query_id, parse
from conversations.events import InboundEvent
from storage.codec import INBOUND
from tests.bot.odd import notes, telegram
from tests.bot.odd.shapes import JUNK, updates
from tests.fakes.contracts import load

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
EXAMPLES = [*telegram.KINDS.values(), *notes.KINDS.values()]


def can_be_kept(event: InboundEvent | None) -> None:
    """As the database and the sender need it: ids in figures, text without what no store takes."""
    if event is None:
        return
    assert str(int(event.address)) == event.address
    assert str(int(event.event_id)) == event.event_id
    assert event.received_at <= NOW
    stored = INBOUND.dump_json([event])
    assert b"\\u0000" not in stored
    [again] = INBOUND.validate_json(stored)
    assert again.address == event.address


@given(st.data())
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
def test_any_update_of_the_specification_is_read(data: st.DataObject) -> None:
    update = data.draw(updates(load("telegram_bot_api_spec.json")))
    can_be_kept(parse(update, NOW))
    callback_query_id(update)


@given(st.sampled_from(EXAMPLES), st.data())
def test_an_example_with_something_amiss_is_read(example: dict[str, Any], data: st.DataObject) -> None:
    damaged = json.loads(json.dumps(example))
    inside = damaged
    while data.draw(st.booleans()):
        deeper = [value for value in inside.values() if isinstance(value, dict) and value]
        if not deeper:
            break
        inside = data.draw(st.sampled_from(deeper))
    name = data.draw(st.sampled_from(sorted(inside)))
    if data.draw(st.booleans()):
        inside[name] = data.draw(JUNK)
    else:
        del inside[name]
    can_be_kept(parse(damaged, NOW))


@pytest.mark.parametrize("update_id", [True, "7", None, 7.5, [], 2**80])
def test_an_update_without_a_number_of_its_own_is_passed_over(update_id: object) -> None:
    assert parse({**telegram.KINDS["text"], "update_id": update_id}, NOW) is None

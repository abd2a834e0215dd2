"""What each kind of Telegram update means."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.updates import callback_query_id, parse
from conversations.events import (
    Attachment,
    AttachmentKind,
    Blocked,
    ContactCard,
    Content,
    Edited,
    Elsewhere,
    Location,
    Tap,
    Text,
    Unblocked,
    Unsupported,
)
from conversations.vocabulary import Channel
from tests.fakes.contracts import load

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
SENT_AT = 1795000000  # 2026-11-18 11:06:40 UTC
AMINA = {"id": 5000000007, "is_bot": False, "first_name": "Amina", "language_code": "ar"}
CHAT = {"id": 5000000007, "type": "private", "first_name": "Amina"}
FILE = {"file_id": "F1", "file_unique_id": "U1"}
SMALL = FILE | {"width": 90, "height": 67}
GROUP = {"id": -1001, "type": "group", "title": "g"}

Json = dict[str, object]


def message(**fields: object) -> Json:
    base: Json = {"message_id": 1, "date": SENT_AT, "chat": CHAT, "from": AMINA}
    return {"update_id": 900, "message": base | fields}


def tap(**fields: object) -> Json:
    query: Json = {"id": "77", "from": AMINA, "chat_instance": "1", "data": "tok:1"}
    return {"update_id": 901, "callback_query": query | fields}


def membership(status: str, **fields: object) -> Json:
    bot = {"id": 123, "is_bot": True, "first_name": "Carnet", "username": "carnet_bot"}
    change: Json = {
        "chat": CHAT,
        "from": AMINA,
        "date": SENT_AT,
        "old_chat_member": {"user": bot, "status": "member"},
        "new_chat_member": {"user": bot, "status": status}
        | ({"until_date": 0} if status == "kicked" else {}),
    }
    return {"update_id": 902, "my_chat_member": change | fields}


def content(update: Json) -> Content | None:
    event = parse(update, NOW)
    return event.content if event else None


def test_an_event_says_who_when_and_in_which_order() -> None:
    event = parse(message(text="Salam"), NOW)
    assert event is not None
    assert (event.address, event.event_id, event.order) == ("5000000007", "900", 900)
    assert event.received_at == datetime(2026, 11, 18, 11, 6, 40, tzinfo=UTC)
    assert event.language_hint == "ar"


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        pytest.param(message(text="سلام 👩🏽‍🔧"), Text("سلام 👩🏽‍🔧"), id="text"),
        pytest.param(message(text="a\0b"), Text("ab"), id="text with NUL"),
        pytest.param(message(text="half \ud83d"), Text("half \ufffd"), id="half an emoji"),
        pytest.param(message(text="/start inv_AbC-09_x"), Text("/start inv_AbC-09_x"), id="join link"),
        pytest.param(message(text="/menu@carnet_bot"), Text("/menu"), id="command with the bot's name"),
        pytest.param(
            message(
                photo=[
                    FILE | {"width": 90, "height": 67},
                    FILE | {"file_id": "L", "width": 1280, "height": 960},
                ]
            ),
            Attachment(AttachmentKind.PHOTO, "L", "image/jpeg"),
            id="photo, the largest size",
        ),
        pytest.param(
            message(voice=FILE | {"duration": 12, "mime_type": "audio/ogg", "file_size": 48213}),
            Attachment(AttachmentKind.VOICE, "F1", "audio/ogg", 48213, seconds=12),
            id="voice",
        ),
        pytest.param(
            message(audio=FILE | {"duration": 12, "mime_type": "audio/mpeg"}),
            Attachment(AttachmentKind.AUDIO, "F1", "audio/mpeg", seconds=12),
            id="audio",
        ),
        pytest.param(
            message(video=FILE | {"width": 1, "height": 1, "duration": 2, "mime_type": "video/mp4"}),
            Attachment(AttachmentKind.VIDEO, "F1", "video/mp4", seconds=2),
            id="video",
        ),
        pytest.param(
            message(video_note=FILE | {"length": 240, "duration": 3}),
            Attachment(AttachmentKind.VIDEO, "F1", "video/mp4", seconds=3),
            id="round video",
        ),
        pytest.param(
            message(document=FILE | {"mime_type": "application/pdf"}, caption="Contrat"),
            Attachment(AttachmentKind.DOCUMENT, "F1", "application/pdf", caption="Contrat"),
            id="document with caption",
        ),
        pytest.param(
            message(location={"latitude": 34.02, "longitude": -6.83}), Location(34.02, -6.83), id="place"
        ),
        pytest.param(
            message(location={"latitude": "34.02", "longitude": -6.83}),
            Unsupported("location"),
            id="a place in words",
        ),
        pytest.param(
            message(location={"latitude": float("nan"), "longitude": 0}),
            Unsupported("location"),
            id="a place that is no number",
        ),
        pytest.param(
            message(location={"latitude": 34.02, "longitude": -180.1}),
            Unsupported("location"),
            id="a place off the globe",
        ),
        pytest.param(
            message(contact={"phone_number": "212600000001", "first_name": "Amina", "user_id": 5000000007}),
            ContactCard("212600000001", own=True),
            id="own number",
        ),
        pytest.param(
            message(contact={"phone_number": "+212600000002", "first_name": "Ali", "user_id": 777}),
            ContactCard("+212600000002", own=False),
            id="somebody else's number",
        ),
        pytest.param(
            message(contact={"phone_number": "+212600000002", "first_name": "Ali"}),
            ContactCard("+212600000002", own=False),
            id="a number nobody proves",
        ),
        pytest.param(
            message(animation=FILE | {"width": 1, "height": 1, "duration": 1}, document=FILE),
            Unsupported("animation"),
            id="animation, not the document beside it",
        ),
        pytest.param(
            message(animation=FILE | {"width": 1, "height": 1, "duration": 1}, caption="Bravo"),
            Text("Bravo"),
            id="the words under an animation",
        ),
        pytest.param(message(dice={"emoji": "🎲", "value": 3}), Unsupported("dice"), id="dice"),
        pytest.param(message(hologram={"x": 1}), Unsupported("hologram"), id="newer than the library"),
        pytest.param(tap(), Tap("tok:1"), id="tap without its message"),
        pytest.param(
            tap(message={"chat": CHAT, "message_id": 5, "date": 0}), Tap("tok:1"), id="tap on a lost message"
        ),
        pytest.param(
            tap(
                message={
                    "message_id": 5,
                    "date": SENT_AT,
                    "chat": CHAT,
                    "text": "?",
                    "reply_markup": {"inline_keyboard": [[{"text": "نعم", "callback_data": "tok:1"}]]},
                }
            ),
            Tap("tok:1", "نعم"),
            id="tap with its title",
        ),
        pytest.param(membership("kicked"), Blocked(), id="blocked"),
        pytest.param(membership("member"), Unblocked(), id="unblocked"),
    ],
)
def test_what_people_do_becomes_an_event(update: Json, expected: Content) -> None:
    assert content(update) == expected


@pytest.mark.parametrize("date", ["yesterday", 10**18, -(10**18), True, None, SENT_AT * 2])
def test_what_was_written_at_no_known_time_was_written_now(date: object) -> None:
    event = parse(message(date=date, text="x"), NOW)
    assert event is not None
    assert (event.content, event.received_at) == (Text("x"), NOW)


def test_one_odd_field_costs_no_other() -> None:
    odd = message(text="Salam", entities=5, reply_to_message="?", via_bot=[], quote=None, forward_origin=0)
    assert content(odd) == Text("Salam")


def test_a_correction_carries_the_new_wording_and_its_own_time() -> None:
    update: Json = {
        "update_id": 903,
        "edited_message": {**_inner(message(text="Rabat")), "edit_date": SENT_AT + 60},
    }
    event = parse(update, NOW)
    assert event is not None
    assert event.content == Edited("Rabat")
    assert event.received_at == datetime(2026, 11, 18, 11, 7, 40, tzinfo=UTC)


def test_a_corrected_caption_is_a_correction() -> None:
    edited = _inner(message(photo=[SMALL], caption="Diplôme"))
    update: Json = {"update_id": 903, "edited_message": edited}
    assert content(update) == Edited("Diplôme")


def _inner(update: Json) -> Json:
    inner = update["message"]
    assert isinstance(inner, dict)
    return inner


@pytest.mark.parametrize(
    "update",
    [
        pytest.param({"update_id": 1, "channel_post": _inner(message(text="news"))}, id="channel post"),
        pytest.param({"update_id": 1, "purchased_hologram": {"x": 1}}, id="unknown kind of update"),
        pytest.param(
            tap(message={"chat": GROUP, "message_id": 5, "date": 0}),
            id="tap in a group",
        ),
        pytest.param(
            membership("kicked", chat=GROUP),
            id="thrown out of a group",
        ),
        pytest.param(membership("restricted"), id="a membership that says nothing"),
        pytest.param(
            {"update_id": 1, "edited_message": _inner(message(location={"latitude": 1, "longitude": 2}))},
            id="a live location moves",
        ),
        pytest.param(
            message(message_auto_delete_timer_changed={"message_auto_delete_time": 60}), id="service note"
        ),
        pytest.param({}, id="nothing"),
        pytest.param({"update_id": "x", "message": 5}, id="nonsense"),
        pytest.param(message(text="x", chat={"id": 1}), id="field missing"),
        pytest.param({"update_id": None, "message": _inner(message(text="x"))}, id="no number"),
    ],
)
def test_what_is_not_for_us_or_cannot_be_read_is_passed_over(update: Json) -> None:
    assert parse(update, NOW) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=5,
)


@given(st.sampled_from(["message", "edited_message", "callback_query", "my_chat_member", "update_id"]), JSON)
def test_no_update_raises_whatever_stands_in_it(name: str, value: object) -> None:
    update: Json = {"update_id": 1, name: value}
    event = parse(update, NOW)
    assert event is None or event.channel is Channel.TELEGRAM


@given(st.sampled_from(["date", "chat", "from", "text", "photo", "voice", "location", "contact"]), JSON)
def test_no_message_raises_whatever_stands_in_it(name: str, value: object) -> None:
    event = parse(message(**{name: value}), NOW)
    assert event is None or event.channel is Channel.TELEGRAM


@pytest.mark.parametrize(
    ("update", "expected"), [(tap(), "77"), (message(text="x"), None), ({"callback_query": 5}, None)]
)
def test_only_a_tap_is_acknowledged(update: Json, expected: str | None) -> None:
    assert callback_query_id(update) == expected


def test_the_samples_of_the_specification_are_understood() -> None:
    kinds = {name: type(content(update)) for name, update in load("telegram_updates.json").items()}
    assert kinds == {
        "text_ar_emoji": Text,
        "start_deeplink": Text,
        "no_language_no_username": Text,
        "callback": Tap,
        "voice": Attachment,
        "photo_caption": Attachment,
        "location": Location,
        "contact_own": ContactCard,
        "contact_other_person": ContactCard,
        "edited_text": Edited,
        "bot_blocked": Blocked,
        "bot_unblocked": Unblocked,
        "group_text_anonymous_admin": Elsewhere,
    }

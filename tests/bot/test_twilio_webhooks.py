"""What each kind of Twilio delivery means, and which ones are really Twilio's."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import QueryParams
from twilio.request_validator import RequestValidator

from bot.channels.twilio.signature import valid_signature
from bot.channels.twilio.webhooks import parse, parse_status
from conversations.events import (
    Attachment,
    AttachmentKind,
    Blocked,
    ContactCard,
    Content,
    Location,
    StatusEvent,
    Tap,
    Text,
    Unblocked,
    Unsupported,
)
from conversations.vocabulary import Channel, SendOutcome
from tests.fakes.contracts import load

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
AMINA = "whatsapp:+212600000001"
MEDIA = "https://api.twilio.com/2010-04-01/Accounts/AC0/Messages/MM0/Media/ME"


def form(**fields: str) -> dict[str, str]:
    base = {"MessageSid": "SM1", "From": AMINA, "WaId": "212600000001", "Body": "", "MessageType": "text"}
    return base | fields


def contents(given_form: dict[str, str]) -> list[Content]:
    return [event.content for event in parse(given_form, NOW)]


def test_an_event_says_who_when_and_on_which_channel() -> None:
    (event,) = parse(form(Body="Salam"), NOW)
    assert (event.channel, event.event_id, event.address) == (Channel.WHATSAPP, "SM1", AMINA)
    assert (event.received_at, event.aliases, event.content) == (NOW, (), Text("Salam"))
    (event,) = parse({"SmsSid": "SM2", "From": "+212600000001", "Body": "Salam"}, NOW)
    assert (event.channel, event.event_id, event.address) == (Channel.SMS, "SM2", "+212600000001")


@pytest.mark.parametrize(
    ("fields", "address", "aliases"),
    [
        pytest.param({"ExternalUserId": "whatsapp:MA.1A2B"}, AMINA, ("whatsapp:MA.1A2B",), id="both visible"),
        pytest.param({"ExternalUserId": "MA.1A2B"}, AMINA, ("whatsapp:MA.1A2B",), id="id without its prefix"),
        pytest.param(
            {"From": "whatsapp:MA.1A2B", "WaId": "MA.1A2B"}, "whatsapp:MA.1A2B", (), id="number hidden"
        ),
        pytest.param(
            {"From": "whatsapp:MA.1A2B"}, AMINA, ("whatsapp:MA.1A2B",), id="number known beside the id"
        ),
        pytest.param(
            {"From": "whatsapp:+5215500000001", "WaId": "525500000001"},
            "whatsapp:+5215500000001",
            ("whatsapp:+525500000001",),
            id="an old form of the number",
        ),
    ],
)
def test_replies_go_to_the_number_where_it_is_known_and_every_name_is_kept(
    fields: dict[str, str], address: str, aliases: tuple[str, ...]
) -> None:
    (event,) = parse(form(**fields), NOW)
    assert (event.address, event.aliases) == (address, aliases)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({"Body": "a\0b"}, [Text("ab")], id="text with NUL"),
        pytest.param({}, [Text("")], id="empty text"),
        pytest.param(
            {"ButtonPayload": "tok:1", "ButtonText": "نعم", "Body": "نعم", "MessageType": "button"},
            [Tap("tok:1", "نعم")],
            id="button",
        ),
        pytest.param({"ListId": "tok:2", "ListTitle": "Rabat"}, [Tap("tok:2", "Rabat")], id="list"),
        pytest.param({"ButtonPayload": "", "Body": "Oui"}, [Text("Oui")], id="blank payload"),
        pytest.param(
            {"Latitude": "34.02", "Longitude": "-6.83", "MessageType": "location"},
            [Location(34.02, -6.83)],
            id="place",
        ),
        pytest.param(
            {"Latitude": "34.02", "Longitude": "-6.83", "Body": "ici"},
            [Location(34.02, -6.83), Text("ici")],
            id="place with words",
        ),
        pytest.param({"Latitude": "nan", "Longitude": "0"}, [Unsupported("location")], id="no number"),
        pytest.param({"Latitude": "north", "Longitude": "0"}, [Unsupported("location")], id="a word"),
        pytest.param({"Latitude": "90.5", "Longitude": "0"}, [Unsupported("location")], id="off the globe"),
        pytest.param({"Latitude": "34.02"}, [Unsupported("location")], id="half a place"),
        pytest.param(
            {"Latitude": "inf", "Longitude": "x", "Body": "ici"},
            [Unsupported("location"), Text("ici")],
            id="the words beside no place at all",
        ),
        pytest.param(
            {"MediaUrl0": f"{MEDIA}0", "MediaContentType0": "image/jpeg", "Body": "Diplôme", "NumMedia": "1"},
            [Attachment(AttachmentKind.PHOTO, f"{MEDIA}0", "image/jpeg", caption="Diplôme")],
            id="photo with caption",
        ),
        pytest.param(
            {"MediaUrl0": f"{MEDIA}0", "MediaContentType0": "audio/ogg; codecs=opus", "NumMedia": "1"},
            [Attachment(AttachmentKind.VOICE, f"{MEDIA}0", "audio/ogg; codecs=opus")],
            id="voice",
        ),
        pytest.param(
            {"MediaUrl0": f"{MEDIA}0", "MediaContentType0": "image/webp", "MessageType": "sticker"},
            [Unsupported("sticker")],
            id="sticker",
        ),
        pytest.param(
            {"MediaUrl0": f"{MEDIA}0", "MediaContentType0": "text/vcard"},
            [ContactCard("", own=False)],
            id="contact card",
        ),
        pytest.param(
            {"MediaUrl0": f"{MEDIA}0", "MediaContentType0": "text/x-vcard", "Body": "Mon patron"},
            [ContactCard("", own=False), Text("Mon patron")],
            id="the words beside a contact card",
        ),
        pytest.param({"MessageType": "order"}, [Unsupported("order")], id="a kind not known yet"),
        pytest.param({"OptOutType": "STOP", "Body": "STOP"}, [Blocked()], id="stop"),
        pytest.param({"OptOutType": "START", "Body": "START"}, [Unblocked()], id="start again"),
        pytest.param({"OptOutType": "HELP", "Body": "HELP"}, [Text("HELP")], id="help"),
        pytest.param({"Body": "x", "SomethingNew": "y"}, [Text("x")], id="a parameter not known yet"),
    ],
)
def test_what_people_do_becomes_an_event(fields: dict[str, str], expected: list[Content]) -> None:
    assert contents(form(**fields)) == expected


def test_of_several_files_none_is_lost_and_the_first_carries_the_words() -> None:
    files = {f"MediaUrl{n}": f"{MEDIA}{n}" for n in range(3)}
    types = {f"MediaContentType{n}": "application/pdf" for n in range(3)}
    events = parse(form(Body="Voilà", **files, **types), NOW)
    assert [event.event_id for event in events] == ["SM1", "SM1/1", "SM1/2"]
    assert [event.content.caption for event in events if isinstance(event.content, Attachment)] == [
        "Voilà",
        "",
        "",
    ]


@pytest.mark.parametrize(
    "given_form",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"MessageSid": "SM1", "Body": "x"}, id="from nobody"),
        pytest.param({"From": AMINA, "Body": "x"}, id="without an id"),
        pytest.param(
            {"MessageSid": "SM1", "From": "messenger:1", "Body": "x"}, id="a channel we do not have"
        ),
    ],
)
def test_what_is_not_for_us_is_passed_over(given_form: dict[str, str]) -> None:
    assert parse(given_form, NOW) == ()
    assert parse_status(given_form, "") is None


NAMES = st.sampled_from(
    [
        "MessageSid",
        "From",
        "WaId",
        "Body",
        "NumMedia",
        "MediaUrl0",
        "MediaContentType0",
        "Latitude",
        "ErrorCode",
    ]
)


@given(st.dictionaries(NAMES, st.text(max_size=20)))
def test_no_form_raises_whatever_stands_in_it(fields: dict[str, str]) -> None:
    assert all(event.address for event in parse(form(**fields), NOW))


def test_a_report_names_the_message_by_its_id_and_by_ours() -> None:
    report = {"MessageSid": "SM9", "MessageStatus": "undelivered", "To": AMINA, "ErrorCode": "63024"}
    assert parse_status(report, "outbox-1") == StatusEvent(
        Channel.WHATSAPP, "SM9", "undelivered", "63024", "outbox-1", outcome=SendOutcome.UNREACHABLE
    )
    assert parse_status({"SmsSid": "SM9", "SmsStatus": "sent", "To": "+212600000001"}, "") == StatusEvent(
        Channel.SMS, "SM9", "sent"
    )


def test_ids_come_without_what_no_database_takes() -> None:
    (event,) = parse(form(MessageSid="SM\0x", From=f"{AMINA}\0", ExternalUserId="MA.\0A"), NOW)
    assert (event.event_id, event.address, event.aliases) == ("SMx", AMINA, ("whatsapp:MA.A",))
    report = {"MessageSid": "SM\09", "MessageStatus": "sent\0", "To": AMINA, "ErrorCode": "\0"}
    assert parse_status(report, "\0") == StatusEvent(Channel.WHATSAPP, "SM9", "sent")


def test_an_id_of_absurd_length_is_none() -> None:
    absurd = "SM" + "x" * 10_000
    assert parse(form(MessageSid=absurd), NOW) == ()
    assert parse_status({"MessageSid": absurd, "MessageStatus": "sent", "To": AMINA}, "") is None
    report = parse_status({"MessageSid": "SM9", "MessageStatus": "sent", "To": AMINA}, absurd)
    assert report == StatusEvent(Channel.WHATSAPP, "SM9", "sent")


URL, PATH = "https://carnet.example.org", "/channels/whatsapp?t=1"
PARAMS = {"Body": "سلام", "FromCity": "", "From": AMINA}


def sign(params: dict[str, str]) -> str:
    return str(RequestValidator("12345").compute_signature(URL + PATH, params))


def test_the_signature_covers_the_public_url_and_every_parameter() -> None:
    signature = sign(PARAMS)
    assert valid_signature("12345", URL, PATH, PARAMS, signature)
    assert valid_signature("12345", f"{URL}/", PATH, PARAMS, signature)
    assert not valid_signature("54321", URL, PATH, PARAMS, signature)
    assert not valid_signature("12345", "http://127.0.0.1:8000", PATH, PARAMS, signature)
    assert not valid_signature("12345", URL, "/channels/sms?t=1", PARAMS, signature)
    assert not valid_signature("12345", URL, PATH, PARAMS | {"Body": "x"}, signature)


@pytest.mark.parametrize(
    "signature", [None, "", "x", "é" * 28], ids=["missing", "empty", "short", "not ASCII"]
)
def test_a_missing_or_broken_signature_is_refused_without_an_error(signature: str | None) -> None:
    assert not valid_signature("12345", URL, PATH, PARAMS, signature)


def test_blank_values_are_part_of_the_signature() -> None:
    without_blanks = {name: value for name, value in PARAMS.items() if value}
    assert valid_signature("12345", URL, PATH, QueryParams("a=&b=1"), sign({"a": "", "b": "1"}))
    assert valid_signature("12345", URL, PATH, PARAMS | {"New": ""}, sign(PARAMS | {"New": ""}))
    assert not valid_signature("12345", URL, PATH, without_blanks, sign(PARAMS | {"New": ""}))


def test_every_value_under_one_name_is_part_of_the_signature() -> None:
    signature = RequestValidator("12345").compute_signature(URL + PATH, QueryParams("a=1&a=2&b=3"))
    assert valid_signature("12345", URL, PATH, QueryParams("b=3&a=2&a=1"), signature)
    assert not valid_signature("12345", URL, PATH, QueryParams("a=2&b=3"), signature)


def test_the_signature_vectors_of_the_library_hold() -> None:
    vectors = load("twilio_signature_vectors.json")
    host, path = "https://mycompany.com", "/myapp.php?foo=1&bar=2"
    assert valid_signature(vectors["token"], host, path, vectors["params"], vectors["expected"])
    twice = QueryParams(vectors["duplicate_query"])
    assert valid_signature(vectors["token"], host, path, twice, vectors["duplicate_expected"])


def test_the_signed_samples_are_accepted_and_understood() -> None:
    seen = {}
    for sample in load("twilio_webhooks_signed.json"):
        url, params = urlsplit(sample["url"]), QueryParams(sample["body"])
        public_url, path = f"{url.scheme}://{url.netloc}", f"{url.path}?{url.query}"
        token, signature = sample["auth_token"], sample["signature"]
        assert valid_signature(token, public_url, path, params, signature)
        settings = "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256"
        assert valid_signature(token, public_url, path, params, sample["signature_hmac_sha256"], settings)
        if sample["kind"] == "status":
            report = parse_status(params, "")
            seen[sample["name"]] = report.status if report else None
        else:
            seen[sample["name"]] = type(contents(dict(params))[0]).__name__
    assert seen == {
        "text": "Text",
        "text_with_bsuid": "Text",
        "button_template": "Tap",
        "button_session": "Tap",
        "list_pick": "Tap",
        "image_caption": "Attachment",
        "voice": "Attachment",
        "location": "Location",
        "sms_text": "Text",
        "sms_stop_advanced_optout": "Blocked",
        "sent": "sent",
        "delivered": "delivered",
        "read": "read",
        "failed_63016": "failed",
        "undelivered_63024": "undelivered",
    }

"""Sending through the real library to a messages API on loopback: what is sent, what each answer means."""

import logging
from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest
import pytest_asyncio

from bot.channels.accounts import TwilioAccount
from bot.channels.sending import SendResult
from bot.channels.twilio.transport import TwilioTransport
from conversations.messages import Pin
from conversations.render.parts import Part
from conversations.vocabulary import Channel, SendOutcome
from tests.fakes.answers import BAD_GATEWAY, Answer, Scripted, Silence
from tests.fakes.contracts import load
from tests.fakes.server import refusing_url
from tests.fakes.twilio_server import AUTH_TOKEN, PUBLIC_URL, SMS_FROM, WHATSAPP_FROM, FakeTwilio, trouble

AMINA = "whatsapp:+212600000001"


@pytest_asyncio.fixture
async def whatsapp(twilio_account: TwilioAccount) -> AsyncIterator[TwilioTransport]:
    made = TwilioTransport(twilio_account, Channel.WHATSAPP)
    yield made
    await made.close()


async def send(transport: TwilioTransport, address: str = AMINA, text: str = "Bonjour") -> SendResult:
    return await transport.send(address, Part(text), "outbox/1")


async def test_a_whatsapp_message_carries_our_id_in_its_callback(
    whatsapp: TwilioTransport, fake_twilio: FakeTwilio
) -> None:
    result = await send(whatsapp, text="سلام & bienvenue")
    (sent,) = fake_twilio.sent
    assert result == SendResult(SendOutcome.SENT, provider_message_id=sent.sid)
    assert sent.form == {
        "To": AMINA,
        "From": WHATSAPP_FROM,
        "Body": "سلام & bienvenue",
        "StatusCallback": f"{PUBLIC_URL}/channels/twilio/status?outbox=outbox%2F1#rc=5&rp=all",
    }


async def test_a_place_on_the_map_is_a_message_of_its_own(
    whatsapp: TwilioTransport, fake_twilio: FakeTwilio
) -> None:
    pin = Pin(34.02, -6.83, "Faire son CV", "Salé, salle 2")
    result = await whatsapp.send(AMINA, Part("", pin=pin), "outbox/1")
    assert result.outcome is SendOutcome.SENT
    form = fake_twilio.sent[0].form
    assert form["Body"] == "Salé, salle 2"
    assert form["PersistentAction"] == "geo:34.020000,-6.830000|Salé, salle 2"


@pytest.mark.parametrize(
    ("service", "sender"),
    [("", {"From": SMS_FROM}), ("MG" + "0" * 32, {"MessagingServiceSid": "MG" + "0" * 32})],
    ids=["number", "messaging service"],
)
async def test_an_sms_leaves_from_the_number_or_the_messaging_service(
    twilio_account: TwilioAccount, fake_twilio: FakeTwilio, service: str, sender: dict[str, str]
) -> None:
    transport = TwilioTransport(replace(twilio_account, messaging_service_sid=service), Channel.SMS)
    await send(transport, "+212600000001")
    await transport.close()
    form = fake_twilio.sent[0].form
    assert {name: form[name] for name in ("From", "MessagingServiceSid") if name in form} == sender


CODES = {
    SendOutcome.RETRY_LATER: [20429, 63018],
    SendOutcome.CAPPED: [63049],
    SendOutcome.WINDOW_CLOSED: [63016],
    SendOutcome.OPTED_OUT: [21610, 63014, 63033],
    SendOutcome.UNREACHABLE: [63003, 63024, 63032, 21211, 21614, 30003, 30004, 30005, 30006],
    SendOutcome.ASK_AGAIN_LATER: [63019, 30008],
    SendOutcome.ACCOUNT_TROUBLE: [21408, 63007, 20003],
    SendOutcome.DEFECT: [21655, 21656, 63005, 63013, 63021, 63027, 63028, 99999],
}


@pytest.mark.parametrize(
    ("code", "outcome"), [(code, outcome) for outcome, codes in CODES.items() for code in codes]
)
async def test_every_code_says_what_to_do_next(
    whatsapp: TwilioTransport, fake_twilio: FakeTwilio, code: int, outcome: SendOutcome
) -> None:
    fake_twilio.will(trouble(400, code))
    result = await send(whatsapp)
    assert (result.outcome, result.code) == (outcome, str(code))


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        pytest.param(
            trouble(429, 20429),
            SendResult(SendOutcome.RETRY_LATER, code="20429", whole_account=True),
            id="the account is too fast",
        ),
        pytest.param(
            Answer(429, "slow down"),
            SendResult(SendOutcome.RETRY_LATER, code="429", whole_account=True),
            id="429 without a code",
        ),
        pytest.param(
            trouble(400, 63049),
            SendResult(SendOutcome.CAPPED, code="63049"),
            id="cap on unasked messages",
        ),
        pytest.param(
            trouble(401, 20003),
            SendResult(SendOutcome.ACCOUNT_TROUBLE, code="20003", whole_account=True),
            id="wrong credentials",
        ),
        pytest.param(
            Answer(404, "not here"),
            SendResult(SendOutcome.ACCOUNT_TROUBLE, code="404", whole_account=True),
            id="wrong account",
        ),
        pytest.param(trouble(500, 20500), SendResult(SendOutcome.UNKNOWN, code="20500"), id="server error"),
        pytest.param(BAD_GATEWAY, SendResult(SendOutcome.UNKNOWN, code="502"), id="HTML 502"),
        pytest.param(
            Answer(201, "<html>a proxy</html>"),
            SendResult(SendOutcome.UNKNOWN, code="not JSON"),
            id="success without JSON",
        ),
        pytest.param(
            Answer(201, {"sid": "SM1", "status": "failed", "error_code": 63016}),
            SendResult(SendOutcome.WINDOW_CLOSED, code="63016"),
            id="taken and failed at once",
        ),
        pytest.param(
            Answer(429, {"code": "soon", "message": "Slow down"}),
            SendResult(SendOutcome.RETRY_LATER, code="429", whole_account=True),
            id="a code that is no number: the status counts",
        ),
    ],
)
async def test_every_answer_says_what_to_do_next(
    whatsapp: TwilioTransport, fake_twilio: FakeTwilio, answer: Scripted, expected: SendResult
) -> None:
    fake_twilio.will(answer)
    assert await send(whatsapp) == expected


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(Answer(201, {}), id="an empty object"),
        pytest.param(Answer(201, []), id="a list"),
        pytest.param(Answer(201, "true"), id="only true"),
        pytest.param(Answer(201, ""), id="an empty answer"),
        pytest.param(Answer(201, {"sid": None, "status": "queued"}), id="no sid"),
        pytest.param(Answer(201, {"sid": {}, "status": "queued"}), id="a sid that is none"),
        pytest.param(Answer(201, {"sid": "SM1", "error_code": "soon"}), id="a code that is no number"),
        pytest.param(Answer(201, {"sid": "SM1", "date_created": 7}), id="a date that is none"),
        pytest.param(
            Answer(400, {"type": "x", "title": "x", "status": "soon", "code": "x"}), id="no status at all"
        ),
    ],
)
async def test_an_answer_that_is_none_leaves_the_outcome_unknown(
    whatsapp: TwilioTransport, fake_twilio: FakeTwilio, answer: Scripted
) -> None:
    fake_twilio.will(answer)
    result = await send(whatsapp)
    assert (result.outcome, result.provider_message_id) == (SendOutcome.UNKNOWN, "")
    assert result.code


async def test_silence_after_the_request_left_leaves_the_outcome_unknown(
    twilio_account: TwilioAccount, fake_twilio: FakeTwilio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.twilio.client.TIMEOUT", httpx.Timeout(0.2))
    transport = TwilioTransport(twilio_account, Channel.WHATSAPP)
    fake_twilio.will(Silence(done=True))
    assert await send(transport) == SendResult(SendOutcome.UNKNOWN, code="ReadTimeout")
    assert len(fake_twilio.sent) == 1
    await transport.close()


async def test_a_refused_connection_is_tried_again(twilio_account: TwilioAccount) -> None:
    transport = TwilioTransport(replace(twilio_account, api_url=refusing_url()), Channel.WHATSAPP)
    assert await send(transport) == SendResult(SendOutcome.RETRY_LATER, code="ConnectError")
    await transport.close()


async def test_a_wrong_token_is_ours_to_fix(twilio_account: TwilioAccount) -> None:
    transport = TwilioTransport(replace(twilio_account, auth_token="wrong"), Channel.WHATSAPP)
    assert (await send(transport)).outcome is SendOutcome.ACCOUNT_TROUBLE
    await transport.close()


async def test_neither_token_nor_number_nor_text_is_logged(
    whatsapp: TwilioTransport,
    twilio_account: TwilioAccount,
    fake_twilio: FakeTwilio,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.INFO):
        fake_twilio.will(trouble(400, 21211, "Invalid 'To' number"), BAD_GATEWAY)
        for _ in range(3):
            await send(whatsapp, text="Mon secret")
    logged = caplog.text + repr(twilio_account)
    assert not [word for word in (AUTH_TOKEN, "212600000001", "secret") if word in logged]


async def test_all_we_send_is_what_the_specification_knows(
    whatsapp: TwilioTransport, twilio_account: TwilioAccount, fake_twilio: FakeTwilio
) -> None:
    spec = load("twilio_messages.json")
    create = spec["paths"]["/2010-04-01/Accounts/{AccountSid}/Messages.json"]["post"]
    schema = create["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"]
    await send(whatsapp)
    sms = TwilioTransport(replace(twilio_account, messaging_service_sid="MG" + "0" * 32), Channel.SMS)
    await send(sms, "+212600000001")
    await sms.close()
    for sent in fake_twilio.sent:
        assert set(schema["required"]) <= set(sent.form) <= set(schema["properties"])
        assert all(schema["properties"][name]["type"] == "string" for name in sent.form)

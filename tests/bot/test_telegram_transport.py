"""Sending through the real library to a Bot API on loopback: what is sent, and what each answer means."""

import json
import logging
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.channels.accounts import TelegramAccount
from bot.channels.sending import SendResult
from bot.channels.telegram.setup import set_commands, set_webhook
from bot.channels.telegram.transport import TelegramTransport
from conversations.messages import Choice, Pin, Prompt, PromptKind, Verbatim
from conversations.render.capabilities import CAPABILITIES
from conversations.render.parts import Part, render
from conversations.vocabulary import Channel, Language, SendOutcome
from tests.fakes import telegram_server as fake
from tests.fakes.answers import BAD_GATEWAY, Answer, Scripted, Silence
from tests.fakes.contracts import load, telegram_faults
from tests.fakes.server import refusing_url
from tests.fakes.telegram_server import FakeTelegram

AMINA = 5000000007
PIN = Pin(34.02, -6.83, "Faire son CV", "Salé, salle 2")


@pytest_asyncio.fixture
async def transport(telegram_account: TelegramAccount) -> AsyncIterator[TelegramTransport]:
    made = TelegramTransport(telegram_account)
    yield made
    await made.close()


async def send(transport: TelegramTransport, text: str = "Bonjour") -> SendResult:
    return await transport.send(str(AMINA), Part(text), "outbox-1")


async def test_a_part_arrives_with_its_buttons(
    transport: TelegramTransport, fake_telegram: FakeTelegram
) -> None:
    choices = (Choice("yes", Verbatim("نعم & لا")), Choice("no", Verbatim("لا")))
    prompt = Prompt(PromptKind.REPLY, (Verbatim("1 < 2 & <b>."),), choices, "tok")
    (part,) = render(prompt, Language.ARABIC, CAPABILITIES[Channel.TELEGRAM])
    result = await transport.send(str(AMINA), part, "outbox-1")
    assert result.outcome is SendOutcome.SENT
    assert result.provider_message_id
    (message,) = fake_telegram.sent()
    assert message["chat_id"] == AMINA
    assert message["text"] == "1 &lt; 2 &amp; &lt;b&gt;."
    assert message["parse_mode"] == "HTML"
    assert message["reply_markup"] == {
        "inline_keyboard": [
            [{"text": "لا", "callback_data": "tok:1"}, {"text": "نعم & لا", "callback_data": "tok:0"}]
        ]
    }


async def test_a_place_arrives_on_the_map(transport: TelegramTransport, fake_telegram: FakeTelegram) -> None:
    result = await transport.send(str(AMINA), Part("", pin=PIN), "outbox-1")
    assert result.outcome is SendOutcome.SENT
    assert result.provider_message_id
    [venue] = fake_telegram.called("sendVenue")
    assert (venue["title"], venue["address"]) == ("Faire son CV", "Salé, salle 2")
    assert (float(str(venue["latitude"])), float(str(venue["longitude"]))) == (34.02, -6.83)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        pytest.param(
            fake.flood(7), SendResult(SendOutcome.RETRY_LATER, code="429", retry_after=7.0), id="flood"
        ),
        pytest.param(fake.BLOCKED, SendResult(SendOutcome.OPTED_OUT, code="403"), id="blocked"),
        pytest.param(fake.DEACTIVATED, SendResult(SendOutcome.UNREACHABLE, code="403"), id="deactivated"),
        pytest.param(
            fake.trouble(403, "Forbidden: bot can't initiate conversation with a user"),
            SendResult(SendOutcome.UNREACHABLE, code="403"),
            id="never wrote to us",
        ),
        pytest.param(fake.CHAT_NOT_FOUND, SendResult(SendOutcome.UNREACHABLE, code="400"), id="no such chat"),
        pytest.param(
            fake.trouble(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-1001),
            SendResult(SendOutcome.UNREACHABLE, code="migrated"),
            id="a group that moved",
        ),
        pytest.param(fake.CANNOT_PARSE, SendResult(SendOutcome.DEFECT, code="400"), id="cannot parse"),
        pytest.param(
            fake.UNAUTHORIZED,
            SendResult(SendOutcome.ACCOUNT_TROUBLE, code="401", whole_account=True),
            id="token refused",
        ),
        pytest.param(
            fake.trouble(404, "Not Found"),
            SendResult(SendOutcome.ACCOUNT_TROUBLE, code="401", whole_account=True),
            id="token malformed",
        ),
        pytest.param(
            fake.CONFLICT,
            SendResult(SendOutcome.ACCOUNT_TROUBLE, code="409", whole_account=True),
            id="conflict",
        ),
        pytest.param(
            fake.SERVER_ERROR, SendResult(SendOutcome.UNKNOWN, code="NetworkError"), id="server error"
        ),
        pytest.param(BAD_GATEWAY, SendResult(SendOutcome.UNKNOWN, code="NetworkError"), id="HTML 502"),
        pytest.param(
            Answer(200, "<html>a proxy</html>"),
            SendResult(SendOutcome.UNKNOWN, code="TelegramError"),
            id="200 without JSON",
        ),
    ],
)
async def test_every_answer_says_what_to_do_next(
    transport: TelegramTransport, fake_telegram: FakeTelegram, answer: Scripted, expected: SendResult
) -> None:
    fake_telegram.will("sendMessage", answer)
    assert await send(transport) == expected


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(Answer(200, {}), id="an empty object"),
        pytest.param(Answer(200, []), id="a list"),
        pytest.param(Answer(200, {"ok": True, "result": True}), id="only true"),
        pytest.param(Answer(200, {"ok": True, "result": None}), id="nothing"),
        pytest.param(Answer(200, {"ok": True, "result": {}}), id="an empty message"),
        pytest.param(Answer(200, {"ok": True, "result": "sent"}), id="a word"),
        pytest.param(
            Answer(200, {"ok": True, "result": {"message_id": None, "date": 1, "chat": {}}}),
            id="a message without a number",
        ),
        pytest.param(Answer(500, []), id="an error that is a list"),
    ],
)
async def test_an_answer_that_is_none_leaves_the_outcome_unknown(
    transport: TelegramTransport, fake_telegram: FakeTelegram, answer: Scripted
) -> None:
    fake_telegram.will("sendMessage", answer)
    result = await send(transport)
    assert (result.outcome, result.provider_message_id) == (SendOutcome.UNKNOWN, "")
    assert result.code


async def test_a_chat_that_blocked_the_bot_has_opted_out(
    transport: TelegramTransport, fake_telegram: FakeTelegram
) -> None:
    fake_telegram.blocked.add(AMINA)
    assert (await send(transport)).outcome is SendOutcome.OPTED_OUT


async def test_silence_after_the_request_left_leaves_the_outcome_unknown(
    telegram_account: TelegramAccount, fake_telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram.transport.ANSWER_TIMEOUT", 0.2)
    transport = TelegramTransport(telegram_account)
    fake_telegram.will("sendMessage", Silence())
    assert await send(transport) == SendResult(SendOutcome.UNKNOWN, code="TimedOut")
    await transport.close()


async def test_a_refused_connection_is_tried_again() -> None:
    transport = TelegramTransport(TelegramAccount(fake.TOKEN, refusing_url()))
    assert await send(transport) == SendResult(SendOutcome.RETRY_LATER, code="NetworkError")
    await transport.close()


async def test_neither_token_nor_text_is_logged(
    transport: TelegramTransport, fake_telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        fake_telegram.will("sendMessage", BAD_GATEWAY, fake.UNAUTHORIZED)
        for _ in range(3):
            await send(transport, "Mon secret")
    assert fake.TOKEN not in caplog.text
    assert "secret" not in caplog.text
    assert fake.TOKEN not in repr(TelegramAccount(fake.TOKEN))


async def test_a_tap_is_acknowledged_and_too_late_is_no_trouble(
    transport: TelegramTransport, fake_telegram: FakeTelegram
) -> None:
    await transport.acknowledge("77")
    fake_telegram.will("answerCallbackQuery", fake.trouble(400, "Bad Request: query is too old"))
    await transport.acknowledge("78")
    assert [call["callback_query_id"] for call in fake_telegram.called("answerCallbackQuery")] == [77, 78]


async def test_the_webhook_is_set_with_its_secret_and_the_updates_we_want(
    transport: TelegramTransport, telegram_account: TelegramAccount, fake_telegram: FakeTelegram
) -> None:
    await set_webhook(transport.bot, telegram_account, "https://carnet.example.org/")
    assert fake_telegram.webhook == {
        "url": "https://carnet.example.org/channels/telegram",
        "secret_token": fake.SECRET,
        "allowed_updates": ["message", "edited_message", "callback_query", "my_chat_member"],
        "max_connections": 40,
    }


async def test_the_menu_of_commands_is_there_in_every_language(
    transport: TelegramTransport, fake_telegram: FakeTelegram
) -> None:
    await set_commands(transport.bot, Language.FRENCH)
    menus = {call.get("language_code"): call["commands"] for call in fake_telegram.called("setMyCommands")}
    assert set(menus) == {None, "fr", "ar", "en"}
    assert menus[None] == menus["fr"] != menus["ar"]
    assert {command["command"] for command in json.loads(json.dumps(menus["ar"]))} == {
        "menu",
        "help",
        "language",
        "stop",
    }


async def test_all_we_call_is_what_the_specification_knows(
    transport: TelegramTransport, telegram_account: TelegramAccount, fake_telegram: FakeTelegram
) -> None:
    spec = load("telegram_bot_api_spec.json")
    choices = (Choice("yes", Verbatim("Oui")), Choice("no", Verbatim("Non")))
    prompt = Prompt(PromptKind.REPLY, (Verbatim("Question ?"),), choices, "tok")
    for part in render(prompt, Language.FRENCH, transport.capabilities):
        await transport.send(str(AMINA), part, "outbox-1")
    await set_commands(transport.bot, Language.FRENCH)
    await set_webhook(transport.bot, telegram_account, "https://carnet.example.org")
    for call in fake_telegram.calls:
        assert telegram_faults(spec, call.method, call.params) == []


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("chat_not_found", SendOutcome.UNREACHABLE),
        ("blocked", SendOutcome.OPTED_OUT),
        ("deactivated", SendOutcome.UNREACHABLE),
        ("cant_initiate", SendOutcome.UNREACHABLE),
        ("flood", SendOutcome.RETRY_LATER),
        ("migrated", SendOutcome.UNREACHABLE),
        ("parse", SendOutcome.DEFECT),
        ("conflict", SendOutcome.ACCOUNT_TROUBLE),
        ("unauthorized", SendOutcome.ACCOUNT_TROUBLE),
        ("bad_gateway_html", SendOutcome.UNKNOWN),
    ],
)
async def test_the_error_samples_of_the_specification_are_understood(
    transport: TelegramTransport, fake_telegram: FakeTelegram, name: str, outcome: SendOutcome
) -> None:
    body = load("telegram_errors.json")[name]
    fake_telegram.will("sendMessage", Answer(502 if isinstance(body, str) else body["error_code"], body))
    assert (await send(transport)).outcome is outcome

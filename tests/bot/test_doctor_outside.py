"""`carnet doctor` asks the providers what only they know, and says what to do; never a secret."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.doctor import Finding, Health, outside
from bot.doctor.asking import Answer as Said
from bot.doctor.outside import clock, public_address
from bot.doctor.telegram import telegram
from bot.doctor.twilio import twilio
from bot.settings import Settings, TelegramMode
from tests.bot.driving import settings, telegram_settings, twilio_settings
from tests.fakes import telegram_server, twilio_server
from tests.fakes.answers import BAD_GATEWAY, Answer
from tests.fakes.server import Server, refusing_url
from tests.fakes.telegram_server import UNAUTHORIZED, FakeTelegram, trouble
from tests.fakes.twilio_server import ACCOUNT_SID, PUBLIC_URL, SMS_FROM, FakeTwilio

HOOK = f"{PUBLIC_URL}/channels/telegram"
SMS_HOOK = f"{PUBLIC_URL}/channels/sms#rc=5&rp=all"
SECRETS = (telegram_server.TOKEN, telegram_server.SECRET, twilio_server.AUTH_TOKEN, ACCOUNT_SID)

Found = list[tuple[Health, str]]


def found(findings: Iterator[Finding]) -> Found:
    listed = [(finding.health, finding.text) for finding in findings]
    assert not any(secret in text for _, text in listed for secret in SECRETS)
    return listed


def webhook_info(**fields: object) -> Answer:
    info = {"url": HOOK, "has_custom_certificate": False, "pending_update_count": 0} | fields
    return Answer(200, {"ok": True, "result": info})


def by_webhook(fake: FakeTelegram) -> Settings:
    return telegram_settings(fake, TelegramMode.WEBHOOK)


def test_without_a_channel_nobody_is_asked() -> None:
    given = settings(public_url=refusing_url())
    assert [*telegram(given, ""), *twilio(given, ""), *public_address(given, ""), *clock(given, "")] == []


def test_a_bot_whose_webhook_is_ours_is_well(fake_telegram: FakeTelegram) -> None:
    fake_telegram.will("getWebhookInfo", webhook_info())
    assert found(telegram(by_webhook(fake_telegram), "")) == [
        (Health.WELL, "the token works; the bot is @carnet_bot."),
        (Health.WELL, f"it delivers to {HOOK}."),
    ]


@pytest.mark.parametrize(
    ("info", "health", "words"),
    [
        ({"url": ""}, Health.WRONG, "no webhook is set"),
        ({"url": "https://other.example.org/hook"}, Health.WRONG, "another address than"),
        ({"allowed_updates": ["message"]}, Health.NOTE, "not deliver every kind"),
        ({"pending_update_count": 12}, Health.NOTE, "12 deliveries wait there"),
        (
            {
                "last_error_date": int(datetime.now(UTC).timestamp()),
                "last_error_message": "Wrong: 403",
            },
            Health.WRONG,
            "«Wrong: 403»",
        ),
    ],
)
def test_a_webhook_that_is_not_well_is_said(
    fake_telegram: FakeTelegram, info: dict[str, object], health: Health, words: str
) -> None:
    fake_telegram.will("getWebhookInfo", webhook_info(**info))
    worst = [text for state, text in found(telegram(by_webhook(fake_telegram), "")) if state is health]
    assert [text for text in worst if words in text]


def test_an_error_of_yesterday_is_no_news(fake_telegram: FakeTelegram) -> None:
    yesterday = int((datetime.now(UTC) - timedelta(days=1)).timestamp())
    fake_telegram.will("getWebhookInfo", webhook_info(last_error_date=yesterday, last_error_message="x"))
    assert all(health is Health.WELL for health, _ in found(telegram(by_webhook(fake_telegram), "")))


def test_polling_while_a_webhook_is_set_is_said(fake_telegram: FakeTelegram) -> None:
    polling = telegram_settings(fake_telegram, TelegramMode.POLLING)
    fake_telegram.will("getWebhookInfo", webhook_info(), webhook_info(url=""))
    assert found(telegram(polling, ""))[1][0] is Health.WRONG
    assert found(telegram(polling, ""))[1] == (Health.WELL, "no webhook is set: messages are fetched.")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (UNAUTHORIZED, "the token is refused"),
        (trouble(404, "Not Found"), "the token is refused"),
        (BAD_GATEWAY, "it does not answer (status 502)"),
        (Answer(200, "<html>"), "it does not answer (status 200)"),
        (Answer(200, []), "it does not answer (status 200)"),
    ],
)
def test_a_bot_that_cannot_be_met_is_said_in_one_line(
    fake_telegram: FakeTelegram, answer: Answer, words: str
) -> None:
    fake_telegram.will("getMe", answer)
    [(health, text)] = found(telegram(by_webhook(fake_telegram), ""))
    assert (health, text.startswith(words)) == (Health.WRONG, True)


def test_providers_that_are_away_are_said_without_their_address(
    fake_telegram: FakeTelegram, fake_twilio: FakeTwilio
) -> None:
    away = refusing_url()
    bot = by_webhook(fake_telegram).model_copy(update={"telegram_api_url": away})
    account = twilio_settings(fake_twilio).model_copy(update={"twilio_api_url": away})
    for findings in (telegram(bot, ""), twilio(account, "")):
        [(health, text)] = found(findings)
        assert (health, "(ConnectError)" in text, away in text) == (Health.WRONG, True, False)
    assert found(clock(bot, "")) == []


def test_a_number_that_delivers_here_is_well(fake_twilio: FakeTwilio) -> None:
    fake_twilio.account.numbers = [{"phone_number": SMS_FROM, "sms_url": SMS_HOOK, "sms_method": "POST"}]
    assert found(twilio(twilio_settings(fake_twilio), "")) == [
        (Health.WELL, "the account works."),
        (
            Health.NOTE,
            "WhatsApp's sender cannot be looked up: «a message comes in» must be POST"
            f" {PUBLIC_URL}/channels/whatsapp#rc=5&rp=all",
        ),
        (Health.WELL, "SMS come here."),
    ]


@pytest.mark.parametrize(
    ("number", "health", "words"),
    [
        ({"phone_number": "+15005550009"}, Health.WRONG, "none of this account"),
        ({"sms_url": None}, Health.WRONG, f"enter POST {SMS_HOOK}"),
        ({"sms_url": "https://other.example.org/sms"}, Health.WRONG, f"enter POST {SMS_HOOK}"),
        ({"sms_method": "GET"}, Health.WRONG, f"enter POST {SMS_HOOK}"),
        ({"sms_url": f"{PUBLIC_URL}/channels/sms"}, Health.NOTE, "repeated only once"),
    ],
)
def test_a_number_that_does_not_deliver_here_is_said_with_what_to_enter(
    fake_twilio: FakeTwilio, number: dict[str, object], health: Health, words: str
) -> None:
    known: dict[str, object] = {"phone_number": SMS_FROM, "sms_url": SMS_HOOK, "sms_method": "POST"}
    fake_twilio.account.numbers = [known | number]
    last = found(twilio(twilio_settings(fake_twilio), ""))[-1]
    assert (last[0], words in last[1]) == (health, True)


@pytest.mark.parametrize(
    ("change", "words"),
    [({"status": "suspended"}, "suspended or closed"), ({"type": "Trial"}, "verified numbers only")],
)
def test_an_account_that_may_not_write_freely_is_said(
    fake_twilio: FakeTwilio, change: dict[str, object], words: str
) -> None:
    fake_twilio.account.resource |= change
    assert any(words in text for _, text in found(twilio(twilio_settings(fake_twilio), "")))


def test_a_wrong_auth_token_is_said(fake_twilio: FakeTwilio) -> None:
    fake_twilio.account.authorization = "Basic of another"
    [(health, text)] = found(twilio(twilio_settings(fake_twilio), ""))
    assert (health, text.startswith("the account is refused")) == (Health.WRONG, True)


@pytest.mark.parametrize(
    ("answers", "last"),
    [
        ("ok", (Health.WELL, "the program answers there.")),
        ("nginx", (Health.WRONG, "something else answers there: check the proxy, and CARNET_PUBLIC_URL.")),
    ],
)
def test_our_own_address_is_tried(
    fake_telegram: FakeTelegram, answers: str, last: tuple[Health, str]
) -> None:
    async def healthz(_request: Request) -> Response:
        return PlainTextResponse(answers)

    with Server(Starlette(routes=[Route("/healthz", healthz)])) as server:
        given = by_webhook(fake_telegram).model_copy(update={"public_url": server.url})
        told = found(public_address(given, ""))
    assert told[0][1].startswith("CARNET_PUBLIC_URL is not https")
    assert told[-1] == last


def test_an_address_where_nothing_answers_is_wrong_where_providers_deliver_there(
    fake_telegram: FakeTelegram,
) -> None:
    for mode, health in ((TelegramMode.WEBHOOK, Health.WRONG), (TelegramMode.POLLING, Health.NOTE)):
        given = telegram_settings(fake_telegram, mode).model_copy(update={"public_url": refusing_url()})
        state, text = found(public_address(given, ""))[-1]
        assert (state, "(ConnectError)" in text) == (health, True)


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (5, (Health.WELL, "it is right.")),
        (-90, (Health.NOTE, "it is 90 seconds ahead: let the system set it (NTP).")),
        (3600, (Health.WRONG, "it is 3600 seconds behind: let the system set it (NTP).")),
    ],
)
def test_a_clock_that_is_off_is_said(
    fake_telegram: FakeTelegram,
    monkeypatch: pytest.MonkeyPatch,
    seconds: int,
    expected: tuple[Health, str],
) -> None:
    monkeypatch.setattr(outside, "ask", lambda _url: Said(200, clock=timedelta(seconds=seconds)))
    assert found(clock(by_webhook(fake_telegram), "")) == [expected]


def test_the_clock_of_a_provider_is_read_from_its_answer(fake_telegram: FakeTelegram) -> None:
    assert found(clock(by_webhook(fake_telegram), "")) == [(Health.WELL, "it is right.")]

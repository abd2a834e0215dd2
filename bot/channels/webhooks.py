"""The routes providers deliver to. 200 is said only after the commit; nothing unsigned is stored."""

import hmac
import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.accounts import TelegramAccount, TwilioAccount
from bot.channels.bodies import TooLarge, read_body, read_form
from bot.channels.counters import Result, count
from bot.channels.receiving import Receiver, Unavailable
from bot.channels.telegram.updates import callback_query_id
from bot.channels.telegram.updates import parse as parse_telegram
from bot.channels.twilio.signature import valid_signature
from bot.channels.twilio.webhooks import parse as parse_twilio
from bot.channels.twilio.webhooks import parse_status
from conversations.vocabulary import Channel

RETRY_AFTER = {"Retry-After": "5"}  # seconds

STATUS = "twilio/status"  # how deliveries of that route are counted

Acknowledge = Callable[[str], Awaitable[None]]
Clock = Callable[[], datetime]  # aware, UTC


def telegram_routes(
    account: TelegramAccount, receiver: Receiver, acknowledge: Acknowledge, clock: Clock
) -> list[Route]:
    """`POST /channels/telegram`. Without a webhook secret everything is unsigned, and so refused."""
    channel = Channel.TELEGRAM

    async def deliver(request: Request) -> Response:
        said = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        if not account.webhook_secret or not hmac.compare_digest(
            said.encode(), account.webhook_secret.encode()
        ):
            return _answer(channel, Result.REFUSED)
        try:
            body = await read_body(request)
        except TooLarge:
            return _answer(channel, Result.TOO_LARGE)
        update = _json_object(body)
        if update is None:
            return _answer(channel, Result.MALFORMED)
        event = parse_telegram(update, clock())
        if event is None:
            return _answer(channel, Result.IGNORED)
        try:
            await receiver.receive([event])
        except Unavailable:
            return _answer(channel, Result.UNAVAILABLE)
        response = _answer(channel, Result.STORED)
        if tap := callback_query_id(update):
            response.background = BackgroundTask(acknowledge, tap)
        return response

    return [Route("/channels/telegram", deliver, methods=["POST"])]


def twilio_routes(account: TwilioAccount, receiver: Receiver, clock: Clock) -> list[Route]:
    """`POST /channels/whatsapp`, `/channels/sms` and `/channels/twilio/status`."""

    async def deliver(request: Request, channel: Channel) -> Response:
        try:
            form = await _signed_form(request, account)
        except TooLarge:
            return _answer(channel, Result.TOO_LARGE)
        if form is None:
            return _answer(channel, Result.REFUSED)
        events = parse_twilio(form, clock())
        if not events:
            return _answer(channel, Result.IGNORED)
        try:
            await receiver.receive(events)
        except Unavailable:
            return _answer(channel, Result.UNAVAILABLE)
        return _answer(channel, Result.STORED)

    async def whatsapp(request: Request) -> Response:
        return await deliver(request, Channel.WHATSAPP)

    async def sms(request: Request) -> Response:
        return await deliver(request, Channel.SMS)

    async def status(request: Request) -> Response:
        try:
            form = await _signed_form(request, account)
        except TooLarge:
            return _answer(STATUS, Result.TOO_LARGE)
        if form is None:
            return _answer(STATUS, Result.REFUSED)
        event = parse_status(form, request.query_params.get("outbox", ""))
        if event is None:
            return _answer(STATUS, Result.IGNORED)
        try:
            await receiver.status(event)
        except Unavailable:
            return _answer(STATUS, Result.UNAVAILABLE)
        return _answer(STATUS, Result.STORED)

    return [
        Route("/channels/whatsapp", whatsapp, methods=["POST"]),
        Route("/channels/sms", sms, methods=["POST"]),
        Route("/channels/twilio/status", status, methods=["POST"]),
    ]


def _json_object(body: bytes) -> Mapping[str, object] | None:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):  # the latter: nested deeper than Python follows
        return None
    return value if isinstance(value, dict) else None


async def _signed_form(request: Request, account: TwilioAccount) -> Mapping[str, str] | None:
    """The form with its blanks, None if Twilio did not sign it. Raises TooLarge."""
    form = await read_form(request)
    query = request.url.query
    signed = valid_signature(
        account.auth_token,
        account.public_url,
        f"{request.url.path}?{query}" if query else request.url.path,
        form,
        request.headers.get("X-Twilio-Signature"),
        request.headers.get("X-Twilio-Webhooks-Signature-Settings"),
    )
    return form if signed else None


def _answer(channel: str, result: Result) -> Response:
    """Counted, and empty: Twilio would send a body as a message, Telegram run it as a method."""
    count(channel, result)
    match result:
        case Result.REFUSED:
            return Response(status_code=403)
        case Result.TOO_LARGE:
            return Response(status_code=413)
        case Result.UNAVAILABLE:
            return Response(status_code=503, headers=RETRY_AFTER)
        case _:
            return Response(status_code=200)

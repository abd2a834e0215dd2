"""The routes of the simulated phone, under `/phone`; they serve a browser with or without JavaScript."""

import re
import secrets
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from http import HTTPStatus

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import QueryParams

from bot.channels.bodies import TooLarge, read_body
from bot.channels.cleaning import clean
from bot.channels.counters import Result, count
from bot.channels.phone.files import NoFile, read_file, read_place
from bot.channels.phone.page import HEADERS, choose_language, render_bubbles, render_page, render_static
from bot.channels.phone.screens import PhoneTransport, ShownFile
from bot.channels.receiving import Receiver, Unavailable
from conversations.events import Attachment, Content, InboundEvent, Location, Tap, Text
from conversations.vocabulary import Channel, Language

COOKIE = "carnet_phone"
COOKIE_AGE = 365 * 24 * 3600  # seconds
PHONE_ID = re.compile(r"[A-Za-z0-9_-]{16}")
PATIENCE = 2.0  # seconds a request waits for the answer, so that it is there without JavaScript too

Guard = Callable[..., Awaitable[None]]


def phone_routes(transport: PhoneTransport, receiver: Receiver, guard: Guard, default: Language) -> APIRouter:
    """The routes; `guard` is a FastAPI dependency that raises for whoever may not use the simulation."""
    router = APIRouter(prefix="/phone", dependencies=[Depends(guard)], include_in_schema=False)

    @router.get("")
    async def show(request: Request) -> Response:
        phone = _phone(request)
        page = render_page(transport.after(_address(phone), 0), choose_language(request, default))
        return _remember(page, phone)

    @router.get("/messages")
    async def messages(request: Request, after: int = 0) -> Response:
        bubbles = transport.after(_address(_phone(request)), after)
        return render_bubbles(bubbles, choose_language(request, default))

    @router.post("/say")
    async def write(request: Request) -> Response:
        text = clean((await _form(request)).get("text", ""))
        return await deliver(request, _phone(request), Text(text), text)

    @router.post("/tap")
    async def tap(request: Request) -> Response:
        payload = clean((await _form(request)).get("payload", ""))
        phone = _phone(request)
        title = transport.title(_address(phone), payload)
        return await deliver(request, phone, Tap(payload, title), title or "…")

    @router.post("/attach")
    async def attach(request: Request) -> Response:
        phone = _phone(request)
        address = _address(phone)
        try:
            file = await read_file(request, address)
        except TooLarge:
            return troubled(request, phone, "too_large")
        except NoFile:
            return troubled(request, phone, "no_file")
        reference = transport.files.keep(file)
        content = Attachment(file.kind, reference, file.media_type, len(file.content))
        sort = file.media_type.partition("/")[0] or "file"
        shown = ShownFile(sort, f"/phone/sent/{reference}")
        return await deliver(request, phone, content, "" if file.media_type else file.name, shown)

    @router.post("/place")
    async def at_a_place(request: Request) -> Response:
        phone, where = _phone(request), read_place(await _form(request))
        if not isinstance(where, Location):
            return troubled(request, phone, "no_place")
        return await deliver(request, phone, where, f"📍 {where.latitude}, {where.longitude}")

    @router.get("/sent/{reference}")
    async def sent(request: Request, reference: str) -> Response:
        file = transport.files.find(reference, _address(_phone(request)))
        if file is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        saved = {} if file.media_type else {"Content-Disposition": "attachment"}
        known = file.media_type or "application/octet-stream"
        return Response(file.content, media_type=known, headers={**HEADERS, **saved})

    @router.post("/new")
    async def new(request: Request) -> Response:
        return _back_to_page(request, _new_phone())

    @router.get("/static/{name}")
    async def static(name: str) -> Response:
        return render_static(name)

    async def deliver(
        request: Request, phone: str, content: Content, shown: str, file: ShownFile | None = None
    ) -> Response:
        address = _address(phone)
        # Shown first: the answer may come before `receive` returns, and must stand below.
        bubble = transport.write(address, shown, file)
        event = InboundEvent(Channel.PHONE, secrets.token_urlsafe(16), address, datetime.now(UTC), content)
        try:
            await receiver.receive([event])
        except Unavailable:
            count(Channel.PHONE, Result.UNAVAILABLE)
            transport.take_back(address, bubble)
            return troubled(request, phone, "not_sent")
        count(Channel.PHONE, Result.STORED)
        await transport.wait_for_answer(address, bubble.number, PATIENCE)
        return _back_to_page(request, phone)

    def troubled(request: Request, phone: str, trouble: str) -> Response:
        bubbles, language = transport.after(_address(phone), 0), choose_language(request, default)
        return _remember(render_page(bubbles, language, trouble), phone)

    return router


async def _form(request: Request) -> Mapping[str, str]:
    try:
        return QueryParams(await read_body(request))
    except TooLarge:
        raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE) from None


def _phone(request: Request) -> str:
    """The browser's phone; a new one for a browser that has none."""
    said = request.cookies.get(COOKIE, "")
    return said if PHONE_ID.fullmatch(said) else _new_phone()


def _new_phone() -> str:
    return secrets.token_urlsafe(12)  # 16 characters


def _address(phone: str) -> str:
    return f"phone:{phone}"


def _back_to_page(request: Request, phone: str) -> Response:
    """After a POST, so that loading the page again sends nothing twice."""
    language = request.query_params.get("lang", "")
    target = f"/phone?lang={language}" if language in set(Language) else "/phone"
    return _remember(RedirectResponse(target, HTTPStatus.SEE_OTHER, headers=HEADERS), phone)


def _remember(response: Response, phone: str) -> Response:
    response.set_cookie(COOKIE, phone, max_age=COOKIE_AGE, path="/phone", httponly=True, samesite="strict")
    return response

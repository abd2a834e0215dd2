"""Telegram's Bot API on loopback: what the bot calls, and what Telegram delivers."""

import asyncio
import itertools
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from types import TracebackType

import httpx
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.fakes.answers import Answer, Script, Scripted, Silence
from tests.fakes.server import Server

TOKEN = "123456:loopback-token"
SECRET = "loopback_secret"
TEXT_LIMIT, PAYLOAD_LIMIT = 4096, 64  # characters, bytes
DELETED_AT_ONCE = 100  # message ids in one call
DATE = 1795000000  # 2026-11-18, when everything here is sent

Json = dict[str, object]


def trouble(code: int, description: str, **parameters: object) -> Answer:
    """An error as the Bot API words it."""
    body: Json = {"ok": False, "error_code": code, "description": description}
    return Answer(code, body | ({"parameters": parameters} if parameters else {}))


BLOCKED = trouble(403, "Forbidden: bot was blocked by the user")
DEACTIVATED = trouble(403, "Forbidden: user is deactivated")
CHAT_NOT_FOUND = trouble(400, "Bad Request: chat not found")
CANNOT_PARSE = trouble(400, "Bad Request: can't parse entities: Unsupported start tag")
UNAUTHORIZED = trouble(401, "Unauthorized")
CONFLICT = trouble(409, "Conflict: terminated by other getUpdates request")
SERVER_ERROR = trouble(500, "Internal Server Error")


def flood(seconds: int) -> Answer:
    return trouble(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a method, with its parameters as JSON values."""

    method: str
    params: Json


class FakeTelegram:
    """The server: start it with `with`, point the bot at `url`."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.script = Script()
        self.blocked: set[int] = set()  # chats that blocked the bot
        self.updates: list[Json] = []  # what getUpdates still has to give
        self.webhook: Json = {}  # as setWebhook left it
        self.deleted: set[tuple[object, object]] = set()  # chat and message
        self.files: dict[str, bytes] = {}  # what people sent, by file id
        self.message_ids = itertools.count(1)
        self.update_ids = itertools.count(1000)
        routes = [
            Route("/bot{token}/{method}", self._call, methods=["GET", "POST"]),
            Route("/file/bot{token}/files/{file_id}", self._give_file, methods=["GET"]),
        ]
        self.server = Server(Starlette(routes=routes))
        self.url = self.server.url

    def __enter__(self) -> "FakeTelegram":
        self.server.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.script.over.set()
        self.server.__exit__(kind, error, trace)

    # What the test sees and says.

    def will(self, method: str, *answers: Scripted) -> None:
        """The next calls of this method get these answers, one each."""
        self.script.add(method, *answers)

    def called(self, method: str) -> list[Json]:
        """The parameters of every call of this method."""
        return [call.params for call in self.calls if call.method == method]

    def sent(self) -> list[Json]:
        """The messages that reached a chat or were refused, oldest first."""
        return self.called("sendMessage")

    def text(self, chat_id: int, text: str, language: str = "fr") -> Json:
        """An update: the person writes."""
        return self.update(message=self._message(chat_id, language) | {"text": text})

    def tap(self, chat_id: int, data: str, language: str = "fr") -> Json:
        """An update: the person taps a button."""
        person = self._message(chat_id, language)
        query = {
            "id": str(next(self.message_ids)),
            "from": person["from"],
            "chat_instance": "1",
            "data": data,
        }
        return self.update(callback_query=query)

    def contact(self, chat_id: int, phone: str, *, own: bool, language: str = "fr") -> Json:
        """An update: the person shares their own number by the button, or the card of someone else."""
        whose = chat_id if own else chat_id + 1
        card = {"phone_number": phone, "first_name": "Test", "user_id": whose}
        return self.update(message=self._message(chat_id, language) | {"contact": card})

    def update(self, **content: object) -> Json:
        return {"update_id": next(self.update_ids), **content}

    def offer(self, *updates: Json) -> None:
        """Give these updates to whoever asks with getUpdates."""
        self.updates.extend(updates)

    async def push(
        self, update: Mapping[str, object], client: httpx.AsyncClient, secret: str = SECRET
    ) -> int:
        """Deliver by webhook to the program behind `client`; gives the status of its answer."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
        answer = await client.post("/channels/telegram", json=update, headers=headers)
        return answer.status_code

    # What the bot sees.

    async def _call(self, request: Request) -> Response:
        method = request.path_params["method"]
        if request.path_params["token"] != TOKEN:
            return UNAUTHORIZED.response()
        params: Json = {name: _value(name, value) for name, value in request.query_params.items()}
        async with request.form() as form:
            for name, value in form.items():
                params[name] = await value.read() if isinstance(value, UploadFile) else _value(name, value)
        self.calls.append(Call(method, params))
        scripted = self.script.take(method)
        if isinstance(scripted, Answer):
            return scripted.response()
        if isinstance(scripted, Silence):
            return await self.script.keep_silent()
        return await self._do(method, params)

    async def _do(self, method: str, params: Json) -> Response:
        match method:
            case "getMe":
                return _ok({"id": 123456, "is_bot": True, "first_name": "Carnet", "username": "carnet_bot"})
            case "sendMessage":
                return self._send(params)
            case "sendVoice" | "sendAudio" | "sendPhoto" | "sendVideo" | "sendDocument":
                return self._send_file(params, method.removeprefix("send").lower())
            case "sendVenue":
                return self._send_venue(params)
            case "getFile":
                return self._name_file(str(params.get("file_id", "")))
            case "getUpdates":
                return await self._updates(params)
            case "setWebhook":
                self.webhook = params
                return _ok(True)
            case "deleteWebhook":
                self.webhook = {}
                return _ok(True)
            case "deleteMessages":
                return self._delete(params)
            case "setMyCommands" | "answerCallbackQuery":
                return _ok(True)
            case _:
                return trouble(404, "Not Found").response()

    def _name_file(self, file_id: str) -> Response:
        if file_id not in self.files:
            return trouble(
                400, "Bad Request: wrong file_id or the file is temporarily unavailable"
            ).response()
        named = {"file_id": file_id, "file_unique_id": file_id, "file_path": f"files/{file_id}"}
        return _ok(named | {"file_size": len(self.files[file_id])})

    async def _give_file(self, request: Request) -> Response:
        assert request.path_params["token"] == TOKEN
        return Response(self.files[request.path_params["file_id"]])

    def _send(self, params: Json) -> Response:
        chat_id, text = params.get("chat_id"), str(params.get("text", ""))
        if not isinstance(chat_id, int):
            return CHAT_NOT_FOUND.response()
        if chat_id in self.blocked:
            return BLOCKED.response()
        if not text.strip():
            return trouble(400, "Bad Request: message text is empty").response()
        if len(text) > TEXT_LIMIT:
            return trouble(400, "Bad Request: message is too long").response()
        if params.get("parse_mode") == "HTML" and not _is_telegram_html(text):
            return CANNOT_PARSE.response()
        for button in _buttons(params):
            if not 1 <= len(str(button.get("callback_data", "")).encode()) <= PAYLOAD_LIMIT:
                return trouble(400, "Bad Request: BUTTON_DATA_INVALID").response()
        message = {"message_id": next(self.message_ids), "date": DATE, "text": text}
        return _ok(message | {"chat": {"id": chat_id, "type": "private", "first_name": "Amina"}})

    def _delete(self, params: Json) -> Response:
        ids = params.get("message_ids")
        if not isinstance(ids, list) or not 1 <= len(ids) <= DELETED_AT_ONCE:
            return trouble(400, "Bad Request: message identifiers are not specified").response()
        self.deleted.update((params["chat_id"], message_id) for message_id in ids)
        return _ok(True)

    def _send_file(self, params: Json, kind: str) -> Response:
        if not isinstance(params.get(kind), bytes) or not params[kind]:
            return trouble(400, "Bad Request: file must be non-empty").response()
        message = {"message_id": next(self.message_ids), "date": DATE}
        return _ok(message | {"chat": {"id": params["chat_id"], "type": "private", "first_name": "Amina"}})

    def _send_venue(self, params: Json) -> Response:
        if not (_within(params.get("latitude"), 90) and _within(params.get("longitude"), 180)):
            return trouble(400, "Bad Request: latitude and longitude must be specified").response()
        if not (params.get("title") and params.get("address")):
            return trouble(400, "Bad Request: venue title and address must be non-empty").response()
        message = {"message_id": next(self.message_ids), "date": DATE}
        return _ok(message | {"chat": {"id": params["chat_id"], "type": "private", "first_name": "Amina"}})

    async def _updates(self, params: Json) -> Response:
        if self.webhook:
            return trouble(409, "Conflict: can't use getUpdates method while webhook is active").response()
        offset, wait = int(str(params.get("offset", 0))), float(str(params.get("timeout", 0)))
        self.updates = [update for update in self.updates if int(str(update["update_id"])) >= offset]
        deadline = time.monotonic() + wait
        while not self.updates and time.monotonic() < deadline and not self.script.over.is_set():  # noqa: ASYNC110 -- set in the test's thread
            await asyncio.sleep(0.01)
        return _ok(self.updates[: int(str(params.get("limit", 100)))])

    def _message(self, chat_id: int, language: str) -> Json:
        name = {"id": chat_id, "first_name": "Amina"}
        return {
            "message_id": next(self.message_ids),
            "date": DATE,
            "chat": name | {"type": "private"},
            "from": name | {"is_bot": False, "language_code": language},
        }


def _within(degrees: object, limit: int) -> bool:
    try:
        return abs(float(str(degrees))) <= limit
    except ValueError:
        return False


def _ok(result: object) -> Response:
    return JSONResponse({"ok": True, "result": result})


def _value(name: str, text: str) -> object:
    """A form's value: numbers, booleans and composed values come as JSON, texts as they are."""
    if name == "text":
        return text
    if text[:1] in "{[" or text in ("true", "false") or text.lstrip("-").isdecimal():
        try:
            return json.loads(text)
        except ValueError:
            return text
    return text


def _buttons(params: Json) -> list[Json]:
    markup = params.get("reply_markup")
    rows = markup.get("inline_keyboard", []) if isinstance(markup, dict) else []
    return [button for row in rows for button in row]


class _Tags(HTMLParser):
    known = frozenset({"b", "strong", "i", "em", "u", "s", "code", "pre", "a", "tg-spoiler", "blockquote"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.unknown: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.known:
            self.unknown.append(tag)


def _is_telegram_html(text: str) -> bool:
    """Whether Telegram would parse it: no unknown tag, no bare `<`."""
    tags = _Tags()
    tags.feed(text)
    tags.close()
    return not tags.unknown and text.count("<") == text.count(">")

"""The providers' side of sending: they take messages, or do something else instead."""

import asyncio
import itertools
import json
from collections import defaultdict
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from tests.chaos.faults import TAKEN, Chance, Fault
from tests.chaos.wire import Manner, Reply, Request, Server

FIRST_MESSAGE = 2**31 + 1  # ids beyond what 32 bits hold
DATE = 1795000000  # 2026-11-18, when everything here is sent
WAIT = 1  # seconds asked for with a 429

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Arrived:
    """One message that reached a person."""

    text: str = field(repr=False)
    outbox_id: str = ""  # where the channel carries it


class Telegram:
    """The Bot API, as far as a bot with a webhook needs it."""

    def __init__(self, chance: Chance) -> None:
        self.chance = chance
        self.by_address: defaultdict[str, list[Arrived]] = defaultdict(list)
        self.ids = itertools.count(FIRST_MESSAGE)
        self.server = Server(self._answer)

    async def _answer(self, request: Request) -> Reply:
        method = request.path.rpartition("/")[2]
        if method != "sendMessage":
            return _telegram_set_up(method)
        fault, form = self.chance.draw(), request.form
        result: Json = {}
        if fault in TAKEN:
            result = {"message_id": next(self.ids), "date": DATE, "text": form["text"]}
            result["chat"] = {"id": int(form["chat_id"]), "type": "private", "first_name": "Amina"}
            self.by_address[form["chat_id"]].append(Arrived(form["text"]))
        return _telegram_reply(self.chance, fault, result)


def _telegram_set_up(method: str) -> Reply:
    bot = {"id": 123456, "is_bot": True, "first_name": "Carnet", "username": "carnet_bot"}
    return _json(200, {"ok": True, "result": bot if method == "getMe" else True})


def _telegram_reply(chance: Chance, fault: Fault, result: Json) -> Reply:
    good = _json(200, {"ok": True, "result": result})
    flood: Json = {"ok": False, "error_code": 429, "description": "Too Many Requests"}
    told = flood | {
        "description": f"Too Many Requests: retry after {WAIT}",
        "parameters": {"retry_after": WAIT},
    }
    odd: list[object] = [
        {"ok": True, "result": True},
        {"ok": True, "result": []},
        {"ok": True},
        {"ok": "yes", "result": {"message_id": "soon"}},
        {"ok": True, "result": {"message_id": 7, "date": "now", "chat": 3}},
        {"ok": False, "error_code": "five hundred", "description": None},
        [],
        None,
        "ok",
    ]
    return _reply(chance, fault, good, _json(429, told), _json(429, flood), odd)


class Twilio:
    """The messages API; what is taken is reported on by `reports`."""

    def __init__(self, chance: Chance) -> None:
        self.chance = chance
        self.by_address: defaultdict[str, list[Arrived]] = defaultdict(list)
        self.taken: asyncio.Queue[tuple[str, str, str]] = asyncio.Queue()  # sid, to, callback
        self.ids = itertools.count(1)
        self.server = Server(self._answer)

    async def _answer(self, request: Request) -> Reply:
        if request.method != "POST" or not request.path.endswith("/Messages.json"):
            return _json(404, {"code": 20404, "message": "Not found", "status": 404})
        fault, form = self.chance.draw(), request.form
        resource: Json = {}
        if fault in TAKEN:
            sid, callback = f"SM{next(self.ids):032x}", form.get("StatusCallback", "")
            outbox_id = parse_qs(urlsplit(callback).query).get("outbox", [""])[0]
            said = form.get("Body", "") or form.get("ContentSid", "")
            self.by_address[form["To"]].append(Arrived(said, outbox_id))
            self.taken.put_nowait((sid, form["To"], callback))
            resource = {"sid": sid, "status": "queued", "to": form["To"], "body": said, "error_code": None}
        return _twilio_reply(self.chance, fault, resource)


def _twilio_reply(chance: Chance, fault: Fault, resource: Json) -> Reply:
    flood = {"code": 20429, "message": "Too many requests", "status": 429}
    told = Reply(429, json.dumps(flood).encode(), headers=(("Retry-After", str(WAIT)),))
    odd: list[object] = [{}, [], None, "sent", {"sid": None}, {"sid": 7}, {"sid": ["SM"], "status": 3}]
    return _reply(chance, fault, _json(201, resource), told, _json(429, {}), odd)


def _reply(
    chance: Chance, fault: Fault, good: Reply, patience: Reply, bare: Reply, odd: list[object]
) -> Reply:
    """The answer with this fault; a good one comes in any manner that HTTP allows."""
    html = b"<html><body><h1>502 Bad Gateway</h1></body></html>"
    match fault:
        case Fault.NONE:
            plain = [Manner.PLAIN] * 6
            allowed = [*plain, Manner.CLOSED, Manner.CHUNKED, Manner.GZIPPED, Manner.CONTINUED]
            return _in_manner(good, chance.random.choice(allowed))
        case Fault.PATIENCE:
            return patience
        case Fault.PATIENCE_BARE:
            return bare
        case Fault.BROKEN | Fault.BROKEN_TAKEN:
            status = chance.random.choice([500, 502, 503, 504])
            broken = [Reply(status, html, "text/html"), _json(status, {"ok": False, "error_code": status})]
            return chance.random.choice(broken)
        case Fault.SILENT | Fault.SILENT_TAKEN:
            return _in_manner(good, Manner.SILENT)
        case Fault.DRIPPING_TAKEN:
            return _in_manner(good, Manner.DRIPPING)
        case Fault.RESET | Fault.RESET_TAKEN:
            return _in_manner(good, Manner.RESET)
        case Fault.CUT_TAKEN:
            whole = Reply(good.status, good.body[: len(good.body) // 2])
            return chance.random.choice([_in_manner(good, Manner.CUT), whole])
        case Fault.HTML_TAKEN:
            return Reply(200, html * chance.random.choice([1, 20_000]), "text/html")
        case Fault.ODD_TAKEN:
            return _json(200, chance.random.choice(odd))
        case Fault.REDIRECT:
            return Reply(302, b"", "text/html", (("Location", "/elsewhere"),))


def _json(status: int, body: object) -> Reply:
    return Reply(status, json.dumps(body).encode())


def _in_manner(reply: Reply, manner: Manner) -> Reply:
    return Reply(reply.status, reply.body, reply.content_type, reply.headers, manner)

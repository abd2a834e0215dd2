"""Twilio's Content API on loopback: contents made, listed and handed in; what a message by one looks like."""

import itertools
import json
import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.fakes.answers import Answer, Script

PLACE = re.compile(r"\{\{([^{}]*)\}\}")
LIMITS = {"title": 20, "item": 24, "description": 72, "button": 20, "id": 200}  # characters, once filled
BODY, INTERACTIVE_BODY, VARIABLES = 1600, 1024, 1600  # characters
PAGE = 2  # contents on one page, however many are asked for: so that every list has several
FAMILIES = {"twilio/quick-reply": ("actions", 10), "twilio/list-picker": ("items", 10)}


@dataclass(slots=True)
class Content:
    """One content of the account."""

    sid: str
    name: str
    language: str
    types: dict[str, dict[str, Any]]
    variables: dict[str, str] = field(default_factory=dict)
    approval: dict[str, Any] = field(default_factory=lambda: {"status": "unsubmitted"})

    @property
    def kind(self) -> str:
        return next(iter(self.types))

    def shown(self) -> dict[str, Any]:
        return {
            "sid": self.sid,
            "friendly_name": self.name,
            "language": self.language,
            "variables": self.variables,
            "types": self.types,
            "date_created": "2026-11-01T10:00:00Z",
            "a_field_of_next_year": {"nobody": ["knows", "it"]},
        }


class FakeContents:
    """The contents of the account; `url` is the server's."""

    def __init__(self, expected: str) -> None:
        self.kept: dict[str, Content] = {}
        self.made: list[dict[str, Any]] = []  # what was asked to be made, refused ones too
        self.submitted: list[tuple[str, dict[str, Any]]] = []
        self.lists = 0  # pages that were read
        self.script = Script()
        self.authorization = f"Basic {b64encode(expected.encode()).decode()}"
        self.sids = itertools.count(1)
        self.routes = [
            Route("/v1/Content", self._authorized(self._create), methods=["POST"]),
            Route("/v1/ContentAndApprovals", self._authorized(self._list), methods=["GET"]),
            Route(
                "/v1/Content/{sid}/ApprovalRequests/whatsapp",
                self._authorized(self._submit),
                methods=["POST"],
            ),
        ]

    # What the test sees and says.

    def will(self, *answers: Answer) -> None:
        """The next requests to make, hand in or list contents get these answers, one each."""
        self.script.add("contents", *answers)

    def put(self, name: str, language: str, body: str, status: str = "approved", **approval: Any) -> str:
        """A text template that was made elsewhere; its sid."""
        return self.put_types(name, language, {"twilio/text": {"body": body}}, status=status, **approval)

    def put_types(self, name: str, language: str, types: dict[str, Any], **approval: Any) -> str:
        sid = self._sid()
        self.kept[sid] = Content(sid, name, language, types, approval={"name": name, **approval})
        return sid

    def refusal(self, form: Mapping[str, str]) -> tuple[int, str] | None:
        """Twilio's code and words for a message by content that it does not take."""
        content = self.kept.get(form["ContentSid"])
        if content is None:
            return 21655, "The ContentSid is Invalid"
        trouble = variables_trouble(content.types, form.get("ContentVariables", "{}"))
        return (21656, trouble) if trouble else None

    def shown(self, form: Mapping[str, str]) -> dict[str, Any]:
        """What the phone shows of a message by content: its type with all values in their places."""
        content = self.kept[form["ContentSid"]]
        values = json.loads(form.get("ContentVariables", "{}"))
        filled: dict[str, Any] = _filled(content.types[content.kind], values)
        return filled

    # What the program sees.

    def _authorized(self, answer: Callable[[Request], Any]) -> Callable[[Request], Any]:
        async def checked(request: Request) -> Response:
            if request.headers.get("Authorization") != self.authorization:
                return _trouble(401, 20003)
            scripted = self.script.take("contents")
            if isinstance(scripted, Answer):
                return scripted.response()
            response: Response = await answer(request)
            return response

        return checked

    async def _create(self, request: Request) -> Response:
        assert request.headers["Content-Type"] == "application/json"
        asked = await request.json()
        self.made.append(asked)
        if trouble := creation_trouble(asked):
            return _trouble(400, 20001, trouble)
        sid = self._sid()
        content = Content(
            sid, asked.get("friendly_name", ""), asked["language"], asked["types"], asked.get("variables", {})
        )
        self.kept[sid] = content
        return JSONResponse(content.shown(), 201)

    async def _list(self, request: Request) -> Response:
        self.lists += 1
        page = int(request.query_params.get("Page", 0))
        contents = list(self.kept.values())
        shown = contents[page * PAGE : (page + 1) * PAGE]
        more = len(contents) > (page + 1) * PAGE
        here = "https://content.twilio.com/v1/ContentAndApprovals?PageSize=50&Page="
        meta = {"page": page, "page_size": PAGE, "key": "contents", "url": f"{here}{page}"}
        meta |= {"first_page_url": f"{here}0", "previous_page_url": None}
        meta["next_page_url"] = f"{here}{page + 1}&PageToken=PA{page + 1}" if more else None
        listed = [{**each.shown(), "approval_requests": each.approval} for each in shown]
        return JSONResponse({"contents": listed, "meta": meta})

    async def _submit(self, request: Request) -> Response:
        sid, asked = request.path_params["sid"], await request.json()
        if sid not in self.kept:
            return _trouble(404, 20404)
        if not re.fullmatch("[a-z0-9_]+", asked["name"]) or asked["category"] != "UTILITY":
            return _trouble(400, 20001, "name or category")
        content = self.kept[sid]
        body = next(iter(content.types.values()))["body"]
        if _misplaced(body) or len(content.variables) != len(set(PLACE.findall(json.dumps(content.types)))):
            return _trouble(400, 20001, "variables")
        self.submitted.append((sid, asked))
        content.approval = {**asked, "status": "received", "rejection_reason": ""}
        return JSONResponse(content.approval, 201)

    def _sid(self) -> str:
        return f"HX{next(self.sids):032x}"


def _trouble(status: int, code: int, message: str = "Refused") -> Response:
    return JSONResponse({"code": code, "message": message, "status": status}, status)


def creation_trouble(asked: Mapping[str, Any]) -> str:
    """Why a content cannot be made: the specification, and the documentation's rules for variables."""
    if set(asked) - {"friendly_name", "variables", "language", "types"} or not asked.get("language"):
        return "fields"
    types = asked.get("types", {})
    if len(types) != 1 or None in types.values():
        return "types"
    [(kind, told)] = types.items()
    if not told.get("body") or _misplaced(told["body"]):
        return "body"
    if kind in FAMILIES:
        options, most = FAMILIES[kind]
        if not 0 < len(told[options]) <= most:
            return "options"
        required = {"twilio/quick-reply": {"title"}, "twilio/list-picker": {"id", "item"}}[kind]
        if any(not required <= set(option) for option in told[options]):
            return "options"
        if any(None in option.values() for option in told[options]):
            return "null"
    samples = asked.get("variables", {})
    places = set(PLACE.findall(json.dumps(types)))
    if places != set(samples) or not all(isinstance(one, str) and one.strip() for one in samples.values()):
        return "variables"
    return ""


def _misplaced(body: str) -> bool:
    """Whether a variable stands at the beginning or end, or right after another; spaces change nothing."""
    tight = re.sub(r"\s+", "", body)
    return bool(re.search(r"^\{\{|\}\}$|\}\}\{\{", tight))


def variables_trouble(types: Mapping[str, Any], variables: str) -> str:
    """Why values do not fit a content; empty: they do."""
    [(kind, told)] = types.items()
    values = json.loads(variables)
    if len(variables) > VARIABLES * 2 or not isinstance(values, dict):
        return "variables"
    places = set(PLACE.findall(json.dumps(types)))
    if set(values) != places:
        return "places"
    for value in values.values():
        if not isinstance(value, str) or not value.strip() or re.search(r"[\n\r\t]| {4,}", value):
            return "value"
    filled = _filled(told, values)
    limit = INTERACTIVE_BODY if kind in FAMILIES else BODY
    if len(filled["body"]) > limit:
        return "body"
    return "limit" if _beyond(filled) else ""


def _beyond(value: Any, name: str = "") -> bool:
    if isinstance(value, dict):
        return any(_beyond(each, key) for key, each in value.items())
    if isinstance(value, list):
        return any(_beyond(each) for each in value)
    return name in LIMITS and len(str(value)) > LIMITS[name]


def _filled(value: Any, values: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _filled(each, values) for key, each in value.items()}
    if isinstance(value, list):
        return [_filled(each, values) for each in value]
    return PLACE.sub(lambda place: values.get(place[1], place[0]), str(value))

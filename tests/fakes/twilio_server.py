"""Twilio's messages API on loopback: what we send, signed webhooks, status reports."""

import itertools
import re
from base64 import b64encode
from dataclasses import dataclass
from types import TracebackType
from urllib.parse import urlencode, urlsplit

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from twilio.request_validator import RequestValidator

from tests.fakes.answers import Answer, Script, Scripted, Silence
from tests.fakes.server import Server
from tests.fakes.twilio_account import FakeAccount
from tests.fakes.twilio_contents import FakeContents

ACCOUNT_SID = "AC00000000000000000000000000000000"
AUTH_TOKEN = "loopback-auth-token"
PUBLIC_URL = "https://carnet.example.org"
WHATSAPP_FROM, SMS_FROM = "whatsapp:+15005550006", "+15005550006"
BODY_LIMIT = 1600  # characters
LOCATION = re.compile(r"geo:-?\d+\.\d+,-?\d+\.\d+\|[^|]+")


def trouble(status: int, code: int, message: str = "Refused") -> Answer:
    """An error as Twilio words it."""
    return Answer(status, {"code": code, "message": message, "more_info": "", "status": status})


@dataclass(frozen=True, slots=True)
class Sent:
    """One message that was taken, with Twilio's id for it."""

    sid: str
    form: dict[str, str]


class FakeTwilio:
    """The server: start it with `with`, point the account at `url`."""

    def __init__(self) -> None:
        self.sent: list[Sent] = []  # what was taken, refused ones not
        self.requests = 0
        self.script = Script()
        self.sids = itertools.count(1)
        self.validator = RequestValidator(AUTH_TOKEN)
        self.deleted: list[str] = []  # messages that are gone, by their ids
        self.media: dict[str, list[str]] = {}  # files of a message, by its id
        self.bytes_of: dict[str, bytes] = {}  # a file, by its id
        messages = "/2010-04-01/Accounts/{account}/Messages"
        routes = [
            Route(f"{messages}.json", self._create, methods=["POST"]),
            Route(messages + "/{sid}.json", self._delete, methods=["DELETE"]),
            Route(messages + "/{sid}/Media.json", self._list_media, methods=["GET"]),
            Route(messages + "/{sid}/Media/{media}.json", self._delete_media, methods=["DELETE"]),
            Route(messages + "/{sid}/Media/{media}", self._lead_to_media, methods=["GET"]),
            Route("/elsewhere/{media}", self._give_media, methods=["GET"]),
        ]
        self.contents = FakeContents(f"{ACCOUNT_SID}:{AUTH_TOKEN}")
        basic = b64encode(f"{ACCOUNT_SID}:{AUTH_TOKEN}".encode()).decode()
        self.account = FakeAccount(ACCOUNT_SID, f"Basic {basic}")
        self.shut: set[str] = set()  # addresses whose 24 hours are over
        self.server = Server(Starlette(routes=[*routes, *self.contents.routes, *self.account.routes]))
        self.url = self.server.url

    def __enter__(self) -> "FakeTwilio":
        self.server.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.script.over.set()
        self.server.__exit__(kind, error, trace)

    # What the test sees and says.

    def will(self, *answers: Scripted) -> None:
        """The next sends get these answers, one each."""
        self.script.add("create", *answers)

    def will_delete(self, *answers: Scripted) -> None:
        """The next deletions of messages get these answers, one each."""
        self.script.add("delete", *answers)

    def message(self, sender: str, text: str, **extra: str) -> dict[str, str]:
        """The form of an inbound message; `sender` is `whatsapp:+…` or `+…`."""
        sid = self._sid()
        form = {"MessageSid": sid, "SmsMessageSid": sid, "SmsSid": sid, "AccountSid": ACCOUNT_SID}
        form |= {"From": sender, "Body": text, "NumMedia": "0", "SmsStatus": "received", "FromCity": ""}
        form["To"] = WHATSAPP_FROM if sender.startswith("whatsapp:") else SMS_FROM
        if sender.startswith("whatsapp:+"):
            form |= {"WaId": sender.removeprefix("whatsapp:+"), "ProfileName": "Amina", "MessageType": "text"}
        return form | extra

    def file(self, sender: str, content: bytes, media_type: str) -> dict[str, str]:
        """The form of an inbound message with a file, which can then be fetched."""
        media = f"ME{next(self.sids):032x}"
        form = self.message(sender, "", NumMedia="1", MediaContentType0=media_type)
        self.media[form["MessageSid"]], self.bytes_of[media] = [media], content
        there = f"/2010-04-01/Accounts/{ACCOUNT_SID}/Messages/{form['MessageSid']}/Media/{media}"
        return form | {"MediaUrl0": f"https://api.twilio.com{there}"}

    def tap(self, sender: str, payload: str, title: str) -> dict[str, str]:
        """The form of a tapped button."""
        return self.message(sender, title, MessageType="interactive", ButtonPayload=payload, ButtonText=title)

    async def push(self, form: dict[str, str], client: httpx.AsyncClient, path: str = "") -> int:
        """Deliver a message, signed, to the program behind `client`; gives the status of its answer."""
        channel = "whatsapp" if form["From"].startswith("whatsapp:") else "sms"
        return await self._post(form, client, path or f"/channels/{channel}")

    async def report(self, sid: str, status: str, client: httpx.AsyncClient, error_code: str = "") -> int:
        """Report the state of a message we sent, in any order and as often as the test likes."""
        sent = next(sent for sent in self.sent if sent.sid == sid)
        callback = urlsplit(sent.form["StatusCallback"])
        form = {"MessageSid": sid, "SmsSid": sid, "MessageStatus": status, "SmsStatus": status}
        form |= {"To": sent.form["To"], "From": sent.form.get("From", SMS_FROM), "AccountSid": ACCOUNT_SID}
        if error_code:
            form["ErrorCode"] = error_code
        return await self._post(form, client, f"{callback.path}?{callback.query}")

    def sign(self, form: dict[str, str], path: str) -> dict[str, str]:
        """The headers of a delivery to this path."""
        signature = self.validator.compute_signature(PUBLIC_URL + path, form)
        return {"X-Twilio-Signature": signature, "Content-Type": "application/x-www-form-urlencoded"}

    async def _post(self, form: dict[str, str], client: httpx.AsyncClient, path: str) -> int:
        answer = await client.post(path, content=urlencode(form), headers=self.sign(form, path))
        return answer.status_code

    # What the program sees.

    async def _create(self, request: Request) -> Response:
        self.requests += 1
        if not self._is_ours(request):
            return trouble(401, 20003, "Authenticate").response()
        form = {name: str(value) for name, value in (await request.form()).items()}
        scripted = self.script.take("create")
        if isinstance(scripted, Answer):
            return scripted.response()
        if isinstance(scripted, Silence):
            if scripted.done:
                self._take(form)
            return await self.script.keep_silent()
        refused = _refusal(form) or self._content_refusal(form)
        return refused.response() if refused else self._take(form)

    async def _delete(self, request: Request) -> Response:
        scripted = self.script.take("delete")
        if isinstance(scripted, Answer):
            return scripted.response()
        sid = request.path_params["sid"]
        if sid in self.deleted:
            return trouble(404, 20404, "The requested resource was not found").response()
        assert not self.media.get(sid), "Twilio keeps files whose message is gone"
        self.deleted.append(sid)
        return Response(status_code=204)

    async def _list_media(self, request: Request) -> Response:
        files = self.media.get(request.path_params["sid"], [])
        listed = [{"sid": file, "parent_sid": request.path_params["sid"]} for file in files]
        return JSONResponse({"media_list": listed, "page": 0, "page_size": 50, "next_page_uri": None})

    async def _delete_media(self, request: Request) -> Response:
        self.media[request.path_params["sid"]].remove(request.path_params["media"])
        return Response(status_code=204)

    def _content_refusal(self, form: dict[str, str]) -> Answer | None:
        """What Twilio says of a content it does not take, and of words out of the 24 hours."""
        content = form.get("ContentSid")
        if content and (refused := self.contents.refusal(form)):
            return trouble(400, *refused)
        approved = content and self.contents.kept[content].approval.get("status") == "approved"
        if form["To"] in self.shut and not approved:
            return trouble(400, 63016, "Outside the allowed window, use a template")
        return None

    async def _lead_to_media(self, request: Request) -> Response:
        """A file is behind the account's credentials, and then where anybody may ask for it."""
        if not self._is_ours(request):
            return trouble(401, 20003, "Authenticate").response()
        if request.path_params["media"] not in self.media.get(request.path_params["sid"], []):
            return trouble(404, 20404, "The requested resource was not found").response()
        return RedirectResponse(f"/elsewhere/{request.path_params['media']}")

    async def _give_media(self, request: Request) -> Response:
        assert "Authorization" not in request.headers, "credentials went along"
        return Response(self.bytes_of[request.path_params["media"]])

    def _is_ours(self, request: Request) -> bool:
        expected = b64encode(f"{ACCOUNT_SID}:{AUTH_TOKEN}".encode()).decode()
        return request.headers.get("Authorization") == f"Basic {expected}"

    def _take(self, form: dict[str, str]) -> Response:
        sid = self._sid()
        self.sent.append(Sent(sid, form))
        resource = {"sid": sid, "account_sid": ACCOUNT_SID, "to": form["To"], "body": form.get("Body", "")}
        return JSONResponse(resource | {"status": "queued", "error_code": None}, 201)

    def _sid(self) -> str:
        return f"SM{next(self.sids):032x}"


def _refusal(form: dict[str, str]) -> Answer | None:
    """What Twilio says of a send that is not as its specification wants it."""
    if not form.get("To"):
        return trouble(400, 21604, "A 'To' phone number is required")
    if not (form.get("From") or form.get("MessagingServiceSid")):
        return trouble(400, 21603, "A 'From' phone number is required")
    if not (form.get("Body") or form.get("MediaUrl") or form.get("ContentSid")):
        return trouble(400, 21602, "Message body is required")
    action = form.get("PersistentAction")
    if action and not (form["To"].startswith("whatsapp:") and LOCATION.fullmatch(action)):
        return trouble(400, 63005, "Channel did not accept given content")
    if len(form.get("Body", "")) > BODY_LIMIT:
        return trouble(400, 21617, "The message body exceeds the limit")
    return None

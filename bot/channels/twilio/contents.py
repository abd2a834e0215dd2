"""Twilio's Content API: our templates and shapes listed, made, and handed in for approval."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from bot.channels.accounts import TwilioAccount
from bot.channels.cleaning import clean
from bot.channels.contents import ContentTrouble, Draft
from bot.channels.twilio.client import TimedHttpClient
from bot.channels.twilio.codes import number
from conversations.templates.purposes import read_name
from conversations.templates.template import Approval, Template

if TYPE_CHECKING:
    from twilio.rest import Client

MOST = 5000  # contents of one account that are read
PAGE = 100  # of them in one answer
SID = re.compile("HX[0-9a-fA-F]{32}")
UTILITY = "UTILITY"  # what people asked for, not advertising


class TwilioContents:
    """The contents of our account. Every call blocks, and raises ContentTrouble."""

    def __init__(self, account: TwilioAccount) -> None:
        self.account = account
        self.http = TimedHttpClient(account)

    @cached_property
    def twilio(self) -> "Client":
        """The library's client: 12 MB and a seventh of a second, from the first call on, in its thread."""
        from twilio.rest import Client

        return Client(self.account.account_sid, self.account.auth_token, http_client=self.http)

    def everything(self) -> list[Template]:
        """All contents with their approval; what cannot be read is passed over."""
        try:
            listed = self.twilio.content.v1.content_and_approvals.list(limit=MOST, page_size=PAGE)
        except Exception as error:  # the library, the network, or an answer that is none
            raise _trouble(error) from None
        return [template for each in listed if (template := _read(each, each.approval_requests))]

    def create(self, draft: Draft) -> Template:
        """Make a content; nobody has approved it yet."""
        from twilio.rest.content.v1.content import ContentList

        wanted = ContentList.ContentCreateRequest(
            {
                "friendly_name": draft.name,
                "language": draft.language,
                "variables": dict(draft.samples),
                "types": {kind: dict(body) for kind, body in draft.types.items()},
            }
        )
        try:
            made = self.twilio.content.v1.contents.create(wanted)
        except Exception as error:
            raise _trouble(error) from None
        template = _read(made, None)
        if template is None:
            raise ContentTrouble("no sid")
        return template

    def submit(self, template: Template) -> Approval:
        """Hand a template in for approval by WhatsApp."""
        from twilio.rest.content.v1.content.approval_create import ApprovalCreateList

        request = ApprovalCreateList.ContentApprovalRequest({"name": template.name, "category": UTILITY})
        try:
            asked = self.twilio.content.v1.contents(template.sid).approval_create.create(request)
        except Exception as error:
            raise _trouble(error) from None
        return Approval.read(asked.status or Approval.RECEIVED)

    def close(self) -> None:
        self.http.client.close()


def _trouble(error: Exception) -> ContentTrouble:
    answer = error.args[-1] if error.args else None  # of a page that could not be read
    status = getattr(error, "status", 0) or getattr(answer, "status_code", 0)
    code = number(getattr(error, "code", 0)) or number(status)
    return ContentTrouble(str(code) if code else type(error).__name__)


def _read(content: Any, approval: object) -> Template | None:
    """A content as it is listed; None for what has no id."""
    sid = content.sid
    if not isinstance(sid, str) or not SID.fullmatch(sid):
        return None
    asked = _first_mapping(approval)
    word = _text(asked.get("status"))
    types = content.types if isinstance(content.types, Mapping) else {}
    kind, body = next(
        ((str(name), each) for name, each in types.items() if isinstance(each, Mapping)), ("", {})
    )
    friendly, name = _text(content.friendly_name), _text(asked.get("name"))
    template = Template(
        sid=sid,
        name=friendly,
        approval=Approval.read(word) if word else Approval.UNSUBMITTED,
        body=_text(body.get("body")) or _text(body.get("title")),
        content_type=kind,
        category=_text(asked.get("category")),
        language=_text(content.language),
        buttons=tuple(_of_options(body, "title", "item")),
        payloads=tuple(_of_options(body, "id")),
        samples=_samples(content.variables),
        word=word,
        rejection=_text(asked.get("rejection_reason")),
    )
    if template.named or not read_name(name):
        return template
    return replace(template, name=name)


def _first_mapping(value: object) -> Mapping[str, Any]:
    """The approval: mostly an object, seen as a list of one, or missing."""
    if isinstance(value, list):
        value = next(iter(value), None)
    return value if isinstance(value, Mapping) else {}


def _of_options(body: Mapping[str, Any], *fields: str) -> Iterator[str]:
    for kind in ("actions", "items"):
        options = body.get(kind)
        for option in options if isinstance(options, list) else ():
            if isinstance(option, Mapping) and (
                told := next((option[f] for f in fields if option.get(f)), "")
            ):
                yield _text(told)


def _samples(variables: object) -> dict[str, str]:
    if not isinstance(variables, Mapping):
        return {}
    return {_text(place): _text(value) for place, value in variables.items()}


def _text(value: object) -> str:
    """Text as a database takes it; empty where there is none."""
    return clean(value) if isinstance(value, str) else "" if value is None else clean(str(value))

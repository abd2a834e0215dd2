"""Messages that did not arrive: why, what to do about it, and sending them again."""

from collections import Counter
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query
from starlette.requests import Request
from starlette.responses import Response

from admin.desk import desk_of
from admin.guard import Posted, PostedForm, Staff
from admin.pages import go_to, page
from conversations.vocabulary import Channel
from storage.dead_letters import PAGE, causes, dead_letters, dismiss, of_cause
from storage.perimeter import Perimeter
from storage.sending_again import AT_ONCE, Again, send_again
from storage.tables.vocabulary import FailureReason

router = APIRouter(prefix="/undelivered")

ADVICE = {  # what to do, where there is something to do; else `undelivered.do.other`
    FailureReason.BLOCKED: "undelivered.do.blocked",
    FailureReason.UNREACHABLE: "undelivered.do.unreachable",
    FailureReason.NOT_MADE: "undelivered.do.not_made",
    FailureReason.REJECTED: "undelivered.do.rejected",
    FailureReason.UNCONFIRMED: "undelivered.do.unconfirmed",
    FailureReason.TOO_LATE: "undelivered.do.too_late",
}


@router.get("")
def show(
    request: Request, signed_in: Staff, number: Annotated[int, Query(alias="page", ge=1, le=10_000)] = 1
) -> Response:
    return _page(request, signed_in.member.perimeter, number)


@router.post("/again")
def again(request: Request, posted: PostedForm) -> Response:
    """Send one again, or all that failed for one reason; who cannot be sent to is counted with the reason."""
    desk = desk_of(request)
    came = send_again(desk.storage, posted.perimeter, _chosen(request, posted), desk.now())
    if came[Again.SENT]:
        desk.context.wake()
    if set(came) <= {Again.SENT}:
        return go_to("/undelivered", "sent_again" if came else "")
    return _page(request, posted.perimeter, 1, came)


@router.post("/dismiss")
def put_away(request: Request, posted: PostedForm) -> Response:
    """Nothing more is to be done about these."""
    desk = desk_of(request)
    gone = dismiss(desk.storage, posted.perimeter, _chosen(request, posted), desk.now())
    return go_to("/undelivered", "dismissed" if gone else "")


def _chosen(request: Request, posted: Posted) -> list[str]:
    """The one message, or all of a channel and a reason."""
    if chosen := posted.text("message"):
        return [chosen]
    channel, _, reason = posted.text("cause").partition(":")
    if channel not in [*Channel] or reason not in [*FailureReason]:
        raise HTTPException(404)
    desk = desk_of(request)
    with desk.storage.read() as tx:
        return of_cause(tx, posted.perimeter, Channel(channel), FailureReason(reason), AT_ONCE, desk.now())


def _page(
    request: Request, perimeter: Perimeter, number: int, came: Counter[Again] | None = None
) -> Response:
    desk = desk_of(request)
    with desk.storage.read() as tx:
        why = causes(tx, perimeter, desk.now())
        found = dead_letters(tx, desk.storage, perimeter, number, desk.now())
    pages = max(1, -(-sum(one.messages for one in why) // PAGE))
    return page(
        request,
        "undelivered.html",
        causes=why,
        letters=found,
        number=number,
        pages=pages,
        came=came or {},
        advice=ADVICE,
    )

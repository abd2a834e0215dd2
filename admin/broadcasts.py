"""Broadcasts: list, compose, preview, send, and how each one fares."""

import re
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query
from starlette.requests import Request
from starlette.responses import Response

from admin.desk import Desk, desk_of
from admin.guard import Posted, PostedForm, RowId, Staff
from admin.pages import go_to, page
from admin.preview import estimate, names_us, previews
from conversations.vocabulary import Language
from storage.audience import audience, count
from storage.broadcasts import Draft, find_broadcast, list_broadcasts, send_broadcast
from storage.cohorts import cohorts
from storage.delivery import PAGE, deliveries, totals
from storage.perimeter import Perimeter
from storage.templates import templates

router = APIRouter(prefix="/broadcasts")

LONGEST = 1500  # characters: one message on every channel
ROW_ID = re.compile(r"[0-9a-f]{32}")


@router.get("")
def show(request: Request, signed_in: Staff) -> Response:
    desk, perimeter = desk_of(request), signed_in.member.perimeter
    with desk.storage.read() as connection:
        found = list_broadcasts(connection, desk.storage, perimeter)
        numbers = totals(connection, perimeter, [one.id for one in found])
    return page(request, "broadcasts.html", broadcasts=found, totals=numbers)


@router.get("/new")
def compose(request: Request, signed_in: Staff) -> Response:
    desk = desk_of(request)
    return _composing(request, desk, signed_in.member.perimeter, Draft(desk.storage.ids.row(), "", {}))


@router.post("/new")
def compose_again(request: Request, posted: PostedForm) -> Response:
    """Back from the preview, with what was written."""
    return _composing(request, desk_of(request), posted.perimeter, _draft(posted))


@router.post("/preview")
def preview(request: Request, posted: PostedForm) -> Response:
    desk, draft = desk_of(request), _draft(posted)
    if not draft.texts or not draft.cohort_id:
        trouble = "compose.no_text" if draft.cohort_id else "compose.no_cohort"
        return _composing(request, desk, posted.perimeter, draft, 422, trouble)
    with desk.storage.read() as connection:
        people = audience(connection, posted.perimeter, draft.cohort_id, desk.now())
        known = templates(connection)
        cohort = next(one for one in cohorts(connection, posted.perimeter) if one.id == draft.cohort_id)
    numbers, default = count(people), desk.context.project.default_language
    return page(
        request,
        "broadcast_preview.html",
        draft=draft,
        cohort=cohort,
        counts=numbers,
        previews=previews(draft, numbers, default),
        estimate=estimate(draft, people, default, known, desk.context.tariff),
        telling=names_us(draft, cohort.organisation),
    )


@router.post("")
def send(request: Request, posted: PostedForm) -> Response:
    desk, draft = desk_of(request), _draft(posted)
    if not draft.texts or not draft.cohort_id:
        return _composing(request, desk, posted.perimeter, draft, 422, "compose.no_text")
    default = desk.context.project.default_language
    send_broadcast(desk.storage, posted.perimeter, draft, default, desk.now())
    desk.context.wake()
    return go_to(f"/broadcasts/{draft.id}", "broadcast_sent")


@router.get("/{broadcast_id}")
def show_one(
    request: Request,
    broadcast_id: RowId,
    signed_in: Staff,
    number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> Response:
    desk, perimeter = desk_of(request), signed_in.member.perimeter
    with desk.storage.read() as connection:
        found = find_broadcast(connection, desk.storage, perimeter, broadcast_id)
        numbers = totals(connection, perimeter, [broadcast_id])[broadcast_id]
        people = deliveries(connection, desk.storage, perimeter, broadcast_id, number)
    return page(
        request,
        "broadcast.html",
        broadcast=found,
        totals=numbers,
        people=people,
        number=number,
        pages=max(1, -(-numbers.people // PAGE)),
    )


def _composing(
    request: Request, desk: Desk, perimeter: Perimeter, draft: Draft, status: int = 200, trouble: str = ""
) -> Response:
    with desk.storage.read() as connection:
        groups = cohorts(connection, perimeter)
    return page(
        request,
        "broadcast_compose.html",
        status,
        draft=draft,
        cohorts=groups,
        trouble=trouble,
        longest=LONGEST,
        default=desk.context.project.default_language,
    )


def _draft(posted: Posted) -> Draft:
    """What the form holds. A broken id is no form of ours: 404."""
    draft_id, cohort_id = posted.text("id"), posted.text("cohort")
    if not ROW_ID.fullmatch(draft_id) or not ROW_ID.fullmatch(cohort_id or draft_id):
        raise HTTPException(404)
    written = {
        language: posted.text(f"text_{language}").replace("\r\n", "\n")[:LONGEST] for language in Language
    }
    return Draft(draft_id, cohort_id, {language: text for language, text in written.items() if text})

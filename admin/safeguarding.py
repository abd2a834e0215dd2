"""Reports about staff: the one page of the safeguarding contact, and of nobody else."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Header
from starlette.requests import Request
from starlette.responses import Response

from admin.desk import Desk, desk_of
from admin.entries import said
from admin.files import answer_with
from admin.guard import PostedInConfidence, RowId, Safeguarding
from admin.language import language_of
from admin.pages import go_to, page
from admin.texts import texts_in
from storage.audit import note
from storage.media.showing import KeptFile
from storage.reports import (
    NoAnswerWanted,
    answer_report,
    find_report,
    open_report_file,
    open_report_thumbnail,
    set_report_state,
    staff_reports,
)
from storage.tables.vocabulary import AuditAction, ReportState
from storage.writing import LONGEST

router = APIRouter(prefix="/safeguarding")


@dataclass(frozen=True, slots=True)
class Line:
    """One message of a report in words."""

    at: datetime
    text: str
    from_person: bool
    file: KeptFile | None  # what came with it


@router.get("")
def show(request: Request, signed_in: Safeguarding) -> Response:
    desk = desk_of(request)
    _note_reading(desk, signed_in.member.id)
    with desk.storage.read() as connection:
        reports = staff_reports(connection, desk.storage)
    return page(request, "safeguarding.html", reports=reports)


@router.get("/{report_id}")
def show_one(request: Request, report_id: RowId, signed_in: Safeguarding) -> Response:
    desk, t = desk_of(request), texts_in(language_of(request))
    _note_reading(desk, signed_in.member.id)
    with desk.storage.read() as connection:
        report = find_report(connection, desk.storage, report_id)
    written = [Line(one.at, said(one.content, t), one.from_person, one.file) for one in report.messages]
    return page(request, "report.html", report=report, written=written, longest=LONGEST)


@router.get("/{report_id}/files/{file_id}")
def show_file(
    request: Request,
    report_id: RowId,
    file_id: RowId,
    signed_in: Safeguarding,
    wanted: Annotated[str, Header(alias="Range")] = "",
) -> Response:
    desk = desk_of(request)
    with desk.storage.read() as look:
        file = open_report_file(look, desk.storage, report_id, file_id)
    return answer_with(file, wanted)


@router.get("/{report_id}/files/{file_id}/thumbnail")
def show_small(request: Request, report_id: RowId, file_id: RowId, signed_in: Safeguarding) -> Response:
    desk = desk_of(request)
    with desk.storage.read() as look:
        file = open_report_thumbnail(look, desk.storage, report_id, file_id)
    return answer_with(file, "")


@router.post("/{report_id}/answers")
def answer(request: Request, report_id: RowId, posted: PostedInConfidence) -> Response:
    desk, back = desk_of(request), f"/safeguarding/{report_id}"
    text = posted.text("text").replace("\r\n", "\n")[:LONGEST]
    if not text:
        return go_to(back, "empty_message")
    try:
        with desk.storage.write() as tx:
            answer_report(tx, desk.storage, report_id, posted.perimeter.staff_id, text, desk.now())
    except NoAnswerWanted:
        return go_to(back, "report_no_answer")
    desk.context.wake()
    return go_to(back, "report_answered")


@router.post("/{report_id}/state")
def change_state(request: Request, report_id: RowId, posted: PostedInConfidence) -> Response:
    state = ReportState.CLOSED if posted.text("state") == ReportState.CLOSED else ReportState.OPEN
    with desk_of(request).storage.write() as tx:
        set_report_state(tx, report_id, state)
    closed = state is ReportState.CLOSED
    return go_to("/safeguarding", "report_closed" if closed else "report_opened")


def _note_reading(desk: Desk, staff_id: str) -> None:
    """That the page was opened, whatever is on it: the trail must not tell whether there is a report."""
    with desk.storage.write() as tx:
        note(tx, desk.storage, desk.now(), AuditAction.SAFEGUARDING_READ, staff_id)

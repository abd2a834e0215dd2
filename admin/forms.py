"""Forms: what is published, checking and publishing a sheet, taking the answers away."""

import re

from fastapi import APIRouter
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from admin.compiling import Compiled, compile_upload
from admin.desk import Desk, desk_of
from admin.findings import cells, heads, refusal, verdict
from admin.guard import Posted, PostedByAdmin, PostedForm, PostedSheet, RowId, Staff
from admin.language import language_of
from admin.pages import go_to, page
from admin.uploads import MOST_BYTES, RefusedUpload
from conversations.form_names import name_of_form
from conversations.steps.kinds import form_of
from conversations.vocabulary import MilestoneKind
from storage.audit import LONGEST_REASON, SHORTEST_REASON, ReasonMissing, ReasonTooLong
from storage.errors import OutOfPerimeter, StorageError
from storage.exports import ExportFormat, ExportTooLarge, ExportValues, ExportWanted, export_form
from storage.forms import NewVersion, StoredVersion, list_versions, publish_draft, save_draft

router = APIRouter(prefix="/forms")

# What the program itself reads of a form; a sheet that takes the place of one of ours must keep these names.
KEPT_NAMES = {
    "profile": ("first_name",),
    **{form_of(kind): ("stage", "started_on") for kind in MilestoneKind},
}

FORMATS = {format.value: format for format in ExportFormat}
EXPORT_TROUBLE: dict[type[StorageError], str] = {
    ReasonMissing: "forms.reason.short",
    ReasonTooLong: "forms.reason.long",
    ExportTooLarge: "forms.too_large",
}


@router.get("")
def show(request: Request, signed_in: Staff) -> Response:
    return _listing(request)


@router.post("")
def check(request: Request, posted: PostedSheet) -> Response:
    """Check an uploaded sheet; one without errors is kept as a draft, to be published with one more tap."""
    desk, language = desk_of(request), language_of(request)
    sheet = posted.fields.get("sheet")
    if not isinstance(sheet, UploadFile) or not sheet.filename:
        return _listing(request, 422, "forms.no_file")
    name, files = sheet.filename, _attachments(posted)
    try:
        compiled = compile_upload(sheet.file.read(MOST_BYTES + 1), name, files)
        lost = _lost_names(compiled)
    except RefusedUpload as refused:
        return _listing(request, 422, said=refusal(language, refused))
    draft = ""
    if compiled.publishable and compiled.xform and not lost:
        sheet.file.seek(0)
        version = NewVersion(compiled.form_id, name, sheet.file.read(), compiled.xform, files)
        with desk.storage.write() as tx:
            draft = save_draft(tx, desk.storage, version, posted.perimeter.staff_id, desk.now())
    return page(
        request,
        "form_check.html",
        200 if draft else 422,
        compiled=compiled,
        verdict=verdict(language, name, compiled),
        lost=", ".join(lost),
        heads=heads(language),
        lines=[cells(language, finding) for finding in compiled.findings],
        draft=draft,
    )


@router.post("/versions/{version_id}/publish")
def publish(request: Request, version_id: RowId, posted: PostedByAdmin) -> Response:
    desk = desk_of(request)
    with desk.storage.write() as tx:
        publish_draft(tx, desk.storage, version_id, posted.perimeter.staff_id, desk.now())
    desk.context.projects.refresh()
    return go_to("/forms", "form_published")


@router.get("/{form_id}")
def show_one(request: Request, form_id: str, signed_in: Staff) -> Response:
    wanted = ExportWanted(ExportFormat.XLSX, ExportValues.NAMES, language_of(request), "")
    return _shown(request, form_id, _versions(desk_of(request), form_id), wanted)


@router.post("/{form_id}/export")
def export(request: Request, form_id: str, posted: PostedForm) -> Response:
    """The answers of the people within the perimeter, as a file."""
    desk = desk_of(request)
    versions = _versions(desk, form_id)
    wanted = ExportWanted(
        FORMATS.get(posted.text("format"), ExportFormat.XLSX),
        ExportValues.LABELS if posted.text("values") == "labels" else ExportValues.NAMES,
        language_of(request),
        posted.text("reason"),
    )
    desk.context.projects.refresh()  # another process may have published a version and taken answers to it
    forms = desk.context.project.forms
    try:
        made = export_form(desk.storage, posted.perimeter, form_id, forms, wanted, desk.now())
    except tuple(EXPORT_TROUBLE) as trouble:
        return _shown(request, form_id, versions, wanted, EXPORT_TROUBLE[type(trouble)])
    headers = {"Content-Disposition": f'attachment; filename="{made.name}"'}
    return Response(made.content, media_type=made.media_type, headers=headers)


def _listing(request: Request, status: int = 200, trouble: str = "", said: str = "") -> Response:
    desk = desk_of(request)
    with desk.storage.read() as connection:
        versions = list_versions(connection)
    newest: dict[str, StoredVersion] = {}
    for version in versions:
        newest.setdefault(version.form_id, version)
    answers = {form_id: sum(v.submissions for v in versions if v.form_id == form_id) for form_id in newest}
    titles = _titles(request)
    listed = sorted(newest.values(), key=lambda version: titles.get(version.form_id, version.form_id))
    values = {"forms": listed, "answers": answers, "titles": titles, "trouble": trouble, "said": said}
    return page(request, "forms.html", status, **values)


def _shown(
    request: Request, form_id: str, versions: list[StoredVersion], wanted: ExportWanted, trouble: str = ""
) -> Response:
    """The page of a form; in trouble, with what was asked for still filled in."""
    return page(
        request,
        "form.html",
        422 if trouble else 200,
        form_id=form_id,
        title=_titles(request).get(form_id, form_id),
        versions=versions,
        wanted=wanted,
        formats=tuple(ExportFormat),
        shortest_reason=SHORTEST_REASON,
        longest_reason=LONGEST_REASON,
        trouble=trouble,
    )


def _titles(request: Request) -> dict[str, str]:
    project, language = desk_of(request).context.project, language_of(request)
    return {form_id: name_of_form(project.current(form_id), language) for form_id in project.current_forms}


def _versions(desk: Desk, form_id: str) -> list[StoredVersion]:
    with desk.storage.read() as connection:
        versions = list_versions(connection, form_id)
    if not versions:
        raise OutOfPerimeter
    return versions


def _attachments(posted: Posted) -> dict[str, bytes]:
    uploads = [one for one in posted.fields.getlist("files") if isinstance(one, UploadFile)]
    return {one.filename: one.file.read() for one in uploads if one.filename}


def _lost_names(compiled: Compiled) -> tuple[str, ...]:
    """Questions that the program reads and this sheet lacks."""
    kept = set(re.findall(r'nodeset="[^"]*/([^"/]+)"', compiled.xform or ""))
    return tuple(name for name in KEPT_NAMES.get(compiled.form_id, ()) if name not in kept)

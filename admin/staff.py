"""Staff accounts, for admins: add, change, hand over a new one-time password."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from admin.desk import desk_of
from admin.guard import Admin, Posted, PostedByAdmin, RowId
from admin.pages import go_to, page
from conversations.vocabulary import Language, Role
from storage import staff
from storage.audit import note
from storage.cohorts import cohorts
from storage.passwords import hash_password, one_time_password
from storage.perimeter import Perimeter
from storage.staff_sessions import end_all_sessions
from storage.tables.vocabulary import AuditAction

router = APIRouter(prefix="/staff")

LONGEST = 100  # characters of a login or name


@router.get("")
def show(request: Request, signed_in: Admin) -> Response:
    desk = desk_of(request)
    with desk.storage.read() as connection:
        members = staff.members(connection, desk.storage)
        names = {one.id: one.name for one in cohorts(connection, signed_in.member.perimeter)}
    return page(request, "staff.html", members=members, cohort_names=names)


@router.get("/new")
def compose(request: Request, signed_in: Admin) -> Response:
    return _composing(request, signed_in.member.perimeter, None)


@router.post("")
def add(request: Request, posted: PostedByAdmin) -> Response:
    desk, new = desk_of(request), _new(posted)
    if not new.login or not new.name:
        return _composing(request, posted.perimeter, new, 422, "staff.incomplete")
    password = one_time_password()
    password_hash = hash_password(password)
    with desk.storage.write() as tx:
        known = {one.id for one in cohorts(tx, posted.perimeter)}
        if not new.cohort_ids <= known:
            return _composing(request, posted.perimeter, new, 422, "staff.incomplete")
        try:
            staff.add(tx, desk.storage, new, password_hash, desk.now())
        except staff.LoginTaken:
            return _composing(request, posted.perimeter, new, 422, "staff.login_taken")
        note(tx, desk.storage, desk.now(), AuditAction.STAFF_ADDED, posted.perimeter.staff_id)
    desk.context.projects.refresh()
    return page(request, "staff_password.html", name=new.name, login=new.login, password=password)


@router.get("/{staff_id}")
def show_one(request: Request, staff_id: RowId, signed_in: Admin) -> Response:
    desk = desk_of(request)
    with desk.storage.read() as connection:
        member = staff.find(connection, desk.storage, staff_id)
        groups = cohorts(connection, signed_in.member.perimeter)
    return page(request, "staff_member.html", member=member, cohorts=groups, roles=tuple(Role))


@router.post("/{staff_id}")
def change(request: Request, staff_id: RowId, posted: PostedByAdmin) -> Response:
    desk = desk_of(request)
    active = posted.text("active") == "yes"
    try:
        with desk.storage.write() as tx:
            known = {one.id for one in cohorts(tx, posted.perimeter)}
            staff.change(
                tx,
                staff_id,
                role=_role(posted),
                active=active,
                cohort_ids=known & set(posted.texts("cohort")),
            )
            if not active:
                end_all_sessions(tx, staff_id)
            note(tx, desk.storage, desk.now(), AuditAction.STAFF_CHANGED, posted.perimeter.staff_id)
    except staff.LastAdmin:
        return go_to(f"/staff/{staff_id}", "last_admin")
    desk.context.projects.refresh()  # whether someone reads reports may have changed
    return go_to("/staff", "staff_changed")


@router.post("/{staff_id}/password")
def reset_password(request: Request, staff_id: RowId, posted: PostedByAdmin) -> Response:
    """A new one-time password, shown once; whoever used the old one is signed out."""
    desk = desk_of(request)
    password = one_time_password()
    password_hash = hash_password(password)
    with desk.storage.write() as tx:
        member = staff.find(tx, desk.storage, staff_id)
        staff.reset_password(tx, staff_id, password_hash)
        end_all_sessions(tx, staff_id)
        note(tx, desk.storage, desk.now(), AuditAction.PASSWORD_CHANGED, posted.perimeter.staff_id)
    return page(request, "staff_password.html", name=member.name, login=member.login, password=password)


def _composing(
    request: Request, perimeter: Perimeter, new: staff.NewStaff | None, status: int = 200, trouble: str = ""
) -> Response:
    with desk_of(request).storage.read() as connection:
        groups = cohorts(connection, perimeter)
    return page(
        request, "staff_new.html", status, new=new, cohorts=groups, roles=tuple(Role), trouble=trouble
    )


def _new(posted: Posted) -> staff.NewStaff:
    language = posted.text("language")
    return staff.NewStaff(
        login=posted.text("login")[:LONGEST],
        name=posted.text("name")[:LONGEST],
        role=_role(posted),
        language=Language(language) if language in set(Language) else posted.signed_in.member.language,
        cohort_ids=frozenset(posted.texts("cohort")),
    )


def _role(posted: Posted) -> Role:
    """The chosen role; a trainer's unless another one was asked for."""
    role = posted.text("role")
    return Role(role) if role in set(Role) else Role.TRAINER

"""Signing in and out, and choosing a password."""

import re
from secrets import token_urlsafe

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from admin.attempts import WAIT
from admin.context import AdminContext
from admin.desk import desk_of
from admin.guard import (
    PASSWORD_PATH,
    SESSION_COOKIE,
    Arriving,
    PostedArriving,
    field_secret,
    field_text,
    find_staff,
    require_same_origin,
    require_token,
)
from admin.language import LANGUAGE_COOKIE, language_of
from admin.pages import go_to, page
from conversations.vocabulary import Language
from storage import staff
from storage.audit import note
from storage.passwords import PasswordUnfit, hash_password, matches, require_fit
from storage.staff_sessions import ABSOLUTE, end_other_sessions, end_session, hash_token, open_session
from storage.tables.vocabulary import AuditAction

router = APIRouter()

FORM_COOKIE = "carnet_form"  # before sign-in: the form's token, also in its hidden field
LONGEST_LOGIN = 200  # characters
OWN_PATH = re.compile(r"/|(/[A-Za-z0-9_-]+)+")


@router.get("/sign-in")
def show(request: Request) -> Response:
    if find_staff(request):
        return go_to("/")
    return _form(request, 200)


def _form(request: Request, status: int, trouble: str = "", login: str = "") -> Response:
    token = request.cookies.get(FORM_COOKIE) or token_urlsafe(32)
    answer = page(
        request,
        "sign_in.html",
        status,
        form_token=token,
        trouble=trouble,
        login=login,
        wait=WAIT,
        next=_safe_path(request.query_params.get("next", "")),
    )
    context = desk_of(request).context
    _set_cookie(answer, context, FORM_COOKIE, token)
    _set_cookie(answer, context, LANGUAGE_COOKIE, language_of(request).value)
    return answer


@router.post("/sign-in")
async def sign_in(request: Request) -> Response:
    require_same_origin(request)
    fields = await request.form(max_files=0)
    require_token(field_text(fields, "csrf"), request.cookies.get(FORM_COOKIE, ""))
    login = field_text(fields, "login")[:LONGEST_LOGIN]
    return await run_in_threadpool(
        _try, request, login, field_secret(fields, "password"), field_text(fields, "next")
    )


def _try(request: Request, login: str, password: str, wanted: str) -> Response:
    """Check the password and start a new session: one from before sign-in is never continued."""
    desk = desk_of(request)
    storage, now = desk.storage, desk.now()
    blind = staff.blind_login(storage, login)
    request.state.signed_in = None
    address = request.client.host if request.client else ""
    if not desk.attempts.admit(blind, address):
        return _form(request, 429, "sign_in.too_many", login)
    with storage.read() as connection:
        found = staff.find_login(connection, storage, login)
    staff_id, password_hash = found or (None, "")
    if not matches(password, password_hash) or staff_id is None:
        with storage.write() as tx:
            note(tx, storage, now, AuditAction.SIGN_IN_FAILED, staff_id)
        return _form(request, 401, "sign_in.wrong", login)
    desk.attempts.forgive(blind, address)
    with storage.write() as tx:
        if old := request.cookies.get(SESSION_COOKIE):
            end_session(tx, hash_token(old))
        token = open_session(tx, staff_id, now)
        note(tx, storage, now, AuditAction.SIGNED_IN, staff_id)
    answer = go_to(_safe_path(wanted))
    _set_cookie(answer, desk.context, SESSION_COOKIE, token)
    answer.delete_cookie(FORM_COOKIE)
    return answer


@router.post("/sign-out")
def sign_out(request: Request, posted: PostedArriving) -> Response:
    desk = desk_of(request)
    with desk.storage.write() as tx:
        end_session(tx, posted.signed_in.token_hash)
        note(tx, desk.storage, desk.now(), AuditAction.SIGNED_OUT, posted.signed_in.member.id)
    answer = go_to("/sign-in")
    answer.delete_cookie(SESSION_COOKIE)
    return answer


@router.post("/language")
def choose_language(request: Request, posted: PostedArriving) -> Response:
    chosen = posted.text("language")
    if chosen in set(Language):
        with desk_of(request).storage.write() as tx:
            staff.choose_language(tx, posted.signed_in.member.id, Language(chosen))
    return go_to(_safe_path(posted.text("next")))


@router.get(PASSWORD_PATH)
def show_password(request: Request, signed_in: Arriving) -> Response:
    return page(request, "password.html", trouble="")


@router.post(PASSWORD_PATH)
def choose_password(request: Request, posted: PostedArriving) -> Response:
    desk, member = desk_of(request), posted.signed_in.member
    new = posted.secret("new")
    if not desk.attempts.admit(member.id, member.id):
        return page(request, "password.html", 429, trouble="password.too_many")
    with desk.storage.read() as connection:
        current_hash = staff.password_hash_of(connection, member.id)
    if not matches(posted.secret("current"), current_hash):
        return page(request, "password.html", 422, trouble="password.wrong")
    if new != posted.secret("again"):
        return page(request, "password.html", 422, trouble="password.differ")
    try:
        require_fit(new, member.login)
    except PasswordUnfit:
        return page(request, "password.html", 422, trouble="password.unfit")
    if matches(new, current_hash):
        return page(request, "password.html", 422, trouble="password.same")
    new_hash = hash_password(new)
    with desk.storage.write() as tx:
        staff.choose_password(tx, member.id, new_hash)
        end_other_sessions(tx, member.id, posted.signed_in.token_hash)
        note(tx, desk.storage, desk.now(), AuditAction.PASSWORD_CHANGED, member.id)
    desk.attempts.forgive(member.id, member.id)
    return go_to("/", "password_chosen")


def _set_cookie(answer: Response, context: AdminContext, name: str, value: str) -> None:
    answer.set_cookie(
        name,
        value,
        max_age=int(ABSOLUTE.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=context.secure_cookies,
    )


def _safe_path(wanted: str) -> str:
    """A path of our own to go on to; anything else is the first page.

    >>> _safe_path("/participants"), _safe_path("//elsewhere.example"), _safe_path("https://elsewhere.example")
    ('/participants', '/', '/')
    """
    return wanted if OWN_PATH.fullmatch(wanted) else "/"

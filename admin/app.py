"""The web view as an app: routes, strict headers, error pages."""

from http import HTTPStatus
from urllib.parse import quote

import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response

from admin import (
    broadcasts,
    cohorts,
    desk_forms,
    employer,
    enrolment,
    files,
    forms,
    message_templates,
    participant,
    participants,
    project,
    rights,
    safeguarding,
    safety,
    sign_in,
    staff,
    static_files,
    today,
    undelivered,
    voices,
    workshops,
)
from admin.attempts import Attempts
from admin.context import AdminContext
from admin.desk import Desk
from admin.errors import FormNotOurs, NotAllowed, OnlyReports, PasswordChangeNeeded, SignInNeeded
from admin.guard import PASSWORD_PATH, find_staff
from admin.headers import HEADERS, BodyLimit, StrictHeaders
from admin.pages import page
from admin.visits import Visits
from storage.errors import UNAVAILABLE, KeyMissing, OutOfPerimeter
from storage.names import NameIndex

log = structlog.get_logger()

ROUTERS = (
    static_files,
    employer,
    sign_in,
    today,
    undelivered,
    participants,
    enrolment,
    desk_forms,
    participant,
    files,
    voices,
    rights,
    broadcasts,
    forms,
    staff,
    cohorts,
    workshops,
    project,
    message_templates,
    safety,
    safeguarding,
)
EXPLAINED = frozenset({403, 404, 405, 413, 429})  # each has its texts: `error.<status>.title` and so on


def create_admin(context: AdminContext) -> FastAPI:
    """The trainers' web view, to be mounted at `/` behind the program's own routes."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.state.desk = Desk(context, NameIndex(context.storage), Attempts(), Visits())
    for module in ROUTERS:
        app.include_router(module.router)
    app.add_middleware(BodyLimit)
    app.add_middleware(StrictHeaders)
    app.add_exception_handler(SignInNeeded, _to_sign_in)
    app.add_exception_handler(PasswordChangeNeeded, _to_password)
    app.add_exception_handler(NotAllowed, _forbidden)
    app.add_exception_handler(OnlyReports, _to_reports)
    app.add_exception_handler(FormNotOurs, _not_ours)
    app.add_exception_handler(OutOfPerimeter, _not_found)
    app.add_exception_handler(KeyMissing, _not_found)
    app.add_exception_handler(RequestValidationError, _not_found)
    app.add_exception_handler(HTTPException, _http_error)
    for unavailable in UNAVAILABLE:
        app.add_exception_handler(unavailable, _away)
    app.add_exception_handler(ClientDisconnect, _gone)
    app.add_exception_handler(Exception, _defect)
    return app


def _to_sign_in(request: Request, error: Exception) -> Response:
    wanted = request.url.path  # as people read it; an address, and a header, hold it quoted
    return _leave(request, "/sign-in" + (f"?next={quote(wanted)}" if wanted != "/" else ""))


def _to_password(request: Request, error: Exception) -> Response:
    return _leave(request, PASSWORD_PATH)


def _to_reports(request: Request, error: Exception) -> Response:
    """Where the safeguarding contact works; what they send to another page is refused."""
    return _leave(request, "/safeguarding") if request.method == "GET" else _forbidden(request, error)


def _leave(request: Request, path: str) -> Response:
    """Go elsewhere: the whole page, not the part that htmx was about to refresh."""
    if "HX-Request" in request.headers:
        return Response(status_code=401, headers={"HX-Redirect": path})
    return RedirectResponse(path, 303)


def _explain(request: Request, status: int, name: str) -> Response:
    """The page of an error, in the language of who is signed in."""
    if not hasattr(request.state, "signed_in"):
        find_staff(request)
    return page(request, "error.html", status, name=name)


def _forbidden(request: Request, error: Exception) -> Response:
    return _explain(request, 403, "403")


def _not_ours(request: Request, error: Exception) -> Response:
    return _explain(request, 403, "form")


def _not_found(request: Request, error: Exception) -> Response:
    return _explain(request, 404, "404")


def _http_error(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == HTTPStatus.BAD_REQUEST:  # a form that cannot be read
        return _explain(request, status, "form")
    return _explain(request, status, str(status) if status in EXPLAINED else "500")


def _gone(request: Request, error: Exception) -> Response:
    """The browser hung up in the middle of sending: nobody reads this."""
    return Response(status_code=400)


def _away(request: Request, error: Exception) -> Response:
    """The database does not answer: nobody knows whether what was sent is there. It is asked nothing more."""
    log.error("database.unavailable", error=type(error).__name__)
    return page(request, "error.html", 503, name="503")


def _defect(request: Request, error: Exception) -> Response:
    """Starlette answers a defect from outside of our middleware: the headers are set here."""
    answer = page(request, "error.html", 500, name="500")  # asks the database nothing: it may be the cause
    answer.headers.update(HEADERS | {"cache-control": "no-store"})
    return answer

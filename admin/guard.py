"""Who is asking: the session of a request, its rights, and whether a form is really ours."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from hmac import compare_digest
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Path
from starlette.datastructures import FormData
from starlette.requests import Request

from admin.context import AdminContext
from admin.desk import desk_of
from admin.errors import FormNotOurs, NotAllowed, OnlyReports, PasswordChangeNeeded, SignInNeeded
from conversations.vocabulary import Role
from storage.perimeter import Perimeter
from storage.staff_sessions import SignedIn, find_session, touch_session

MOST_FILES = 50  # in one upload: a sheet and what belongs to it
SESSION_COOKIE = "carnet_staff"
PASSWORD_PATH = "/password"  # noqa: S105 - a path

RowId = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]  # anything else is no page of ours


@dataclass(frozen=True, slots=True)
class Posted:
    """A form from one of our own pages."""

    fields: FormData
    signed_in: SignedIn

    def text(self, name: str) -> str:
        return field_text(self.fields, name)

    def secret(self, name: str) -> str:
        return field_secret(self.fields, name)

    def texts(self, name: str) -> list[str]:
        return [_encodable(value) for value in self.fields.getlist(name)]

    @property
    def perimeter(self) -> Perimeter:
        return self.signed_in.member.perimeter


def field_text(fields: FormData, name: str) -> str:
    """A field as text without outer spaces; empty if it is missing. No database takes a NUL."""
    return _encodable(fields.get(name, "")).replace("\0", "").strip()


def field_secret(fields: FormData, name: str) -> str:
    """A password: as typed, spaces included."""
    return _encodable(fields.get(name, ""))


def _encodable(value: object) -> str:
    """A field that is text; halves of characters, which some charsets of a form let through, become «?»."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def signed_in_staff(context: AdminContext, request: Request) -> SignedIn | None:
    """Who is signed in, if anybody; for pages outside of this package too."""
    token = request.cookies.get(SESSION_COOKIE)
    return find_session(context.storage, token, context.clock()) if token else None


def find_staff(request: Request) -> SignedIn | None:
    """Who is signed in, remembered for this request. A page that refreshes itself keeps no session alive."""
    desk = desk_of(request)
    found = signed_in_staff(desk.context, request)
    if found and "HX-Request" not in request.headers:
        touch_session(desk.storage, found, desk.now())
    request.state.signed_in = found
    return found


def arriving(request: Request) -> SignedIn:
    """Someone signed in, whose password may still have to be changed. Raises SignInNeeded."""
    found = find_staff(request)
    if found is None:
        raise SignInNeeded
    return found


def working(signed_in: Annotated[SignedIn, Depends(arriving)]) -> SignedIn:
    """Someone signed in for work, whatever it is. Raises PasswordChangeNeeded."""
    if signed_in.member.must_change_password:
        raise PasswordChangeNeeded
    return signed_in


def staff(signed_in: Annotated[SignedIn, Depends(working)]) -> SignedIn:
    """Someone of the team. Raises OnlyReports for the safeguarding contact, who has one page."""
    if signed_in.member.role is Role.SAFEGUARDING:
        raise OnlyReports
    return signed_in


def safeguarding(signed_in: Annotated[SignedIn, Depends(working)]) -> SignedIn:
    """The safeguarding contact. Raises NotAllowed for everyone of the team, admins too."""
    if signed_in.member.role is not Role.SAFEGUARDING:
        raise NotAllowed
    return signed_in


def admin(signed_in: Annotated[SignedIn, Depends(staff)]) -> SignedIn:
    """An admin. Raises NotAllowed."""
    if signed_in.member.role is not Role.ADMIN:
        raise NotAllowed
    return signed_in


async def posted_arriving(request: Request, signed_in: Annotated[SignedIn, Depends(arriving)]) -> Posted:
    return await _posted(request, signed_in)


async def posted(request: Request, signed_in: Annotated[SignedIn, Depends(staff)]) -> Posted:
    """The form of someone signed in. Raises FormNotOurs."""
    return await _posted(request, signed_in)


async def posted_by_admin(request: Request, signed_in: Annotated[SignedIn, Depends(admin)]) -> Posted:
    return await _posted(request, signed_in)


async def posted_in_confidence(
    request: Request, signed_in: Annotated[SignedIn, Depends(safeguarding)]
) -> Posted:
    return await _posted(request, signed_in)


async def posted_sheet(
    request: Request, signed_in: Annotated[SignedIn, Depends(admin)]
) -> AsyncIterator[Posted]:
    """A form with a sheet and the files that belong to it, from an admin; the files go with the request."""
    require_same_origin(request)
    async with request.form(max_files=MOST_FILES) as fields:
        require_token(field_text(fields, "csrf"), signed_in.csrf)
        yield Posted(fields, signed_in)


async def _posted(request: Request, signed_in: SignedIn) -> Posted:
    require_same_origin(request)
    fields = await request.form(max_files=0)
    require_token(field_text(fields, "csrf"), signed_in.csrf)
    return Posted(fields, signed_in)


def require_token(given: str, expected: str) -> None:
    """FormNotOurs unless the hidden field holds the token."""
    if not expected or not compare_digest(given.encode(), expected.encode()):
        raise FormNotOurs


def require_same_origin(request: Request) -> None:
    """FormNotOurs if the browser says that the form comes from another site."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise FormNotOurs
    origin = request.headers.get("origin")
    ours = {request.headers.get("host", ""), desk_of(request).context.public_host} - {""}
    if origin is not None and urlsplit(origin).netloc not in ours:
        raise FormNotOurs


Staff = Annotated[SignedIn, Depends(staff)]
Admin = Annotated[SignedIn, Depends(admin)]
Safeguarding = Annotated[SignedIn, Depends(safeguarding)]
Arriving = Annotated[SignedIn, Depends(arriving)]
PostedForm = Annotated[Posted, Depends(posted)]
PostedByAdmin = Annotated[Posted, Depends(posted_by_admin)]
PostedInConfidence = Annotated[Posted, Depends(posted_in_confidence)]
PostedSheet = Annotated[Posted, Depends(posted_sheet)]
PostedArriving = Annotated[Posted, Depends(posted_arriving)]

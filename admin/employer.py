"""The page an employer reads: chosen steps behind a link; nothing else of the person, the project or us."""

import re
from zoneinfo import ZoneInfo

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from admin.desk import Desk, desk_of
from admin.language import preferred
from admin.pages import environment
from admin.pdf.sheet import lay_out
from admin.static_files import static_url
from admin.texts import texts_in
from conversations.render.catalogue import written_date
from conversations.vocabulary import Language
from storage.pages import PublicPage, count_view, find_page

router = APIRouter()

HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex, nofollow, noarchive, nosnippet",
}
# Programs that open a link to show a preview of it in a chat: nobody has read it then.
PREVIEWS = re.compile(
    r"TelegramBot|WhatsApp/|facebookexternalhit|Twitterbot|Slackbot|LinkedInBot|Discordbot", re.IGNORECASE
)


@router.get("/p/{token}")
def show(request: Request, token: str) -> Response:
    """The chosen steps. An unknown, a closed and an expired link all answer the same."""
    desk, address = desk_of(request), request.client.host if request.client else ""
    if PREVIEWS.search(request.headers.get("user-agent", "")):
        return Response(status_code=204, headers=HEADERS)
    if not desk.visits.admit(address):
        return _say(request, "many", 429)
    page = _find(desk, token)
    if page is None:
        desk.visits.missed(address)
        return _say(request, "gone", 404)
    language = _wanted(request) or page.language
    until = page.expires_at.astimezone(ZoneInfo(desk.context.project.zone)).date()
    sheet = lay_out(page.career, language, desk.now().date())
    day = written_date(until.isoformat(), language)
    return _page(request, "employer.html", language, 200, sheet=sheet, day=day)


def _find(desk: Desk, token: str) -> PublicPage | None:
    """The page, its view counted."""
    with desk.storage.read() as tx:
        page = find_page(tx, desk.storage, token, desk.now())
    if page is not None:
        with desk.storage.write() as tx:
            count_view(tx, page.id)
    return page


def _say(request: Request, what: str, status: int) -> Response:
    accepted = preferred(request.headers.get("accept-language", ""))
    language = _wanted(request) or accepted or desk_of(request).context.project.default_language
    return _page(request, "employer_gone.html", language, status, what=what)


def _page(request: Request, template: str, language: Language, status: int, **values: object) -> Response:
    html = environment().get_template(template)
    body = html.render(
        t=texts_in(language),
        language=language,
        languages=tuple(Language),
        direction="rtl" if language.right_to_left else "ltr",
        static=static_url,
        path=request.url.path,
        **values,
    )
    return HTMLResponse(body, status, HEADERS)


def _wanted(request: Request) -> Language | None:
    """The language chosen on the page itself."""
    chosen = request.query_params.get("language", "")
    return Language(chosen) if chosen in set(Language) else None

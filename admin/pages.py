"""Templates to pages: what every template may use."""

from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse

from admin.dates import written_day, written_moment, written_span
from admin.desk import desk_of
from admin.guard import PASSWORD_PATH
from admin.language import language_of
from admin.static_files import static_url
from admin.texts import texts_in
from conversations.vocabulary import Language
from storage.staff_sessions import SignedIn

# What a page may say after a redirect; the address carries the word, never a text.
NOTICES = frozenset(
    {
        "written",
        "answered",
        "asked_planned",
        "asked_already",
        "asked_no_consent",
        "asked_no_address",
        "asked_no_sms",
        "no_open_address",
        "empty_message",
        "broadcast_sent",
        "password_chosen",
        "staff_changed",
        "last_admin",
        "organisation_added",
        "cohort_added",
        "code_closed",
        "code_opened",
        "form_published",
        "workshop_added",
        "workshop_announced",
        "workshop_marked",
        "workshop_closed",
        "workshop_cancelled",
        "workshop_no_mark",
        "workshop_not_now",
        "controller_changed",
        "safety_changed",
        "code_removed",
        "address_confirmed",
        "address_let_go",
        "contact_set",
        "form_closed",
        "contact_recorded",
        "contact_day_unclear",
        "enrolled",
        "erasure_planned",
        "erasure_taken_back",
        "asked_paused",
        "report_answered",
        "report_closed",
        "report_opened",
        "report_no_answer",
        "channel_preferred",
        "sent_again",
        "dismissed",
        "voice_written",
        "voice_empty",
        "templates_listed",
        "templates_proposed",
        "templates_away",
    }
)
TROUBLED = frozenset(
    {
        "contact_day_unclear",
        "asked_already",
        "asked_no_consent",
        "asked_no_address",
        "asked_no_sms",
        "asked_paused",
        "no_open_address",
        "empty_message",
        "last_admin",
        "report_no_answer",
        "workshop_no_mark",
        "workshop_not_now",
        "voice_empty",
        "templates_away",
    }
)


@cache
def environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(str(files("admin") / "templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """Render a template in the reader's language."""
    language = language_of(request)
    context = desk_of(request).context
    now, zone = context.clock(), context.project.zone
    signed_in: SignedIn | None = getattr(request.state, "signed_in", None)
    notice = request.query_params.get("notice", "")

    def moment(at: datetime) -> str:
        return written_moment(at, now, zone, language)

    html = (
        environment()
        .get_template(template)
        .render(
            t=texts_in(language),
            moment=moment,
            day_of=lambda at: written_day(at, zone, language),
            span=lambda until: written_span(until, now, language),
            now=now,
            language=language,
            languages=tuple(Language),
            direction="rtl" if language.right_to_left else "ltr",
            static=static_url,
            signed_in=signed_in,
            working=signed_in is not None and not signed_in.member.must_change_password,
            csrf=signed_in.csrf if signed_in else "",
            path=request.url.path,
            password_path=PASSWORD_PATH,
            notice=notice if notice in NOTICES else "",
            notice_troubled=notice in TROUBLED,
            **values,
        )
    )
    return HTMLResponse(html, status)


def go_to(path: str, notice: str = "") -> RedirectResponse:
    """After a form: on to a page, with a notice there."""
    if notice and notice not in NOTICES:
        raise KeyError(notice)
    return RedirectResponse(f"{path}?notice={notice}" if notice else path, 303)

"""The look of the simulated phone: its page, its bubbles, its few words in the reader's language."""

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.channels.phone.screens import Bubble
from conversations.messages import Say
from conversations.render.catalogue import say
from conversations.vocabulary import Language

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
TAG = re.compile("[-;]")  # what follows a language in Accept-Language: `fr-MA;q=0.8`
STATIC = {"phone.css": "text/css", "phone.js": "text/javascript", "phone.svg": "image/svg+xml"}


@cache
def templates() -> Environment:
    """The templates, with every value escaped and every missing one an error."""
    return Environment(
        loader=PackageLoader("bot.channels.phone"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def choose_language(request: Request, default: Language) -> Language:
    """The language of the page's own words: asked for, else what the browser prefers, else the default."""
    accepted = request.headers.get("Accept-Language", "").lower().split(",")
    wanted = (request.query_params.get("lang", ""), *(TAG.split(preference)[0] for preference in accepted))
    return next((Language(code) for code in map(str.strip, wanted) if code in set(Language)), default)


# What went wrong, by the id of what is said of it.
STATUS = {"": 200, "not_sent": 503, "too_large": 413, "no_file": 422, "no_place": 422}


def render_page(bubbles: Sequence[Bubble], language: Language, trouble: str = "") -> Response:
    """The whole page; `trouble` is the message id of what went wrong, if something did."""
    html = (
        templates()
        .get_template("phone.html")
        .render(
            bubbles=bubbles,
            language=language,
            languages=list(Language),
            trouble=trouble,
            t=lambda name: say(Say(f"phone.{name}"), language),
        )
    )
    return HTMLResponse(html, headers=HEADERS, status_code=STATUS[trouble])


def render_bubbles(bubbles: Sequence[Bubble], language: Language) -> Response:
    """Only these bubbles; 204 where there are none."""
    if not bubbles:
        return Response(status_code=204, headers=HEADERS)
    html = (
        templates()
        .get_template("bubbles.html")
        .render(bubbles=bubbles, language=language, t=lambda name: say(Say(f"phone.{name}"), language))
    )
    return HTMLResponse(html, headers=HEADERS)


def render_static(name: str) -> Response:
    """A style sheet, script or picture of the page; 404 for any other name."""
    if name not in STATIC:
        return Response(status_code=404)
    content = files("bot.channels.phone").joinpath("static", name).read_bytes()
    return Response(content, media_type=STATIC[name], headers={**HEADERS, "Cache-Control": "no-cache"})

"""Which language a page speaks: the person's own choice, a choice made before sign-in, or the browser's."""

from starlette.requests import Request

from admin.desk import desk_of
from conversations.vocabulary import Language
from storage.staff_sessions import SignedIn

LANGUAGE_COOKIE = "carnet_language"


def language_of(request: Request) -> Language:
    signed_in: SignedIn | None = getattr(request.state, "signed_in", None)
    if signed_in:
        return signed_in.member.language
    chosen = request.query_params.get("language") or request.cookies.get(LANGUAGE_COOKIE, "")
    if chosen in set(Language):
        return Language(chosen)
    accepted = preferred(request.headers.get("accept-language", ""))
    return accepted or desk_of(request).context.project.default_language


def preferred(accept_language: str) -> Language | None:
    """The first of our languages in an Accept-Language header (RFC 9110 section 12.5.4).

    >>> preferred("de, ar-MA;q=0.9, fr;q=0.3")
    <Language.ARABIC: 'ar'>
    >>> preferred("de") is None
    True
    """
    weighed = []
    for item in accept_language.split(","):
        tag, _, weight = item.partition(";q=")
        code = tag.strip().split("-")[0].lower()
        if code in set(Language):
            weighed.append((_weight(weight), Language(code)))
    return max(weighed, key=lambda pair: pair[0])[1] if weighed else None


def _weight(text: str) -> float:
    try:
        return float(text or 1)
    except ValueError:
        return 0.0

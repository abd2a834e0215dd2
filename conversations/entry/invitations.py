"""Join codes: what a poster shows and a person sends, alone or in a greeting."""

from conversations.answers import clean
from conversations.messages import Choice, Line, Say, Verbatim
from conversations.snapshot import Snapshot
from conversations.vocabulary import Language

NO = "Non · لا · No"  # to a question asked in every language
LONGEST = 64  # what Telegram's start parameter carries


def normal_code(text: str) -> str:
    """A code as it is stored and compared: upper case, without spaces or hyphens.

    >>> normal_code(" bien-venue ")
    'BIENVENUE'
    """
    return "".join(sign for sign in clean(text).upper() if sign.isalnum() or sign == "_")


def candidates(text: str) -> tuple[str, ...]:
    """What in a message may be a code, the most likely first; at most nine.

    >>> candidates("/start BIENVENUE"), candidates("bonjour bien-venue")
    (('BIENVENUE',), ('BONJOURBIENVENUE', 'BONJOUR', 'BIENVENUE'))
    """
    words = clean(text[:400]).removeprefix("/start").split()
    found = dict.fromkeys(normal_code(part) for part in ("".join(words), *words))
    return tuple(code for code in found if 3 <= len(code) <= LONGEST)[:9]


def looks_like_code(text: str) -> bool:
    """Whether someone probably meant to send a code: a start link, or one word in capitals or with digits.

    >>> looks_like_code("RABAT7"), looks_like_code("bonjour")
    (True, False)
    """
    words = clean(text).split()
    if len(words) != 1:
        return text.startswith("/start ")
    return words[0].isupper() or any(sign.isdecimal() for sign in words[0])


def which_code(snapshot: Snapshot) -> tuple[tuple[Line, ...], tuple[Choice, ...]]:
    """Whether the code that is a slip away was meant; the choices are the code itself and a word for no."""
    invited, newcomer = snapshot.invitation, snapshot.newcomer
    code = invited.meant if invited else newcomer.code if newcomer else ""
    choices = Choice("yes", Verbatim(code)), Choice("no", Verbatim(NO))
    return in_a_known_language(snapshot, "join.did_you_mean", code=code), choices


def in_a_known_language(snapshot: Snapshot, id: str, **args: str) -> tuple[Line, ...]:
    """A text for someone whose language may be unknown yet: in every one, then."""
    known = snapshot.language_hint
    return tuple(Say(id, args, language) for language in ([known] if known else Language))

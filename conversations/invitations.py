"""Join codes: what a poster shows and a person sends, alone or in a greeting."""

from conversations.answers import clean

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

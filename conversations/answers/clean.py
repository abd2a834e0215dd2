"""What people send, without what nobody sees."""

import re
import unicodedata

# Marks of direction and joiners that keyboards leave at the edges of words. Inside a word a zero-width
# non-joiner or joiner is spelling (Persian) or holds an emoji together, so there it stays.
INVISIBLE = "\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
AT_EDGES = re.compile(rf"(?<!\S)[{INVISIBLE}]+|[{INVISIBLE}]+(?!\S)")
NEVER = re.compile(r"[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]")


def clean(text: str) -> str:
    r"""The text in NFC without control characters, marks of direction and outer space; lines are kept.

    >>> clean("\u200fسلا\u200e \x00"), clean("  12\u00a0\u202c"), clean("cafe\u0301\r\nok")
    ('سلا', '12', 'café\nok')
    """
    if text.isprintable():  # nothing in it that nobody sees: so is nearly all that people write
        return unicodedata.normalize("NFC", text).strip()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(character for character in text if character in "\n\t" or _is_text(character))
    text = AT_EDGES.sub("", NEVER.sub("", text))
    return unicodedata.normalize("NFC", text).strip()


def _is_text(character: str) -> bool:
    """No control character, and nothing that UTF-8 or XML cannot hold (half pairs, U+FFFE, U+FFFF)."""
    return unicodedata.category(character) not in ("Cc", "Cs") and character not in "\ufffe\uffff"


def has_content(text: str) -> bool:
    """Whether there is a letter or a figure in it: emoji alone are no answer to a question in words.

    >>> has_content("👍👍"), has_content("oui 👍")
    (False, True)
    """
    return any(character.isalnum() for character in text)

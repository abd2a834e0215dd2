"""Words that people wrote, made fit for a page: nothing invisible, no endless word, no endless text."""

import re
import unicodedata

from conversations.render.graphemes import graphemes

# Control characters, halves of characters, private and unknown ones, and pictures, which no text font has.
UNFIT = frozenset({"Cc", "Cs", "Co", "Cn", "So"})
# What turns the direction of the text around it: a page sets each text apart by itself.
TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c\ufe0f]")
LONGEST_WORD = 28  # characters that stand on one line in every column
BREAK = "\u200b"  # an invisible place where a line may end


def plain(text: str, most: int) -> str:
    """The text on one line, of at most `most` characters as a reader counts them.

    >>> plain("  Atelier\\n Salé 😀\\x07 ", 40), plain("très long", 5)
    ('Atelier Salé', 'très…')
    >>> [len(word) for word in plain("w" * 60, 200).split(BREAK)]
    [28, 28, 4]
    """
    kept = "".join(
        " " if char.isspace() else char
        for char in text
        if char.isspace() or unicodedata.category(char) not in UNFIT
    )
    words = " ".join(TURNING.sub("", kept).split())
    shown = list(graphemes(words))
    if len(shown) > most:
        words = "".join(shown[: most - 1]).rstrip() + "…"
    return re.sub(rf"\S{{{LONGEST_WORD}}}(?=\S)", lambda run: run[0] + BREAK, words)

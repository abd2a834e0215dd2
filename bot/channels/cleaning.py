"""What people write, freed of the characters no store and no provider takes."""

import re

LONE_SURROGATES = re.compile("[\ud800-\udfff]")  # half an emoji in a JSON escape; cannot be encoded


def clean(text: str) -> str:
    """The text without NUL, halves of characters replaced by the sign for «unreadable».

    >>> clean("a\\0b"), clean("c\\ud83d")
    ('ab', 'c�')
    """
    return LONE_SURROGATES.sub("\ufffd", text.replace("\0", ""))

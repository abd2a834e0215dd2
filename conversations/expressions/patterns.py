"""`regex()`: whether a pattern is found in a text, with a bound on how long it may look.

Patterns of forms are written for engines that backtrack (JavaScript, Java), and one may look for hours in
a text that nearly fits. The `regex` package knows all that they know and stops after a given time.
"""

from functools import lru_cache

import regex

from conversations.expressions.context import Context
from conversations.expressions.errors import TooMuchWork, ValueMismatch
from conversations.expressions.functions import eager
from conversations.expressions.values import Value, to_text

LONGEST_PATTERN = 2_000  # characters
LONGEST_SEARCH = 0.1  # seconds; what is sound takes microseconds


@lru_cache(maxsize=1024)
def _compiled(text: str) -> "regex.Pattern[str]":
    if len(text) > LONGEST_PATTERN:
        raise ValueMismatch(f"a pattern has at most {LONGEST_PATTERN} characters")
    try:
        return regex.compile(text, regex.ASCII)
    except (regex.error, OverflowError, RecursionError, ValueError, KeyError, IndexError):
        raise ValueMismatch("this is not a pattern for regex()") from None


def _regex(context: Context, value: Value, pattern: Value) -> Value:
    """Whether the pattern is found; it is for the form to anchor it with `^` and `$`, as in ODK Web Forms."""
    try:
        found = _compiled(to_text(pattern, context)).search(to_text(value, context), timeout=LONGEST_SEARCH)
    except TimeoutError:
        raise TooMuchWork from None
    return found is not None


PATTERNS = {"regex": eager(2, 2, _regex)}

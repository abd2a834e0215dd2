"""What words of distress tell of: it decides what is said first."""

from enum import StrEnum


class Cause(StrEnum):
    """In the order in which they are answered, if several are told of. The value heads lines in a list."""

    SELF = "self"  # no wish to live, harm to oneself
    HARM = "harm"  # harm by others: beaten, threatened, held, used
    NEED = "need"  # danger and need: illness, no shelter, hunger, a lost child; a call for help
    UNTOLD = "untold"  # a list did not say

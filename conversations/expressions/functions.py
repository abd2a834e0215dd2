"""What a function is that an expression may call.

A function is given its arguments unevaluated, so that `if` and its kin leave alone what they do not need.
"""

from collections.abc import Callable
from dataclasses import dataclass

from conversations.expressions.paths import Evaluate
from conversations.expressions.values import Value

ANY_NUMBER = 1_000  # arguments at most, where the specification names no limit


@dataclass(frozen=True, slots=True)
class Function:
    """How many arguments it takes, and how a call of it is built from them."""

    least: int
    most: int
    build: Callable[[tuple[Evaluate, ...]], Evaluate]


def eager(least: int, most: int, call: Callable[..., Value]) -> Function:
    """A function that needs all its arguments: `call(context, *values)`."""

    def build(arguments: tuple[Evaluate, ...]) -> Evaluate:
        match arguments:
            case ():
                return lambda context: call(context)
            case (first,):
                return lambda context: call(context, first(context))
            case (first, second):
                return lambda context: call(context, first(context), second(context))
            case _:
                return lambda context: call(context, *[argument(context) for argument in arguments])

    return Function(least, most, build)

"""What can be wrong with an expression. Messages never quote answers."""


class ExpressionError(Exception):
    """Anything wrong with an expression: the base of this package's errors."""


class ExpressionSyntaxError(ExpressionError):
    """The text is not an expression. `column` counts from 1; 0 where it is not known."""

    def __init__(self, reason: str, column: int = 0) -> None:
        super().__init__(f"{reason} (column {column})" if column else reason)
        self.column = column


class UnknownFunction(ExpressionError):
    """The expression calls a function that does not exist."""

    def __init__(self, name: str) -> None:
        super().__init__(f"there is no function {name}()")
        self.name = name


class ArgumentCount(ExpressionError):
    """A function is called with too few or too many arguments."""

    def __init__(self, name: str, given: int) -> None:
        super().__init__(f"{name}() does not take {given} arguments")
        self.name = name
        self.given = given


class ValueMismatch(ExpressionError):
    """A value that a function cannot work with: no nodes where nodes are needed, a broken pattern."""


class TooMuchWork(ExpressionError):
    """The evaluation needs more steps, nodes or text than one evaluation may take."""

    def __init__(self) -> None:
        super().__init__("this expression takes too much work")

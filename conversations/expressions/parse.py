"""Text to syntax tree, with Lark's LALR parser."""

from functools import cache
from importlib.resources import files

from lark import Lark, Token, Tree
from lark.exceptions import LarkError, UnexpectedInput

from conversations.expressions.errors import ExpressionSyntaxError

LONGEST = 20_000  # characters; the longest expression seen in public forms has about 4 000

SyntaxTree = Tree[Token]


@cache
def _parser() -> Lark:
    grammar = files(__package__).joinpath("grammar.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", lexer="contextual", maybe_placeholders=False)


def parse(text: str) -> SyntaxTree:
    """The syntax tree. Raises ExpressionSyntaxError.

    >>> [str(parse(text).data) for text in ("1 + 2 * 3", "a div b", "div div div", "3 < 4 and b")]
    ['sum', 'product', 'product', 'and']
    """
    if len(text) > LONGEST:
        raise ExpressionSyntaxError(f"an expression has at most {LONGEST} characters")
    try:
        return _parser().parse(text)
    except UnexpectedInput as error:
        raise ExpressionSyntaxError("this is not an expression", max(0, error.column)) from None
    except LarkError:
        raise ExpressionSyntaxError("this is not an expression") from None

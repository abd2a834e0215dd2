"""Expressions: XPath 1.0 with ODK's functions, compiled once to closures over an instance tree.

In the order data flows:

- `errors`: the one exception tree of this package
- `grammar.lark`: the grammar, LALR
- `parse`: text to syntax tree
- `node`: the tree that expressions read
- `context`: where and when an expression is evaluated
- `values`: the four types of XPath and their conversions
- `moments`: dates and instants as ODK writes and counts them
- `compare`: `=`, `<` and their kin
- `paths`: location steps and predicates
- `functions`: what a function is; they are in `logic`, `numeric`, `strings`, `dates`
- `references`: which nodes an expression reads, known without evaluating it
- `build`: syntax tree to closure
- `expression`: text to `Expression`, ready to be evaluated
"""

from conversations.expressions.context import Context, context_at
from conversations.expressions.errors import (
    ArgumentCount,
    ExpressionError,
    ExpressionSyntaxError,
    UnknownFunction,
    ValueMismatch,
)
from conversations.expressions.expression import Expression, compile_expression
from conversations.expressions.node import Node

__all__ = [
    "ArgumentCount",
    "Context",
    "Expression",
    "ExpressionError",
    "ExpressionSyntaxError",
    "Node",
    "UnknownFunction",
    "ValueMismatch",
    "compile_expression",
    "context_at",
]

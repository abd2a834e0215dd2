"""Expressions: XPath 1.0 with ODK's functions, compiled once to closures over an instance tree.

In the order data flows:

- `errors`: the one exception tree of this package
- `grammar.lark`: the grammar, LALR
- `parse`: text to syntax tree
- `node`: the tree that expressions read
- `context`: where and when an expression is evaluated, what it may learn of the outside, how much it may work
- `moments`: dates and instants as ODK writes and counts them
- `values`: the four types of XPath and their conversions
- `compare`: `=`, `<` and their kin
- `axes`, `names`: the ways from node to node, and which nodes are meant on them
- `paths`: location steps and predicates
- `functions`: what a function is; they are in `logic`, `numeric`, `strings`, `lists`, `dates`, `nodesets`,
  `chance`, `coding`, `geography`, `patterns`
- `references`: which nodes an expression reads, known without evaluating it
- `selections`: which predicates can choose among many nodes at once
- `build`: syntax tree to closure; location paths in `build_paths`
- `expression`: text to `Expression`, ready to be evaluated
"""

from conversations.expressions.context import Context, Outside, context_at, context_in
from conversations.expressions.errors import (
    ArgumentCount,
    ExpressionError,
    ExpressionSyntaxError,
    TooMuchWork,
    UnknownFunction,
    ValueMismatch,
)
from conversations.expressions.expression import Expression, compile_expression, read_expression
from conversations.expressions.node import Kind, Node

__all__ = [
    "ArgumentCount",
    "Context",
    "Expression",
    "ExpressionError",
    "ExpressionSyntaxError",
    "Kind",
    "Node",
    "Outside",
    "TooMuchWork",
    "UnknownFunction",
    "ValueMismatch",
    "compile_expression",
    "context_at",
    "context_in",
    "read_expression",
]

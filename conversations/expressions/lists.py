"""Functions of the answer to a select: names apart by spaces; and of the labels behind them."""

from conversations.expressions.context import Context
from conversations.expressions.errors import ValueMismatch
from conversations.expressions.functions import eager
from conversations.expressions.values import Value, to_nodes, to_number, to_text


def _selected(context: Context, value: Value, name: Value) -> Value:
    """Whether a choice is among those selected; nothing selected counts as the empty choice."""
    return to_text(name, context).strip() in to_text(value, context).strip().split(" ")


def _selected_at(context: Context, value: Value, index: Value) -> Value:
    names, at = to_text(value, context).split(), to_number(index, context)
    return names[int(at)] if 0 <= at < len(names) else ""


def _count_selected(context: Context, value: Value) -> Value:
    return float(len(to_text(value, context).split()))


def _choice_name(context: Context, name: Value, question: Value) -> Value:
    """The label of a choice in the person's language; `question` is what the path in its text leads to."""
    nodes = to_nodes(question)
    return context.outside.choice_label(nodes[0], to_text(name, context)) if nodes else ""


def _itext(context: Context, text_id: Value) -> Value:
    """The values of a text in the person's language, its plain one first where it is asked for as text."""
    return context.outside.texts(to_text(text_id, context))


def _pulldata(context: Context, table: Value, column: Value, key_column: Value, key: Value) -> Value:
    """The cell of an attached table in the row whose key is this one; empty where there is none."""
    document = context.outside.instances.get(to_text(table, context))
    if document is None:
        raise ValueMismatch("there is no such table")
    wanted, by, asked = (to_text(value, context) for value in (column, key_column, key))
    for root in document.children:
        for row in root.children:
            context.meter.step(1)
            if any(cell.text == asked for cell in row.named(by)):
                return "".join(cell.text for cell in row.named(wanted)[:1])
    return ""


LISTS = {
    "selected": eager(2, 2, _selected),
    "is-selected": eager(2, 2, _selected),
    "count-selected": eager(1, 1, _count_selected),
    "selected-at": eager(2, 2, _selected_at),
    "jr:choice-name": eager(2, 2, _choice_name),
    "jr:itext": eager(1, 1, _itext),
    "pulldata": eager(4, 4, _pulldata),
}

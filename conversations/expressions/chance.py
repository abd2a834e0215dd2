"""Functions of chance: `random`, `randomize`, `uuid`. Its source comes with the context, seeded."""

import hashlib
import math
from random import Random
from uuid import UUID

from conversations.expressions.coding import as_bytes
from conversations.expressions.context import Context
from conversations.expressions.errors import ValueMismatch
from conversations.expressions.functions import eager
from conversations.expressions.values import Value, to_nodes, to_number, to_text

LONGEST_UUID = 10_000  # characters
MODULUS = 2**31 - 1  # of Park and Miller's generator, which all ODK clients use
MULTIPLIER = 16_807


def _source(context: Context) -> Random:
    if context.outside.chance is None:
        raise ValueMismatch("there is no source of chance here")
    return context.outside.chance()


def _random(context: Context) -> Value:
    return _source(context).random()


def _uuid(context: Context, *values: Value) -> Value:
    """A random UUID, or so many characters of one and the next."""
    chance = _source(context)
    length = to_number(values[0], context) if values else 36.0
    if not 0 <= length <= LONGEST_UUID:
        raise ValueMismatch("this is not a length for uuid()")
    found = ""
    while len(found) < length:
        found += str(UUID(int=chance.getrandbits(128), version=4))
    return found[: int(length)]


def _randomize(context: Context, nodes: Value, *values: Value) -> Value:
    """The nodes in another order: for the same seed the same one, which all ODK clients show."""
    found = to_nodes(nodes)
    state = _seed(values[0], context) if values else _source(context).randrange(1, MODULUS)
    mixed = []
    for place, node in enumerate(found):
        state = state * MULTIPLIER % MODULUS
        other = math.floor((state - 1) / (MODULUS - 1) * (place + 1))
        mixed.append(node)
        mixed[place], mixed[other] = mixed[other], node
    return mixed


def _seed(value: Value, context: Context) -> int:
    """Of a number its whole part, of the empty text 0, of any other text the start of its SHA-256."""
    number = to_number(value, context)
    text = to_text(value, context)
    if math.isinf(number):
        whole = 2**63 - 1 if number > 0 else -(2**63)
    elif not math.isnan(number):
        whole = math.trunc(number)
    elif text:
        whole = int.from_bytes(hashlib.sha256(as_bytes(text)).digest()[:8], "big", signed=True)
    else:
        whole = 0
    state = (
        int(math.fmod(whole, MODULUS))
        if abs(whole) < 2**53
        else abs(whole) % MODULUS * (1 if whole > 0 else -1)
    )
    return state if state > 0 else state + MODULUS - 1


CHANCE = {
    "random": eager(0, 0, _random),
    "uuid": eager(0, 1, _uuid),
    "randomize": eager(1, 2, _randomize),
}

"""What may happen to the XML of a form: parts gone, doubled, moved, attributes exchanged, letters changed."""

from copy import deepcopy
from random import Random

from lxml import etree

ODD = (
    "",
    "NaN",
    "inf",
    "-1",
    "99999999999999999999",
    "yes",
    "/",
    "/data",
    "..",
    "jr:itext('x')",
    "'",
    "é\u0600",
)


def damaged(data: bytes, seed: int) -> bytes:
    """The document with one to four of its parts changed; what is no XML has some bytes changed."""
    chance = Random(seed)
    try:
        root = etree.fromstring(data)
    except (etree.XMLSyntaxError, ValueError):
        return _scrambled(data, chance)
    for _ in range(chance.randint(1, 4)):
        _change(root, chance)
    written = etree.tostring(root)
    return written if chance.random() < 0.95 else _scrambled(written, chance)


def _change(root: etree._Element, chance: Random) -> None:
    elements = list(root.iter())
    one, other = chance.choice(elements), chance.choice(elements)
    parent = one.getparent()
    match chance.randrange(8):
        case 0 if parent is not None:
            parent.remove(one)
        case 1:
            other.append(deepcopy(one))
        case 2 if parent is not None:
            parent.append(deepcopy(one))
        case 3 if one.attrib:
            name = chance.choice(sorted(map(str, one.attrib)))
            del one.attrib[name]
        case 4 if one.attrib:
            name = chance.choice(sorted(map(str, one.attrib)))
            one.set(name, chance.choice((*ODD, *map(str, other.attrib.values()))))
        case 5 if other.attrib:
            name = chance.choice(sorted(map(str, other.attrib)))
            one.set(name, str(other.attrib[name]))
        case 6 if isinstance(one.tag, str) and isinstance(other.tag, str):
            one.tag = other.tag
        case _:
            one.text = chance.choice((*ODD, other.text))


def _scrambled(data: bytes, chance: Random) -> bytes:
    changed = bytearray(data or b"<")
    for _ in range(chance.randint(1, 4)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)

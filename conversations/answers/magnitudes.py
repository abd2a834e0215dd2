"""Figures with a magnitude behind them, written out: «3k», «1,5 million», «2.5 مليون»."""

import re
from decimal import Decimal

FACTORS = {
    factor: words.split()
    for factor, words in {
        1_000: "k mille thousand ألف آلاف الف الاف alf alaf",
        1_000_000: "million millions mln مليون ملايين melyoun mlyoun milyoun",
    }.items()
}
FACTOR = {word: factor for factor, words in FACTORS.items() for word in words}
# At most two figures behind the mark: «1.234 million» may be one million or a thousand of them.
SCALED = re.compile(
    rf"(?<![\w.,٫/:])(-?)(\d{{1,3}})(?:(k)(?!\w)|[.,٫](\d{{1,2}})\s?({'|'.join(FACTOR)})(?!\w))",
    re.IGNORECASE,
)


def written_out(text: str) -> str:
    """The text with such numbers in figures alone; a whole number before a word stays as it is.

    >>> written_out("3k"), written_out("1,5 million dh"), written_out("2.5K"), written_out("2 millions")
    ('3000', '1500000 dh', '2500', '2 millions')
    >>> written_out("3 kg"), written_out("1.234 million"), written_out("rue 5k2")
    ('3 kg', '1.234 million', 'rue 5k2')
    """
    return SCALED.sub(_figures, text)


def _figures(found: re.Match[str]) -> str:
    sign, whole, thousand, part, word = found.groups()
    amount = Decimal(f"{whole}.{part or 0}") * FACTOR[(thousand or word).lower()]
    return f"{sign}{amount.to_integral_value()}"

"""Whole and decimal numbers in digits of any script or in words; never what only looks like one."""

import re
import unicodedata
from decimal import Decimal

from conversations.answers.calendar_words import MONTHS, TWO, WEEKDAYS
from conversations.answers.choice_words import NEGATIONS
from conversations.answers.clean import clean
from conversations.answers.fold import fold
from conversations.answers.fractions import read_fraction
from conversations.answers.framing import AFTER, BEFORE, COUNTED, LIMITING, framed, without_courtesy
from conversations.answers.magnitudes import written_out
from conversations.answers.none_counted import counts_none
from conversations.answers.number_words import MINUS
from conversations.answers.refusal import Ambiguous
from conversations.answers.second_words import NOT_COUNTED
from conversations.answers.spelled import is_number_word, spelled
from conversations.vocabulary import Language

LONGEST = 18  # digits; more is no answer to any question of ours and outgrows a 64-bit column
# Two of what is counted, in one word of standard Arabic.
PAIRS = "طفلان طفلين ولدان ولدين ابنان ابنين بنتان بنتين شخصان شخصين مرتان مرتين ساعتان ساعتين"
TWO_OF = frozenset(TWO) | frozenset(fold(PAIRS).split())
ONE_BEHIND = frozenset(map(fold, ("واحد", "واحدة", "واحدا", "wahed", "wa7ed")))  # «طفل واحد»
SHORTEST_NOUN = 4  # letters of an unknown word behind a number: what is counted, as in «4 collègues»
NEVER_COUNTED = LIMITING | NEGATIONS | NOT_COUNTED
KEYCAP = re.compile("\ufe0f?\u20e3")  # what makes a figure an emoji
SIGNS = str.maketrans({"−": "-", "–": "-", "،": ",", "’": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " "})
TELEPHONE = re.compile(r"0\d{8,}|\+\d{9,}|212\d{9}|00\d{9,}", re.ASCII)
SPAN = re.compile(r"(?<![^\W\d_])[-+]?\d(?:[\d.,'٬٫ ]*\d)?(?![\d/:])", re.ASCII)
GROUPED = re.compile(r"-?[1-9]\d{0,2}(?:([ .,'٬])\d{3})(?:\1\d{3})*", re.ASCII)
PLAIN = re.compile(r"-?\d+", re.ASCII)
FRACTION = re.compile(
    r"(?P<whole>-?(?:\d{1,3}(?:(?P<group>[ .,'٬])\d{3})+|\d+))(?P<point>[.,٫])(?P<part>\d+)", re.ASCII
)
# One mark before exactly three digits: a thousand here, a decimal there.
ONE_MARK = re.compile(r"-?[1-9]\d{0,2}(?P<mark>[.,])\d{3}", re.ASCII)
A_MONTH = re.compile(
    r"\s*(?:par mois|/\s?mois|per month|a month|/\s?month|في الشهر|فالشهر|شهريا|f chh?[ae]r)\s*$", re.I
)
MINUS_FIGURES = re.compile(r"(?:moins|minus|سالب|ناقص)\s+(\d[\d.,٫]*)", re.IGNORECASE)
LONE_PART = re.compile(r"(?<![\w.,٫])(-?)[.,٫](\d{1,4})(?![\w.,])", re.ASCII)  # «.75»
METRES = re.compile(r"(?<!\w)([0-2]) ?(?:m|mètre|metre|meter|متر) ?(\d{2})(?!\w)", re.IGNORECASE)  # «1m75»
ENGLISH_WAY = {",": "", ".": "."}  # where it is clear
LISTED = re.compile(r"[^\W\d_]\s*[,;،؛]\s*[^\W\d_]")  # «dix, huit» is not eighteen


def figures(text: str) -> str:
    """The text with the digits of any script, emoji too, written 0–9.

    >>> figures("٢٠٢٥"), figures("۵ ans"), figures("1️⃣"), figures("lOO")
    ('2025', '5 ans', '1', 'lOO')
    """
    return "".join(
        str(unicodedata.decimal(character)) if character.isdecimal() else character
        for character in KEYCAP.sub("", text).replace("🔟", "10")
    )


def read_integer(text: str, language: Language) -> int | Ambiguous[int] | None:
    """A whole number; thousands may be set apart in threes, words may stand around it.

    None if it is not clearly one: two numbers, a limit («moins de 3»), letters for figures, a telephone
    number. `1,234` outside English, where the comma is a decimal's, is to be confirmed.

    >>> [read_integer(text, Language.ENGLISH) for text in ("١٢", "1 000 000", "1,234", "-3", "né en 1995")]
    [12, 1000000, 1234, -3, 1995]
    >>> [read_integer(text, Language.FRENCH) for text in ("vingt-deux", "j'ai deux enfants", "اثنان وعشرون")]
    [22, 2, 22]
    >>> [read_integer(text, Language.FRENCH) for text in ("lOO", "12,5", "3 4", "moins de 3", "3afak")]
    [None, None, None, None, None]
    >>> [read_integer(text, Language.FRENCH) for text in ("aucun", "3k", "1,5 million")]
    [0, 3000, 1500000]
    """
    if counts_none(text):
        return 0
    text = A_MONTH.sub("", written_out(figures(without_courtesy(text))))
    bare = _bare(text)
    if bare is None:
        whole = _in_words(text)
        return _of_millions(text) if whole is None else whole
    if not (PLAIN.fullmatch(bare) or GROUPED.fullmatch(bare)):
        return None
    digits = re.sub(r"[^\d-]", "", bare)
    if len(digits) > LONGEST:
        return None
    one = ONE_MARK.fullmatch(bare)
    if one and one["mark"] == "," and language is not Language.ENGLISH:
        return Ambiguous((int(digits),))
    return int(digits)


def read_decimal(text: str, language: Language) -> Decimal | Ambiguous[Decimal] | None:
    """A number with or without decimals. None if it is not clearly one.

    One separator before exactly three digits is clear in English only (`1,234` a thousand, `1.234` a
    decimal); elsewhere habits differ, and the person is asked which.

    >>> read_decimal("2,5", Language.FRENCH), read_decimal("٢٫٥", Language.ARABIC)
    (Decimal('2.5'), Decimal('2.5'))
    >>> read_decimal("1 234,50", Language.FRENCH), read_decimal("deux et demi", Language.FRENCH)
    (Decimal('1234.50'), Decimal('2.5'))
    >>> read_decimal(".75", Language.ENGLISH), read_decimal("1m75", Language.FRENCH)
    (Decimal('0.75'), Decimal('1.75'))
    >>> read_decimal("1,234", Language.ENGLISH), read_decimal("1.234", Language.FRENCH)
    (Decimal('1234'), Ambiguous(readings=(Decimal('1.234'), Decimal('1234'))))
    """
    text = without_courtesy(text)
    text = METRES.sub(r"\1.\2", LONE_PART.sub(r"\g<1>0.\2", written_out(figures(text))))
    text = A_MONTH.sub("", text)
    part = read_fraction(clean(text))
    if part is not None:
        return part
    bare = _bare(text)
    if bare is None:
        whole = _in_words(text)
        return None if whole is None else Decimal(whole)
    if not bare and (below := MINUS_FIGURES.fullmatch(clean(text))):
        return read_decimal(f"-{below[1]}", language)
    if len(bare) > LONGEST:
        return None
    if one := ONE_MARK.fullmatch(bare):
        if language is Language.ENGLISH:
            return Decimal(bare.replace(one["mark"], ENGLISH_WAY[one["mark"]]))
        readings = [Decimal(bare.replace(one["mark"], point)) for point in (".", "")]
        return Ambiguous(tuple(readings))
    if PLAIN.fullmatch(bare) or GROUPED.fullmatch(bare):
        return Decimal(re.sub(r"[^\d-]", "", bare))
    parts = FRACTION.fullmatch(bare)
    if parts is None or parts["group"] == parts["point"]:
        return None
    return Decimal(re.sub(r"[^\d-]", "", parts["whole"]) + "." + parts["part"])


def _bare(text: str) -> str | None:
    """The figures of the only number among words that change nothing; empty if there is no such; None
    where there are no figures at all."""
    said = figures(clean(text)).translate(SIGNS).casefold()
    if TELEPHONE.fullmatch(re.sub(r"[\s.()-]", "", said)):
        return ""
    words = said.split()
    if any(not word.isdigit() and is_number_word(word) for word in fold(said).split()):
        return None
    kept = [word for word in words if not _is_darija(word)]
    plain = " ".join(kept)
    spans = list(SPAN.finditer(plain))
    if not any(character.isdigit() for character in plain):
        return None
    if len(spans) != 1:
        return ""
    before, after = plain[: spans[0].start()], plain[spans[0].end() :]
    if _odd(before + after):
        return ""
    if any(character.isdigit() for character in before + after):
        return ""
    if after.strip() in (",", "٫") or before[-1:] in (".", ",", "٫"):  # something is missing
        return ""
    attached = after[:1].isalpha()  # «42ans» is one, «3afak» is a word
    if attached and fold(after).split()[0] not in COUNTED:
        return ""
    if not all(word in BEFORE for word in fold(before).split()) or not _counts(fold(after).split()):
        return ""
    return spans[0][0].removeprefix("+").strip()


def _odd(around: str) -> bool:
    """Signs that say more than a number: «<3», «3/», «~3»; closing marks and emoji say nothing."""
    return any(sign in around for sign in "<>~≈≤≥±/\\=*^_²³½¼¾٪+-")


def _is_darija(word: str) -> bool:
    """A known word in which figures are sounds: «3andi»."""
    return (
        any(c.isdigit() for c in word) and not word[0:].isdigit() and fold(word) in BEFORE | AFTER | COUNTED
    )


def _counts(words: list[str]) -> bool:
    """Whether what stands behind a number only says what is counted."""
    if not words:
        return True
    first, *others = words
    if not all(word in COUNTED or word in AFTER for word in others):
        return False
    return first in COUNTED or first in AFTER or _may_be_counted(first)


def _may_be_counted(word: str) -> bool:
    named = (
        word in LIMITING | NEGATIONS | NOT_COUNTED
        or word in MONTHS
        or word in WEEKDAYS
        or is_number_word(word)
    )
    return len(word) >= SHORTEST_NOUN and word.isalpha() and not named


def _of_millions(text: str) -> int | None:
    """«un million et demi» is a whole number."""
    number = read_fraction(clean(text))
    return int(number) if number is not None and number == number.to_integral_value() else None


def _in_words(text: str) -> int | None:
    """A number in words, alone or among words that change nothing."""
    if LISTED.search(text):
        return None
    words = fold(text).split()
    if len(words) > 1 and words[0] in MINUS:
        below = spelled(words[1:])
        return None if below is None else -below
    number = spelled(words)
    if number is not None:
        return number
    kept = framed(words)
    if len(kept) == 1 and kept[0] in TWO_OF:
        return 2
    *before, noun, last = ["", "", *words]
    if noun in COUNTED and last in ONE_BEHIND and BEFORE.issuperset(before[2:]):
        return 1
    return spelled(kept)

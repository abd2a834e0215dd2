"""The words for numbers in French, English, Arabic and Darija (both scripts), folded."""

import re

from conversations.answers.fold import fold


def _values(table: dict[int, str]) -> dict[str, int]:
    return {fold(word): value for value, words in table.items() for word in words.split()}


FRENCH = _values(
    {
        0: "zéro",
        1: "un une",
        2: "deux deus",
        3: "trois troi",
        4: "quatre quatres quattre catre",
        5: "cinq sinq cinque",
        6: "six",
        7: "sept",
        8: "huit",
        9: "neuf",
        10: "dix",
        11: "onze",
        12: "douze",
        13: "treize",
        14: "quatorze quatorse",
        15: "quinze",
        16: "seize",
        20: "vingt vingts vint",
        30: "trente trante",
        40: "quarante quarente",
        50: "cinquante cinquente cinqante sinquante",
        60: "soixante soissante",
        70: "septante",
        80: "huitante octante",
        90: "nonante",
        100: "cent cents",
        1000: "mille milles mil",
        1_000_000: "million millions",
    }
)
ENGLISH = _values(
    {
        0: "zero",
        1: "one",
        2: "two",
        3: "three tree",
        4: "four",
        5: "five",
        6: "six",
        7: "seven",
        8: "eight",
        9: "nine",
        10: "ten",
        11: "eleven",
        12: "twelve",
        13: "thirteen",
        14: "fourteen",
        15: "fifteen",
        16: "sixteen",
        17: "seventeen",
        18: "eighteen",
        19: "nineteen",
        20: "twenty tweny",
        30: "thirty",
        40: "forty fourty",
        50: "fifty",
        60: "sixty",
        70: "seventy",
        80: "eighty",
        90: "ninety ninty",
        100: "hundred hundreds",
        1000: "thousand thousands",
        1_000_000: "million millions",
    }
)
ENGLISH |= {  # «thirtyfour» in one word
    f"{tens}{unit}": ENGLISH[tens] + ENGLISH[unit]
    for tens in ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
    for unit in ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
}
ARABIC = _values(
    {
        0: "صفر",
        1: "واحد واحدة وحدة واحدا",
        2: "اثنان اثنين اثنتان اثنتين اتنين اتنان تنين ثنين جوج زوج جوز",
        3: "ثلاث ثلاثة تلاتة تلات ثلاتة",
        4: "أربع أربعة ربعة",
        5: "خمس خمسة",
        6: "ست ستة",
        7: "سبع سبعة",
        8: "ثمان ثماني ثمانية تمانية تمنية ثمنية",
        9: "تسع تسعة تسعود",
        10: "عشر عشرة",
        11: "حداش احداش حداشر",
        12: "طناش اطناش تناش اثناش اتناش اتناشر",
        13: "تلطاش ثلطاش تلتاش تلتاشر",
        14: "ربعطاش أربعطاش ربعتاش اربعتاشر",
        15: "خمسطاش خمستاش خمستاشر",
        16: "سطاش ستاش ستاشر",
        17: "سبعطاش سبعتاش سبعتاشر",
        18: "تمنطاش ثمنطاش تمنتاش تمنتاشر",
        19: "تسعطاش تسعتاش تسعتاشر",
        20: "عشرون عشرين",
        30: "ثلاثون ثلاثين تلاتين",
        40: "أربعون أربعين ربعين",
        50: "خمسون خمسين",
        60: "ستون ستين",
        70: "سبعون سبعين",
        80: "ثمانون ثمانين تمانين",
        90: "تسعون تسعين",
        100: "مائة مئة مية ميا",
        200: "مائتان مئتان مائتين مئتين ميتين مئتا",
        300: "ثلاثمائة ثلاثمئة تلتمية ثلثمائة",
        400: "أربعمائة أربعمئة ربعمية",
        500: "خمسمائة خمسمئة خمسمية",
        600: "ستمائة ستمئة ستمية",
        700: "سبعمائة سبعمئة سبعمية",
        800: "ثمانمائة ثمانمئة ثمانيمائة تمنمية",
        900: "تسعمائة تسعمئة تسعمية",
        1000: "ألف آلاف ألفا",
        2000: "ألفان ألفين",
        1_000_000: "مليون ملايين مليونا",
    }
)
TEN_IN_ARABIC = {fold(word) for word in ("عشر", "عشرة")}  # behind a unit it makes eleven to nineteen
UNIT_OF_TEENS = _values({1: "أحد احدى إحدى حادي", 2: "اثنا اثني اثنتا اثنتي"})

MINUS = frozenset(map(fold, ("moins", "minus", "ناقص", "سالب")))
QUARTER_OR_FOUR = re.compile(r"r[ae]?b[ae]?3")  # alone it may be a quarter: «rbe3»

# Darija in Latin letters has no spelling: each number is a pattern of the ways people write it.
DARIJA_PATTERNS = {
    0: r"sifr|ziro",
    1: r"wa?[7h]e?da?|wa[7h]id",
    2: r"(?:j|z)(?:oo?u?|u)[jz]|tnin|tnayn|tnine",
    3: r"th?l[ae]?th?[ae]|tl[ae]?t",
    4: r"a?r[ae]?b[ae]?3a?",
    5: r"(?:kh|5|x)[ae]?ms[ae]?",
    6: r"s[ei]?tt?a",
    7: r"s[ae]?b[ae]?3a?",
    8: r"tm[aei]?n[iy]{1,2}a",
    9: r"t[ei]?s[ae]?3[ao]?u?d?|ts3oud",
    10: r"3[ae]?[cs]h?ra|(?:3|a)[ae]?chra",
    11: r"[7h][da]?d?[ae]?(?:ch|sh)",
    12: r"t[ae]?na+3?(?:ch|sh)",
    13: r"t[ae]?l[ae]?tt?a+(?:ch|sh)",
    14: r"a?r[ae]?b[ae]?3?[ae]?t+a+(?:ch|sh)",
    15: r"(?:kh|5|x)[ae]?m[ae]?st+a+(?:ch|sh)",
    16: r"s[ei]?tt?a+(?:ch|sh)",
    17: r"s[ae]?b[ae]?3[ae]?t+a+(?:ch|sh)",
    18: r"t[ae]?m[ae]?n[ae]?t+a+(?:ch|sh)",
    19: r"t[ae]?s[ae]?3[ae]?t+a+(?:ch|sh)",
    20: r"3[aei]?(?:ch|sh)[ei]?rine?|a(?:ch|sh)rine?",
    30: r"t[ae]?l[ae]?tine?|thlathine?",
    40: r"a?r[ae]?b[ae]?3ine?",
    50: r"(?:kh|5|x)[ae]?msine?",
    60: r"s[ei]?tt?ine?",
    70: r"s[ae]?b[ae]?3ine?",
    80: r"tm[ae]?nine?",
    90: r"t[ei]?s[ae]?3ine?",
    100: r"m[iy]+y?at?",
    200: r"m[iy]+y?a?t(?:i|ay|ey)ne?",
    **{
        hundreds: rf"(?:{unit})m[iy]+at?"
        for hundreds, unit in {
            300: r"t[ae]?l[ae]?t",
            400: r"r[ae]?b[ae]?3",
            500: r"(?:kh|5|x)[ae]?m[ae]?s",
            600: r"s[ei]?tt?",
            700: r"s[ae]?b[ae]?3",
            800: r"t[ae]?m[ae]?n",
            900: r"t[ei]?s[ae]?3",
        }.items()
    },
    1000: r"[ae]lf|alef|alaf",
    2000: r"[ae]lf(?:ay|i|ey)ne?",
    1_000_000: r"mel?yo?u?n|mlayn",
}
DARIJA = re.compile("|".join(f"(?P<v{value}>{pattern})" for value, pattern in DARIJA_PATTERNS.items()))


def darija(token: str) -> int | None:
    """The number that a Darija word in Latin letters means.

    >>> [darija(word) for word in ("jouj", "zouj", "khamsin", "3chrin", "tnach", "3afak", "miya")]
    [2, 2, 50, 20, 12, None, 100]
    """
    found = DARIJA.fullmatch(token)
    return int(found.lastgroup[1:]) if found and found.lastgroup else None

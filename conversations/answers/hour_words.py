"""The words of the clock in French, Arabic, Darija (both scripts) and English, folded."""

from datetime import time

from conversations.answers.choice_words import NEGATIONS
from conversations.answers.fold import fold


def _phrases(*phrases: str) -> tuple[tuple[str, ...], ...]:
    """As folded words, the longest first."""
    return tuple(sorted((tuple(fold(phrase).split()) for phrase in phrases), key=len, reverse=True))


LEADING = frozenset(
    fold("à a at la le les l il est it s is c الساعة ساعة في على m3a ma3a مع f de dès").split()
)
CALLED_HOUR = frozenset(
    map(fold, ("الساعة", "ساعة", "m3a", "ma3a", "مع", "على", "at"))
)  # a bare number behind it is an hour
AROUND = frozenset(
    map(fold, ("vers", "environ", "autour", "about", "around", "حوالي", "تقريبا", "نحو", "7wali"))
)
MORNING = _phrases(
    "am", "du matin", "le matin", "matin", "in the morning", "صباحا", "الصباح", "في الصباح",
    "ديال الصباح", "د الصباح",
    "d sba7", "d sbah", "dyal sba7", "dyal sbah", "sba7", "sbah", "f sbah", "f sba7", "lsbah",
    "de matin", "du mat", "le mat", "فجرا", "ص", "fsba7", "fsbah", "dsbah", "dsba7", "de bon matin",
)  # fmt: skip
PM = _phrases("pm", "م")
AFTERNOON = _phrases(
    "de l'après-midi", "l'après-midi", "après-midi", "in the afternoon", "بعد الظهر", "ظهرا", "زوالا", "عصرا",
    "ديال العشية", "dyal l3chiya",
    "د العشية", "العشية", "في العشية", "ف العشية",
    *(f"{before}{name}" for before in ("", "d ", "f ", "d", "f", "dyal ", "fel ", "del ")
      for name in ("l3chiya", "l3chia", "l3achiya", "l3achia", "l3chiyya", "3chiya", "3achiya", "la3chiya")),
    "de l'aprem", "l'aprem", "cet après-midi", "this afternoon",
)  # fmt: skip
EVENING = _phrases("du soir", "le soir", "soir", "ce soir", "in the evening", "this evening")
# From evening to the small hours: «12 at night» is midnight, «1 at night» an hour later.
NIGHT = _phrases(
    "at night", "tonight", "de la nuit", "la nuit", "ليلا", "د الليل", "ديال الليل", "في الليل", "ف الليل",
    *(f"{before}{name}" for before in ("d ", "f ", "d", "f", "dyal ", "b ") for name in ("lil", "llil")),
)  # fmt: skip
# While it is light: «1 d nhar» is in the afternoon, «9 d nhar» in the morning.
DAYTIME = _phrases("d nhar", "dyal nhar", "f nhar", "dnhar", "ديال النهار", "د النهار", "في النهار", "نهارا")
# From noon to midnight in standard Arabic: «الثالثة مساء» is three in the afternoon.
AFTER_NOON = _phrases("مساء", "المساء", "في المساء")
HALF_IN_DARIJA = ("noss", "nos", "nss", "ns", "nes", "ness", "nouss", "nous")
QUARTER_IN_DARIJA = ("rba3", "rbe3", "rob3", "rb3", "rob", "rbo3", "rub3")
HALF_BEHIND = {
    phrase: minutes
    for minutes, phrases in {
        30: _phrases(
            *("et demi", "et demie", "والنصف", "ونصف", "ونص", "و نصف", "و نص"),
            *(f"{join} {half}" for join in ("w", "o", "ou", "u") for half in HALF_IN_DARIJA),
        ),
        15: _phrases(
            *("et quart", "et un quart", "والربع", "وربع", "و ربع"),
            *(f"{join} {quarter}" for join in ("w", "o", "ou", "u") for quarter in QUARTER_IN_DARIJA),
        ),
        20: _phrases("والثلث", "وثلث", "w tlout", "w toulout"),
        -15: _phrases(
            *("moins le quart", "moins quart", "moins un quart"),
            *("إلا ربع", "إلا ربعا", "إلا الربع", "غير ربع", "قل ربع"),
            *(
                f"{less} {quarter}"
                for less in ("ghir", "gher", "ila", "lla", "illa", "9el", "9ell", "qel")
                for quarter in QUARTER_IN_DARIJA
            ),
        ),
        -20: _phrases("إلا ثلث", "moins vingt"),
        -10: _phrases("moins dix"),
        -5: _phrases("moins cinq"),
    }.items()
    for phrase in phrases
}
HALF_BEFORE = {
    phrase: minutes
    for minutes, phrases in {
        30: _phrases("half past", "half"),
        15: _phrases("quarter past", "a quarter past", "quarter after", "15 past"),
        -15: _phrases("quarter to", "a quarter to", "quarter before", "15 to"),
        10: _phrases("ten past", "10 past"),
        -10: _phrases("ten to", "10 to"),
        20: _phrases("twenty past", "20 past"),
        -20: _phrases("twenty to", "20 to"),
        25: _phrases("twenty five past", "25 past"),
        -25: _phrases("twenty five to", "25 to"),
        5: _phrases("five past", "5 past"),
        -5: _phrases("five to", "5 to"),
    }.items()
    for phrase in phrases
}
# Behind these an hour may end a sentence, unless one of the others stands in front: «pas avant 18h».
AT = frozenset(map(fold, ("à", "at", "f", "m3a", "ma3a", "مع", "في", "ف", "الساعة")))
NOT_AT = NEGATIONS | frozenset(map(fold, (
    "appelez", "appelle", "rappelez", "rappelle", "rappeler", "appeler", "call", "phone", "ring", "اتصل",
    "اتصلوا", "عيط", "عيطو", "3eyet", "3ayet", "contactez", "avant", "après", "before", "after", "until",
    "till", "jusqu", "jusque", "entre", "between", "from", "since", "depuis", "dès", "mn", "men", "min",
    "من", "بين", "قبل", "بعد", "حتى", "7ta", "hta", "qbel", "9bel", "mor", "mora", "ba3d", "b3d", "ou",
    "or", "أو", "wla", "si", "if", "quand", "when", "ila", "إذا", "maybe", "peut",
)))  # fmt: skip
HAS = frozenset(("on", "il", "elle", "y", "qui", "ca", "tu", "me"))  # «on a 8h» has hours
MINUTES = frozenset(map(fold, ("دقيقة", "دقائق", "minutes", "minute", "min", "mn")))
SHARP = _phrases(
    "pile", "exactement", "précises", "tapantes", "sharp", "exactly", "بالضبط", "تماما", "nichan", "نيشان",
    "please", "pls", "svp", "merci", "إن شاء الله", "inchallah", "nchallah",
)  # fmt: skip
HABIT_OF_24 = frozenset(("h", "heure", "heures"))  # French counts to 24: «7h» is in the morning
UNIT = frozenset(("h", "heure", "heures", "hour", "hours", "hrs", "hr", "clock", "oclock", "o"))
NAMED = {
    fold(name): at
    for name, at in {
        "midi": time(12),
        "noon": time(12),
        "midday": time(12),
        "minuit": time(0),
        "midnight": time(0),
        "منتصف الليل": time(0),
        "نصف الليل": time(0),
        "نص الليل": time(0),
        **{
            f"{half} {night}": time(0)
            for half in HALF_IN_DARIJA
            for night in ("lil", "llil", "lill", "d lil")
        },
        "منتصف النهار": time(12),
    }.items()
}
# «الساعة الثالثة»: hours are ordinals in standard Arabic.
ORDINALS = {
    fold(word): hour
    for hour, words in enumerate(
        (
            "الواحدة الوحدة لوحدة lwe7da lwa7da lwehda lw7da lwehda",
            "الثانية التانية الجوج لجوج jjouj ljouj",
            "الثالثة التالتة التلاتة ttlata ltlata",
            "الرابعة الربعة لربعة rrb3a lreb3a lrb3a",
            "الخامسة الخمسة لخمسة lkhamsa lkhemsa l5amsa",
            "السادسة الستة ssetta lsetta ssta",
            "السابعة السبعة sseb3a lseb3a ssb3a lsb3a",
            "الثامنة التمنية الثمنية ttmnya ltmnya ltmenya ttmenya",
            "التاسعة التسعود ttes3ud ltes3ud ltes3oud ttes3oud",
            "العاشرة العشرة لعشرة l3achra l3echra l3chra",
        ),
        1,
    )
    for word in words.split()
} | {fold("الحادية عشرة"): 11, fold("الثانية عشرة"): 12, fold("الحداش"): 11, fold("الطناش"): 12}

"""The words of the clock in French, Arabic, Darija (both scripts) and English, folded."""

from datetime import time

from conversations.answers.fold import fold


def _phrases(*phrases: str) -> tuple[tuple[str, ...], ...]:
    """As folded words, the longest first."""
    return tuple(sorted((tuple(fold(phrase).split()) for phrase in phrases), key=len, reverse=True))


LEADING = frozenset(
    fold("à a at la le les l il est it s is c الساعة ساعة في على m3a ma3a مع f de dès").split()
)
CALLED_HOUR = frozenset(
    map(fold, ("الساعة", "ساعة", "m3a", "مع", "على"))
)  # a bare number behind it is an hour
AROUND = frozenset(
    map(fold, ("vers", "environ", "autour", "about", "around", "حوالي", "تقريبا", "نحو", "7wali"))
)
MORNING = _phrases(
    "am", "du matin", "le matin", "matin", "in the morning", "صباحا", "الصباح", "في الصباح",
    "ديال الصباح", "د الصباح",
    "d sba7", "d sbah", "dyal sba7", "dyal sbah", "sba7", "sbah", "f sbah", "f sba7", "lsbah",
    "de matin", "فجرا", "ص",
)  # fmt: skip
PM = _phrases("pm", "م")
AFTERNOON = _phrases(
    "de l'après-midi", "l'après-midi", "après-midi", "in the afternoon", "بعد الظهر", "ظهرا", "زوالا", "عصرا",
    "ديال العشية", "dyal l3chiya",
    "د العشية", "العشية", "في العشية", "d l3chiya", "l3chiya", "f l3chiya", "dl3chiya", "de l'aprem",
)  # fmt: skip
EVENING = _phrases(
    "du soir", "le soir", "soir", "in the evening", "at night", "ليلا",
    "د الليل", "ديال الليل",
    "d lil", "dyal lil", "d llil", "f lil", "dlil",
)  # fmt: skip
# From noon to midnight in standard Arabic: «الثالثة مساء» is three in the afternoon.
AFTER_NOON = _phrases("مساء", "المساء", "في المساء")
HALF_BEHIND = {
    phrase: minutes
    for minutes, phrases in {
        30: _phrases(
            *("et demi", "et demie", "والنصف", "ونصف", "ونص", "و نصف", "و نص"),
            *("w noss", "w nos", "w nss", "w ness", "ou noss"),
        ),
        15: _phrases("et quart", "et un quart", "والربع", "وربع", "و ربع", "w rba3", "w rbe3", "w rob3"),
        20: _phrases("والثلث", "وثلث", "w tlout", "w toulout"),
        -15: _phrases(
            *("moins le quart", "moins quart", "moins un quart"),
            *("إلا ربع", "إلا ربعا", "إلا الربع", "غير ربع", "ghir rbe3", "gher rbe3", "ila rob3", "lla rob"),
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
        30: _phrases("half past"),
        15: _phrases("quarter past", "a quarter past"),
        -15: _phrases("quarter to", "a quarter to"),
        10: _phrases("ten past"),
        -10: _phrases("ten to"),
        20: _phrases("twenty past"),
        -20: _phrases("twenty to"),
        5: _phrases("five past"),
        -5: _phrases("five to"),
    }.items()
    for phrase in phrases
}
MINUTES = frozenset(map(fold, ("دقيقة", "دقائق", "دقيقه")))
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
        "noss lil": time(0),
        "nos lil": time(0),
        "منتصف النهار": time(12),
    }.items()
}
# «الساعة الثالثة»: hours are ordinals in standard Arabic.
ORDINALS = {
    fold(word): hour
    for hour, words in enumerate(
        (
            "الواحدة",
            "الثانية التانية الجوج",
            "الثالثة التالتة التلاتة",
            "الرابعة الربعة",
            "الخامسة الخمسة",
            "السادسة الستة",
            "السابعة السبعة",
            "الثامنة التمنية الثمنية",
            "التاسعة التسعود",
            "العاشرة العشرة",
        ),
        1,
    )
    for word in words.split()
} | {fold("الحادية عشرة"): 11, fold("الثانية عشرة"): 12, fold("الحداش"): 11, fold("الطناش"): 12}

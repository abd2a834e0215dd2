"""The words of the calendar in French, Arabic, Darija (both scripts) and English, folded.

Checked in the tests against the names in Unicode's CLDR; what people write besides is from use.
"""

from conversations.answers.fold import fold


def _numbered(rows: tuple[str, ...], first: int) -> dict[str, int]:
    return {fold(name): number for number, names in enumerate(rows, first) for name in names.split()}


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(word) for word in text.split())


# January to December. Moroccan names first, then those of the rest of the Arab world (two words: with `_`).
MONTHS = _numbered(
    (
        "janvier janv jan janvié january yanayir ynayr يناير ينايير جانفي كانون_الثاني",
        "février fevr fevrie fév feb february fbrayr fibrayer فبراير شباط فيفري",
        "mars mar march mares مارس آذار",
        "avril avr april apr abril ابريل أبريل نيسان أفريل",
        "mai may mayo ماي مايو أيار",
        "juin june jun yunyu yonyo يونيو يونيه حزيران جوان",
        "juillet juil juill july jul yulyuz youlyouz يوليوز يوليو يوليه تموز جويلية",
        "août aout aoû aug august ghocht ghusht ghucht غشت أغسطس آب أوت أغشت",
        "septembre sept sep september chtanbir shutanbir chotanbir شتنبر سبتمبر أيلول",
        "octobre oct october oktober oktobr أكتوبر أوكتوبر تشرين_الأول",
        "novembre nov november nuwanbir nouwanbir نونبر نوفمبر تشرين_الثاني نوڤمبر",
        "décembre déc dec december dujanbir doujanbir دجنبر ديسمبر كانون_الأول",
    ),
    1,
)
MONTHS |= {fold(name.replace("_", " ")): number for name, number in MONTHS.items() if "_" in name}
# Names after which a day may stand: «March 3»; in French and Arabic the day comes first.
DAY_MAY_FOLLOW = _words(
    "january february march april may june july august september october november december jan feb mar "
    "apr jun jul "
    "aug sep sept oct nov dec"
)

# Monday to Sunday, as `date.weekday()` counts.
WEEKDAYS = _numbered(
    (
        "lundi lun monday lundis الاثنين الإثنين اثنين التنين تنين لتنين tnin ltnin letnin tnine",
        "mardi tuesday tue tues الثلاثاء ثلاثاء الثلاثا التلات تلات التلاتاء الثلاث tlat tlata tleta "
        "ttlat tlatae",
        "mercredi merc wednesday wed الأربعاء أربعاء الاربع لاربع الأربعا larb3a larba3 arb3a larbe3 lrb3 "
        "larb3 "
        "larb3a2",
        "jeudi thursday thu thur thurs الخميس خميس لخميس khmis lkhmis khamis lkhemis khmiss",
        "vendredi vend friday fri الجمعة جمعة لجمعة jem3a jam3a ljem3a ljam3a ljoum3a joumou3a jemaa",
        "samedi sam saturday sat السبت سبت sbt sebt ssebt sabt essebt",
        "dimanche dim sunday sun الأحد أحد الحد لحد l7ed lhed lhad el7ad l7ad 7ed",
    ),
    0,
)

# Days from today.
DAYS = {
    fold(phrase): distance
    for distance, phrases in {
        0: (
            "aujourd'hui", "aujourdhui", "aujourdui", "ojourd'hui", "ajd", "auj", "ce jour", "today",
            "tonight", "اليوم", "ليوم", "لايوم", "هذا اليوم", "نهار اليوم", "lyoum", "lyom", "lyouma",
            "liyoum", "lioum", "lyum", "had nhar", "ce matin", "ce soir", "cet après-midi", "this morning",
            "this afternoon", "this evening", "هذا الصباح", "هذا المساء", "هاد الصباح", "هاد العشية",
            "had sbah", "had l3chiya", "صباح اليوم", "مساء اليوم",
        ),
        -1: (
            "hier", "yesterday", "yesturday", "صباح أمس", "مساء أمس", "last night", "أمس", "البارح",
            "البارحة", "امبارح", "مبارح", "لبارح", "يوم أمس", "lbare7", "l bare7", "l bareh", "lbareh",
            "lbarh", "lbar7", "lbara7", "lbarah", "lbar3", "bar7", "elbare7",
        ),
        -2: (
            "avant-hier", "avanthier", "avant hier", "avan hier", "the day before yesterday",
            "day before yesterday", "أول أمس", "اول البارح", "أول البارحة", "قبل أمس", "قبل البارحة",
            "وللبارح", "ول البارح", "wel lbare7", "wellbare7", "awel lbare7", "wl lbar7", "wlbare7",
            "lwel lbare7",
        ),
        1: (
            "demain", "dmain", "2main", "tomorrow", "tommorow", "tomorow", "tomorrw", "tmrw", "صباح غد",
            "مساء غد", "صباح الغد", "مساء الغد", "غدا", "الغد", "يوم غد", "غدوة", "غدّا", "بكرة", "بكرا",
            "ghedda", "ghda", "gheda", "ghadda", "ghada", "ghdda", "rhedda", "8edda",
        ),
        2: (
            "après-demain", "après demain", "apres dmain", "the day after tomorrow", "day after tomorrow",
            "بعد غد", "بعد غدا", "بعد الغد", "بعد بكرة", "بعد غدوة", "b3d ghedda", "ba3d ghedda",
            "be3d ghedda", "b3d ghda", "mora ghedda", "men b3d ghedda",
        ),
    }.items()
    for phrase in phrases
}  # fmt: skip

# Hours of the day that may follow a day and change nothing in it.
PARTS_OF_DAY = frozenset(
    map(
        fold,
        (
            "matin", "au matin", "soir", "au soir", "après-midi", "midi", "morning", "evening",
            "afternoon", "صباحا", "مساء", "الصباح", "في الصباح", "في المساء", "ف الصباح", "f sbah",
            "fsbah", "f sba7", "fsba7", "sba7", "sbah", "f l3chiya", "f l3chia", "fl3chiya", "fl3chia",
            "l3chiya", "b lil", "f lil", "blil", "فالصباح", "فالعشية", "ف العشية", "العشية", "بالليل",
            "ليلا", "ظهرا", "فجرا", "عصرا", "at night", "in the morning", "in the afternoon",
            "in the evening", "dans la matinée", "dans la soirée", "le matin", "le soir", "l'après-midi",
            "la nuit",
        ),
    )
)  # fmt: skip

DAY, WEEK, MONTH, YEAR = "day", "week", "month", "year"
UNITS = {
    word: unit
    for unit, text in {
        DAY: "jour jours jr jrs j day days يوم أيام يوما youm nhar iyam iyyam ayam yam ayyam nharat",
        WEEK: "sem semaine semaines week weeks أسبوع أسابيع أسبوعا سيمانة سيمانات simana simanat",
        MONTH: "mois month months شهر أشهر شهور شهرا شهورا chhar chher chhour chhora chhr chehr shhar shhour",
        YEAR: "an ans année années year years yr yrs سنة سنوات سنين عام أعوام عاما 3am 3wam a3wam sna snin",
    }.items()
    for word in _words(text)
}
ONE_OF = _words(
    "يوم أسبوع سيمانة شهر سنة عام youm nhar simana smana chhar chher chehr 3am"
)  # «قبل شهر» is one
TWO = {
    fold(word): unit
    for unit, text in {
        DAY: "يومان يومين yawmayn youmayn yumayn",
        WEEK: "أسبوعان أسبوعين سيمانتين simantayn",
        MONTH: "شهران شهرين chahrayn chehrayn chhrayn",
        YEAR: "سنتان سنتين عامان عامين 3amayn 3amin",
    }.items()
    for word in text.split()
}

# «this», «last» and «next», in front or behind.
THIS = _words("ce cet cette this هذا هذه هاد had الحالي الحالية الجاري ci")
LAST = _words(
    "dernier dernière passé passée derniere last past précédent الماضي الماضية المنصرم المنصرمة الفائت "
    "الفائتة "
    "السابق الفارط الفارطة فات lfat lifat fat fatet fatt daz دازت فاتت"
)
NEXT = _words(
    "prochain prochaine prochin next coming القادم القادمة المقبل المقبلة الجاي الجاية jay jaya jaye "
    "لجاي ljay"
)
WHICH = _words("li lli اللي لي el qui vient")  # between them in Darija: «l7ed li fat»

# In front of a day, between its parts, and in front of a month or a year.
LEADING = _words(
    "le la les l du on the of depuis des since from a au en in c est it s was is had f était etait "
    "j je suis ai i am have here arrivé arrivée arrive venu venue commencé started came arrived maroc "
    "morocco ghi ghir juste just only "
    "وصلت جئت جيت بدأت بديت المغرب إلى ل jit wsselt wselt wslt bdit dkhelt lmaghrib to "
    "كان kan يوم في منذ من بتاريخ "
    "نهار nhar ف date تاريخ mn men"
)
BETWEEN = _words(
    "de du of من شهر f d dyal ديال chhar chher chehr mois l the le month سنة عام 3am année an year"
)
DURING = _words("dans pendant durant lan خلال fi courant")
ABOUT = _words("début fin mi milieu beginning start end middle early late mid بداية نهاية منتصف أول آخر")
# The days of the month as English counts them in words: «fifteenth», «twenty first».
ORDINAL_DAYS = (
    {
        word: day
        for day, word in enumerate(
            [
                "eleventh",
                "twelfth",
                "thirteenth",
                "fourteenth",
                "fifteenth",
                "sixteenth",
                "seventeenth",
                "eighteenth",
                "nineteenth",
                "twentieth",
            ],
            11,
        )
    }
    | {
        f"{tens}{space}{unit}": first + day
        for tens, first in (("twenty", 20), ("thirty", 30))
        for space in (" ", "")
        for day, unit in enumerate(
            ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"], 1
        )
    }
    | {"thirtieth": 30}
)
FIRST_DAYS = _words("premier 1er first الأول أول فاتح")

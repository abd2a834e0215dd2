"""Words for yes and no, months and days in French, Arabic, Darija (both scripts) and English, folded."""

from conversations.answers.fold import fold


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(word) for word in text.split())


YES = _words(
    "oui ouais ouai yes yep yeah yess y o ok okay daccord exact "
    "نعم أجل ايه إيه آه اه واخا اييه موافق بلى wakha waxa iyeh iyyeh iyih ayeh na3am naam"
)
NO = _words("non no nope nan n nn لا كلا لالا lla la lala")
YES_PHRASES = frozenset(map(fold, ("d'accord", "c'est ça", "bien sûr", "of course", "بالطبع", "أكيد")))
NO_PHRASES = frozenset(
    map(fold, ("pas encore", "pas du tout", "not yet", "not at all", "ليس بعد", "مازال", "mazal"))
)
# Courtesy around a yes or a no that changes nothing in it.
COURTESY = _words(
    "merci svp bien sûr tout à fait inchallah nchallah please thanks thank you sir madam madame monsieur "
    "chokran hamdoulah إن شاء الله شكرا طبعا من فضلك الحمد لله"
)
# Words that make a number a limit, a range, or no number at all.
LIMITING = _words(
    "moins plus environ presque entre pas ou ni non sans peu près jusqu virgule point demi "
    "less more about around almost between or not no nearly under over point half "
    "أقل أكثر حوالي تقريبا بين أو ليس لا غير نصف ربع"
)
# Little words that do not tell one choice from another. No word that says no is among them.
LITTLE = _words(
    "un une le la les l des du de d j je ai suis c est en mon ma mes a an the i have am m my is it to "
    "أنا لدي عندي هذا هذه هو هي في"
)
YES_SIGNS = frozenset("👍✅✔")
NO_SIGNS = frozenset("👎❌✖")

# January to December. Moroccan names first, then those of the rest of the Arab world, then abbreviations.
MONTHS = {
    fold(name): number
    for number, names in enumerate(
        (
            "janvier janv jan january يناير كانون_الثاني جانفي",
            "février fevr fév feb february فبراير شباط فيفري",
            "mars mar march مارس آذار",
            "avril avr april apr أبريل ابريل نيسان أفريل",
            "mai may ماي مايو أيار",
            "juin june jun يونيو يونيه حزيران جوان",
            "juillet juil july jul يوليوز يوليو يوليه تموز جويلية",
            "août aout august aug غشت أغسطس آب أوت",
            "septembre sept september sep شتنبر سبتمبر أيلول",
            "octobre oct october أكتوبر تشرين_الأول",
            "novembre nov november نونبر نوفمبر تشرين_الثاني",
            "décembre déc december dec دجنبر ديسمبر كانون_الأول",
        ),
        1,
    )
    for name in names.split()
}

# Days from today.
DAYS = {
    fold(phrase): distance
    for distance, phrases in {
        0: ("aujourd'hui", "aujourdhui", "ajd", "today", "اليوم", "lyoum", "lyom", "liyoum", "ليوم"),
        -1: ("hier", "yesterday", "أمس", "البارح", "البارحة", "lbare7", "lbareh", "lbarh", "lbar7"),
        -2: ("avant-hier", "avant hier", "أول أمس", "أول البارح", "وللبارح", "wel lbare7"),
        1: ("demain", "tomorrow", "غدا", "غداً", "بكرة", "ghedda", "ghda", "gheda"),
        2: ("après-demain", "après demain", "بعد غد", "بعد غدا"),
    }.items()
    for phrase in phrases
}

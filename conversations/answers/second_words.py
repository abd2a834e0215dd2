"""Words of a second thought in French, Arabic, Darija (both scripts) and English, folded."""

from conversations.answers.fold import fold

Phrases = dict[int, frozenset[str]]  # by how many pieces they are written in; the longest first


def _phrases(*phrases: str) -> Phrases:
    lengths = sorted({len(phrase.split()) for phrase in phrases}, reverse=True)
    return {
        length: frozenset(fold(phrase) for phrase in phrases if len(phrase.split()) == length)
        for length in lengths
    }


# What stands behind these is meant, whatever stood before.
CORRECTING = _phrases(
    "pardon", "oups", "je voulais dire", "je veux dire", "je me suis trompé", "je me suis trompée",
    "je me trompe", "me suis trompé", "erreur", "correction", "rectification", "jme suis trompé",
    "mais maintenant", "but now", "but now it's", "ولكن الآن", "لكن الآن", "walakin daba", "ولكن دابا",
    "euh non", "heu non", "oh no", "oups non", "والصحيح", "الصحيح", "le bon c'est",
    "oops", "ops", "i mean", "i meant", "my mistake", "my bad", "no wait", "scratch that",
    "أقصد", "قصدي", "بل", "أعني", "أردت أن أقول", "غلطت", "تصحيح", "بغيت نقول", "قصدت",
    "bghit ngoul", "bghit ngol", "bghit n9ol", "bghit ngoul lik", "9sdi", "ghlet", "ghlat", "glt",
)  # fmt: skip
# These too, but only behind an answer: «désolé, je travaille» takes nothing back.
EXCUSING = _phrases(
    "désolé", "désolée", "dsl", "excusez-moi", "excuse-moi", "excusez moi", "excuse moi", "enfin",
    "plutôt", "en fait",
    "sorry", "actually", "rather", "or rather",
    "عفوا", "آسف", "آسفة", "معذرة", "عذرا", "المعذرة", "بالأحرى",
    "smahli", "sma7li", "smehli", "sme7li", "sm7li", "smah liya", "sma7 liya", "sme7 liya", "smahlia",
    "sma7lia",
    "smah lia", "sma7 lia", "smeh lia", "sme7 lia", "sm7 lia", "سمح ليا", "سمح لي", "سمحليا", "سمحي ليا",
)  # fmt: skip
TAKING_BACK = _phrases(
    "non", "nn", "nan", "no", "nope", "non non", "no no", "la la", "lla lla", "لا لا", "lala", "لالا"
)
DENYING = _phrases("لا", "la", "lla")
# Between two choices: «formation non stage» may deny the second.
BETWEEN_CHOICES = _phrases(
    "non", "nn", "nan", "no", "nope", "non non", "no no", "لا", "لالا", "لا لا", "la", "lla", "lala", "la la"
)
BACK = TAKING_BACK[1] | DENYING[1]
# «pas 4 mais 6», «machi 4, 6»: what stands first is denied.
NOT = frozenset(map(fold, ("pas", "not", "machi", "mashi", "ماشي", "ليس", "ليست")))
BUT = frozenset(map(fold, ("mais", "but", "walakin", "lakin", "ولكن", "لكن", "بل")))
NEITHER = NOT | frozenset(map(fold, ("لا", "ni", "neither", "non", "no", "sans", "بلا", "bla")))
FILLING = _phrases(
    "quoi", "hein", "mdr", "lol", "haha", "hh", "hhh", "ya3ni", "يعني", "oh", "bref", "euh", "heu", "uh",
    "um", "uhm", "hmm", "hm", "say", "disons", "either", "either one", "not both", "bon",
    "alors", "l'un ou l'autre", "comme vous voulez", "comme tu veux", "peu importe", "as you like",
    "whichever",
    "أيهما", "إما", "كما تريدون", "li bghiti", "li bghitou", "اللي بغيتي", "اللي بغيتو", "tout compte fait",
)  # fmt: skip

AND = frozenset(map(fold, ("et", "and", "و", "w", "o", "u", "n")))
OR = frozenset(
    map(
        fold,
        ("ou", "or", "أو", "أم", "soit", "ولا", "ولّا", "aw", "wla", "wlla", "oula", "ola", "wela", "oulla"),
    )
)
MAYBE = frozenset(
    map(fold, ("maybe", "perhaps", "peut-être", "ymken", "yemken", "imken", "ربما", "يمكن", "sinon"))
)
HEDGING = _phrases(
    "je crois", "je pense", "jcrois", "jpense", "j'crois", "je sais plus", "je ne sais plus", "à voir",
    "peut-être", "peut être", "i think", "i guess", "maybe", "perhaps", "probably", "not sure",
    "i'm not sure",
    "أظن", "أعتقد", "ربما", "لست متأكدا", "لا أتذكر", "yemken", "ymken", "imken", "يمكن", "ma3reftch",
    "je sais pas", "كنظن", "kandon", "kanden",
)  # fmt: skip
NEARLY = _phrases(
    "environ", "vers", "autour de", "à peu près", "approximativement", "plus ou moins", "grosso modo", "env",
    "about", "around", "or so", "approximately", "roughly", "more or less", "approx", "circa",
    "حوالي", "تقريبا", "نحو", "قرابة", "ما يقارب", "تقريبن", "حوالى",
    "7wali", "hwali", "7awali", "te9riban", "taqriban", "t9riban", "ta9riban", "takriban",
)  # fmt: skip
# The number is one of something else than was asked, maybe: «100 dh par jour».
RATES = _phrases(
    *(f"{per} {unit}" for per in ("par", "per") for unit in ("jour", "semaine", "an", "heure", "day", "week",
                                                            "year", "hour")),
    "في اليوم", "في الأسبوع", "في السنة", "في الساعة", "f nhar", "f simana", "f l3am", "f sa3a",
    "chaque jour",
)  # fmt: skip
BETWEEN = _phrases("entre", "between", "ما بين", "بين", "مابين", "bin", "mabin", "ma bin", "bayn", "mabine")
# Behind a number no word of these is a thing counted: «5 pardon».
NOT_COUNTED = frozenset(
    word
    for phrases in (CORRECTING, EXCUSING, HEDGING, NEARLY, RATES)
    for ones in phrases.values()
    for phrase in ones
    for word in phrase.split()
)

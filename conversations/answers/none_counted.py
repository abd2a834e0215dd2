"""None of what is counted: «aucun», «pas d'enfants», «none», «ولا واحد», «walo» are 0."""

from conversations.answers.fold import fold
from conversations.answers.framing import AFTER, COUNTED


def _phrases(*phrases: str) -> frozenset[str]:
    return frozenset(map(fold, phrases))


# Alone, or with what is counted behind: «aucun», «aucun enfant».
NOT_ONE = _phrases(
    "aucun", "aucune", "aucuns", "aucunes", "pas un", "pas une", "pas un seul", "pas une seule",
    "je n'en ai aucun", "je n'en ai aucune", "j'en ai aucun", "j'en ai aucune", "je n'ai aucun", "j'ai aucun",
    "none", "not one", "not a single one", "not any", "i have none", "i got none", "i've got none",
    "ولا واحد", "ولا واحدة", "ولا أي", "والو", "حتى واحد", "حتا واحد", "حتى واحدة", "حتا واحدة",
    "ما عندي حتى واحد", "ما عندي والو",
    "walo", "walou", "wallo", "walu", "oualo", "oualou", "7ta wa7ed", "7ta wahed", "7ta wa7d", "7ta wahd",
    "7ta wa7da", "hta wahed", "hta wa7ed", "hta wahd", "ma 3andi 7ta wa7ed", "ma3andi 7ta wa7ed",
    "ma3ndi 7ta wa7ed", "ma3ndi walo", "ma 3ndi walo",
    "ta wa7ed", "ta wahed", "ta wa7d", "تا واحد",
)  # fmt: skip
# Alone only.
NOBODY = _phrases(
    "personne", "aucune personne", "je n'en ai pas", "j'en ai pas", "il n'y en a pas", "y en a pas",
    "nobody", "no one", "noone", "i don't have any", "i do not have any", "i dont have any",
    "لا أحد", "لا يوجد أحد", "حتى حد", "حتا حد", "ما عنديش", "ماعنديش", "معنديش", "ليس لدي", "ليس عندي",
    "7ta 7ed", "hta had", "ma3ndich", "ma3andich", "ma 3ndich", "ma 3andich", "ma3endich",
)  # fmt: skip
# In front of people only: «sans emploi» and «pas de stage» count nothing.
WITHOUT = _phrases(
    "pas d'", "pas de", "sans", "je n'ai pas de", "je n'ai pas d'", "j'ai pas de", "j'ai pas d'",
    "no", "i have no", "i've no", "i got no", "i've got no", "i don't have any", "i don't have", "without",
    "i do not have", "i dont have", "i do not have any", "i dont have any",
    "ليس لدي", "ليس عندي", "ليس لدينا", "لا يوجد", "لا يوجد لدي", "بدون", "بلا", "ما عندي", "ما عنديش",
    "ماعنديش", "معنديش",
    "ma3ndich", "ma3andich", "ma 3ndich", "ma 3andich", "ma3endich", "bla", "ma3ndi", "ma 3ndi",
)  # fmt: skip
PEOPLE = _phrases(
    "enfant", "enfants", "fils", "fille", "filles", "garçon", "garçons", "bébé", "bébés", "frère", "frères",
    "soeur", "soeurs", "employé", "employés", "salarié", "salariés",
    "kid", "kids", "child", "children", "son", "sons", "daughter", "daughters", "boy", "boys",
    "girl", "girls", "baby", "babies", "brother", "brothers", "sister", "sisters", "employee",
    "employees", "workers",
    "طفل", "أطفال", "ولد", "أولاد", "وليدات", "دراري", "الدراري", "الولاد", "ولاد", "بنت", "بنات", "ابن",
    "أبناء", "أخ", "إخوة", "أخت", "أخوات", "wlad", "wlidat", "drari", "bnat", "weld", "oulad",
)  # fmt: skip
LONGEST = 8  # words


def counts_none(text: str) -> bool:
    """Whether the text says that there is none of what is asked for.

    >>> [counts_none(text) for text in ("aucun", "pas d'enfants", "aucune idée", "non", "sans emploi")]
    [True, True, False, False, False]
    """
    words = fold(text).split()
    if not 0 < len(words) <= LONGEST:
        return False
    while len(words) > 1 and words[-1] in AFTER:
        words = words[:-1]
    said, before, last = " ".join(words), " ".join(words[:-1]), words[-1]
    counted = (last in COUNTED and before in NOT_ONE) or (last in PEOPLE and before in NOT_ONE | WITHOUT)
    return said in NOT_ONE or said in NOBODY or counted

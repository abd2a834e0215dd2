"""Other words for what most lists offer: «الخدمة» for «عمل», «boulot» for «Emploi»."""

from collections.abc import Sequence

from conversations.answers.choice_words import LITTLE, STANCES
from conversations.answers.fold import fold


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(word) for word in text.split())


WORK = _words(
    "emploi emplois travail travaille boulot taf job jobs work employment travailler خدمة شغل عمل وظيفة "
    "khedma khdma khadma lkhedma lkhdma chghol choghl"
)
WORKING = _words("travaille travailler working work أعمل نعمل khdam khdama خدام خدامة كنخدم")
TRAINING = _words(
    "formation formations training trainings تكوين takwin tekwin takwine ltakwin formasyon formassion"
)
INTERNSHIP = _words("stage stages staj internship internships تدريب سطاج ستاج staage stagiaire intern")
BUSINESS = _words(
    "entreprise business projet مقاولة مشروع mchrou3 machrou3 mechrou3 lmachrou3 mo9awala moqawala بيزنس"
)
WOMAN = _words(
    "femme femmes woman women female fille girl lady dame madame mme féminin féminine "
    "امرأة أنثى بنت فتاة سيدة شابة مرا mra bent lbent"
)
MAN = _words(
    "homme hommes man men male garçon gars mec boy guy monsieur masculin "
    "رجل ذكر ولد شاب راجل rajel rajl weld lweld"
)
GROUPS = (WORK, TRAINING, INTERNSHIP, BUSINESS, WOMAN, MAN)
# Around them in a label they change nothing.
BESIDE = _words("création créer own new إنشاء")
# In Morocco «تدريب» is an internship, further east a training: it stands for no other word.
UNSURE = _words("تدريب")


def by_synonym(text: str, labels: Sequence[str]) -> list[int]:
    """The place of the one label that another word for the same thing means; empty if there is not just one.

    >>> by_synonym("le boulot", ["Emploi", "Formation"]), by_synonym("الخدمة", ["عمل", "تكوين"])
    ([0], [0])
    >>> by_synonym("un garçon", ["Une femme", "Un homme"]), by_synonym("أنثى", ["امرأة", "رجل"])
    ([1], [0])
    >>> by_synonym("job", ["J'ai un emploi", "Je cherche du travail"]), by_synonym("pas de job", ["Emploi"])
    ([], [])
    """
    said = _telling(text)
    if len(said) != 1 or said[0] in UNSURE:
        return []
    for group in GROUPS:
        if said[0] in group:
            held = [place for place, label in enumerate(labels) if not group.isdisjoint(_bare(label))]
            sure = [place for place in held if group | BESIDE >= set(_bare(labels[place]))]
            return sure if len(held) == 1 else []
    return []


def about_work(text: str, labels: Sequence[str]) -> list[int]:
    """«je travaille» may mean any choice about work, not only «... à mon compte»; empty if it may not.

    >>> about_work("je travaille", ["J'ai un emploi", "Je travaille à mon compte", "Rien"])
    [0, 1]
    """
    if len(said := _bare(text)) != 1 or said[0] not in WORKING:
        return []
    return [place for place, label in enumerate(labels) if not (WORK | WORKING).isdisjoint(_bare(label))]


def _telling(text: str) -> list[str]:
    """The words of a text that say what is chosen: stances say nothing, «je veux travailler»."""
    return [word for word in _bare(text) if word not in STANCES] or _bare(text)


def _bare(text: str) -> list[str]:
    words = [_without_article(word) for word in fold(text).split()]
    return [word for word in words if word not in LITTLE]


def _without_article(word: str) -> str:
    return word.removeprefix("ال") if len(word) > 4 else word

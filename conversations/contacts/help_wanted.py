"""Whether an answer to «do you need help?» asks for any. In doubt it does: then a human reads it."""

from conversations.answers import clean, fold, yes_no
from conversations.answers.choice_words import DONT_KNOW, NONE

ALL_WELL = frozenset(
    fold(words)
    for words in (
        *(
            "pas besoin",
            "je n'ai pas besoin",
            "je n'ai besoin de rien",
            "besoin de rien",
            "ça va",
            "tout va bien",
        ),
        *(
            "ça va merci",
            "non ça va",
            "non ça va merci",
            "pas pour le moment",
            "pas maintenant",
            "rien merci",
        ),
        *(
            "no need",
            "i don't need anything",
            "i'm fine",
            "all good",
            "nothing for now",
            "not now",
            "not for now",
        ),
        *("لا حاجة", "لا أحتاج", "لا أحتاج شيئا", "لا أحتاج إلى شيء", "كل شيء بخير", "ليس الآن", "لا شكرا"),
        *("ما محتاج والو", "ما خاصني والو", "makhasni walo", "ma khasni walo", "kolchi bikhir", "كلشي بخير"),
    )
)


def asks_for_help(said: str) -> bool:
    """Whether somebody should look into it: what is needed in words, or a yes.

    >>> [asks_for_help(text) for text in ("un logement", "yes", "non, mais un logement", "urgent")]
    [True, True, True, True]
    >>> [asks_for_help(text) for text in ("", "no", "non merci", "لا", "walo", "Ça va, merci !")]
    [False, False, False, False, False, False]
    """
    words = fold(clean(said))
    return bool(words) and yes_no(said) is not False and words not in NONE | DONT_KNOW | ALL_WELL

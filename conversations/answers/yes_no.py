"""A yes or a no in French, Arabic, Darija (both scripts) and English, or by thumb."""

import re

from conversations.answers.agreement_words import (
    ABOUT_WORK,
    AFTER_NO,
    AGREEING,
    COURTESY,
    DENYING,
    DONE_IN_DARIJA,
    FIRM_NO,
    FIRM_YES,
    NEGATING,
    NO,
    NO_OBSTACLE,
    NO_PHRASES,
    NO_SIGNS,
    NOT_DONE,
    NOT_NOW,
    OPENING,
    STOPPED,
    TELLING,
    TELLING_PHRASES,
    UNSETTLING,
    UNSURE_SIGNS,
    YES,
    YES_IN_ARABIC_ONLY,
    YES_PHRASES,
    YES_SIGNS,
)
from conversations.answers.choice_words import NEGATIONS
from conversations.answers.clean import clean
from conversations.answers.fold import fold
from conversations.vocabulary import Language

DRAWN_OUT = re.compile(r"(.)\1{2,}")  # «ouiiii»
DOUBLED = re.compile(r"(.)\1+")
ASKING = ("?", "؟")
SHORT = 2  # letters; «ooo» is not a drawn-out «o»


def yes_no(text: str, language: Language | None = None) -> bool | None:
    """True for a yes, False for a no, None for anything else: also for both at once, and for a «perhaps».

    >>> yes_no("Oui, bien sûr !"), yes_no("لا شكرا"), yes_no("👍"), yes_no("oui et non"), yes_no("I know")
    (True, False, True, None, None)
    >>> yes_no("ouiiii"), yes_no("ah", Language.ARABIC), yes_no("ah", Language.FRENCH), yes_no("non 👍")
    (True, True, None, None)
    """
    sign = _sign(text)
    said = fold(text)
    if not said:
        return sign
    if clean(text).endswith(ASKING):  # «oui ?» asks what is wanted
        return None
    answer = _in_words(said, language)
    return None if answer is None or sign == (not answer) or _contradicted(text) else answer


def _in_words(said: str, language: Language | None) -> bool | None:
    words = said.split(" ")
    answer = _of_words(words, language)
    while answer is None and len(words) > 1 and words[0] in OPENING:
        words = words[1:]
        answer = _of_words(words, language)
    return answer


def _of_words(words: list[str], language: Language | None) -> bool | None:
    said = " ".join(words)
    if said in YES_PHRASES or said in NO_PHRASES:
        return said in YES_PHRASES
    first, *others = words
    rest = " ".join(others)
    if _is(first, YES) or (language is Language.ARABIC and first in YES_IN_ARABIC_ONLY):
        agreed = rest in YES_PHRASES or all(_is(word, YES) or word in COURTESY for word in others)
        return True if agreed or (first in FIRM_YES and _tells_more(others) and not _denies(others)) else None
    if _is(first, NO):
        refused = (
            rest in NO_PHRASES
            or rest in NOT_NOW
            or all(_is(word, NO) or word in COURTESY | AFTER_NO for word in others)
        )
        if refused:
            agreed = rest in YES_PHRASES or rest in AGREEING
            return None if agreed or "bien" in others[:1] else False
        told = (
            (_tells_more(others) and not _denies_an_end(others))
            or _tells_an_end(others)
            or _denies_too(others)
        )
        return False if first in FIRM_NO and told else None
    return None


def _denies(words: list[str]) -> bool:
    still = 2 if " ".join(words[:2]) in TELLING_PHRASES else 0  # «ما زلت»
    return not NEGATIONS.isdisjoint(words[still:])


def _tells_more(words: list[str]) -> bool:
    """Whether a statement follows that unsettles nothing: «oui je travaille toujours», not «oui mais non»."""
    told = " ".join(words[:1]) in TELLING or " ".join(words[:2]) in TELLING_PHRASES
    unsettling = UNSETTLING | NO_OBSTACLE
    unsettled = any(word in unsettling or _is(word, YES) or _is(word, NO - NEGATING) for word in words)
    return told and not unsettled and not ABOUT_WORK.isdisjoint(words)


def _tells_an_end(words: list[str]) -> bool:
    """«non j'ai arrêté»; but «non j'ai pas arrêté» may deny the very end."""
    told = words[:1] and (words[0] in TELLING or words[0] in STOPPED)
    unsettled = any(word in UNSETTLING | DENYING or _is(word, YES) or _is(word, NO) for word in words)
    return bool(told) and not unsettled and not STOPPED.isdisjoint(words)


def _denies_an_end(words: list[str]) -> bool:
    """«non je n'ai pas perdu mon travail» says that it goes on."""
    return not DENYING.isdisjoint(words) and not STOPPED.isdisjoint(words)


def _denies_too(words: list[str]) -> bool:
    """«لا لم أذهب بعد», «no I didn't go»: a no and what was not done say the same."""
    begun = any(" ".join(words[:length]) in NOT_DONE for length in range(1, 6))
    in_darija = len(words) > 1 and words[0] in ("ما", "ma") and words[1].endswith(DONE_IN_DARIJA)
    unsettling = UNSETTLING | NO_OBSTACLE | STOPPED
    unsettled = any(word in unsettling or _is(word, YES) or _is(word, NO - NEGATING) for word in words)
    return (begun or in_darija) and not unsettled


def _is(word: str, words: frozenset[str]) -> bool:
    """Whether it is one of the words, maybe drawn out."""
    if word in words:
        return True
    short = DRAWN_OUT.sub(r"\1", word)
    return short != word and len(short) >= SHORT and (short in words or DOUBLED.sub(r"\1", word) in words)


def _contradicted(text: str) -> bool:
    """A thumb up and a thumb down, or a shrug."""
    signs = set(clean(text))
    return bool(signs & UNSURE_SIGNS) or (bool(signs & YES_SIGNS) and bool(signs & NO_SIGNS))


def _sign(text: str) -> bool | None:
    signs = set(clean(text))
    yes, no = bool(signs & YES_SIGNS), bool(signs & NO_SIGNS)
    return yes if yes != no else None

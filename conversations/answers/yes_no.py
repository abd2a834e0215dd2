"""A yes or a no in French, Arabic, Darija (both scripts) and English, or by thumb."""

from conversations.answers.clean import clean
from conversations.answers.fold import fold
from conversations.answers.words import COURTESY, NO, NO_PHRASES, NO_SIGNS, YES, YES_PHRASES, YES_SIGNS


def yes_no(text: str) -> bool | None:
    """True for a yes, False for a no, None for anything else: also for both at once.

    >>> yes_no("Oui, bien sûr !"), yes_no("لا شكرا"), yes_no("👍"), yes_no("oui et non"), yes_no("I know")
    (True, False, True, None, None)
    """
    said = fold(text)
    if not said:
        return _sign(text)
    if said in YES_PHRASES or said in NO_PHRASES:
        return said in YES_PHRASES
    first, *others = said.split(" ")
    for answer, words in ((True, YES), (False, NO)):
        if first in words and all(word in words or word in COURTESY for word in others):
            return answer
    return None


def _sign(text: str) -> bool | None:
    signs = set(clean(text))
    yes, no = bool(signs & YES_SIGNS), bool(signs & NO_SIGNS)
    return yes if yes != no else None

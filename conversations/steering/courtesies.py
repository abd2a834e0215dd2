"""Greetings, thanks and nods: kind words that nobody of the team needs to read."""

from enum import StrEnum
from functools import cache
from unicodedata import category

from conversations.answers import clean, fold


class Courtesy(StrEnum):
    """What a message is that says nothing more."""

    GREETING = "greeting"
    THANKS = "thanks"
    NOD = "nod"  # «ok», a bare yes or no where nothing was asked


WORDS = {
    Courtesy.GREETING: "bonjour bonsoir salut coucou hello hi hey morning afternoon evening"
    " bjr bsr slt cc salam slm سلام السلام مرحبا اهلا",
    Courtesy.THANKS: "merci mrc mci thanks thank thx شكرا choukran chokran shukran 🙏 ❤",
    Courtesy.NOD: "ok okay oki accord daccord compris reçu parfait super entendu oui non yes no yep nope"
    " alright great understood نعم لا حسنا طيب تمام واخا ايه صافي مزيان wakha waxa iyyeh safi mzyan"
    " 👍 👌 ✅ 🙂 😊 😀",
}
BESIDES = (
    "a tous good toi you et le la cher chere bien d عليكم بكم جزيلا لك بزاف bezzaf bzaf beaucoup very much so"
)
LONGEST = 4  # words; whoever writes more has something to say


@cache
def _known() -> dict[str, Courtesy]:
    return {fold(word) or word: kind for kind, words in WORDS.items() for word in words.split()}


@cache
def _besides() -> frozenset[str]:
    return frozenset(map(fold, BESIDES.split()))


def courtesy_in(text: str) -> Courtesy | None:
    """What the message is, if it is nothing but a courtesy; the first one counts.

    >>> [str(courtesy_in(text)) for text in ("Salam !", "ok merci", "🙏🙏", "good morning")]
    ['greeting', 'nod', 'thanks', 'greeting']
    >>> courtesy_in("bonjour, je suis malade"), courtesy_in("hello 😭"), courtesy_in("bien")
    (None, None, None)
    """
    said = clean(text)[:80]
    words = fold(said).split()
    parts = [*words, *(sign for sign in said if category(sign) == "So")]  # pictures
    kinds = [_known()[part] for part in parts if part in _known()]
    polite = len(words) <= LONGEST and all(part in _known() or part in _besides() for part in parts)
    return kinds[0] if kinds and polite else None


def is_greeting(text: str) -> bool:
    """Whether a message only greets or thanks.

    >>> is_greeting("Salam !"), is_greeting("السلام عليكم"), is_greeting("non")
    (True, True, False)
    """
    return courtesy_in(text) in (Courtesy.GREETING, Courtesy.THANKS)

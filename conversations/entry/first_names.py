"""The first name in how someone introduces themselves."""

from functools import cache

from conversations.answers import clean, fold, yes_no
from conversations.answers.agreement_words import FIRM_NO, FIRM_YES
from conversations.answers.choice_words import DONT_KNOW
from conversations.steering.commands import command_in
from conversations.steering.courtesies import is_greeting
from conversations.steps.kinds import kind_named

MOST_WORDS = 4  # of a first name; more are a sentence
LONGEST = 4  # words of an opening, however they are cut
BEHIND = ("et", "and", "و", "from", "du", "من", "mn", "men")  # what follows a name in a sentence

# What people write before their name, in the languages we speak and in Darija.
OPENINGS = (
    "je m'appelle",
    "moi c'est",
    "mon prénom est",
    "mon nom est",
    "je suis",
    "c'est",
    "my first name is",
    "my name is",
    "i am",
    "i'm",
    "اسمي الشخصي هو",
    "اسمي هو",
    "اسمي",
    "إسمي",
    "سميتي",
    "أنا",
    "انا",
    "smiti",
    "smiyti",
)


def first_name(text: str) -> str:
    """The name without the words that lead to it; all of the text where nothing would be left.

    >>> first_name("Je m’appelle Awa !"), first_name("سميتي أمينة"), first_name("my name is Joy and I sew")
    ('Awa', 'أمينة', 'Joy')
    >>> first_name("je m appelle Ibrahima"), first_name("im Joy")
    ('Ibrahima', 'Joy')
    >>> first_name("Cestin"), first_name("I am")
    ('Cestin', 'I am')
    """
    said = clean(text)
    name = _introduced(said)
    return name or said


def _introduced(said: str) -> str:
    """The name behind the words that lead to it; empty where there are none."""
    words = said.split()
    leading = [count for count in range(1, LONGEST + 1) if _joined(" ".join(words[:count])) in _openings()]
    if not leading:
        return ""
    name = words[leading[-1] :]
    until = next((place for place, word in enumerate(name) if word.casefold() in BEHIND), len(name))
    return " ".join(name[:until]).strip(" !.,:;،")


@cache
def _openings() -> frozenset[str]:
    return frozenset(map(_joined, OPENINGS))


def _joined(words: str) -> str:
    """The letters alone: «je m appelle», «je mappelle» and «Je m’appelle» are one."""
    return "".join(filter(str.isalpha, words.casefold()))


def is_plainly_no_name(text: str) -> bool:
    """Whether this is another sort of message: a yes or no, a word that steers, figures, a sentence.

    >>> [is_plainly_no_name(text) for text in ("oui", "12", "bonjour", "travail", "je ne sais pas")]
    [True, True, True, True, True]
    >>> is_plainly_no_name("pourquoi pas, oui"), is_plainly_no_name("no problem")
    (True, True)
    >>> [is_plainly_no_name(text) for text in ("Awa", "أمينة", "je m'appelle Marie Claire Ama Adjoa")]
    [False, False, False]
    """
    said = clean(text)
    name = first_name(said)
    if not any(map(str.isalpha, name)):
        return True
    if yes_no(said) is not None or command_in(said) or kind_named(said) or is_greeting(said):
        return True
    words = fold(said).split()
    if len(words) > 1 and name == said and not (FIRM_YES | FIRM_NO).isdisjoint(words):
        return True
    return fold(said) in DONT_KNOW or (name == said and len(said.split()) > MOST_WORDS)

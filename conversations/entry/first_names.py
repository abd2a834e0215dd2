"""The first name in how someone introduces themselves."""

from conversations.answers import clean, fold, yes_no
from conversations.answers.choice_words import DONT_KNOW
from conversations.steering.commands import command_in
from conversations.steering.courtesies import is_greeting
from conversations.steps.kinds import kind_named

MOST_WORDS = 4  # of a first name; more are a sentence
AND = ("et", "and", "و")  # what comes behind a name in a sentence

# What people write before their name, in the languages we speak and in Darija; compared without case.
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
    >>> first_name("Cestin"), first_name("I am")
    ('Cestin', 'I am')
    """
    said = clean(text)
    name = _introduced(said)
    return name or said


def _introduced(said: str) -> str:
    """The name behind the words that lead to it; empty where there are none."""
    plain = said.replace("’", "'").casefold()
    for opening in OPENINGS:
        if plain.startswith(f"{opening} "):
            words = said[len(opening) :].split()
            until = next((place for place, word in enumerate(words) if word.casefold() in AND), len(words))
            return " ".join(words[:until]).strip(" !.,:;،")
    return ""


def is_plainly_no_name(text: str) -> bool:
    """Whether this is another sort of message: a yes or no, a word that steers, figures, a sentence.

    >>> [is_plainly_no_name(text) for text in ("oui", "12", "bonjour", "travail", "je ne sais pas")]
    [True, True, True, True, True]
    >>> [is_plainly_no_name(text) for text in ("Awa", "أمينة", "je m'appelle Marie Claire Ama Adjoa")]
    [False, False, False]
    """
    said = clean(text)
    name = first_name(said)
    if not any(map(str.isalpha, name)):
        return True
    if yes_no(said) is not None or command_in(said) or kind_named(said) or is_greeting(said):
        return True
    return fold(said) in DONT_KNOW or (name == said and len(said.split()) > MOST_WORDS)

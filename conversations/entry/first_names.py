"""The first name in how someone introduces themselves."""

from conversations.answers import clean

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

    >>> first_name("Je m’appelle Awa !"), first_name("سميتي أمينة"), first_name("my name is Joy")
    ('Awa', 'أمينة', 'Joy')
    >>> first_name("Cestin"), first_name("I am")
    ('Cestin', 'I am')
    """
    said = clean(text)
    plain = said.replace("’", "'").casefold()
    for opening in OPENINGS:
        if plain.startswith(f"{opening} "):
            return said[len(opening) :].strip(" !.,:;،") or said
    return said

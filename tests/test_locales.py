"""Every text stands in every language, with every placeholder, and is used."""

import re
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message

from conversations.messages import Say
from conversations.render.catalogue import say
from conversations.vocabulary import Language
from locales import DOMAINS, LANGUAGES, read_catalogue

ROOT = Path(__file__).parent.parent
LONGEST = 300  # characters of a message that a participant reads (docs/texts.md)
# Verbs that speak to a man alone (docs/texts.md): imperatives and the second person where writing shows it.
TO_A_MAN = {
    *("اكتب", "أرسل", "اختر", "اضغط", "انقر", "انتظر"),
    *("تريد", "توافق", "تستطيع", "ترغب", "تحب", "تفضل", "تعرف", "تقدر"),
}

# Ids that the code puts together: codes of steps, the command menu, the phone page.
COMPOSED = re.compile(
    r"(?:courtesy|summary|document|kind|situation|step|step_line|propose|matter|course_language|search_step)\.\w+"
    r"|telegram\.command\.\w+|phone\.\w+"
    r"|workshop\.(?:invite|remind|line|short|(?:answer|noted|state)_\w+)|weekday\.\d"
    r"|report\.reply\.\w+|template\.\w+|library\.[\w-]+"
)


def messages(language: str, domain: str) -> dict[str, Message]:
    return {_id(message): message for message in read_catalogue(language, domain) if message.id}


def _id(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def texts(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("domain", DOMAINS)
def test_all_languages_have_the_same_texts(domain: str) -> None:
    ids = {language: set(messages(language, domain)) for language in LANGUAGES}
    assert ids["fr"] == ids["en"] == ids["ar"]


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_in_every_plural_form(language: str, domain: str) -> None:
    forms = {"fr": 2, "en": 2, "ar": 6}[language]
    for id, message in messages(language, domain).items():
        assert all(text.strip() for text in texts(message)), id
        assert not message.fuzzy, id
        assert len(texts(message)) == (forms if message.pluralizable else 1), id


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_placeholder_survives_translation(domain: str) -> None:
    reference = messages("en", domain)
    for language in LANGUAGES:
        for id, message in messages(language, domain).items():
            wanted = placeholders(texts(reference[id])[-1])
            for text in texts(message):
                found = placeholders(text)
                # «one» and «two» may say the number in words
                assert found == wanted or (found == wanted - {"n"} and len(texts(message)) > 1), (
                    language,
                    id,
                )


def test_arabic_counts_as_arabic_does() -> None:
    """CLDR: zero, one, two, 3-10 few, 11-99 many, 100 other (Babel's `ar_MA` swaps the last two)."""
    form = read_catalogue("ar", "chat").plural_expr
    assert "n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5" in form
    counted = {n: say(Say("logbook.title", {"n": n}), Language.ARABIC) for n in (0, 1, 2, 3, 11, 100)}
    forms = texts(messages("ar", "chat")["logbook.title"])
    assert [counted[n] for n in (0, 1, 2, 3, 11, 100)] == [
        text.format(n=n) for n, text in zip((0, 1, 2, 3, 11, 100), forms, strict=True)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_participants_read_is_short(language: str) -> None:
    long = [
        id for id, message in messages(language, "chat").items() if max(map(len, texts(message))) > LONGEST
    ]
    assert long == []


def test_every_text_for_participants_is_used() -> None:
    sources = [
        path.read_text()
        for package in ("bot", "conversations", "storage")
        for path in (ROOT / package).rglob("*.py")
    ]
    quoted = {id for source in sources for id in re.findall(r"\"([a-z_]+(?:\.[a-z_]+)*)\"", source)}
    unused = [id for id in messages("en", "chat") if id not in quoted and not COMPOSED.fullmatch(id)]
    assert unused == []


def test_a_text_that_does_not_exist_is_noticed() -> None:
    with pytest.raises(KeyError):
        say(Say("no.such.text"), Language.FRENCH)


def test_arabic_speaks_to_everyone() -> None:
    for id, message in messages("ar", "chat").items():
        for text in texts(message):
            spoken = {word.strip("«»؟.،:!") for word in text.split()}
            assert not spoken & TO_A_MAN, id

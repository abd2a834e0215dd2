"""A choice is made by number, label or near-match; yes and no in the words people use."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.answers import Ambiguous, Chosen, Refusal, choose, choose_several, yes_no
from conversations.forms import Option
from conversations.messages import Say
from conversations.vocabulary import Language

FR = Language.FRENCH


def offered(*labels: str) -> tuple[Option, ...]:
    return tuple(Option(str(number), label) for number, label in enumerate(labels, 1))


TOWNS = offered("Rabat", "Salé", "Témara", "Kénitra", "Sidi Kacem", "Sidi Slimane", "Autre ville")
TOWNS_IN_ARABIC = offered("الرباط", "سلا", "تمارة", "القنيطرة", "مدينة أخرى")
GENDER = offered("Une femme", "Un homme", "Autre", "Je préfère ne pas répondre")
LADDER = offered("0", "1", "2", "3")


@pytest.mark.parametrize(
    ("text", "options", "name"),
    [
        ("2", TOWNS, "2"),
        ("2.", TOWNS, "2"),
        ("٢", TOWNS, "2"),
        ("۲", TOWNS, "2"),
        ("la 2", TOWNS, "2"),
        ("رقم 2", TOWNS, "2"),
        ("salé", TOWNS, "2"),
        ("SALE", TOWNS, "2"),
        (" Salé ! ", TOWNS, "2"),
        ("Kenitre", TOWNS, "4"),
        ("tamara", TOWNS, "3"),
        ("sidi kassem", TOWNS, "5"),
        ("القنيطره", TOWNS_IN_ARABIC, "4"),
        ("ســلا", TOWNS_IN_ARABIC, "2"),
        ("رباط", TOWNS_IN_ARABIC, "1"),
        ("مدينه اخرى", TOWNS_IN_ARABIC, "5"),
        ("femme", GENDER, "1"),
        ("je suis un homme", GENDER, "2"),
        ("3", LADDER, "4"),
        ("٠", LADDER, "1"),
    ],
)
def test_one_choice_is_found(text: str, options: tuple[Option, ...], name: str) -> None:
    assert choose(text, options, FR) == name


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("8", TOWNS),
        ("0", TOWNS),
        ("-1", TOWNS),
        ("99999999999", TOWNS),
        ("sidi", TOWNS),
        ("ra", TOWNS),
        ("Casablanca", TOWNS),
        ("1 2", TOWNS),
        ("1, 2", TOWNS),
        ("", TOWNS),
        ("👍", TOWNS),
        ("un", offered("Un", "un")),
    ],
)
def test_what_is_not_clearly_one_choice_is_asked_again(text: str, options: tuple[Option, ...]) -> None:
    assert choose(text, options, FR) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("1, 3", ("1", "3")),
        ("3,1", ("1", "3")),
        ("1 3", ("1", "3")),
        ("1 et 3", ("1", "3")),
        ("1 and 3", ("1", "3")),
        ("١ و ٣", ("1", "3")),
        ("١ و٣", ("1", "3")),
        ("١، ٣", ("1", "3")),
        ("1,1,1", ("1",)),
        ("2", ("2",)),
        ("sale et kenitra", ("2", "4")),
        ("Rabat\nSalé", ("1", "2")),
        ("1, kenitra", ("1", "4")),
    ],
)
def test_several_choices_are_found(text: str, names: tuple[str, ...]) -> None:
    assert choose_several(text, TOWNS, FR) == Chosen(names)


def test_a_label_with_and_in_it_is_one_choice() -> None:
    assert choose_several("cuisine et service", offered("Cuisine et service", "Cuisine"), FR) == Chosen(
        ("1",)
    )


def test_arabic_labels_joined_by_an_attached_and_are_two_choices() -> None:
    assert choose_several("سلا والرباط", TOWNS_IN_ARABIC, FR) == Chosen(("1", "2"))


def test_a_number_out_of_range_is_refused_with_the_range() -> None:
    expected = Refusal(Say("answer.out_of_range", {"n": 7}))
    assert choose_several("8", TOWNS, FR) == choose_several("1, 8", TOWNS, FR) == expected


def test_one_part_that_is_no_choice_refuses_the_whole() -> None:
    assert choose_several("1, Casablanca", TOWNS, FR) == Refusal(Say("answer.not_choices", {"n": 7}))


def test_a_dash_may_be_a_range_or_a_list_and_is_asked_about() -> None:
    readings = (Chosen(("1", "2", "3")), Chosen(("1", "3")))
    assert choose_several("1-3", TOWNS, FR) == Ambiguous(readings)
    assert choose_several("1 à 3", TOWNS, FR) == Chosen(("1", "2", "3"))
    assert choose_several("1-2", TOWNS, FR) == Chosen(("1", "2"))


def test_all_but_some_is_the_rest() -> None:
    assert choose_several("tous sauf 2 et 7", TOWNS, FR) == Chosen(("1", "3", "4", "5", "6"))


@pytest.mark.parametrize(
    "text",
    ["Casablanca", "-1", ",", "tous sauf Casablanca", "sauf 2", "1 ou 3", "٢ أو ٣", "ni 1 ni 2", "pas le 2"],
)
def test_what_is_not_clearly_a_list_of_choices_is_asked_again(text: str) -> None:
    assert choose_several(text, TOWNS, FR) == Refusal(Say("answer.not_choices", {"n": 7}))


@pytest.mark.parametrize(
    "text",
    [
        "oui",
        "Oui !",
        "OUI bien sûr",
        "oui merci",
        "ouais",
        "yes",
        "Yes please",
        "ok",
        "d'accord",
        "c'est ça",
        "نعم",
        "نــعــم",
        "نعم إن شاء الله",
        "إيه",
        "واخا",
        "wakha",
        "iyyeh",
        "👍",
        "👍🏽",
        "oui oui",
        "y",
        "o",
    ],
)
def test_yes_in_the_words_people_use(text: str) -> None:
    assert yes_no(text) is True


@pytest.mark.parametrize(
    "text",
    ["non", "Non merci", "no", "nope", "n", "لا", "لا شكرا", "كلا", "lla", "👎", "pas encore", "ليس بعد"],
)
def test_no_in_the_words_people_use(text: str) -> None:
    assert yes_no(text) is False


@pytest.mark.parametrize(
    "text", ["oui et non", "peut-être", "I know", "nous", "", "👍👎", "no problem", "oui mais non"]
)
def test_neither_yes_nor_no_is_not_guessed(text: str) -> None:
    assert yes_no(text) is None


def test_words_for_yes_and_no_choose_where_the_choices_are_a_yes_and_a_no() -> None:
    two = offered("نعم", "لا")
    assert choose("wakha", two, Language.ARABIC) == "1"
    assert choose("👎", two, Language.ARABIC) == "2"
    assert choose("wakha", offered("نعم", "لا", "لا أدري"), Language.ARABIC) is None


@given(st.text(), st.lists(st.text(max_size=12), max_size=6))
@settings(deadline=None)  # the machine may be busy
def test_no_text_and_no_label_breaks_choosing(text: str, labels: list[str]) -> None:
    options = offered(*labels)
    one = choose(text, options, FR)
    assert one is None or one in {option.name for option in options}
    several = choose_several(text, options, FR)
    assert not isinstance(several, Chosen) or set(several.names) <= {option.name for option in options}


@pytest.mark.parametrize("words", ["garçon", "jsui un garcon", "male", "I am a boy", "ذكر", "rajel"])
def test_a_man_says_so_in_other_words(words: str) -> None:
    assert choose(words, GENDER, Language.FRENCH) == "2"


@pytest.mark.parametrize("words", ["fille", "female", "أنثى", "mra", "madame"])
def test_a_woman_says_so_in_other_words(words: str) -> None:
    assert choose(words, GENDER, Language.FRENCH) == "1"


COUNTRIES = offered("Côte d’Ivoire", "Cameroun", "République démocratique du Congo", "Congo", "Autre pays")


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("camerounais", "2"),
        ("je suis ivoirienne", "1"),
        ("RDC", "3"),
        ("ivory coast", "1"),
        ("kinshasa", "3"),
    ],
)
def test_a_people_or_a_capital_stands_for_its_country(words: str, name: str) -> None:
    assert choose(words, COUNTRIES, Language.FRENCH) == name


@pytest.mark.parametrize("words", ["congolais", "pas camerounais", "guinéen", "ma mère est ivoirienne"])
def test_what_may_be_two_countries_or_none_is_not_taken(words: str) -> None:
    assert choose(words, COUNTRIES, Language.FRENCH) is None

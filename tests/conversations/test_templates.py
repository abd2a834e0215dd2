"""Templates: what their names say, what is put into them, and which of them a message takes."""

import pytest

from conversations.messages import Argument, Choice, Day, Prompt, PromptKind, Say, Verbatim
from conversations.render.catalogue import say
from conversations.templates.choosing import ByTemplate, choose
from conversations.templates.purposes import OPENINGS, Purpose, purposes_of, read_name
from conversations.templates.template import Approval, Template
from conversations.templates.values import Unfit, fill, values_of
from conversations.vocabulary import Language

FRENCH, ARABIC = Language.FRENCH, Language.ARABIC
WHEN = Say("workshop.when", {"weekday": Say("weekday.4"), "day": Day("2026-11-26"), "hour": "14:00"})
TOLD: dict[str, Argument] = {"title": "Faire son CV", "when": WHEN, "place": "Salle 2, Salé"}
INVITED = Prompt(
    PromptKind.NOTICE,
    (Say("workshop.invite", TOLD), Say("workshop.come_ask")),
    (Choice("yes", Say("workshop.answer_coming")), Choice("no", Say("workshop.answer_not_coming"))),
    token="abc123",
)
ASKED = Prompt(PromptKind.NUDGE, (Say("checkin.hello"), Verbatim("Travaillez-vous chez Atlas ?")))


def template(name: str, body: str, approval: Approval = Approval.APPROVED, refused: str = "") -> Template:
    return Template(f"HX{name}", name, approval, body, refused=refused)


def broadcast(text: str) -> Prompt:
    return Prompt(PromptKind.BROADCAST, (Verbatim(text),))


def test_every_opening_is_a_text_of_ours() -> None:
    assert all(say(Say(opening, TOLD), FRENCH) for opening in OPENINGS)


@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize("language", Language)
def test_the_name_says_what_a_template_is_for(purpose: Purpose, language: Language) -> None:
    named = read_name(f"carnet_{purpose}_{language}")
    assert named is not None
    assert (named.purpose, named.language, named.version) == (purpose, language, 1)
    newer = read_name(f"carnet_{purpose}_{language}_v12")
    assert newer is not None
    assert newer.version == 12


@pytest.mark.parametrize("name", ["", "carnet_fr", "carnet_check_in_es", "carnet_check_in_fr_2", "x carnet"])
def test_other_names_are_none_of_ours(name: str) -> None:
    assert read_name(name) is None


def test_a_reply_never_takes_a_template() -> None:
    reply = Prompt(PromptKind.REPLY, (Say("checkin.hello"),))
    assert purposes_of(reply) == ()
    assert choose(reply, FRENCH, [template("carnet_check_in_fr", "Bonjour.")]) is None


def test_a_knock_says_nothing_of_the_question() -> None:
    way = choose(ASKED, FRENCH, [template("carnet_check_in_fr", "Bonjour, répondez quand vous voulez.")])
    assert isinstance(way, ByTemplate)
    assert way.knocks
    assert way.values == {}


def test_a_workshop_fills_title_hour_and_place_and_its_buttons() -> None:
    with_buttons = Template(
        "HX1",
        "carnet_workshop_invitation_fr",
        Approval.APPROVED,
        "Atelier : {{1}}. Quand : {{2}}. Où : {{3}}. Merci.",
        buttons=("Je viens", "Je ne viens pas"),
        payloads=("{{4}}", "{{5}}"),
    )
    way = choose(INVITED, FRENCH, [with_buttons])
    assert isinstance(way, ByTemplate)
    assert way.values == {
        "1": "Faire son CV",
        "2": "jeudi 26 novembre 2026 à 14:00",
        "3": "Salle 2, Salé",
        "4": "abc123:0",
        "5": "abc123:1",
    }
    assert way.template.filled(way.values).endswith("Où : Salle 2, Salé. Merci.")


def test_buttons_may_be_missing_from_a_template() -> None:
    plain = template("carnet_workshop_invitation_fr", "Atelier : {{1}}. Quand : {{2}}. Où : {{3}}. Merci.")
    way = choose(INVITED, FRENCH, [plain])
    assert isinstance(way, ByTemplate)
    assert set(way.values) == {"1", "2", "3"}


def test_the_newest_that_is_approved_and_not_refused_is_taken() -> None:
    known = [
        template("carnet_broadcast_fr", "Message : {{1}} Merci."),
        template("carnet_broadcast_fr_v2", "De l’équipe : {{1}} Merci."),
        template("carnet_broadcast_fr_v3", "Bonjour : {{1}} Merci.", Approval.REJECTED),
        template("carnet_broadcast_fr_v4", "Salut : {{1}} Merci.", refused="63013"),
    ]
    way = choose(broadcast("Demain, 10 h."), FRENCH, known)
    assert isinstance(way, ByTemplate)
    assert way.template.name == "carnet_broadcast_fr_v2"


def test_a_template_in_another_language_is_never_taken() -> None:
    assert (
        choose(broadcast("غدا"), ARABIC, [template("carnet_broadcast_fr", "Message : {{1}} Merci.")]) is None
    )


@pytest.mark.parametrize("approval", [each for each in Approval if each is not Approval.APPROVED])
def test_only_approved_ones_are_taken(approval: Approval) -> None:
    assert (
        choose(broadcast("Demain."), FRENCH, [template("carnet_broadcast_fr", "De : {{1}}.", approval)])
        is None
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Deux\nlignes", Unfit.LINES),
        ("une\ttabulation", Unfit.LINES),
        ("quatre    espaces", Unfit.LINES),
        ("x" * 1020, Unfit.LENGTH),
        (" \u200b ", Unfit.EMPTY),
    ],
)
def test_what_does_not_fit_knocks_instead_where_that_is_possible(text: str, why: Unfit) -> None:
    known = [template("carnet_broadcast_fr", "Message : {{1}} Merci.")]
    assert choose(broadcast(text), FRENCH, known) is why
    way = choose(broadcast(text), FRENCH, [*known, template("carnet_team_wrote_fr", "Un message attend.")])
    assert isinstance(way, ByTemplate)
    assert way.knocks


@pytest.mark.parametrize(
    "body", ["Sans place.", "{{1}} et {{2}}.", "Nommée : {{name}}.", "La seconde : {{2}}."]
)
def test_places_must_be_those_we_have_values_for(body: str) -> None:
    assert fill(template("carnet_broadcast_fr", body), ["Demain"]) is Unfit.COUNT


def test_where_a_phone_is_shared_the_template_says_for_whom() -> None:
    shared = Prompt(PromptKind.BROADCAST, (Say("who.for", {"who": "F."}), Verbatim("Demain, 10 h.")))
    [value] = values_of(shared, Purpose.BROADCAST, FRENCH)
    assert value.endswith("Demain, 10 h.")
    assert "F." in value
    knocking = Prompt(PromptKind.NUDGE, (Say("who.for", {"who": "F."}), *ASKED.lines))
    assert purposes_of(knocking) == (Purpose.CHECK_IN,)

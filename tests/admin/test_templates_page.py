"""Admins see which templates serve, how they look and what is lacking; a broadcast says how it will go."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from admin.app import create_admin
from admin.preview import Way, estimate
from admin.tariff import Tariff
from conversations.render.window import Route
from conversations.templates.template import Approval, Template
from conversations.vocabulary import Channel, Language, Role
from storage.audience import Listener
from storage.broadcasts import Draft
from storage.outgoing import Destination
from storage.tables.core import ADDRESSES
from storage.templates import take_list
from tests.admin.conftest import Browser, Office

FRENCH, ARABIC = Language.FRENCH, Language.ARABIC


def template(name: str, body: str, approval: Approval = Approval.APPROVED, **more: str) -> Template:
    return replace(Template(f"HX{name}", name, approval, body), **more)  # type: ignore[arg-type]


def page_of(office: Office, *known: Template) -> str:
    with office.world.storage.write() as tx:
        take_list(tx, known, office.context.clock() - timedelta(hours=1))
    office.world.member("admin", Role.ADMIN)
    return office.browser("admin").get("/templates").text


def test_each_purpose_is_shown_as_people_would_read_it(office: Office) -> None:
    page = page_of(
        office,
        template("carnet_broadcast_fr", "De nous : {{1}} À bientôt !", samples={"1": "Rendez-vous à 10 h."}),  # type: ignore[arg-type]
        template("carnet_check_in_ar", "مرحبا، هل من جديد؟", Approval.REJECTED, rejection="TOO_SHORT"),
        template("carnet_reminder_en", "Hello.", Approval.OTHER, word="in_appeal"),
        template("carnet_team_back_fr", "Bonjour.", refused="63013"),
    )
    assert "Modèles prêts : 1 sur 27" in page
    assert "De nous : Rendez-vous à 10 h. À bientôt !" in page
    assert "TOO_SHORT" in page
    assert "in_appeal" in page
    assert "refusé à l’envoi (63013)" in page
    assert "Faire son CV" in page  # our own wording, with an example
    assert 'dir="rtl" lang="ar">مرحبا، هل من جديد؟' in page


def test_without_whatsapp_the_wordings_can_still_be_read(office: Office) -> None:
    page = page_of(office)
    assert "Modèles prêts : 0 sur 27" in page
    assert "n’est pas relié" in page
    assert "/templates/missing" not in page


def test_the_buttons_ask_the_provider_and_say_what_came_of_it(office: Office) -> None:
    class Asked:
        def __init__(self) -> None:
            self.calls: list[str] = []
            self.trouble = ""

        def list_now(self) -> str:
            self.calls.append("list")
            return self.trouble

        def propose_missing(self) -> str:
            self.calls.append("missing")
            return self.trouble

    asked = Asked()
    office.world.member("admin", Role.ADMIN)
    context = replace(office.context, templates=asked)
    browser = Browser(create_admin(context), "http://testserver")
    browser.sign_in("admin")
    browser.get("/templates")
    assert browser.post("/templates/list").headers["location"] == "/templates?notice=templates_listed"
    assert browser.post("/templates/missing").headers["location"] == "/templates?notice=templates_proposed"
    asked.trouble = "20003"
    assert browser.post("/templates/missing").headers["location"] == "/templates?notice=templates_away"
    assert asked.calls == ["list", "missing", "missing"]


def listener(number: int, language: Language, route: Route) -> Listener:
    to = Destination(f"a{number}", "account", f"chat{number}")
    return Listener(f"p{number}", language, to, Channel.WHATSAPP, route)


def test_a_broadcast_says_who_gets_it_how_and_what_it_costs() -> None:
    people = [
        listener(1, FRENCH, Route.SEND),
        *(listener(number, FRENCH, Route.WAIT) for number in (2, 3, 4)),
        listener(5, ARABIC, Route.WAIT),
    ]
    known = [template("carnet_broadcast_fr", "De nous : {{1}} Merci.", category="UTILITY")]
    tariff = Tariff(2, "MAD", {"utility": Decimal("0.10"), "free_form": Decimal("0.02")})
    draft = Draft("d", "c", {FRENCH: "Demain, 10 h.", ARABIC: "غدا"})
    found = estimate(draft, people, FRENCH, known, tariff)
    assert found.ways == {Way.TEMPLATE: 3, Way.WAIT: 1}
    assert (found.today, found.later) == (2, 1)
    assert found.cost == "0.32 MAD"
    assert estimate(draft, people, FRENCH, known, Tariff()).cost == ""


def test_the_reply_box_says_how_a_message_will_go(office: Office) -> None:
    world = office.world
    amina = world.person("Amina")
    world.member("admin", Role.ADMIN)
    with world.storage.write() as tx:
        tx.execute(ADDRESSES.update().values(channel=Channel.WHATSAPP, last_inbound_at=world.now))
    browser = office.browser("admin")
    assert "WhatsApp : ouvert jusqu’à" in browser.get(f"/participants/{amina}").text
    with world.storage.write() as tx:
        tx.execute(ADDRESSES.update().values(window_shut_at=world.now))
    page = browser.get(f"/participants/{amina}").text
    assert "votre message part dès que la personne écrit" in page
    assert "ouvert encore" not in page
    knock = template("carnet_team_wrote_fr", "Bonjour, un message vous attend.")
    for known, told in (
        ([knock], "un modèle lui demande d’écrire"),
        ([knock, template("carnet_team_message_fr", "De nous : {{1}} Merci.")], "dans un modèle approuvé"),
    ):
        with world.storage.write() as tx:
            take_list(tx, known, world.now)
        assert told in browser.get(f"/participants/{amina}").text

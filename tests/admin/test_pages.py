"""What a trainer does all day: see who waits, read, write, ask, announce; all without JavaScript."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from conversations.vocabulary import Channel, ConsentState, ContactState, Language, Role
from storage.tables.core import CONTACTS, OUTBOX
from storage.tables.vocabulary import AddressState
from tests.admin.conftest import Office


def test_today_names_who_waits_and_leads_to_them(office: Office) -> None:
    world = office.world
    world.member("salma", cohorts=(world.north,))
    amina = world.person("Amina", awaited_since=world.now - timedelta(hours=2))
    page = office.browser("salma").get("/").text
    assert "Attendent une réponse" in page
    assert f'href="/participants/{amina}"' in page
    assert "<bdi>Amina</bdi>" in page


def test_a_calm_day_says_so(office: Office) -> None:
    office.world.member("salma")
    assert "Rien n’attend" in office.browser("salma").get("/").text


def test_writing_wakes_the_sender_and_says_so(office: Office) -> None:
    world = office.world
    world.member("salma", cohorts=(world.north,))
    amina = world.person("Amina", awaited_since=world.now)
    browser = office.browser("salma")
    assert "Pas besoin de réponse" in browser.get(f"/participants/{amina}").text
    answer = browser.post(f"/participants/{amina}/messages", text="À demain !")
    page = browser.get(answer.headers["location"]).text
    assert "Message en route" in page
    assert "À demain !" in page
    assert "Pas besoin de réponse" not in page
    assert office.woken == [world.now]


def test_what_cannot_be_sent_is_refused_kindly(office: Office) -> None:
    world = office.world
    world.member("salma", cohorts=(world.north,))
    amina = world.person("Amina", address=AddressState.BLOCKED)
    browser = office.browser("salma")
    for text, words in (("Bonjour", "aucun canal ouvert"), ("  ", "Le message est vide")):
        answer = browser.post(f"/participants/{amina}/messages", text=text)
        assert words in browser.get(answer.headers["location"]).text
    assert office.woken == []


def test_someone_can_be_taken_off_the_list_without_an_answer(office: Office) -> None:
    world = office.world
    world.member("salma", cohorts=(world.north,))
    amina = world.person("Amina", awaited_since=world.now)
    browser = office.browser("salma")
    browser.post(f"/participants/{amina}/answered")
    assert "Rien n’attend" in browser.get("/").text


def test_asking_now_says_what_happened(office: Office) -> None:
    world = office.world
    world.member("salma", cohorts=(world.north,))
    amina = world.person("Amina")
    refused = world.person("Fatou", prompting=ConsentState.REFUSED)
    browser = office.browser("salma")
    for person, words in (
        (amina, "La question part maintenant"),
        (amina, "Une question attend déjà"),
        (refused, "ne souhaite pas recevoir de questions"),
    ):
        answer = browser.post(f"/participants/{person}/check-ins")
        assert words in browser.get(answer.headers["location"]).text
    assert office.woken == [world.now]
    with world.storage.read() as connection:
        [row] = connection.execute(select(CONTACTS)).all()
    assert (row.participant_id, row.state, row.zone) == (amina, ContactState.PLANNED, "Africa/Casablanca")


def test_a_name_is_found_but_never_in_an_address(office: Office) -> None:
    world = office.world
    world.member("salma", cohorts=(world.north,))
    world.person("Amina")
    world.person("Kwame")
    browser = office.browser("salma")
    found = browser.post("/participants/search", name="amena")
    assert "Amina" in found.text
    assert "Kwame" not in found.text
    assert not re.search(r'(href|action|hx-get|hx-post)="[^"]*(amena|Amina)', found.text, re.IGNORECASE)
    assert browser.get("/participants/search").status_code == 404
    everyone = browser.post("/participants/search", name="").text
    assert "Amina" in everyone
    assert "Kwame" in everyone


def test_a_broadcast_is_previewed_sent_once_and_followed(office: Office) -> None:
    world = office.world
    world.member("salma", cohorts=(world.north,))
    world.person("Amina")
    world.person("Mariam", language=Language.ARABIC)
    world.person("Kwame", channel=Channel.WHATSAPP, silent_for=timedelta(days=2))
    world.person("Fatou", prompting=ConsentState.REFUSED)
    browser = office.browser("salma")
    composed = browser.get("/broadcasts/new").text
    draft_id = re.search(r'name="id" value="(\w+)"', composed)
    assert draft_id is not None
    fields = {"id": draft_id[1], "cohort": world.north, "text_fr": "Atelier <demain> & après"}
    preview = browser.post("/broadcasts/preview", **fields).text
    assert re.findall(r"<dd>(\d)</dd>", preview) == ["2", "1", "1"]
    assert "ne souhaite pas qu’on écrive en premier" in preview
    assert "Atelier &lt;demain&gt; &amp; après" in preview
    assert "&amp;amp;" not in preview
    assert "faute de traduction" in preview
    assert "Envoyer à 3 personnes" in preview
    again = browser.post("/broadcasts/new", **fields).text
    assert "Atelier &lt;demain&gt; &amp; après</textarea>" in again
    answers = [browser.post("/broadcasts", **fields) for _ in range(2)]
    assert {answer.headers["location"] for answer in answers} == {
        f"/broadcasts/{draft_id[1]}?notice=broadcast_sent"
    }
    with world.storage.read() as connection:
        assert len(connection.execute(select(OUTBOX)).all()) == 3
    shown = browser.get(answers[0].headers["location"]).text
    for words in ("Amina", "à envoyer 3", "non envoyé 1", "ne souhaite pas", "Annonce en route"):
        assert words in shown, words
    assert "Salé 1" in browser.get("/broadcasts").text


@pytest.mark.parametrize(
    ("fields", "words"),
    [({"text_fr": "Atelier"}, "Choisissez un groupe"), ({"cohort": "north"}, "au moins une langue")],
)
def test_an_incomplete_broadcast_comes_back_with_what_was_written(
    office: Office, fields: dict[str, str], words: str
) -> None:
    world = office.world
    world.member("salma", cohorts=(world.north, world.south))
    fields = {name: world.north if value == "north" else value for name, value in fields.items()}
    answer = office.browser("salma").post("/broadcasts/preview", id="0" * 32, **fields)
    assert answer.status_code == 422
    assert words in answer.text
    assert fields.get("text_fr", "") in answer.text


def test_a_broken_broadcast_form_is_no_form_of_ours(office: Office) -> None:
    office.world.member("salma")
    assert office.browser("salma").post("/broadcasts/preview", id="x").status_code == 404


def test_a_new_account_gets_a_password_that_is_shown_once(office: Office) -> None:
    world = office.world
    world.member("admin", Role.ADMIN)
    browser = office.browser("admin")
    answer = browser.post(
        "/staff", name="Hind", login="hind", role="trainer", language="ar", cohort=world.north
    )
    password = re.search(r'class="secret" dir="ltr">([^<]+)<', answer.text)
    assert password is not None
    assert "no-store" in answer.headers["cache-control"]
    assert password[1] not in browser.get("/staff").text
    new = office.browser()
    assert new.sign_in("hind", password[1]).status_code == 303
    assert '<html lang="ar"' in new.get("/password").text
    assert browser.post("/staff", name="Hind", login="HIND").status_code == 422
    assert browser.post("/staff", name="", login="x").status_code == 422


def test_an_account_is_changed_and_its_password_replaced(office: Office) -> None:
    world = office.world
    world.member("admin", Role.ADMIN)
    trainer = world.member("salma", cohorts=(world.north,))
    amina = world.person("Amina", world.north)
    browser, hers = office.browser("admin"), office.browser("salma")
    path = f"/staff/{trainer.staff_id}"
    browser.post(path, role="trainer", active="yes", cohort=world.south)
    assert hers.get(f"/participants/{amina}").status_code == 404
    answer = browser.post(f"{path}/password")
    password = re.search(r'class="secret" dir="ltr">([^<]+)<', answer.text)
    assert password is not None
    assert hers.get("/").status_code == 303
    assert office.browser().sign_in("salma").status_code == 401
    assert office.browser().sign_in("salma", password[1]).status_code == 303


def test_the_last_admin_is_kept(office: Office) -> None:
    admin = office.world.member("admin", Role.ADMIN)
    browser = office.browser("admin")
    answer = browser.post(f"/staff/{admin.staff_id}", role="trainer", active="yes")
    assert "au moins une personne qui administre" in browser.get(answer.headers["location"]).text
    assert browser.get("/staff").status_code == 200


def test_cohorts_show_how_to_join(office: Office) -> None:
    world = office.world
    world.member("admin", Role.ADMIN)
    world.member("salma", cohorts=(world.north,))
    shown = office.browser("salma").get("/cohorts").text
    assert "SALE1" in shown
    assert "t.me/invented_bot?start=SALE1" in shown
    assert "KENITRA1" not in shown
    browser = office.browser("admin")
    path = f"/organisations/{world.association}/cohorts"
    assert browser.post(path, name="Rabat 1", code="rabat 1").status_code == 303
    assert "RABAT1" in browser.get("/cohorts").text
    for code in ("SALE1", "x"):
        assert browser.post(path, name="Rabat 2", code=code).status_code == 422
    assert browser.post(path, name="Rabat 2").status_code == 303


def test_a_notice_in_an_address_is_one_of_ours_or_nothing(office: Office) -> None:
    office.world.member("salma")
    page = office.browser("salma").get("/?notice=<b>hello</b>")
    assert page.status_code == 200
    assert "hello" not in page.text


def test_a_page_of_arabic_reads_from_right_to_left(office: Office) -> None:
    world = office.world
    world.member("salma", cohorts=(world.north,))
    amina = world.person("Amina")
    world.wrote(amina, "Bonjour")
    browser = office.browser("salma")
    browser.post("/language", language="ar")
    page = browser.get(f"/participants/{amina}").text
    assert 'dir="rtl"' in page
    assert "تيليغرام" in page
    assert 'dir="auto">Bonjour' in page

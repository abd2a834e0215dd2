"""One participant's page: the timeline, what waits for an answer, the steps, the answers of forms."""

import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from sqlalchemy import update

from conversations.events import Tap
from conversations.forms import (
    BuiltinForm,
    Filling,
    Surroundings,
    answer_text,
    begin,
    builtin_forms,
    compile_form,
    question,
    submission,
)
from conversations.vocabulary import Channel, ConsentState, DeliveryState, Language
from storage.tables.core import MESSAGES_IN, MILESTONES, OUTBOX, PARTICIPANTS, SUBMISSIONS
from storage.tables.vocabulary import FailureReason, MessageState
from tests.admin.conftest import Office


def test_the_timeline_tells_both_sides_and_what_failed(office: Office) -> None:
    world = office.world
    world.member("salma", cohorts=(world.north,))
    amina = world.person("Amina", channel=Channel.WHATSAPP, silent_for=timedelta(hours=30))
    world.wrote(amina, "Où est l’atelier ?", state=MessageState.FAILED)
    world.got(
        amina, "Je vous réponds bientôt", state=DeliveryState.WAITING, reason=FailureReason.WINDOW_CLOSED
    )
    world.step(amina, "couturière", "Atelier Nour")
    world.consented(amina, ConsentState.GIVEN)
    page = office.browser("salma").get(f"/participants/{amina}").text
    for words in (
        "Où est l’atelier ?",
        "Le programme n’a pas su traiter ce message",
        "Je vous réponds bientôt",
        "attend son message",
        "plus de 24 heures sans message",
        "attend son prochain message",
        "Emploi · couturière · Atelier Nour",
        "septembre 2026",
        "Recevoir des questions",
    ):
        assert words in page, words


def test_an_entry_that_cannot_be_read_says_so_and_hides_none_of_the_others(office: Office) -> None:
    world = office.world
    world.member("salma", cohorts=(world.north,))
    amina = world.person("Amina")
    world.wrote(amina, "Bonjour")
    world.step(amina, "couturière", "Atelier Nour")
    world.answered(amina, "<data><name>Amina")
    office.context.projects.refresh()
    with world.storage.write() as tx:
        tx.execute(update(MILESTONES).values(started_on="2026-13"))
    page = office.browser("salma").get(f"/participants/{amina}")
    assert page.status_code == 200
    assert page.text.count("Quelque chose qui ne peut plus être lu.") == 1
    for words in ("Bonjour", "couturière · Atelier Nour", "commencé : 2026-13"):
        assert words in page.text.replace("\u202f", " ").replace("\xa0", " "), words


def test_bytes_that_were_changed_are_shown_as_unreadable(office: Office) -> None:
    world = office.world
    world.member("salma", cohorts=(world.north,))
    amina, fatou = world.person("Amina"), world.person("Fatou")
    world.wrote(amina, "Bonjour")
    world.got(amina, "Merci")
    world.step(amina, "couturière", "Atelier Nour")
    world.answered(amina, "<data/>")
    office.context.projects.refresh()
    with world.storage.write() as tx:
        tx.execute(update(PARTICIPANTS).where(PARTICIPANTS.c.id == amina).values(name=b"x" * 60))
        tx.execute(update(MESSAGES_IN).values(content=b"x" * 60))
        tx.execute(update(OUTBOX).values(prompt=b"x" * 60))
        tx.execute(update(MILESTONES).values(details=b"x" * 60))
        tx.execute(update(SUBMISSIONS).values(instance=b"x" * 60))
    browser = office.browser("salma")
    page = browser.get(f"/participants/{amina}")
    assert page.status_code == 200
    assert page.text.count("Quelque chose qui ne peut plus être lu.") == 3
    assert page.text.count("Emploi · détails illisibles") == 2
    for path in ("/", "/participants", "/participants?q=Fatou"):
        assert fatou in browser.get(path).text or path == "/", path
        assert browser.get(path).status_code == 200


def marked(page: str) -> list[str]:
    """What is marked in the timeline as waiting for an answer of the team, newest first."""
    entries = re.findall(r'<li class="entry ([^"]*)">(.*?)</li>', page, re.DOTALL)
    waiting = [shown for kinds, shown in entries if "entry-awaiting" in kinds]
    assert all('<span class="chip chip-wait">attend une réponse</span>' in shown for shown in waiting)
    return [said for shown in waiting for said in re.findall(r'entry-body" dir="auto">([^<]*)<', shown)]


def test_what_the_team_has_to_answer_is_marked_in_the_timeline(office: Office) -> None:
    world = office.world
    world.member("salma", cohorts=(world.north,))
    waits = world.now - timedelta(hours=2)
    amina = world.person("Amina", awaited_since=waits)
    world.wrote(amina, "Merci !", timedelta(hours=3))
    world.wrote(amina, "Qui peut m’aider ?", timedelta(hours=2, seconds=1))
    world.got(amina, "C’est transmis", timedelta(hours=2))
    world.wrote(amina, Tap("token:1", "Menu"), timedelta(hours=1, minutes=30))
    world.wrote(amina, "mes données", timedelta(hours=1, minutes=20))
    world.wrote(amina, "••••", timedelta(hours=1, minutes=10))
    world.wrote(amina, "C’est urgent", timedelta(hours=1))
    browser = office.browser("salma")
    assert marked(browser.get(f"/participants/{amina}").text) == ["C’est urgent", "Qui peut m’aider ?"]
    browser.post(f"/participants/{amina}/answered")
    assert marked(browser.get(f"/participants/{amina}").text) == []


def test_nobody_s_older_words_are_marked_on_an_older_page(office: Office) -> None:
    world = office.world
    world.member("salma", cohorts=(world.north,))
    amina = world.person("Amina", awaited_since=world.now - timedelta(minutes=59))
    for n in range(130):
        world.wrote(amina, f"message {n}!", timedelta(minutes=n))
    browser, path, found = office.browser("salma"), f"/participants/{amina}", []
    while path:
        page = browser.get(path).text
        found += marked(page)
        older = re.search(r'rel="next" href="([^"]+)"', page)
        path = older[1].replace("&amp;", "&") if older else ""
    assert found == [f"message {n}!" for n in range(60)]


def test_the_steps_are_read_before_the_timeline(office: Office) -> None:
    world = office.world
    world.member("salma", cohorts=(world.north,))
    page = office.browser("salma").get(f"/participants/{world.person('Amina')}").text
    places = [
        page.index(f'id="{name}"') for name in ("write-title", "steps-title", "timeline", "channels-title")
    ]
    assert places == sorted(places)


def test_an_older_page_of_the_timeline_can_be_opened(office: Office) -> None:
    world = office.world
    world.member("salma", cohorts=(world.north,))
    amina = world.person("Amina")
    for n in range(55):
        world.wrote(amina, f"message {n}!", timedelta(minutes=n))
    browser = office.browser("salma")
    first = browser.get(f"/participants/{amina}").text
    older = re.search(r'href="(/participants/\w+\?before=[^"]+)"', first)
    assert older is not None
    second = browser.get(older[1].replace("&amp;", "&")).text
    assert "message 0!" in first
    assert "message 54!" not in first
    assert "message 54!" in second
    assert "message 0!" not in second
    assert browser.get(f"/participants/{amina}?before=nonsense").status_code == 200


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_page_from_beyond_the_calendar_is_no_page(office: Office, moment: str) -> None:
    world = office.world
    world.member("salma", cohorts=(world.north,))
    amina = world.person("Amina")
    answer = office.browser("salma").get(f"/participants/{amina}?before={quote(moment)}~a")
    assert answer.status_code == 404


FAMILY = BuiltinForm(
    "family",
    """
    | survey |
    | | type | name | label::Français (fr) | label::English (en) | relevant |
    | | text | town | Ville ? | Town? | |
    | | begin_repeat | child | Enfant | Child | |
    | | text | name | Prénom ? | First name? | |
    | | begin_repeat | school | École | School | |
    | | integer | grade | Classe ? | Grade? | |
    | | end_repeat | | | | |
    | | text | wish | Souhait ? | Wish? | ${name} != 'Ali' |
    | | end_repeat | | | | |
    | | text | end | Un mot ? | A word? | |
    | settings |
    | | form_id |
    | | family |
    """.encode(),
)


def test_the_answers_within_repeats_are_read_turn_by_turn(office: Office) -> None:
    world = office.world
    world.member("salma", cohorts=(world.north,))
    amina = world.person("Amina")
    said = (
        "<data id='family'><town>Salé</town>"
        "<child><name>Awa</name><school><grade>3</grade></school><school><grade>4</grade></school>"
        "<wish>un vélo</wish></child><child><name>Ali</name></child><end>merci</end></data>"
    )
    world.answered(amina, said, FAMILY)
    office.context.projects.refresh()
    page = office.browser("salma").get(f"/participants/{amina}").text
    shown = [re.sub(r"<[^>]+>", "", part).strip() for part in re.findall(r"<d[td][^>]*>.*?</d[td]>", page)]
    first = shown.index("Ville ?")
    assert shown[first : first + 14] == [
        *("Ville ?", "Salé"),
        *("Prénom ? (1)", "Awa"),
        *("Classe ? (1.1)", "3"),
        *("Classe ? (1.2)", "4"),
        *("Souhait ? (1)", "un vélo"),
        *("Prénom ? (2)", "Ali"),
        *("Un mot ?", "merci"),
    ]


def test_the_answers_of_a_form_are_read_with_their_questions(office: Office) -> None:
    """Questions in the language of the reader, not of the person who answered."""
    from admin.answers import read_answers

    builtin = next(one for one in builtin_forms() if one.form_id == "check-in")
    form = compile_form(builtin.source, "md", "v1")
    surroundings = Surroundings(office.world.now, "Africa/Casablanca", Language.ARABIC)
    filling = begin(form, surroundings)
    for _ in range(30):
        asked = question(form, filling, surroundings)
        if asked is None:
            break
        said = "1" if asked.options else "Une phrase libre"
        answered = answer_text(form, filling, surroundings, said)
        assert isinstance(answered, Filling)
        filling = answered
    xml = submission(form, filling, surroundings).instance_xml
    read = read_answers(form, xml, office.world.now, "Africa/Casablanca", Language.FRENCH)
    assert read
    assert all(question and answer != "—" for question, answer in read)
    assert not re.search("[\u0600-\u06ff]", " ".join(question for question, _ in read))


def test_a_step_is_shown_with_its_earlier_versions_and_the_situation(office: Office) -> None:
    world = office.world
    world.member("salma", cohorts=(world.north,))
    amina = world.person("Amina")
    step = world.step(amina, "couturière", "Atelier Nour")
    world.step(amina, "cheffe d'atelier", "Atelier Nour", version=2, step_id=step)
    browser = office.browser("salma")
    page = browser.get(f"/participants/{amina}").text
    steps = page[page.index('id="steps-title"') : page.index('id="timeline"')]
    assert "En emploi" in steps
    assert steps.index("cheffe") < steps.index("Détails et versions") < steps.index("couturière")
    assert "En emploi" in browser.get("/participants").text

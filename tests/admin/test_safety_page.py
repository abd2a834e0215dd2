"""Admins set who helps people in danger, when the team reads and further words; it holds at once."""

from datetime import UTC, datetime, time, timedelta

from conversations.safety.causes import Cause
from conversations.safety.facts import Police
from conversations.vocabulary import Language, Role
from storage.safety import safety_settings
from tests.admin.conftest import Office

FILLED = {
    "name_fr_1": "Écoute Atlas",
    "name_ar_1": "إصغاء الأطلس",
    "reach_1": "+212600000009",
    "languages_1": "Français, العربية",
    "hours_fr_1": "jour et nuit",
    "police_1": "never",
    "day": "0",
    "opens": "08:30",
    "closes": "16:00",
    "words": "je coule\n- je coule de source",
}


def test_what_is_set_is_what_conversations_know(office: Office) -> None:
    office.world.member("admin", Role.ADMIN)
    browser = office.browser("admin")
    browser.get("/safety")
    assert browser.post("/safety", **FILLED).headers["location"] == "/safety?notice=safety_changed"
    safety = office.context.project.safety
    [contact] = safety.contacts
    assert (contact.name(Language.ARABIC), contact.police) == ("إصغاء الأطلس", Police.NEVER)
    assert contact.name(Language.ENGLISH) == "Écoute Atlas"  # no English name: better another than none
    assert (set(safety.hours.days), safety.hours.opens) == ({0}, time(8, 30))
    assert safety.cause_of_distress("Je coule !") is Cause.UNTOLD
    assert safety.cause_of_distress("je coule de source") is None
    page = browser.get("/safety").text
    assert all(value in page for name, value in FILLED.items() if name not in ("police_1", "day"))


def test_a_contact_that_says_too_little_is_not_taken_and_nothing_typed_is_lost(office: Office) -> None:
    office.world.member("admin", Role.ADMIN)
    browser = office.browser("admin")
    browser.get("/safety")
    answer = browser.post("/safety", **FILLED | {"reach_1": ""})
    assert answer.status_code == 422
    assert "Écoute Atlas" in answer.text
    with office.world.storage.read() as tx:
        assert safety_settings(tx).contacts == ()


def test_hours_that_end_before_they_begin_are_not_taken(office: Office) -> None:
    office.world.member("admin", Role.ADMIN)
    browser = office.browser("admin")
    browser.get("/safety")
    assert browser.post("/safety", **FILLED | {"closes": "08:00"}).status_code == 422


def test_the_day_tells_admins_what_is_not_set_and_trainers_who_is_urgent(office: Office) -> None:
    world, since = office.world, datetime(2026, 11, 23, 9, tzinfo=UTC)
    world.member("admin", Role.ADMIN)
    world.member("salma", cohorts=(world.north,))
    person = world.person("Amina", world.north, awaited_since=since, urgent_since=since)
    admin, trainer = office.browser("admin"), office.browser("salma")
    assert "Aucun contact" in admin.get("/").text
    for where in ("/project", "/safety", "/staff"):
        assert f'<p class="notice notice-trouble"><a href="{where}">' in admin.get("/").text
    page = trainer.get("/").text
    assert "Aucun contact" not in page
    assert page.index('id="urgent"') < page.index('id="awaiting"')
    assert "Urgent depuis" in trainer.get(f"/participants/{person}").text
    admin.post("/safety", **FILLED)
    assert "Aucun contact" not in admin.get("/").text
    office.clock.move(timedelta(minutes=1))
    trainer.post(f"/participants/{person}/answered")
    assert 'id="urgent"' not in trainer.get("/").text

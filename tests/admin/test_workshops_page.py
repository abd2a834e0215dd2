"""The pages of workshops without a browser: what can be typed, what is said when it cannot be read."""

from html import unescape

import pytest

from tests.admin.conftest import Office

FILLED = {
    "title": "Faire son CV",
    "kind": "course",
    "day": "2026-11-26",
    "hour": "10:00",
    "minutes": "120",
    "place": "Salé, salle 2",
}


@pytest.mark.parametrize(
    "spot", ["34.02, -6.83", "geo:34.02,-6.83?z=17", "https://www.google.com/maps/@34.02,-6.83,17z"]
)
def test_a_place_on_the_map_is_typed_or_pasted(office: Office, spot: str) -> None:
    office.world.member("salma", cohorts=(office.world.north,))
    browser = office.browser("salma")
    browser.get("/workshops")
    added = browser.post("/workshops", **FILLED, cohort=office.world.north, spot=spot)
    assert added.status_code == 303
    page = unescape(browser.get(added.headers["location"]).text)
    assert 'href="https://osm.org/?mlat=34.02000&mlon=-6.83000&zoom=17"' in page


@pytest.mark.parametrize("spot", ["https://maps.app.goo.gl/abcdefgh", "Salé", "91, 0", "34.02"])
def test_a_map_that_tells_no_place_is_said_and_nothing_typed_is_lost(office: Office, spot: str) -> None:
    office.world.member("salma", cohorts=(office.world.north,))
    browser = office.browser("salma")
    browser.get("/workshops")
    answer = browser.post("/workshops", **FILLED, cohort=office.world.north, spot=spot)
    assert answer.status_code == 422
    page = unescape(answer.text)
    assert "Les liens courts (goo.gl)" in page
    assert f'value="{spot}"' in page
    assert f'value="{FILLED["title"]}"' in page


def test_without_a_place_on_the_map_there_is_no_link(office: Office) -> None:
    office.world.member("salma", cohorts=(office.world.north,))
    browser = office.browser("salma")
    browser.get("/workshops")
    added = browser.post("/workshops", **FILLED, cohort=office.world.north, spot=" ")
    assert "osm.org" not in browser.get(added.headers["location"]).text


def test_ticking_days_before_says_from_when_it_can_be_done(office: Office) -> None:
    office.world.member("salma", cohorts=(office.world.north,))
    amina, browser = office.world.person("Amina"), office.browser("salma")
    browser.get("/workshops")
    sheet = browser.post("/workshops", **FILLED, cohort=office.world.north, spot="").headers["location"]
    workshop = sheet.partition("?")[0]
    ticked = browser.post(f"{workshop}/attendance/{amina}", attendance="present")
    assert "dès deux heures avant le début" in unescape(browser.get(ticked.headers["location"]).text)

"""Signing in: nothing is told to strangers, sessions are new, short enough, and end at once."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from sqlalchemy import select

from admin.attempts import PER_ADDRESS, PER_LOGIN, PER_PAIR
from conversations.vocabulary import Role
from storage import staff
from storage.staff_sessions import IDLE
from storage.tables.core import AUDIT, STAFF_SESSIONS
from storage.tables.vocabulary import AuditAction
from tests.admin.conftest import Office
from tests.admin.invented import PASSWORD

# What the store does is tested in tests/storage on both; here one is enough.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_a_wrong_password_and_an_unknown_login_look_the_same(office: Office) -> None:
    office.world.member("salma")
    browser = office.browser()
    wrong = browser.sign_in("salma", "not the password")
    unknown = browser.sign_in("nobody", "not the password")
    assert (wrong.status_code, unknown.status_code) == (401, 401)
    assert wrong.text.replace("salma", "") == unknown.text.replace("nobody", "")


def test_too_many_attempts_on_one_login_are_stopped_with_a_clear_message(office: Office) -> None:
    office.world.member("salma")
    browser = office.browser()
    codes = [browser.sign_in("salma", "wrong").status_code for _ in range(PER_PAIR.amount + 1)]
    assert codes == [401] * PER_PAIR.amount + [429]
    stopped = browser.sign_in("salma", PASSWORD)
    assert stopped.status_code == 429
    assert "15 minutes" in stopped.text


def test_a_stranger_s_attempts_do_not_lock_the_owner_out(office: Office) -> None:
    office.world.member("salma")
    stranger, owner = office.browser(), office.browser()
    stranger.address = "203.0.113.7"
    codes = [stranger.sign_in("salma", "wrong").status_code for _ in range(PER_PAIR.amount + 2)]
    assert codes == [401] * PER_PAIR.amount + [429] * 2
    assert owner.sign_in("salma").status_code == 303
    assert stranger.sign_in("salma").status_code == 429


def test_attempts_on_one_login_from_everywhere_are_stopped(office: Office) -> None:
    attempts = office.app.state.desk.attempts
    admitted = [attempts.admit("login", f"203.0.113.{n}") for n in range(PER_LOGIN.amount + 1)]
    assert admitted == [True] * PER_LOGIN.amount + [False]


def test_what_one_address_is_refused_does_not_count_for_the_login(office: Office) -> None:
    attempts = office.app.state.desk.attempts
    for _ in range(2 * PER_LOGIN.amount):
        attempts.admit("login", "203.0.113.7")
    assert attempts.admit("login", "127.0.0.1")


def test_too_many_attempts_from_one_address_are_stopped(office: Office) -> None:
    browser = office.browser()
    codes = [browser.sign_in(f"nobody{n}", "wrong").status_code for n in range(PER_ADDRESS.amount + 1)]
    assert codes == [401] * PER_ADDRESS.amount + [429]


def test_signing_in_forgives_earlier_slips(office: Office) -> None:
    office.world.member("salma")
    browser = office.browser()
    for _ in range(2):
        for _ in range(PER_PAIR.amount - 1):
            assert browser.sign_in("salma", "wrong").status_code == 401
        assert browser.sign_in("salma").status_code == 303
        browser.post("/sign-out")


def test_a_stranger_is_led_to_sign_in_from_any_address(office: Office) -> None:
    browser = office.browser()
    path, quoted = "/participants/أمينة&x=1", quote("/participants/أمينة&x=1")
    assert browser.get(path).headers["location"] == f"/sign-in?next={quoted}"
    refreshed = browser.get(path, **{"HX-Request": "true"})
    assert (refreshed.status_code, refreshed.headers["HX-Redirect"]) == (401, f"/sign-in?next={quoted}")


def test_a_session_from_before_sign_in_is_never_continued(office: Office) -> None:
    office.world.member("salma")
    browser = office.browser()
    browser.cookies.set("carnet_staff", "chosen-by-somebody-else")
    assert browser.sign_in("salma").status_code == 303
    other = office.browser()
    other.cookies.set("carnet_staff", "chosen-by-somebody-else")
    assert other.get("/").status_code == 303


def test_signing_in_again_ends_the_browser_s_earlier_session(office: Office) -> None:
    office.world.member("salma")
    browser = office.browser("salma")
    cookie = browser.cookies["carnet_staff"]
    browser.cookies.delete("carnet_staff")
    thief = office.browser()
    thief.cookies.set("carnet_staff", cookie)
    assert thief.get("/").status_code == 200
    browser.get("/sign-in")
    browser.cookies.set("carnet_staff", cookie)
    browser.post("/sign-in", login="salma", password=PASSWORD)
    assert thief.get("/").status_code == 303


def test_signing_out_ends_the_session_on_the_server(office: Office) -> None:
    office.world.member("salma")
    browser = office.browser("salma")
    cookie = browser.cookies["carnet_staff"]
    browser.post("/sign-out")
    thief = office.browser()
    thief.cookies.set("carnet_staff", cookie)
    assert thief.get("/").status_code == 303


def test_an_idle_session_is_over_even_if_a_page_refreshes_itself(office: Office) -> None:
    office.world.member("salma")
    browser = office.browser("salma")
    for _ in range(11):
        office.clock.move(IDLE / 12)
        assert browser.get("/", **{"HX-Request": "true"}).status_code == 200
    office.clock.move(IDLE / 12)
    assert browser.get("/").status_code == 303


def test_a_deactivated_trainer_is_out_at_once(office: Office) -> None:
    world = office.world
    world.member("admin", Role.ADMIN)
    trainer = world.member("salma")
    browser = office.browser("salma")
    office.browser("admin").post(f"/staff/{trainer.staff_id}", role="trainer")
    assert browser.get("/").status_code == 303
    assert office.browser().sign_in("salma").status_code == 401


def test_a_password_that_was_handed_over_is_changed_before_anything_else(office: Office) -> None:
    office.world.member("salma", first_time=True)
    browser, elsewhere = office.browser("salma"), office.browser("salma")
    for path in ("/", "/participants", "/staff"):
        assert browser.get(path).headers["location"] == "/password"
    browser.get("/password")
    changed = browser.post(
        "/password", current=PASSWORD, new="une autre phrase longue", again="une autre phrase longue"
    )
    assert changed.headers["location"].startswith("/?")
    assert browser.get("/").status_code == 200
    assert elsewhere.get("/").headers["location"].startswith("/sign-in")
    assert office.browser().sign_in("salma").status_code == 401
    assert office.browser().sign_in("salma", "une autre phrase longue").status_code == 303


@pytest.mark.parametrize(
    ("current", "new", "again"),
    [
        pytest.param("not it", "une autre phrase longue", "une autre phrase longue", id="wrong current"),
        pytest.param(PASSWORD, "une autre phrase longue", "une autre phrase", id="typed differently"),
        pytest.param(PASSWORD, "court", "court", id="too short"),
        pytest.param(PASSWORD, PASSWORD, PASSWORD, id="the same again"),
    ],
)
def test_an_unfit_change_of_password_changes_nothing(
    office: Office, current: str, new: str, again: str
) -> None:
    office.world.member("salma")
    answer = office.browser("salma").post("/password", current=current, new=new, again=again)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert office.browser().sign_in("salma").status_code == 303


def test_cookies_are_out_of_reach_and_secure_on_https(office: Office) -> None:
    office.world.member("salma")
    browser = office.browser()
    cookie = browser.sign_in("salma").headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie


def test_cookies_are_secure_on_https(secure_office: Office) -> None:
    secure_office.world.member("salma")
    assert "Secure" in secure_office.browser().sign_in("salma").headers["set-cookie"]


def test_the_trail_says_who_came_and_what_was_done(office: Office) -> None:
    world = office.world
    trainer = world.member("salma", cohorts=(world.north,))
    amina = world.person("Amina")
    office.browser().sign_in("salma", "wrong")
    browser = office.browser("salma")
    browser.get(f"/participants/{amina}")
    browser.post(f"/participants/{amina}/check-ins")
    browser.post("/sign-out")
    with world.storage.read() as connection:
        rows = connection.execute(select(AUDIT).order_by(AUDIT.c.id)).all()
    assert [(row.action, row.participant_id) for row in rows] == [
        (AuditAction.SIGN_IN_FAILED, None),
        (AuditAction.SIGNED_IN, None),
        (AuditAction.PARTICIPANT_READ, amina),
        (AuditAction.CHECK_IN_ASKED, amina),
        (AuditAction.SIGNED_OUT, None),
    ]
    assert {row.staff_id for row in rows} == {trainer.staff_id}


def test_the_first_admin_can_get_in(office: Office) -> None:
    password = staff.ensure_first_admin(office.world.storage, office.clock())
    assert password is not None
    assert office.browser().sign_in("admin", password).status_code == 303
    with office.world.storage.read() as connection:
        [session] = connection.execute(select(STAFF_SESSIONS)).all()
    assert session.expires_at - session.created_at == timedelta(days=7)

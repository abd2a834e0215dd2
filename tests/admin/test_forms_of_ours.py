"""Only our own forms change anything: token, origin, size."""

import pytest
from fastapi.routing import APIRoute
from sqlalchemy import func, select

from admin.app import ROUTERS
from conversations.vocabulary import Role
from storage.tables.core import OUTBOX
from tests.admin.conftest import Office

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


def test_every_unsafe_route_refuses_a_form_without_the_token(office: Office) -> None:
    office.world.member("admin", Role.ADMIN)
    browser = office.browser("admin")
    refused = {}
    for route in (route for module in ROUTERS for route in module.router.routes):
        if isinstance(route, APIRoute) and UNSAFE & (route.methods or set()):
            path = route.path
            for name in route.param_convertors:
                path = path.replace(f"{{{name}}}", "0" * 32)
            for token in ("", "wrong", "é"):
                refused[path, token] = browser.request("POST", path, data={"csrf": token}).status_code
    assert len(refused) >= 45
    assert set(refused.values()) == {403}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({"Origin": "https://elsewhere.example"}, 403, id="from another site"),
        pytest.param({"Origin": "null"}, 403, id="from nowhere"),
        pytest.param({"Sec-Fetch-Site": "cross-site"}, 403, id="the browser says another site"),
        pytest.param({"Sec-Fetch-Site": "same-site"}, 403, id="the browser says a sister site"),
        pytest.param({"Origin": "http://testserver"}, 303, id="from here"),
        pytest.param({"Sec-Fetch-Site": "same-origin"}, 303, id="the browser says from here"),
        pytest.param({}, 303, id="an old browser that says nothing"),
    ],
)
def test_a_form_from_another_site_is_refused_even_with_the_token(
    office: Office, headers: dict[str, str], status: int
) -> None:
    world = office.world
    world.member("salma", cohorts=(world.north,))
    amina = world.person("Amina")
    browser = office.browser("salma")
    fields = {"csrf": browser.csrf, "text": "Bonjour"}
    answer = browser.request("POST", f"/participants/{amina}/messages", data=fields, headers=headers)
    assert answer.status_code == status
    with world.storage.read() as connection:
        sent = connection.execute(select(func.count()).select_from(OUTBOX)).scalar_one()
    assert sent == (1 if status == 303 else 0)


def test_another_session_s_token_does_not_fit(office: Office) -> None:
    office.world.member("salma")
    office.world.member("omar")
    salma, omar = office.browser("salma"), office.browser("omar")
    omar.csrf = salma.csrf
    assert omar.post("/language", language="ar").status_code == 403


def test_the_sign_in_form_is_tied_to_its_cookie(office: Office) -> None:
    office.world.member("salma")
    browser, other = office.browser(), office.browser()
    browser.get("/sign-in")
    other.get("/sign-in")
    browser.csrf = other.csrf
    answer = browser.post("/sign-in", login="salma", password="a long invented phrase")
    assert answer.status_code == 403
    assert "carnet_staff" not in answer.headers.get("set-cookie", "")


HALF_A_CHARACTER = "multipart/form-data; boundary=b; charset=unicode_escape"


def in_halves(**fields: str) -> bytes:
    """A form in a charset that lets half a character through, as no browser sends it."""
    parts = [
        f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    return "".join([*parts, "--b--\r\n"]).encode()


def test_half_a_character_for_a_token_is_no_token(office: Office) -> None:
    world = office.world
    world.member("salma", cohorts=(world.north,))
    browser = office.browser("salma")
    for path in ("/participants/search", "/language", "/sign-in"):
        answer = browser.request(
            "POST", path, content=in_halves(csrf=r"\ud800"), headers={"Content-Type": HALF_A_CHARACTER}
        )
        assert answer.status_code == 403, path


def test_half_a_character_in_a_field_is_taken_for_a_question_mark(office: Office) -> None:
    world = office.world
    world.member("salma", cohorts=(world.north,))
    amina = world.person("Amina")
    browser = office.browser("salma")
    form = in_halves(csrf=browser.csrf, text=r"Bonjour \ud800", password=r"\ud800", login="salma")
    kind = {"Content-Type": HALF_A_CHARACTER}
    written = browser.request("POST", f"/participants/{amina}/messages", content=form, headers=kind)
    assert written.status_code == 303
    assert "Bonjour ?" in browser.get(f"/participants/{amina}").text
    stranger = office.browser()
    stranger.get("/sign-in")
    form = in_halves(csrf=stranger.csrf, password=r"\ud800", login="salma")
    assert stranger.request("POST", "/sign-in", content=form, headers=kind).status_code == 401


@pytest.mark.parametrize("size", [1024 * 1024 + 1, 3 * 1024 * 1024])
@pytest.mark.parametrize("path", ["/sign-in", "/participants/search"])
def test_a_body_past_one_mebibyte_is_refused(office: Office, path: str, size: int) -> None:
    office.world.member("salma")
    browser = office.browser("salma")
    answer = browser.post(path, name="x" * size)
    assert answer.status_code == 413
    assert "trop long" in answer.text


def test_a_file_is_not_taken(office: Office) -> None:
    office.world.member("salma")
    browser = office.browser("salma")
    fields = {"csrf": browser.csrf}
    answer = browser.request("POST", "/participants/search", data=fields, files={"name": ("x", b"x")})
    assert answer.status_code == 400
    assert "Rien n’a été enregistré" in answer.text


@pytest.mark.parametrize(
    "text", ["\0", "\u200f", "😀" * 500, "<script>alert(1)</script>", "{name}", "a" * 9000]
)
def test_any_text_can_be_written_and_is_shown_as_text(office: Office, text: str) -> None:
    world = office.world
    world.member("salma", cohorts=(world.north,))
    amina = world.person("Amina")
    browser = office.browser("salma")
    assert browser.post(f"/participants/{amina}/messages", text=text).status_code == 303
    shown = browser.get(f"/participants/{amina}")
    assert shown.status_code == 200
    assert "<script>alert" not in shown.text

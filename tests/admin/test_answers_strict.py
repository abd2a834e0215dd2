"""Every answer carries strict headers; no page holds script or style of its own; nothing lies unused."""

import re
from importlib.resources import files

import pytest
from jinja2 import Environment, meta, nodes

from admin.app import EXPLAINED
from admin.pages import NOTICES, TROUBLED, environment
from admin.static_files import SOURCES
from conversations.vocabulary import Role
from tests.admin.conftest import Office

TEMPLATES = sorted(path.name for path in (files("admin") / "templates").iterdir())
PATHS = ["/sign-in", "/", "/participants", "/static/admin.css", "/nothing", "/static/x"]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_strict_headers(office: Office, path: str) -> None:
    office.world.member("admin", Role.ADMIN)
    for browser in (office.browser(), office.browser("admin")):
        headers = browser.get(path).headers
        assert headers["content-security-policy"] == (
            "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; "
            "form-action 'self'"
        )
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        if not path.startswith("/static/admin"):
            assert headers["cache-control"] == "no-store"


def test_a_defect_is_explained_with_strict_headers_and_without_its_text(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("Amina +212600000001")

    monkeypatch.setattr("admin.today.today", broken)
    office.world.member("admin", Role.ADMIN)
    answer = office.browser("admin").get("/")
    assert answer.status_code == 500
    assert "Amina" not in answer.text
    assert "Ce n’est pas de votre faute" in answer.text
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_template_holds_inline_script_or_style(template: str) -> None:
    source = (files("admin") / "templates" / template).read_text()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|hx-on|javascript:|\|\s*safe", source)
    assert not re.search(r"<script(?![^>]*\ssrc=)", source)
    assert not re.search(r"https?://", source)


def test_every_template_is_used() -> None:
    code = "".join(path.read_text() for path in (files("admin")).iterdir() if path.name.endswith(".py"))
    used = set(re.findall(r'"(\w+\.html)"', code))
    for template in TEMPLATES:
        source = (files("admin") / "templates" / template).read_text()
        used |= set(meta.find_referenced_templates(Environment(autoescape=True).parse(source)))
    assert used == set(TEMPLATES)


def test_every_macro_is_used() -> None:
    tree = environment().parse((files("admin") / "templates" / "macros.html").read_text())
    macros = {macro.name for macro in tree.find_all(nodes.Macro)}
    sources = [(files("admin") / "templates" / template).read_text() for template in TEMPLATES]
    for macro in macros:
        calls = sum(len(re.findall(rf"{{{{ {macro}\(", source)) for source in sources)
        assert calls, macro


def test_every_notice_is_said_somewhere() -> None:
    code = "".join(path.read_text() for path in (files("admin")).iterdir() if path.name.endswith(".py"))
    code = code.replace((files("admin") / "pages.py").read_text(), "")
    said = {notice for notice in NOTICES if f'"{notice}"' in code} | {
        notice for notice in NOTICES if notice.startswith("asked_")
    }
    assert said == NOTICES
    assert TROUBLED <= NOTICES


@pytest.mark.parametrize("name", SOURCES)
def test_static_files_are_kept_for_a_year_under_their_hash(office: Office, name: str) -> None:
    from admin.static_files import static_url

    browser = office.browser()
    versioned = browser.get(static_url(name))
    assert versioned.status_code == 200
    assert "immutable" in versioned.headers["cache-control"]
    assert "max-age=3600" in browser.get(f"/static/{name}").headers["cache-control"]
    assert versioned.headers["content-encoding"] == "gzip"
    assert len(versioned.content) > 100
    assert "content-encoding" not in browser.get(f"/static/{name}", **{"Accept-Encoding": "identity"}).headers


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
@pytest.mark.parametrize("name", [*sorted(map(str, EXPLAINED)), "500", "form"])
def test_every_error_says_what_to_do_next(language: str, name: str) -> None:
    from admin.texts import text
    from conversations.vocabulary import Language

    assert text(Language(language), f"error.{name}.title")
    assert text(Language(language), f"error.{name}.next")

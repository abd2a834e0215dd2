"""Every text that a page, a state or a code asks for is there in French, Arabic and English."""

import re
from enum import StrEnum
from importlib.resources import files
from pathlib import Path

import pytest

from admin.pages import NOTICES
from admin.preview import Way
from admin.texts import text
from admin.uploads import Reason
from conversations.events import AttachmentKind
from conversations.forms.lint import Code, Severity
from conversations.messages import PromptKind
from conversations.safety.facts import Police
from conversations.templates.purposes import Purpose
from conversations.templates.template import Approval
from conversations.vocabulary import (
    Channel,
    ConsentPurpose,
    ConsentState,
    ContactKind,
    ContactState,
    DeliveryState,
    Language,
    MilestoneKind,
    ReplyWay,
    Role,
    Situation,
    Stage,
    Verification,
)
from locales import read_catalogue, translations
from storage.audience import Reach
from storage.sending_again import Again
from storage.tables.vocabulary import AddressState, FailureReason, ReportState
from storage.today import Concern
from tests.admin.conftest import Office

CODES: dict[str, type[StrEnum]] = {
    "reach": Reach,
    "approval": Approval,
    "template": Purpose,
    "channel": Channel,
    "delivery": DeliveryState,
    "reason": FailureReason,
    "contact": ContactState,
    "contact_kind": ContactKind,
    "consent": ConsentState,
    "purpose": ConsentPurpose,
    "milestone": MilestoneKind,
    "stage": Stage,
    "verification": Verification,
    "situation": Situation,
    "role": Role,
    "safety.police": Police,
    "report.way": ReplyWay,
    "report.state": ReportState,
    "today": Concern,
    "sent": PromptKind,
    "again": Again,
    "content": AttachmentKind,
    "lint": Code,
    "lint.severity": Severity,
    "lint.refused": Reason,
}
LITERAL = re.compile(r"\bt\(\"([a-z_0-9.]+[a-z_0-9])\"")


def known(language: str) -> set[str]:
    ids = (message.id for message in read_catalogue(language, "web") if message.id)
    return {one[0] if isinstance(one, tuple) else str(one) for one in ids}


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_every_text_of_a_template_is_in_the_catalogue(language: str) -> None:
    sources = [path.read_text() for path in (files("admin") / "templates").iterdir()]
    asked = {text_id for source in sources for text_id in LITERAL.findall(source)}
    assert len(asked) > 100
    assert asked <= known(language)


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_every_code_has_its_word(language: str) -> None:
    wanted = {f"{area}.{code}" for area, codes in CODES.items() for code in codes}
    wanted |= {f"today.{concern}.means" for concern in Concern}
    wanted |= {f"role.{role}.means" for role in Role}
    wanted |= {f"stage.{stage}.dates" for stage in Stage if stage is not Stage.STARTED}
    wanted |= {f"address.{state}" for state in AddressState if state is not AddressState.OPEN}
    wanted |= {f"{area}{way}" for way in Way for area in ("reach.", "write.way.")}
    wanted |= {f"notice.{notice}" for notice in NOTICES}
    assert wanted <= known(language)


def test_every_text_of_the_catalogue_is_used() -> None:
    folder = files("admin")
    sources = [path.read_text() for path in (folder / "templates").iterdir()]
    sources += [path.read_text() for path in Path(str(folder)).rglob("*.py")]
    source = "\n".join(sources)
    areas = [
        "notice",
        "reach",
        "error",
        "address",
        "forms.format",
        "project.controller",
        "safety.day",
        "today.lacks",
        "pdf.mark",
        "page.gone",
        "page.many",
        "pdf.now",
        "enrol.way",
        "consent_way",
        "met",
        "attendance",
        "workshops.kind",
        "file",
    ]
    built = tuple(f"{area}." for area in [*CODES, *areas])
    quoted = set(re.findall(r"[\"']([a-z_0-9.]+)[\"']", source))
    built += tuple(f"write.way.{way}" for way in Way)
    unused = {one for one in known("fr") - quoted if not one.startswith(built)}
    assert not unused


@pytest.mark.parametrize("n", [0, 1, 2, 3, 10, 11, 99, 100, 101, 111])
@pytest.mark.parametrize("language", list(Language))
def test_numbers_take_their_plural(language: Language, n: int) -> None:
    said = text(language, "people.count", n=n)
    assert "{" not in said
    assert str(n) in said or (language is Language.ARABIC and n < 3)


def test_an_unknown_text_is_an_error_not_a_blank() -> None:
    with pytest.raises(KeyError):
        text(Language.FRENCH, "no.such.text")


def test_no_text_is_long() -> None:
    for language in ("fr", "ar", "en"):
        for message in read_catalogue(language, "web"):
            if not message.id:  # the header
                continue
            strings = message.string if isinstance(message.string, tuple | list) else [message.string]
            assert all(len(one or "") <= 300 for one in strings)
        assert translations(language, "web")


@pytest.mark.parametrize(
    ("accepted", "language", "direction"),
    [("ar-MA,fr;q=0.5", "ar", "rtl"), ("en-GB", "en", "ltr"), ("de", "fr", "ltr"), ("", "fr", "ltr")],
)
def test_before_sign_in_the_browser_s_language_is_spoken(
    office: Office, accepted: str, language: str, direction: str
) -> None:
    page = office.browser().get("/sign-in", **{"Accept-Language": accepted}).text
    assert f'<html lang="{language}" dir="{direction}">' in page
    assert ("bootstrap.rtl.css" in page) == (direction == "rtl")


def test_the_language_can_be_chosen_before_and_after_sign_in(office: Office) -> None:
    office.world.member("salma")
    browser = office.browser()
    browser.get("/sign-in?language=ar")
    assert 'lang="ar"' in browser.get("/nothing").text
    browser.sign_in("salma")
    assert '<html lang="fr"' in browser.get("/").text
    chosen = browser.post("/language", language="ar", next="/participants")
    assert chosen.headers["location"] == "/participants"
    assert '<html lang="ar" dir="rtl">' in browser.get("/").text
    assert browser.post("/language", language="xx").status_code == 303
    assert '<html lang="ar"' in browser.get("/").text

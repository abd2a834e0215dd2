"""The logbook as a PDF: what stands on it, what never does, and that its words copy out intact."""

import re
from datetime import UTC, date, datetime

import pypdfium2
import pytest

from admin.pdf.make import make_pdf
from admin.pdf.sheet import MOST_STEPS, MOST_WORKSHOPS, SHOWN, lay_out
from admin.pdf.typeset import ONE_AT_A_TIME
from conversations.logbook.page_choices import NOT_SHOWN
from conversations.vocabulary import Language, MilestoneKind, Situation, Stage, Verification
from storage.career import Attended, Career
from storage.milestones import MilestoneVersion

MADE_ON = date(2026, 11, 23)
LINK = "https://carnet.example.org/p/an_invented_token____"


def step(what: str, where: str = "", number: int = 0, ended_on: str = "2025-06-30") -> MilestoneVersion:
    return MilestoneVersion(
        id=f"{number:032x}",
        version=1,
        kind=MilestoneKind.JOB,
        stage=Stage.COMPLETED if ended_on else Stage.STARTED,
        started_on="2025-03",
        ended_on=ended_on,
        details={"occupation": what, "employer": where, "contract": "fixed_term"},
        verification=Verification.DECLARED,
        recorded_at=datetime(2026, 11, 1, tzinfo=UTC),
        superseded_at=None,
    )


def career(
    *steps: MilestoneVersion,
    name: str = "Amina",
    skills: str = "",
    now: tuple[Situation, ...] = (),
    workshops: tuple[Attended, ...] = (),
) -> Career:
    return Career(name, Language.FRENCH, now, steps, skills, "Association Amal", workshops)


def attended(title: str, sessions: int = 1) -> Attended:
    return Attended(title, sessions, date(2026, 3, 5), date(2026, 3, 5 + sessions - 1))


def pages(pdf: bytes) -> list[str]:
    """The text of each page as a reader's copy gives it."""
    document = pypdfium2.PdfDocument(pdf)
    texts = [document[number].get_textpage().get_text_range() for number in range(len(document))]
    document.close()
    return [re.sub(r"[\s\u00a0]+", " ", text) for text in texts]


def said(career: Career, language: Language = Language.FRENCH, link: str = "") -> str:
    return " ".join(pages(make_pdf(career, language, MADE_ON, link)))


def test_a_french_page_tells_the_name_the_steps_and_the_day() -> None:
    text = said(career(step("Couturière", "Atelier de Salé"), skills="couture, wolof"))
    for words in ("Amina", "Couturière", "Atelier de Salé", "mars 2025 – 30 juin 2025", "couture, wolof"):
        assert words in text
    assert "Fait le 23 novembre 2026" in text


def test_what_goes_on_has_no_end() -> None:
    assert "since March 2025" in said(career(step("Cook", ended_on="")), Language.ENGLISH)


@pytest.mark.parametrize(
    "words",
    [
        "أمينة",
        "خياطة وتفصيل الملابس",
        "ورشة الأمل بسلا",
        "من مارس 2025 إلى 30 يونيو 2025",
        "المهارات واللغات",
        "ورشات تم حضورها",
        "السيرة الذاتية، 3 حصص، من 5 مارس 2026 إلى 7 مارس 2026",
        "المقابلة، 5 مارس 2026",
        "الطبخ، الخياطة، العربية",
        "حرر في 23 نونبر 2026",
    ],
)
def test_arabic_copies_out_in_order(words: str) -> None:
    who = career(
        step("خياطة وتفصيل الملابس", "ورشة الأمل بسلا"),
        name="أمينة",
        skills="الطبخ، الخياطة، العربية",
        workshops=(attended("السيرة الذاتية", 3), attended("المقابلة")),
    )
    assert words in said(who, Language.ARABIC)


@pytest.mark.parametrize(
    "words",
    [
        '#eval("1+1")',
        '#read("logbook.typ")',
        "$x^2$",
        "\\u{41} \\",
        "*gras* _italique_",
        '"} ]',
        "= Titre",
        "@renvoi <label>",
        "// non",
        "`code`",
        "#sys.inputs",
    ],
)
def test_words_are_never_source(words: str) -> None:
    text = said(career(step(words, words), name=words, skills=words, workshops=(attended(words),)))
    assert text.count(words) == 5, text


@pytest.mark.parametrize(
    "words",
    ["😀👩🏽‍🍳", "\x00\x07", "\u202eenvers", "\ud83d", "王ⵣⴰАмина", "w" * 900, "\u200b" * 50, "a\n\nb"],
    ids=["pictures", "control", "turned", "half", "scripts", "endless", "invisible", "lines"],
)
def test_any_words_make_a_page(words: str) -> None:
    assert pages(make_pdf(career(step(words, words), name=words, skills=words), Language.ARABIC, MADE_ON))


def test_a_contract_is_never_shown() -> None:
    text = said(career(step("Cuisine")))
    assert "fixed_term" not in text
    assert "durée" not in text


@pytest.mark.parametrize(
    ("language", "long", "steps", "more"),
    [
        (
            Language.FRENCH,
            "Agent polyvalent de nettoyage et de manutention dans une grande entreprise",
            "étapes plus anciennes",
            "Et 2 autres ateliers",
        ),
        (
            Language.ARABIC,
            "عامل متعدد المهام في التنظيف والمناولة داخل شركة كبيرة جدا في المدينة",
            "خطوة أقدم",
            "وورشتان أخريان",
        ),
    ],
    ids=["fr", "ar"],
)
@pytest.mark.parametrize("attended_series", [0, 1, MOST_WORKSHOPS + 2])
def test_a_long_life_takes_two_pages_and_says_what_is_left_out(
    language: Language, long: str, steps: str, more: str, attended_series: int
) -> None:
    many = [step(f"{long} {number}", long, number) for number in range(max(MOST_STEPS.values()) + 11)]
    workshops = tuple(attended(f"{long} {number}", 3) for number in range(attended_series))
    who = career(*many, skills="couture " * 60, now=(Situation.EMPLOYED,), workshops=workshops)
    made = pages(make_pdf(who, language, MADE_ON))
    assert len(made) == 2
    assert steps in " ".join(made)
    assert (more in made[1]) is (attended_series > MOST_WORKSHOPS)


def test_workshops_stand_on_it_with_their_days() -> None:
    text = said(career(workshops=(attended("Faire son CV"), attended("Vendre", 4))))
    assert "Faire son CV, 5 mars 2026" in text
    assert "Vendre, 4 séances, 5 mars 2026 – 8 mars 2026" in text
    assert "Ateliers suivis" not in said(career())


@pytest.mark.parametrize("language", list(Language))
def test_an_empty_logbook_is_a_page_too(language: Language) -> None:
    [text] = pages(make_pdf(career(), language, MADE_ON))
    assert "Amina" in text


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("now", list(Situation))
def test_the_situation_is_told_where_it_is_known(language: Language, now: Situation) -> None:
    text = lay_out(career(now=(now,)), language, MADE_ON).situation
    assert bool(text) is (now not in (Situation.UNKNOWN, Situation.INACTIVE))


def test_the_pages_and_the_file_show_the_same_kinds() -> None:
    assert set(MilestoneKind) - SHOWN == NOT_SHOWN


def test_without_a_name_it_is_the_logbook() -> None:
    assert "Carnet de bord" in said(career(name=""))


def test_the_code_stands_on_it_only_when_there_is_a_link() -> None:
    assert "La page en ligne" in said(career(), link=LINK)
    assert "La page en ligne" not in said(career())


def test_nothing_of_one_person_stays_for_the_next() -> None:
    make_pdf(career(step("Couturière")), Language.FRENCH, MADE_ON)
    assert "Couturière" not in said(career(name="Grace"), Language.ENGLISH)
    assert not ONE_AT_A_TIME.locked()


def test_the_file_is_tagged_for_people_who_listen_and_names_nobody_as_its_author() -> None:
    document = pypdfium2.PdfDocument(make_pdf(career(step("Cuisine")), Language.FRENCH, MADE_ON))
    assert document.is_tagged()
    assert document.get_metadata_dict()["Title"] == "Carnet de bord"
    assert document.get_metadata_dict()["Author"] == ""
    document.close()

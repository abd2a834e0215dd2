"""Free words that tell of a step: heard as people write them, and not where something else is meant."""

from datetime import date

import pytest

from conversations.steps.words import told_in
from tests.conversations.talking import participant

TODAY = date(2026, 11, 23)

TOLD = [
    ("خدمت", "job started"),
    ("khdemt", "job started"),
    ("خدمت فأوطيل", "job started"),
    ("خدموني فشركة", "job started"),
    ("توظفت", "job started"),
    ("اشتغلت في مطعم", "job started"),
    ("خدام دابا", "job started"),
    ("khdama daba f restau", "job started"),
    ("أنا أعمل الآن", "job started"),
    ("je travaille maintenant", "job started"),
    ("on m'a embauché", "job started"),
    ("j'ai été recrutée hier", "job started"),
    ("I am working now", "job started"),
    ("I was hired", "job started"),
    ("لقيت خدمة", "job started"),
    ("j'ai démissionné", "job stopped"),
    ("j'ai été licenciée", "job stopped"),
    ("I got fired", "job stopped"),
    ("g commencer un boulot lundi dernier chez un garagiste", "job started"),
    ("j'ai arreter le travail", "job stopped"),
    ("i don start new work for one hotel", "job started"),
    ("طردوني من العمل", "job stopped"),
    ("استقلت", "job stopped"),
    ("je suis diplômée", "training completed"),
    ("تخرجت", "training completed"),
    ("أتممت التكوين", "training completed"),
    ("salit staj", "internship completed"),
    ("حليت حانوت", "business started"),
    ("j'ai ouvert une boutique", "business started"),
    ("I opened a shop", "business started"),
    ("dkhelt l cooperative", "cooperative started"),
    ("انضممت إلى تعاونية", "cooperative started"),
    ("وجدت عملا", "job started"),
    ("بدأت عملا جديدا", "job started"),
    ("لقيت شغلة", "job started"),
    ("بلشت شغل جديد", "job started"),
    ("بطلت الشغل", "job stopped"),
    ("انتهى عملي", "job completed"),
    ("فتحت مشروعي", "business started"),
    ("خلصت الدورة", "training completed"),
    ("انتهت دورة الفرنسية", "language_course completed"),
    ("خلصت كورس الفرنسي", "language_course completed"),
    ("j'ai fini mon cours de français", "language_course completed"),
    ("I finished my English course", "language_course completed"),
]
NOT_TOLD = [
    "ما خدمتش اليوم",
    "je travaille dimanche",
    "je travaille à Rabat",
    "kankhdem bzaf",
    "راجلي خدم",
    "mon mari est embauché",
    "خدمت بلا فلوس بغيت مساعدة",
    "je n'ai pas été embauché",
    "la boutique est loin",
    "أعمل كثيرا",
    "when am I hired?",
    "je veux trouver un boulot",
    "I don't start work",
    "je vais commencer une formation",
    "دخلت للدار",
    "لم أجد عملا",
    "أريد عملا جديدا",
    "ما عدت أعمل",
    "لقيت عملية كبيرة",
    "j'ai ouvert la porte",
]


@pytest.mark.parametrize(("text", "meant"), TOLD)
def test_a_step_is_heard_in_free_words(text: str, meant: str) -> None:
    told = told_in(text, TODAY)
    assert told is not None
    assert f"{told.kind} {told.stage}" == meant


@pytest.mark.parametrize("text", NOT_TOLD)
def test_no_step_is_heard_where_none_is_told(text: str) -> None:
    assert told_in(text, TODAY) is None


@pytest.mark.parametrize("text", [text for text, _ in TOLD])
def test_at_home_it_is_asked_back_and_goes_on(text: str) -> None:
    talk = participant()
    talk.says("menu", text)
    asked = talk.snapshot.session
    assert asked.aim is not None
    assert talk.says("oui")
    assert talk.snapshot.session != asked

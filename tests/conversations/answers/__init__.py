"""What people type and what it means, in four languages: one table each, and how a table is read.

A line of a table: the question's type, the text, what must be read. `-`: nothing may be read.
`?a|b`: it is asked which of these is meant. `date<` and `known<` ask about something that
happened, `>` about what is to come; `known` is a date as exactly as it is known. Behind `one:`
and `many:` stands the list of choices.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

from conversations.answers import Ambiguous, Chosen, Refusal, Tense, yes_no
from conversations.forms import Option, Question, QuestionType
from conversations.forms.understand import PARTIAL, understand
from conversations.messages import Day
from conversations.vocabulary import Language

HERE = Path(__file__).parent
TODAY = date(2026, 11, 23)  # a Monday
LANGUAGES = {
    "fr": Language.FRENCH,
    "ar": Language.ARABIC,
    "en": Language.ENGLISH,
    "darija": Language.ARABIC,  # written by people who read the Arabic texts
}
CHOICES = {
    "steps": ("Emploi", "Formation", "Stage", "Création d'entreprise"),
    "steps_en": ("Job", "Training", "Internship", "Own business"),
    "steps_ar": ("عمل", "تكوين", "تدريب", "إنشاء مقاولة"),
    "towns": ("Rabat", "Salé", "Kénitra", "Témara", "Sidi Kacem", "Sidi Slimane"),
    "towns_ar": ("الرباط", "سلا", "القنيطرة", "تمارة"),
    "yes_no": ("Oui", "Non", "Je ne sais pas"),
    "yes_no_ar": ("نعم", "لا"),
    "degree": ("Oui, tout à fait", "Plutôt oui", "Plutôt non", "Non, pas du tout"),
    "situation": (
        "J’ai un emploi",
        "Je travaille à mon compte",
        "Je suis en formation",
        "Je cherche du travail",
        "Rien de cela en ce moment",
    ),
    "situation_ar": ("لديّ عمل بأجر", "أعمل في تعاونية", "أتابع تكوينا", "أبحث عن عمل", "لا شيء من هذا حاليا"),
    "still": ("Oui, le même", "Non, j’en ai un autre", "Non, plus de travail"),
    "satisfaction": ("Très satisfait", "Satisfait", "Peu satisfait", "Pas du tout satisfait"),
    "languages": ("Français", "Arabe", "Anglais", "Wolof", "Autre"),
    "occupation": ("Employed", "Student", "Retired"),
    "content": ("Satisfait", "Neutre"),
    "countries": ("Nigeria", "Ghana", "Niger"),
    "day": ("Sba7", "L3chiya", "Lil"),
    "numbers": ("1", "2", "3", "5"),
    "kids": ("0 enfant", "1 enfant", "2 enfants", "3 enfants ou plus"),
}
TYPES = {
    "integer": QuestionType.INTEGER,
    "decimal": QuestionType.DECIMAL,
    "date": QuestionType.DATE,
    "known": QuestionType.DATE,
    "time": QuestionType.TIME,
    "one": QuestionType.SELECT_ONE,
    "many": QuestionType.SELECT_MULTIPLE,
}
TENSES = {"<": Tense.PAST, ">": Tense.FUTURE}


@dataclass(frozen=True, slots=True)
class Case:
    """One line of a table."""

    language: str
    asked: str  # the type, with its tense or its choices
    text: str
    meant: str  # as the table writes it


def cases(language: str) -> Iterator[Case]:
    """The table of one language."""
    for line in (HERE / f"{language}.tsv").read_text(encoding="utf-8").splitlines():
        asked, text, meant = line.split("\t")
        yield Case(language, asked, text, meant)


def read(case: Case) -> str:
    """What is read, as the tables write it."""
    language = LANGUAGES[case.language]
    if case.asked == "yes_no":
        said = yes_no(case.text, language)
        return "-" if said is None else str(said).lower()
    kind, _, listed = case.asked.partition(":")
    tense = TENSES.get(kind[-1], Tense.EITHER)
    kind = kind.rstrip("<>")
    question = Question(
        path="/data/q",
        name="q",
        type=TYPES[kind],
        label="",
        hint="",
        required=True,
        options=tuple(Option(str(place), label) for place, label in enumerate(CHOICES.get(listed, ()))),
        appearance=PARTIAL if kind == "known" else "",
    )
    return written(understand(question, case.text, language, TODAY, tense), kind)


def written(answer: object, kind: str) -> str:
    """An answer as the tables write it."""
    match answer:
        case Refusal():
            return "-"
        case Ambiguous(readings):
            return "?" + "|".join(written(reading, kind) for reading in readings)
        case Chosen(names):
            return json.dumps([*map(int, names)]).replace(" ", "") if kind == "many" else names[0]
        case Day(iso):
            return iso
        case time():
            return answer.isoformat("minutes")
        case datetime() | date():
            return answer.isoformat()
        case Decimal():
            return format(answer.normalize(), "f")
        case _:
            return str(answer)

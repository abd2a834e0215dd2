"""Small tables of words that tell of a step: which kind, what has become of it, and when."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from conversations.answers import Tense, clean, fold, read_date
from conversations.answers.calendar_words import MONTHS
from conversations.steps.kinds import words as names_of_kinds
from conversations.vocabulary import MilestoneKind, Stage

LONGEST = 14  # words; who writes more tells a story, which is for a human


def _set(*words: str) -> frozenset[str]:
    return frozenset(fold(word) for line in words for word in line.split())


STAGES = {
    Stage.COMPLETED: _set(
        "fini finie finis terminé terminée termine achevé achevée",
        "finished completed ended over done",
        "انتهى انتهت أنهيت أكملت أتممت خلصت كملت تممت ساليت سالا سالات",
        "salit sala salat kmelt kmlt kemmelt khlest temmit",
    ),
    Stage.STOPPED: _set(
        "arrêté arrêtée arrête quitté perdu abandonné",
        "stopped quit left lost",
        "توقفت تركت فقدت خسرت حبست خرجت بطلت",
        "7best 7bst hbest khrejt",
    ),
    Stage.STARTED: _set(
        "commencé commencée commence débuté démarré trouvé rejoint intégré ouvert lancé créé",
        "started begun began found got joined opened launched",
        "بدأت بديت بلشت وجدت لقيت حصلت انضممت دخلت فتحت حليت أسست",
        "bdit bdite l9it lqit dkhelt dkhlt 7lit hlit ft7t",
    ),
}
# Verbs that mean a kind without naming it.
VERBS = {
    MilestoneKind.JOB: _set("travailler travaillais travaille bosser working", "أعمل أشتغل nkhdem kankhdem"),
    MilestoneKind.BUSINESS: _set("boutique magasin salon kiosque shop store حانوت محل دكان 7anout hanout"),
    MilestoneKind.TRAINING: _set("دورة كورس"),
    MilestoneKind.JOB_SEARCH: _set("cherche recherche looking searching search", "أبحث بحث كنقلب kan9leb"),
}
# A course of one of these is a language course, whatever else a course may be.
COURSES = _set("cours formation course class classes lessons training دورة كورس دروس تكوين")
LANGUAGES = _set(
    "langue français arabe darija amazighe anglais espagnol language french arabic english spanish",
    "لغة فرنسي فرنسية عربية دارجة أمازيغية إنجليزي إنجليزية إسبانية",
)
# What Arabic hangs on a noun: «عملا», «عملي», «شغلة».
ENDINGS = ("ا", "ي", "ه", "تي")
# Words that need no other: what they tell of, and what has become of it.
TELLING = {
    (MilestoneKind.JOB, Stage.STARTED): _set(
        "embauché embauchée recruté recrutée hired employed recruited",
        "خدمت خدموني اشتغلت توظفت وظفوني شغلوني khdemt khdmt khedmt khedemt khdamt khedmouni",
    ),
    (MilestoneKind.JOB, Stage.STOPPED): _set(
        "démissionné licencié licenciée viré virée resigned sacked fired استقلت فصلوني طردوني",
    ),
    (MilestoneKind.TRAINING, Stage.COMPLETED): _set(
        "diplômé diplômée certifié certifiée graduated تخرجت tkherrejt tkherjt"
    ),
}
# What lasts is told with «now»: «je travaille maintenant», «خدام دابا»; alone it may be a habit or a place.
AT_WORK = _set(
    "travaille bosse working work employed أعمل أشتغل خدام خدامة كنخدم khdam khdama khedam kankhdem"
)
NOW = _set("maintenant désormais enfin now finally currently الآن أخيرا حاليا دابا daba")
# Where one of these stands it is something else: not so, only wished, a question, a trouble, someone else.
NOT_THIS = _set(
    "pas jamais aucun aucune sans si quand comment pourquoi veux voudrais aimerais peux peut vais va irai",
    "bientôt demain avant problème malade aide payé salaire papier téléphone",
    "not never no without if when how why want would like can could will going soon tomorrow didn don",
    "problem sick help paid pay salary phone paper",
    "لم ليس لا لن ما إذا متى كيف لماذا أريد سوف غدا قريبا بغيت غادي مشكل مشكلة مريض مساعدة أجرة هاتف",
    "machi wach bghit ghadi mochkil mrid",
    "fils fille mari femme frère sœur ami amie père mère collègue voisin voisine il elle ils elles",
    "son daughter husband wife brother sister friend mother father colleague he she they",
    "ابني ابنتي زوجي زوجتي أخي أختي صديقي صديقتي أبي أمي welfi mrati rajli",
)
# What may stand beside a stage alone: «c’est fini», «I have finished».
BESIDE = _set("c est j ai je suis ça ca a été tout déjà i have it is all now it s أنا قد لقد safi صافي")
SINCE = ("commence", "commencee", "debute", "started", "begun", "began", "depuis", "since", "بدات", "منذ")
AS_HEARD = re.compile(r"\b(j ai|jai|je|g|on m a) (\w+)er\b")  # «g trouver» is «j'ai trouvé»
PIDGIN = re.compile(r"\bi (?:don|just) (start|find|get|finish|stop)\b")
IN_ENGLISH = {"start": "started", "find": "found", "get": "got", "finish": "finished", "stop": "stopped"}
MONTH = re.compile(rf"\b({'|'.join(sorted(map(re.escape, MONTHS), key=len, reverse=True))})\b(?: (\d{{4}}))?")
YEAR = re.compile(r"\b(20\d{2})\b")


@dataclass(frozen=True, slots=True)
class Told:
    """What free words tell of a step. Dates are as exact as they were said, empty where none was."""

    kind: MilestoneKind | None
    stage: Stage
    begun: str = ""
    ended: str = ""


@cache
def _by_word() -> dict[str, Stage]:
    return {word: stage for stage, words in STAGES.items() for word in words}


@cache
def _telling() -> dict[str, tuple[MilestoneKind, Stage]]:
    return {word: told for told, words in TELLING.items() for word in words}


@cache
def _kinds() -> dict[str, MilestoneKind]:
    verbs = {word: kind for kind, words in VERBS.items() for word in words}
    return {**verbs, **{name: kind for name, kind in names_of_kinds().items() if " " not in name}}


def told_in(text: str, today: date) -> Told | None:
    """What a message tells of a step; None where it tells of none, or of more than the tables can carry.

    >>> today = date(2026, 11, 23)
    >>> told = told_in("La formation commencée en mars est terminée", today)
    >>> str(told.kind), str(told.stage), told.begun, told.ended
    ('training', 'completed', '2026-03', '')
    >>> told_in("I stopped working in May", today).ended, told_in("je n’ai pas fini mon stage", today)
    ('2026-05', None)
    >>> told_in("g trouver un boulot", today).kind.value, told_in("i don start new work", today).kind.value
    ('job', 'job')
    """
    if "?" in text or "؟" in text:
        return None
    words = _bare(_as_meant(fold(clean(text))).split())
    if not words or len(words) > LONGEST or NOT_THIS.intersection(words):
        return None
    telling = [_telling()[word] for word in words if word in _telling()]
    stages = {_by_word()[word] for word in words if word in _by_word()} | {stage for _, stage in telling}
    at_work_now = not AT_WORK.isdisjoint(words) and not NOW.isdisjoint(words)
    if at_work_now and not stages:
        telling.append((MilestoneKind.JOB, Stage.STARTED))
        stages.add(Stage.STARTED)
    ends = stages - {Stage.STARTED}
    if len(ends) > 1 or not stages:
        return None
    stage = next(iter(ends), Stage.STARTED)
    kinds = {_kinds()[word] for word in words if word in _kinds()} or {kind for kind, _ in telling}
    if not COURSES.isdisjoint(words) and not LANGUAGES.isdisjoint(words):
        kinds = kinds - {MilestoneKind.TRAINING} | {MilestoneKind.LANGUAGE_COURSE}
    if MilestoneKind.JOB_SEARCH in kinds:
        kinds.discard(MilestoneKind.JOB)  # «la recherche de travail»
    alone = all(word in BESIDE or word in _by_word() for word in words)
    if len(kinds) > 1 or not (kinds or alone):
        return None
    when = _when(" ".join(words), today)
    of_the_start = stage is Stage.STARTED or any(word in SINCE for word in words)
    kind = next(iter(kinds), None)
    return Told(kind, stage, when, "") if of_the_start else Told(kind, stage, "", when)


def _as_meant(said: str) -> str:
    return PIDGIN.sub(lambda found: IN_ENGLISH[found[1]], AS_HEARD.sub(r"\1 \2e", said))


def _bare(words: list[str]) -> list[str]:
    """The words without the Arabic article or ending, where what remains is one that the tables know."""
    known = {*_kinds(), *_by_word(), *_telling(), *NOW, *COURSES, *LANGUAGES}
    return [next((form for form in _forms(word) if form in known), word) for word in words]


def _forms(word: str) -> Iterator[str]:
    """The word, without its article, and each of these without an ending."""
    yield word
    nouns = [word, word[2:]] if word.startswith("ال") else [word]
    yield from nouns[1:]
    for noun in nouns:
        yield from (noun.removesuffix(ending) for ending in ENDINGS if noun.endswith(ending))


def _when(said: str, today: date) -> str:
    """The day, month or year in the words, in the past; empty where there is none, or a future one."""
    for part in (said, *said.split()):
        day = read_date(part, today, Tense.PAST)
        if isinstance(day, date) and day <= today:
            return day.isoformat()
    if found := MONTH.search(said):
        month = MONTHS[found[1]]
        year = int(found[2]) if found[2] else today.year - (month > today.month)
        iso = f"{year:04}-{month:02}"
        return iso if iso <= f"{today:%Y-%m}" else ""
    year_alone = YEAR.search(said)
    return year_alone[1] if year_alone and int(year_alone[1]) <= today.year else ""

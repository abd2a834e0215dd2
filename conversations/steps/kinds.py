"""The kinds of steps: the form of each, and the words by which people call them."""

from collections.abc import Mapping
from functools import cache

from conversations.answers import clean, fold
from conversations.vocabulary import MilestoneKind, Stage

# As they are offered, the most likely first.
KINDS = (
    MilestoneKind.JOB,
    MilestoneKind.TRAINING,
    MilestoneKind.INTERNSHIP,
    MilestoneKind.JOB_SEARCH,
    MilestoneKind.BUSINESS,
    MilestoneKind.COOPERATIVE,
    MilestoneKind.LANGUAGE_COURSE,
    MilestoneKind.ADMINISTRATIVE,
    MilestoneKind.OTHER,
)

FORM = "milestone-"

# French, English, Arabic, Darija in both scripts. Each word names one kind only.
WORDS = {
    MilestoneKind.JOB: "travail emploi boulot taf job work عمل شغل وظيفة خدمة khedma khdma",
    MilestoneKind.TRAINING: "formation training cours course تكوين تدريب_مهني takwin formasion",
    MilestoneKind.INTERNSHIP: "stage internship traineeship تدريب ستاج staj",
    MilestoneKind.JOB_SEARCH: "recherche_emploi recherche_travail recherche_d_emploi job_search بحث_عن_عمل",
    MilestoneKind.BUSINESS: "commerce entreprise activité business مشروع تجارة mchrou3 tijara",
    MilestoneKind.COOPERATIVE: "coopérative coop cooperative تعاونية ta3awniya",
    MilestoneKind.ADMINISTRATIVE: "démarche démarches paperwork إجراء إجراءات",
    MilestoneKind.LANGUAGE_COURSE: "cours_de_langue language_course دورة_لغة",
    MilestoneKind.OTHER: "bénévolat volunteering تطوع",
}


# How each stage is said in the form of the kind: the question, and its choice. Where a stage is missing, the
# kind has none such, or it takes more than one answer to tell it.
STAGE = {stage: ("stage", stage.value) for stage in Stage}
STAGES: Mapping[MilestoneKind, Mapping[Stage, tuple[str, str]]] = {
    **dict.fromkeys(MilestoneKind, STAGE),
    MilestoneKind.JOB_SEARCH: {Stage.COMPLETED: ("step", "offer")},
    MilestoneKind.BUSINESS: {Stage.STOPPED: ("business_stage", "closed")},
    MilestoneKind.COOPERATIVE: {
        stage: ("stage", stage.value) for stage in Stage if stage is not Stage.COMPLETED
    },
    MilestoneKind.ADMINISTRATIVE: {
        stage: ("stage", stage.value) for stage in Stage if stage is not Stage.PLANNED
    },
}


def form_of(kind: MilestoneKind) -> str:
    """The id of the form that records this kind.

    >>> form_of(MilestoneKind.JOB_SEARCH)
    'milestone-job-search'
    """
    return FORM + kind.value.replace("_", "-")


def kind_of(form_id: str) -> MilestoneKind:
    """The kind that a form records. ValueError for a form of no step."""
    return MilestoneKind(form_id.removeprefix(FORM).replace("-", "_"))


@cache
def words() -> dict[str, MilestoneKind]:
    """Each name of a kind, folded; some are two words."""
    return {fold(name.replace("_", " ")): kind for kind, names in WORDS.items() for name in names.split(" ")}


def kind_named(text: str) -> MilestoneKind | None:
    """The kind that a message is the name of, with or without an article; None if it is anything else.

    >>> [str(kind_named(text)) for text in ("Formation", "العمل", "un stage", "je travaille")]
    ['training', 'job', 'internship', 'None']
    """
    said = fold(clean(text)[:60])
    for article in ("un ", "une ", "le ", "la ", "l ", "mon ", "ma ", "a ", "an ", "my ", "ال"):
        if said in words():
            break
        if said.startswith(article):
            said = said.removeprefix(article)
            break
    return words().get(said)

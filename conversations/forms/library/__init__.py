"""The forms that come with the program: markdown XLSForms, one file each, named by their form id."""

from dataclasses import dataclass
from importlib.resources import files

BUILTIN = (
    "profile",
    "milestone-training",
    "milestone-internship",
    "milestone-job-search",
    "milestone-job",
    "milestone-business",
    "milestone-cooperative",
    "milestone-administrative",
    "milestone-language-course",
    "milestone-other",
    "check-in",
    "follow-up-job",
    "follow-up-business",
    "living-conditions",
    "living-conditions-with-trainer",
    "workshop-feedback",
)


@dataclass(frozen=True, slots=True)
class BuiltinForm:
    """One form of the library, as its file has it; its file type is `md`."""

    form_id: str
    source: bytes


def builtin_forms() -> tuple[BuiltinForm, ...]:
    """All of them, not compiled."""
    folder = files(__package__)
    return tuple(BuiltinForm(form_id, folder.joinpath(f"{form_id}.md").read_bytes()) for form_id in BUILTIN)

"""The command `python -m benchmarks.pdf`: how long a logbook takes as a PDF, per language."""

from datetime import UTC, date, datetime
from functools import partial

from admin.pdf.make import make_pdf
from benchmarks.timing import medians
from conversations.vocabulary import Language, MilestoneKind, Situation, Stage, Verification
from storage.career import Career
from storage.milestones import MilestoneVersion

MADE_ON = date(2026, 11, 23)
WORDS = {
    Language.FRENCH: ("Couturière", "Atelier de Salé"),
    Language.ARABIC: ("خياطة", "ورشة سلا"),
    Language.ENGLISH: ("Dressmaker", "Workshop in Salé"),
}


def _career(language: Language, round_: int) -> Career:
    """Twelve steps; others in every round, since typst remembers what it has set."""
    what, where = WORDS[language]
    steps = tuple(
        MilestoneVersion(
            id=f"{number:032x}",
            version=1,
            kind=MilestoneKind.JOB,
            stage=Stage.COMPLETED,
            started_on="2024-03",
            ended_on="2025-06-30",
            details={
                "occupation": f"{what} {round_} {number}",
                "employer": f"{where} {round_} {number}",
                "contract": "fixed_term",
            },
            verification=Verification.DECLARED,
            recorded_at=datetime(2026, 11, 1, tzinfo=UTC),
            superseded_at=None,
        )
        for number in range(12)
    )
    return Career("Amina", language, (Situation.EMPLOYED,), steps, f"{what} {round_}", "Association Amal")


def main() -> None:
    """One line per language: the median in milliseconds, with the QR code."""
    rounds = iter(range(1_000_000))

    def make(language: Language) -> bytes:
        made = next(rounds)
        return make_pdf(_career(language, made), language, MADE_ON, f"https://carnet.example.org/p/{made}")

    taken = medians({language.value: partial(make, language) for language in Language}, 3)
    for name, seconds in taken.items():
        print(f"PDF, {name}: {seconds * 1000:.1f} ms")


if __name__ == "__main__":
    main()

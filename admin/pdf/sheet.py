"""What the pages say, in one language: finished texts only, in the order they stand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from admin.pdf.plain import plain
from admin.texts import Texts, texts_in
from conversations.logbook.summary import title_of
from conversations.messages import Say
from conversations.render.catalogue import say, written_date
from conversations.vocabulary import Language, MilestoneKind, Situation, Stage, Verification
from storage.career import Attended, Career
from storage.milestones import MilestoneVersion

# Steps that two pages hold, however long their words; Arabic letters are set larger.
MOST_STEPS = {False: 18, True: 15}  # by whether the language runs from right to left
MOST_WORKSHOPS = 6
LONGEST_NAME, LONGEST_LINE, LONGEST_TEXT = 40, 100, 300  # characters

# What an employer is told of someone's situation.
TOLD = frozenset(set(Situation) - {Situation.UNKNOWN, Situation.INACTIVE})
# Kinds of steps by the part of the page they stand in. The search for a job is nothing to show an employer.
PARTS: Mapping[str, Sequence[MilestoneKind]] = {
    "pdf.work": (MilestoneKind.JOB, MilestoneKind.BUSINESS, MilestoneKind.COOPERATIVE),
    "pdf.internships": (MilestoneKind.INTERNSHIP,),
    "pdf.training": (MilestoneKind.TRAINING, MilestoneKind.LANGUAGE_COURSE),
    "pdf.other": (MilestoneKind.ADMINISTRATIVE, MilestoneKind.OTHER),
}
SHOWN = frozenset(kind for kinds in PARTS.values() for kind in kinds)


@dataclass(frozen=True, slots=True)
class SheetStep:
    """One step as it stands on the page."""

    when: str
    what: str
    details: tuple[str, ...]
    mark: str  # declared, documented or verified
    checked: str  # who attests it; empty where nobody does


@dataclass(frozen=True, slots=True)
class Part:
    """Steps of the same sort under one heading."""

    title: str
    steps: tuple[SheetStep, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything the template shows."""

    language: Language
    direction: str  # ltr or rtl
    title: str
    name: str
    situation: str
    sections: tuple[Part, ...]
    lists: tuple[tuple[str, tuple[str, ...]], ...]  # headings with their lines
    legend: tuple[tuple[str, str], ...]  # marks with their meaning
    empty: str  # said where there is no step
    older: str  # that some steps are left out; empty if none are
    made: str
    code: str  # the QR code as SVG; empty for none
    scan: str  # what the code leads to


def lay_out(career: Career, language: Language, made_on: date, code: str = "") -> Sheet:
    """The sheet of a career, newest steps first."""
    t = texts_in(language)
    all_shown = [step for step in career.steps if step.kind in SHOWN]
    workshops = _workshops(career, language, t)
    shown = all_shown[: MOST_STEPS[language.right_to_left] - (len(workshops) + 1) // 2]
    left_out = len(all_shown) - len(shown)
    return Sheet(
        language=language,
        direction="rtl" if language.right_to_left else "ltr",
        title=t("pdf.title"),
        name=plain(career.first_name, LONGEST_NAME) or t("pdf.title"),
        situation=_situation(career.situations, t),
        sections=tuple(_parts(shown, career.organisation, language, t)),
        lists=tuple(_lists(workshops, plain(career.skills, LONGEST_TEXT), t)),
        legend=tuple(_legend(shown, t)),
        empty=t("pdf.empty"),
        older=t("pdf.older", n=left_out) if left_out else "",
        made=t("pdf.made", day=written_date(made_on.isoformat(), language)),
        code=code,
        scan=t("pdf.scan"),
    )


def _situation(holding: Sequence[Situation], t: Texts) -> str:
    """What they do now; nothing where it is not known, or nothing at all."""
    return " · ".join(t(f"pdf.now.{each}") for each in holding if each in TOLD)


def _lists(workshops: tuple[str, ...], skills: str, t: Texts) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What is told in lines: the workshops, then skills and languages in the person's words."""
    if workshops:
        yield t("pdf.workshops"), workshops
    if skills:
        yield t("pdf.skills"), (skills,)


def _workshops(career: Career, language: Language, t: Texts) -> tuple[str, ...]:
    """The latest workshops, then how many more there are."""
    shown = tuple(_workshop(one, language, t) for one in career.workshops[:MOST_WORKSHOPS])
    left_out = len(career.workshops) - len(shown)
    return (*shown, t("pdf.more_workshops", n=left_out)) if left_out else shown


def _workshop(attended: Attended, language: Language, t: Texts) -> str:
    """A series with its day; of several sessions how many, from when to when."""
    title = plain(attended.title, LONGEST_LINE)
    first, last = (_unbroken(day.isoformat(), language) for day in (attended.first_on, attended.last_on))
    if attended.sessions == 1:
        return t("pdf.workshop", title=title, day=first)
    days = t("pdf.span", start=first, end=last) if first != last else first
    return t("pdf.workshop_series", title=title, n=attended.sessions, days=days)


def _parts(
    steps: Sequence[MilestoneVersion], organisation: str, language: Language, t: Texts
) -> Iterator[Part]:
    for title, kinds in PARTS.items():
        within = tuple(_step(step, organisation, language, t) for step in steps if step.kind in kinds)
        if within:
            yield Part(t(title), within)


def _step(step: MilestoneVersion, organisation: str, language: Language, t: Texts) -> SheetStep:
    what = plain(title(step, language), LONGEST_LINE)
    where = plain(step.details.get("employer", ""), LONGEST_LINE)
    mark = mark_of(step)
    by = plain(organisation, LONGEST_LINE)
    attested = t("pdf.attested", who=by) if by else t("pdf.attested_plain")
    return SheetStep(
        when=span(step, language, t),
        what=what or where or t(f"milestone.{step.kind}"),
        details=(where,) if what and where else (),
        mark=mark,
        checked=attested if mark == Verification.VERIFIED else "",
    )


def title(step: MilestoneVersion, language: Language) -> str:
    """What the step is called, in the person's words or by its code; empty where there is neither."""
    named = title_of(step)
    return say(named, language) if isinstance(named, Say) else str(named)


def mark_of(step: MilestoneVersion) -> str:
    """How far a step is checked, as a stranger may know it: what the team queries is no matter of theirs."""
    checked = step.verification in (Verification.DOCUMENTED, Verification.VERIFIED)
    return step.verification.value if checked else Verification.DECLARED.value


def span(step: MilestoneVersion, language: Language, t: Texts) -> str:
    """From when to when, as exactly as it is known."""
    start = _unbroken(step.started_on, language)
    if step.stage is Stage.PLANNED:
        return t("pdf.planned", start=start)
    if step.stage is Stage.STARTED:
        return t("pdf.since", start=start)
    if not step.ended_on or step.ended_on == step.started_on:
        return start
    return t("pdf.span", start=start, end=_unbroken(step.ended_on, language))


def _unbroken(day: str, language: Language) -> str:
    """A date that stays on one line; not in Arabic, where readers of PDF lose such spaces in a copy."""
    written = written_date(day, language)
    return written if language.right_to_left else written.replace(" ", "\u00a0")


def _legend(steps: Sequence[MilestoneVersion], t: Texts) -> Iterator[tuple[str, str]]:
    """What the marks mean that are on the page."""
    used = {mark_of(step) for step in steps}
    for mark in (Verification.DECLARED, Verification.DOCUMENTED, Verification.VERIFIED):
        if mark in used:
            yield mark, t(f"pdf.mark.{mark}")

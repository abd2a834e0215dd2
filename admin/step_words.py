"""A step in words: what it is, how far it has come and when."""

from admin.reader import Reader
from admin.texts import text
from conversations.logbook.summary import title_of
from conversations.render.catalogue import say, written_date
from conversations.vocabulary import Language
from storage.milestones import MilestoneVersion


def step_title(step: MilestoneVersion, reader: Reader) -> str:
    """What the step is: «Emploi · couturière · Atelier Nour»."""
    lost = "" if step.readable else reader.t("step.unreadable")
    title = title_of(step)
    named = title if isinstance(title, str) else say(title, reader.language)
    parts = (reader.t(f"milestone.{step.kind}"), named, step.employer, lost)
    return " · ".join(part for part in parts if part)


def step_dates(step: MilestoneVersion, language: Language) -> str:
    """How far it has come and when: «commencé en mars 2025»."""
    started = _date(step.started_on, language) if step.started_on else "—"
    if step.ended_on:
        ended = _date(step.ended_on, language)
        return text(language, f"stage.{step.stage}.dates", started=started, ended=ended)
    return text(language, f"stage.{step.stage}", started=started)


def _date(iso: str, language: Language) -> str:
    """A date in words; one that no calendar has, as it is stored."""
    try:
        return written_date(iso, language)
    except ValueError:
        return iso

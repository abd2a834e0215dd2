"""Timeline entries as a page shows them: whose side, what it says, and how it fares."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog

from admin.answers import read_answers
from admin.reader import Badge, Reader
from admin.step_words import step_dates, step_title
from conversations.events import (
    Attachment,
    Blocked,
    ContactCard,
    Content,
    Edited,
    Elsewhere,
    Location,
    Tap,
    Text,
    Unblocked,
    Unsupported,
)
from conversations.form_names import name_of_form
from conversations.forms import FormError
from conversations.messages import Document, Line, Prompt, Say
from conversations.render.catalogue import say
from conversations.vocabulary import Language
from storage.happenings import (
    ConsentSaid,
    ContactPlan,
    ContactRecorded,
    FormAnswered,
    Happening,
    Received,
    Sent,
    StepRecorded,
    Unreadable,
)
from storage.media.showing import KeptFile
from storage.tables.vocabulary import MessageState

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timeline."""

    at: datetime
    side: str  # `them`, `us` or `note`
    heading: str
    body: str = ""
    aside: str = ""  # a remark under it, such as why a message failed
    pairs: tuple[tuple[str, str], ...] = ()  # question and answer
    badge: Badge | None = None
    file: KeptFile | None = None  # what came with it
    awaiting: bool = False  # the person wrote it to the team and waits for an answer


def entry(happening: Happening, reader: Reader) -> Entry:
    """The entry of one happening; what is stored but cannot be read says so, and hides none of the others."""
    try:
        if _is_broken(happening):
            log.error("entry.unreadable", kind=type(happening).__name__, error="SealBroken")
        return _written(happening, reader)
    except (ValueError, LookupError, FormError) as error:
        log.error("entry.unreadable", kind=type(happening).__name__, error=type(error).__name__)
        return Entry(happening.at, "note", reader.t("entry.unreadable"))


def _is_broken(happening: Happening) -> bool:
    """Whether a part of it was stored but does not open: the rest is shown."""
    match happening:
        case Received(content=Unreadable()) | Sent(prompt=Unreadable()):
            return True
        case FormAnswered(instance_xml=Unreadable()) | ContactRecorded(note=Unreadable()):
            return True
        case StepRecorded(milestone=step):
            return not step.readable
        case _:
            return False


def _written(happening: Happening, reader: Reader) -> Entry:
    match happening:
        case Received():
            return _received(happening, reader)
        case Sent():
            return _sent(happening, reader)
        case StepRecorded():
            return _step(happening, reader)
        case FormAnswered():
            return _answers(happening, reader)
        case ContactPlan():
            return _contact(happening, reader)
        case ConsentSaid():
            return _consent(happening, reader)
        case ContactRecorded(at=at, mode=mode, note=note, author=author):
            heading = reader.t(f"met.{mode}", name=author)
            return Entry(at, "note", heading, note if isinstance(note, str) else "")


def _received(message: Received, reader: Reader) -> Entry:
    failed = message.state is MessageState.FAILED
    return Entry(
        message.at,
        "them",
        reader.t(f"channel.{message.channel}"),
        said(message.content, reader.t),
        aside=reader.t("entry.failed_message") if failed else "",
        badge=reader.badge("message.failed") if failed else None,
        file=message.file,
    )


def said(content: Content | Unreadable | None, t: Callable[..., str]) -> str:
    match content:
        case Text(said):
            return said
        case Edited(said):
            return t("content.edited", text=said)
        case Tap(_, label):
            return label or t("content.tap")
        case Attachment(kind=kind, caption=caption):
            return f"{t(f'content.{kind}')}\n{caption}".strip()
        case Location():
            return t("content.location")
        case ContactCard():
            return t("content.contact")
        case Blocked():
            return t("content.blocked")
        case Unblocked():
            return t("content.unblocked")
        case Unsupported() | Elsewhere():
            return t("content.unsupported")
        case Unreadable():
            return t("entry.unreadable")
        case None:
            return t("content.gone")


def _sent(message: Sent, reader: Reader) -> Entry:
    heading = reader.t(f"sent.{message.kind}", channel=reader.t(f"channel.{message.channel}"))
    reason = reader.t(f"reason.{message.reason}") if message.reason else ""
    if reason and message.code:
        reason = f"{reason} ({message.code})"
    return Entry(
        message.at,
        "us",
        f"{message.author} · {heading}" if message.author else heading,
        _asked(message, reader),
        aside=reason,
        badge=reader.badge(f"delivery.{message.state}"),
    )


def _asked(message: Sent, reader: Reader) -> str:
    match message.prompt:
        case Unreadable():
            return reader.t("entry.unreadable")
        case None:
            return reader.t("content.gone")
        case prompt:
            return written_prompt(prompt, message.language)


def written_prompt(prompt: Prompt, language: Language) -> str:
    """What the person reads, free of any channel: the lines, then the choices."""
    lines = [_line(line, language) for line in prompt.lines]
    choices = [f"· {_line(choice.label, language)}" for choice in prompt.choices]
    files = [
        say(Say(f"document.{each.made_of}"), language) for each in prompt.media if isinstance(each, Document)
    ]
    return "\n".join(part for part in [*files, *lines, *choices] if part)


def _line(line: Line, language: Language) -> str:
    """A text of an earlier release may have left the catalogue: its id is shown instead."""
    try:
        return say(line, language)
    except KeyError as gone:
        return f"⟨{gone.args[0]}⟩"


def _step(recorded: StepRecorded, reader: Reader) -> Entry:
    step = recorded.milestone
    heading = reader.t("entry.step" if step.version == 1 else "entry.step_changed")
    by = f" · {reader.t('entry.recorded_by', name=recorded.author)}" if recorded.author else ""
    return Entry(
        recorded.at,
        "note",
        heading + by,
        step_title(step, reader),
        aside=step_dates(step, reader.language),
        badge=reader.badge(f"verification.{step.verification}"),
    )


def _answers(answered: FormAnswered, reader: Reader) -> Entry:
    form = reader.project.forms.get(answered.form_version_id)
    if isinstance(answered.instance_xml, Unreadable):
        return Entry(answered.at, "note", reader.t("entry.form"), reader.t("entry.unreadable"))
    if form is None or not answered.instance_xml:
        return Entry(answered.at, "note", reader.t("entry.form"), reader.t("content.gone"))
    pairs = read_answers(form, answered.instance_xml, answered.at, reader.project.zone, reader.language)
    return Entry(
        answered.at, "note", f"{reader.t('entry.form')} · {name_of_form(form, reader.language)}", pairs=pairs
    )


def _contact(plan: ContactPlan, reader: Reader) -> Entry:
    heading = reader.t(f"contact_kind.{plan.kind}")
    if plan.asked_by:
        heading = f"{heading} · {reader.t('entry.asked_by', name=plan.asked_by)}"
    return Entry(plan.at, "note", heading, badge=reader.badge(f"contact.{plan.state}"))


def _consent(said: ConsentSaid, reader: Reader) -> Entry:
    heading = reader.t("entry.consent")
    body = reader.t(f"purpose.{said.purpose}")
    aside = reader.t(
        "entry.consent_details",
        channel=_how(said, reader),
        language=said.language.own_name,
        version=said.text_version,
    )
    return Entry(said.at, "note", heading, body, aside, badge=reader.badge(f"consent.{said.state}"))


def _how(said: ConsentSaid, reader: Reader) -> str:
    """In which chat it was said, or to whom."""
    if said.channel is not None:
        return reader.t(f"channel.{said.channel}")
    return reader.t(f"consent_way.{said.way}", name=said.witness)

"""The file about a person as one page in their language: no script, nothing fetched from anywhere."""

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from conversations.events import AttachmentKind
from conversations.logbook.summary import milestone_line
from conversations.messages import Say
from conversations.render.catalogue import say, written_date
from conversations.rights.my_data import ANSWERS, PURPOSES
from conversations.snapshot import Milestone, Workshop
from conversations.vocabulary import Channel
from conversations.workshops.texts import workshop_line
from storage.dossier.contents import Dossier, InvitedTo, StepVersion

if TYPE_CHECKING:
    from jinja2 import Template

HEADINGS = {
    "title": "dossier.title",
    "made": "dossier.made",
    "about": "dossier.about",
    "name": "dossier.name",
    "since": "dossier.since",
    "groups": "dossier.groups",
    "addresses": "dossier.addresses",
    "consents": "data.consents",
    "steps": "dossier.steps",
    "history": "dossier.history",
    "forms": "dossier.forms",
    "messages": "dossier.messages",
    "you": "dossier.you",
    "we": "dossier.we",
    "team": "dossier.team",
    "files": "dossier.files",
    "planned": "dossier.planned",
    "workshops": "dossier.workshops",
    "pages": "dossier.pages",
    "met": "dossier.met",
    "call": "met.call",
    "visit": "met.visit",
    "nothing": "dossier.nothing",
    "codes": "dossier.codes",
}
CHANNELS = {  # as they call themselves
    Channel.TELEGRAM: "Telegram",
    Channel.WHATSAPP: "WhatsApp",
    Channel.SMS: "SMS",
}

SIGNS = {  # of files; they need no language
    AttachmentKind.PHOTO: "📷",
    AttachmentKind.VOICE: "🎤",
    AttachmentKind.AUDIO: "🎵",
    AttachmentKind.VIDEO: "🎬",
    AttachmentKind.DOCUMENT: "📄",
}
NO_WORDS = "📎"


@cache
def _template() -> "Template":
    from jinja2 import Environment, PackageLoader, StrictUndefined  # for who asks for their data

    loader = PackageLoader("storage.dossier", "")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    return environment.get_template("page.html")


def make_page(dossier: Dossier, zone: str) -> str:
    """The page; `zone` is where its hours are told."""
    language = dossier.profile.language
    here = ZoneInfo(zone)

    def moment(at: datetime) -> str:
        local = at.astimezone(here)
        return f"{written_date(local.date().isoformat(), language)}, {local:%H:%M}"

    words = {name: say(Say(id), language) for name, id in HEADINGS.items()}
    messages = [(each.at, words["you"], each.text or NO_WORDS) for each in dossier.messages_from]
    messages += [
        (each.at, words["team" if each.from_the_team else "we"], each.text) for each in dossier.messages_to
    ]
    return _template().render(
        dossier=dossier,
        language=language,
        t=words,
        say=lambda id: say(Say(id), language),
        moment=moment,
        messages=sorted(messages, key=lambda each: each[0]),
        steps=[(step, say(milestone_line(_milestone(step)), language)) for step in dossier.steps],
        workshops=[say(workshop_line(_workshop(each)), language) for each in dossier.workshops],
        purposes=PURPOSES,
        answers=ANSWERS,
        channels=CHANNELS,
        signs=SIGNS,
    )


def _milestone(step: StepVersion) -> Milestone:
    return Milestone(
        step.id,
        step.version,
        step.kind,
        step.stage,
        step.started_on,
        step.recorded_at,
        step.ended_on,
        step.details,
        step.verification,
    )


def _workshop(each: InvitedTo) -> Workshop:
    return Workshop(
        "",
        each.title,
        each.starts_at,
        each.ends_at,
        each.zone,
        each.place,
        each.attendance,
        each.cancelled,
    )

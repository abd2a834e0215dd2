"""A broadcast as people will see it: per channel and language, from the same rendering that sends it."""

import html
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from admin.tariff import Tariff
from conversations.answers import fold
from conversations.messages import Prompt, PromptKind, Say, Verbatim
from conversations.render.capabilities import CAPABILITIES
from conversations.render.parts import render
from conversations.render.window import Route
from conversations.templates.choosing import ByTemplate, choose
from conversations.templates.template import Template
from conversations.vocabulary import Channel, Language
from storage.audience import Counts, Listener, Reach
from storage.broadcasts import Draft
from storage.people import Person

FREE = {Channel.WHATSAPP: "free_form", Channel.SMS: "sms"}  # what costs, by the sort in the tariff
TELLING = ("migra", "refug", "مهاجر", "هجرة", "لاجئ")  # folded; parts of words, in three languages


@dataclass(frozen=True, slots=True)
class Preview:
    """What a group of people will read."""

    channel: Channel
    language: Language  # theirs
    written_in: Language  # the text's: another one where theirs was not written
    people: int
    messages: tuple[str, ...]  # one per message the phone will show


def previews(draft: Draft, counts: Counts, default: Language) -> list[Preview]:
    """One preview for each channel and language that somebody reached has, the largest group first."""
    return [
        _preview(draft, default, channel, language, people)
        for (channel, language), people in counts.shown.most_common()
    ]


def _preview(draft: Draft, default: Language, channel: Channel, language: Language, people: int) -> Preview:
    written_in, text = draft.text_for(language, default)
    prompt = Prompt(PromptKind.BROADCAST, (Verbatim(text),))
    capabilities = CAPABILITIES[channel]
    parts = [part.text for part in render(prompt, written_in, capabilities)]
    # Telegram's HTML carries no tag of ours, only escapes, which its readers do not see.
    shown = tuple(html.unescape(part) if capabilities.html else part for part in parts)
    return Preview(channel, language, written_in, people, shown)


def names_us(draft: Draft, organisation: str) -> bool:
    """Whether a first line, which a locked screen shows, names the association or speaks of migration."""
    telling = (fold(organisation), *TELLING)
    openings = (fold(text.strip().partition("\n")[0]) for text in draft.texts.values())
    return any(name in opening for opening in openings for name in telling if name)


class Way(StrEnum):
    """Which way a broadcast takes to one person who cannot be written to freely now, or why it waits."""

    TEMPLATE = "template"  # by WhatsApp's template for broadcasts
    KNOCK = "knock"  # a template asks them to write, then it goes out
    WAIT = "wait"  # it goes out when they write


@dataclass(frozen=True, slots=True)
class Estimate:
    """What sending means: how many take which way, how many WhatsApp's tier lets through, and the cost."""

    ways: Counter[Way]
    today: int  # of those that take a template
    later: int
    cost: str  # empty where the rates are not set


def way_to(person: Person, known: Sequence[Template], now: datetime) -> Way | None:
    """How a line of ours would go to someone who wrote last on WhatsApp, once its window is closed."""
    if not person.addresses or person.addresses[0].channel is not Channel.WHATSAPP:
        return None
    if person.addresses[0].route(now) is Route.SEND:
        return None
    line = Prompt(PromptKind.STAFF, (Say("talk.from_team"), Verbatim("…")))
    way = choose(line, person.language, known)
    if isinstance(way, ByTemplate):
        return Way.KNOCK if way.knocks else Way.TEMPLATE
    return Way.WAIT


def estimate(
    draft: Draft, people: Sequence[Listener], default: Language, known: Sequence[Template], tariff: Tariff
) -> Estimate:
    """The same choice that sending makes, for everyone the broadcast reaches."""
    ways: Counter[Way] = Counter()
    sends: Counter[str] = Counter()
    for one in people:
        if one.reach is Reach.NOW:
            sends[FREE.get(one.channel, "") if one.channel else ""] += 1
        elif one.reach is Reach.LATER:
            language, text = draft.text_for(one.language, default)
            way = choose(Prompt(PromptKind.BROADCAST, (Verbatim(text),)), language, known)
            if isinstance(way, ByTemplate):
                ways[Way.KNOCK if way.knocks else Way.TEMPLATE] += 1
                sends[way.template.category.lower() or "utility"] += 1
            else:
                ways[Way.WAIT] += 1
    del sends[""]
    today, later = tariff.days(ways[Way.TEMPLATE] + ways[Way.KNOCK])
    return Estimate(ways, today, later, tariff.estimate(sends))

"""A broadcast as people will see it: per channel and language, from the same rendering that sends it."""

import html
from dataclasses import dataclass

from conversations.answers import fold
from conversations.messages import Prompt, PromptKind, Verbatim
from conversations.render.capabilities import CAPABILITIES
from conversations.render.parts import render
from conversations.vocabulary import Channel, Language
from storage.audience import Counts
from storage.broadcasts import Draft

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

"""Buttons and lists on WhatsApp: shapes that its provider keeps, and the words that go into their places.

A shape holds no words of ours, so nothing personal is kept there. It has so many paragraphs and so many
options; its places are what WhatsApp takes in them: no line breaks, nothing empty, and in the text none at
the beginning, at the end, or right after another. So invisible marks stand around each paragraph.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from conversations.messages import Prompt, Say
from conversations.render.capabilities import Capabilities
from conversations.render.catalogue import say
from conversations.render.labels import Button, cut, numbered, or_write, payload, titles
from conversations.render.splitting import utf16_units
from conversations.vocabulary import Language

MOST_PARAGRAPHS = 4  # in one message with buttons; a longer text goes before it
INVISIBLE = "\u200b"  # zero width, without a direction of its own
GAPS = re.compile(r"\t| {4,}")


class Kind(StrEnum):
    """How the options are shown."""

    QUICK = "quick"  # as buttons, three at most
    LIST = "list"  # behind one button, ten at most


@dataclass(frozen=True, slots=True)
class Shape:
    """What the provider keeps: the same for everybody, made once."""

    kind: Kind
    paragraphs: int
    options: int

    @property
    def name(self) -> str:
        """By which it is found again.

        >>> Shape(Kind.QUICK, 2, 3).name
        'carnet_shape_quick_2_3'
        """
        return f"carnet_shape_{self.kind}_{self.paragraphs}_{self.options}"

    @property
    def types(self) -> Mapping[str, Mapping[str, Any]]:
        """Its content, as the provider takes it."""
        marked = [f"{INVISIBLE}{{{{{number}}}}}{INVISIBLE}" for number in range(1, self.paragraphs + 1)]
        body = "\n\n".join(marked)
        first = self.paragraphs + 1
        places = [(f"{{{{{first + 2 * each}}}}}", f"{{{{{first + 2 * each + 1}}}}}") for each in self._each]
        if self.kind is Kind.QUICK:
            actions = [{"type": "QUICK_REPLY", "title": title, "id": id} for title, id in places]
            return {"twilio/quick-reply": {"body": body, "actions": actions}}
        items = [{"item": title, "id": id} for title, id in places]
        button = f"{{{{{first + 2 * self.options}}}}}"
        return {"twilio/list-picker": {"body": body, "button": button, "items": items}}

    @property
    def samples(self) -> Mapping[str, str]:
        """An example for each place, each another: what is offered twice would be refused."""
        count = self.paragraphs + 2 * self.options + (self.kind is Kind.LIST)
        return {str(number): f"Exemple {number}" for number in range(1, count + 1)}

    @property
    def _each(self) -> range:
        return range(self.options)


@dataclass(frozen=True, slots=True)
class Interactive:
    """A message with buttons or a list."""

    kind: Kind
    paragraphs: tuple[str, ...]
    options: tuple[Button, ...]
    button: str = ""  # what opens the list

    @property
    def shape(self) -> Shape:
        return Shape(self.kind, len(self.paragraphs), len(self.options))

    @property
    def values(self) -> Mapping[str, str]:
        """What goes into the places of the shape."""
        told = [*self.paragraphs, *(each for one in self.options for each in (one.title, one.payload))]
        if self.kind is Kind.LIST:
            told.append(self.button)
        return {str(number): value for number, value in enumerate(told, start=1)}


@dataclass(frozen=True, slots=True)
class Offered:
    """How a question is shown. With `before`, that text goes first, and `instead` stands for the buttons."""

    shown: Interactive
    before: str = ""
    instead: str = ""


def interactive(
    prompt: Prompt, language: Language, capabilities: Capabilities, pieces: int
) -> Offered | None:
    """The question with buttons or a list, where the channel has them and it fits; `pieces` is how many
    messages it takes as numbered text.
    """
    labels = [say(choice.label, language) for choice in prompt.choices]
    beside = [say(choice.label, language) for choice in prompt.beside]
    kind, with_beside = _kind(prompt, capabilities)
    if kind is None:
        return None
    limit = capabilities.quick_title if kind is Kind.QUICK else capabilities.list_title
    shown = titles([" ".join(label.split()) for label in labels], limit)
    ways = tuple(cut(" ".join(way.split()), limit) for way in beside) if with_beside else ()
    options = tuple(
        Button(payload(prompt.token, index), title) for index, title in enumerate((*shown, *ways))
    )
    if len({option.title for option in options}) < len(options) or not all(o.title for o in options):
        return None  # WhatsApp refuses two that read the same
    body = [say(line, language) for line in prompt.lines]
    if shown != tuple(labels):
        body.append("\n".join(numbered(labels, language)))
    if beside and not with_beside:
        body.append(or_write(beside, language))
    text = "\n\n".join(each.strip() for each in body if each.strip())
    button = say(Say("render.list_button"), language) if kind is Kind.LIST else ""
    paragraphs = tuple(GAPS.sub(" ", each.strip()) for each in text.split("\n\n"))
    if pieces == 1 and _fits(paragraphs, capabilities):
        return Offered(Interactive(kind, paragraphs, options, button))
    instead = [say(Say("render.number"), language)] if labels else []
    if with_beside and beside:
        instead.append(or_write(beside, language))
    choose = (say(Say("render.choose"), language),)
    before = text if shown != tuple(labels) or not labels else _with_numbers(text, labels, language)
    return Offered(Interactive(kind, choose, options, button), before, "\n\n".join(instead)) if text else None


def _with_numbers(text: str, labels: Sequence[str], language: Language) -> str:
    """The choices stand in the text too, since the buttons come in another message."""
    return "\n\n".join((text, "\n".join(numbered(labels, language))))


def _kind(prompt: Prompt, capabilities: Capabilities) -> tuple[Kind | None, bool]:
    """How the options are shown, and whether the ways on are among them; else they are words in the text."""
    choices, ways = len(prompt.choices), len(prompt.beside)
    if not prompt.token or prompt.several or not capabilities.quick_replies:
        return None, False
    if 0 < choices + ways <= capabilities.quick_replies:
        return Kind.QUICK, True
    if 0 < choices <= capabilities.quick_replies:
        return Kind.QUICK, False
    if 0 < choices <= capabilities.list_items:
        return Kind.LIST, choices + ways <= capabilities.list_items
    return None, False


def _fits(paragraphs: tuple[str, ...], capabilities: Capabilities) -> bool:
    within = utf16_units("\n\n".join(paragraphs)) + 2 * len(paragraphs) <= capabilities.interactive_body
    whole = all(each and "\n" not in each for each in paragraphs)
    return within and whole and len(paragraphs) <= MOST_PARAGRAPHS

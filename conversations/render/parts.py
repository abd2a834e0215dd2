"""A prompt as provider messages: media, text, numbered choices, buttons."""

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from conversations.answers import Spot
from conversations.messages import Document, Media, Pin, Prompt, PromptKind, Recording, Say
from conversations.render.capabilities import Capabilities
from conversations.render.catalogue import say
from conversations.render.interactive import Interactive, interactive
from conversations.render.labels import Button, cut, numbered, or_write, payload, titles
from conversations.render.splitting import split, utf16_units
from conversations.vocabulary import Language

CAPTION = 200  # UTF-16 units of a label beside its picture or recording; the whole label is in the question
NARROW, MIDDLING = 9, 16  # characters of a title that leave room for three or two buttons in a row


@dataclass(frozen=True, slots=True)
class Part:
    """One provider message. `text` is ready to send, escaped where the channel reads HTML."""

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    # a message of its own: the text, if any, is its caption
    media: Media | Recording | Document | None = None
    own_number: str = ""  # the title of the button that sends the person's own number
    # the file that follows, where it takes no caption: no file, no such text
    announces: Media | Recording | None = None
    pin: Pin | None = None  # a place on the map, a message of its own without text
    # the same with buttons or a list, where the provider keeps a shape for it; else the text
    interactive: Interactive | None = None


def render(prompt: Prompt, language: Language, capabilities: Capabilities) -> tuple[Part, ...]:
    """What the channel shows for this prompt, in the order to send; nothing where there is nothing to say."""
    if not capabilities.carries_unasked and prompt.kind is not PromptKind.REPLY:
        return (Part(say(Say("render.sms_notice"), language)),)
    labels = [say(choice.label, language) for choice in prompt.choices]
    shown = titles(labels, capabilities.button_title) if _fit_on_buttons(prompt, capabilities) else ()
    beside = [say(choice.label, language) for choice in prompt.beside]
    beside_on_buttons = bool(prompt.token) and len(shown) + len(beside) <= capabilities.buttons
    body = [say(line, language) for line in prompt.lines]
    if prompt.pin and not capabilities.pins:
        body.insert(1, say(Say("render.map", {"link": map_link(prompt.pin)}), language))
    if labels and shown != tuple(labels):
        body.append("\n".join(numbered(labels, language)))
        if not shown:
            body.append(say(Say("render.several" if prompt.several else "render.number"), language))
    elif not any(text.strip() for text in body):
        body = [" · ".join(labels)]  # no channel shows buttons under an empty text
    if beside and not beside_on_buttons:
        body.append(or_write(beside, language))
    text = "\n\n".join(text for text in body if text.strip())
    media = [*_files(prompt, labels, language, capabilities)] if capabilities.media else []
    pieces = [_escape(piece, capabilities) for piece in _split(text, capabilities)]
    if not pieces:
        return tuple(media)
    pins = (Part("", pin=prompt.pin),) if prompt.pin and capabilities.pins else ()
    buttons = [Button(payload(prompt.token, index), title) for index, title in enumerate(shown)]
    ways = [
        Button(payload(prompt.token, index), title)
        for index, title in enumerate(beside if beside_on_buttons else (), len(labels))
    ]
    rows = (*_rows(buttons, language, capabilities), *_rows(ways, language, capabilities))
    offered = interactive(prompt, language, capabilities, len(pieces))
    if offered and offered.before:
        pieces = [*_split(offered.before, capabilities), offered.instead]
    last = Part(pieces[-1], rows, interactive=offered.shown if offered else None)
    before = (*media, *pins, *_own_number(prompt, language, capabilities))
    return *before, *(Part(piece) for piece in pieces[:-1]), last


def map_link(where: Pin | Spot) -> str:
    """A link that shows the place on a map; it tells nothing of who opens it.

    >>> map_link(Spot(34.02, -6.83))
    'https://osm.org/?mlat=34.02000&mlon=-6.83000&zoom=17'
    """
    return f"https://osm.org/?mlat={where.latitude:.5f}&mlon={where.longitude:.5f}&zoom=17"


def _own_number(prompt: Prompt, language: Language, capabilities: Capabilities) -> tuple[Part, ...]:
    """The button that sends the person's own number, in a message of its own; none where there is none."""
    if prompt.own_number is None or not capabilities.own_number:
        return ()
    invitation = _escape(say(Say("render.own_number"), language), capabilities)
    return (Part(invitation, own_number=say(prompt.own_number, language)),)


def _files(
    prompt: Prompt, labels: Sequence[str], language: Language, capabilities: Capabilities
) -> Iterator[Part]:
    """The files before the text: those of the question, then of each choice, with its number and label."""
    for each in prompt.media:
        yield Part("", media=each)
    for choice, label in zip(prompt.choices, numbered(labels, language), strict=True):
        caption = _escape(cut(label, CAPTION), capabilities)
        for each in choice.media:
            if each.kind in capabilities.captions:
                yield Part(caption, media=each)
            else:
                yield from (Part(caption, announces=each), Part("", media=each))


def _fit_on_buttons(prompt: Prompt, capabilities: Capabilities) -> bool:
    """A button gives one answer only, so several need numbers; without a token a tap would say nothing."""
    return bool(prompt.token) and not prompt.several and 0 < len(prompt.choices) <= capabilities.buttons


def _rows(
    buttons: Sequence[Button], language: Language, capabilities: Capabilities
) -> tuple[tuple[Button, ...], ...]:
    """Short titles share a row. Where the channel does not mirror, Arabic rows are turned round here."""
    widest = max((len(button.title) for button in buttons), default=0)
    width = 3 if widest <= NARROW else 2 if widest <= MIDDLING else 1
    rows = [tuple(buttons[start : start + width]) for start in range(0, len(buttons), width)]
    if language.right_to_left and not capabilities.mirrors_buttons:
        rows = [row[::-1] for row in rows]
    return tuple(rows)


def _split(text: str, capabilities: Capabilities) -> Iterator[str]:
    """Measured as it will be sent, cut before it is escaped: so no `&amp;` is ever torn."""
    return split(text, capabilities.text_limit, lambda piece: utf16_units(_escape(piece, capabilities)))


def _escape(text: str, capabilities: Capabilities) -> str:
    return html.escape(text, quote=False) if capabilities.html else text

"""What is put into a template for one message, checked as WhatsApp checks it."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from conversations.messages import Prompt, Say, Verbatim
from conversations.render.catalogue import say, written
from conversations.render.splitting import utf16_units
from conversations.templates.purposes import FOR_WHOM, Purpose
from conversations.templates.template import Template
from conversations.vocabulary import Language

# What WhatsApp takes in a template (docs/channels.md).
LONGEST_BODY = 1024  # characters, with the values in it
SPACES = re.compile(r" {4,}")  # more than three in a row are refused
BREAKS = re.compile(r"[\n\r\t\v\f\u0085\u2028\u2029]")
NOTHING_SEEN = re.compile(r"[\s\u200b-\u200f\u2060-\u2069\ufeff]*")  # spaces and invisible marks only
ONE_LINE = frozenset({Purpose.TEAM_MESSAGE, Purpose.BROADCAST})


class Unfit(StrEnum):
    """Why a template does not carry a message."""

    COUNT = "count"  # it has other places than we have values
    EMPTY = "empty"  # a value would be empty
    LINES = "lines"  # a value has several lines, a tab, or four spaces in a row
    LENGTH = "length"  # it would be too long


def values_of(prompt: Prompt, purpose: Purpose, language: Language) -> tuple[str, ...]:
    """The values of a message in the order of the places {{1}}, {{2}} … ; what its buttons carry comes last.

    For whom it is, where several share the phone, stands before the first.
    """
    if purpose.knocks:
        return ()
    whose = [say(line, language) for line in prompt.lines if isinstance(line, Say) and line.id == FOR_WHOM]
    if purpose in ONE_LINE:
        words = [line.text.strip() for line in prompt.lines if isinstance(line, Verbatim)]
        # several texts, or a file beside them, are no single line
        text = "\n".join(words) if not prompt.media else "\n"
        return (" ".join((*whose, text)),)
    told = next(line for line in prompt.lines if isinstance(line, Say) and line.id != FOR_WHOM)
    names = ("title", "when") if purpose is Purpose.WORKSHOP_CANCELLATION else ("title", "when", "place")
    values = [written(told.args[name], language) for name in names]
    values[0] = " ".join((*whose, values[0]))
    offered = (*prompt.choices, *prompt.beside)
    carried = [f"{prompt.token}:{index}" for index in range(len(offered))] if prompt.token else []
    return (*values, *carried)


def fill(template: Template, values: Sequence[str], buttons: int = 0) -> Mapping[str, str] | Unfit:
    """Each place's value, or why this does not work. The last `buttons` values may be left out together.

    >>> from conversations.templates.template import Approval
    >>> hello = Template("HX1", "carnet_broadcast_en", Approval.APPROVED, "From the team: {{1}}.")
    >>> fill(hello, ["See you at 10"])
    {'1': 'See you at 10'}
    >>> fill(hello, ["Two\\nlines"]), fill(hello, [" "]), fill(hello, [])
    (<Unfit.LINES: 'lines'>, <Unfit.EMPTY: 'empty'>, <Unfit.COUNT: 'count'>)
    """
    fitting = values if len(template.places) == len(values) else values[: len(values) - buttons]
    wanted = [str(number) for number in range(1, len(fitting) + 1)]
    if sorted(template.places) != sorted(wanted):
        return Unfit.COUNT
    if any(NOTHING_SEEN.fullmatch(value) for value in fitting):
        return Unfit.EMPTY
    if any(BREAKS.search(value) or SPACES.search(value) for value in fitting):
        return Unfit.LINES
    filled = dict(zip(wanted, fitting, strict=True))
    if utf16_units(template.filled(filled)) > LONGEST_BODY:
        return Unfit.LENGTH
    return filled

"""Which template a message takes outside the 24 hours, or why none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from conversations.messages import Prompt
from conversations.templates.purposes import Purpose, purposes_of
from conversations.templates.template import Template
from conversations.templates.values import Unfit, fill, values_of
from conversations.vocabulary import Language


@dataclass(frozen=True, slots=True)
class ByTemplate:
    """A message by way of a template: its values, checked."""

    template: Template
    purpose: Purpose
    values: Mapping[str, str]

    @property
    def knocks(self) -> bool:
        """Whether the message itself waits for the answer."""
        return self.purpose.knocks


def best(templates: Iterable[Template], purpose: Purpose, language: Language) -> tuple[Template, ...]:
    """The templates for a purpose that may be used, the newest first.

    Never another language than the person's: a message they cannot read helps less than one that waits.
    """
    named = [(template.named, template) for template in templates if template.usable]
    fitting = [
        (name.version, template.sid, template)
        for name, template in named
        if name and name.purpose is purpose and name.language is language
    ]
    return tuple(template for *_, template in sorted(fitting, key=lambda each: each[:2], reverse=True))


def choose(prompt: Prompt, language: Language, templates: Sequence[Template]) -> ByTemplate | Unfit | None:
    """The way by template; why the ones that are there do not fit; None where there is none."""
    why: Unfit | None = None
    for purpose in purposes_of(prompt):
        values = values_of(prompt, purpose, language)
        buttons = len((*prompt.choices, *prompt.beside)) if prompt.token and not purpose.knocks else 0
        for template in best(templates, purpose, language):
            filled = fill(template, values, buttons)
            if not isinstance(filled, Unfit):
                return ByTemplate(template, purpose, filled)
            why = why or filled
    return why

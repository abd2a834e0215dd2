"""A form as a chat runs it: without what only an app can show, «Other» in the person’s language."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from conversations.forms.form import Choices, Field, Form, Item, QuestionType, Repeat, Section
from conversations.forms.wording import Wording
from conversations.messages import Say
from conversations.render.catalogue import say
from conversations.vocabulary import Language

EXTERNAL_APP = re.compile(r"\bex:[\w.]+")  # an app of the phone that answers
DRAWN = frozenset(("signature", "draw", "annotate"))  # appearances of an image
BETWEEN = re.compile(r"[\s,]+")
NEVER = ("false()", "0")  # as pyxform writes what a sheet calls not required

# What pyxform writes for `or_other`, in English whatever the language of the sheet.
OTHER, OTHER_LABEL, WHICH_LABEL, WHICH_ENDING = "other", "Other", "Specify other.", "_other"
LIST = re.compile(r"instance\(\s*['\"]([^'\"]+)['\"]\s*\)")


def for_chat(form: Form) -> Form:
    """The same form, with the questions that a chat cannot show marked as not asked, and «Other» translated.

    Nodes, rules and columns stay: what is not asked holds its default or calculation, else nothing. What is
    required is asked all the same, plainly; the check of the form refuses it before.
    """
    return replace(form, items=_adapted(form.items, _Other(form)))


def _adapted(items: Sequence[Item], other: "_Other", by_app: str = "") -> tuple[Item, ...]:
    """`by_app` names the app that fills in a whole group, if one does."""
    return tuple(_adapt(item, other, by_app) for item in items)


def _adapt(item: Item, other: "_Other", by_app: str) -> Item:
    match item:
        case Field():
            return replace(other.worded(item), asked=not _left_out(item, by_app))
        case Section():
            return replace(item, items=_adapted(item.items, other, by_app or app_of(item)))
        case Repeat():
            inside = _adapted(item.items, other, by_app)
            return replace(item, items=inside, fixed=item.fixed or not any(map(_asks, inside)))


def _asks(item: Item) -> bool:
    """Whether anything of it is left: a further turn of nothing is not offered."""
    return item.asked if isinstance(item, Field) else any(map(_asks, item.items))


def app_of(item: Field | Section) -> str:
    """The app of the phone that the sheet lets answer; empty where there is none."""
    found = EXTERNAL_APP.search(item.appearance)
    if found:
        return found[0]
    if isinstance(item, Field) and item.type is QuestionType.IMAGE:
        return ""  # an intent names the camera to take the picture with, and any will do
    return item.intent


def _left_out(field: Field, by_app: str) -> bool:
    """Whether a chat cannot show it and it may be left out. A condition to require it counts: it may hold."""
    if field.required is not None and field.required.source.strip() not in NEVER:
        return False
    drawn = field.type is QuestionType.IMAGE and not DRAWN.isdisjoint(BETWEEN.split(field.appearance.lower()))
    return drawn or bool(by_app or app_of(field))


class _Other:
    """The choices and questions that pyxform made of `or_other`."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.asked_by = {field.path for field in form.fields if _asks_which(field, form)}
        self.lists = {
            name
            for field in form.fields
            if f"{field.path}{WHICH_ENDING}" in self.asked_by and (name := _list_name(field.choices))
        }

    def worded(self, field: Field) -> Field:
        """The question, with what pyxform worded in English said in each of our languages."""
        if field.path in self.asked_by:
            return replace(field, label=_translated(field.label, WHICH_LABEL, "form.other_which", ""))
        if field.choices is None or _list_name(field.choices) not in self.lists:
            return field
        return replace(field, choices=replace(field.choices, worded={OTHER: self._label(field.choices)}))

    def _label(self, choices: Choices) -> Wording:
        """What the choice «other» is called: the sheet's own words where it has some."""
        label = next(self._written(_list_name(choices)), Wording())
        return _translated(label, OTHER_LABEL, "form.other", self.form.default_language)

    def _written(self, list_name: str) -> Iterator[Wording]:
        for root in self.form.lists[list_name].children:
            for item in root.children:
                parts = {child.name: child.text for child in item.children}
                if parts.get("name") == OTHER:
                    text = parts.get("label", OTHER)
                    yield self.form.texts.get(parts.get("itextId", ""), Wording({"": (text,)}))


def _asks_which(field: Field, form: Form) -> bool:
    """Whether it is the question that pyxform puts after a choice with `or_other`."""
    before = form.field(field.path.removesuffix(WHICH_ENDING))
    generated = field.label.texts == {"": (WHICH_LABEL,)} and field.type is QuestionType.TEXT
    return generated and before is not None and before is not field and before.choices is not None


def _list_name(choices: Choices | None) -> str:
    """The list in the form that the choices come from; empty where they come from elsewhere."""
    found = LIST.match(choices.nodes.source.strip()) if choices and choices.nodes else None
    return found[1] if found else ""


def _translated(wording: Wording, generated: str, text_id: str, default_language: str) -> Wording:
    """Our words in each language in which people would read what pyxform generated."""
    ours = {
        language.value: (say(Say(text_id), language),)
        for language in Language
        if next(filter(None, map(wording.texts.get, (language.value, default_language, ""))), None)
        == (generated,)
    }
    return replace(wording, texts={**wording.texts, **ours})

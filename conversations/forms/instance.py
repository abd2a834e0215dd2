"""The instance tree of a form as it stands: values in, relevance and calculations worked out."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from random import Random

from conversations.expressions import Context, Expression, ExpressionError, Node, Outside, context_in
from conversations.forms.choices import label_of
from conversations.forms.errors import FailedRule
from conversations.forms.filling import Filling, Surroundings
from conversations.forms.form import Element, Form, Rule, ancestors
from conversations.forms.places import path_of
from conversations.forms.wording import Media, Wording, language_key

DECIMAL = re.compile(r"-?\d+\.\d*", re.ASCII)


def _chance(seed: str) -> Callable[[], Random]:
    """A source of chance that is seeded when it is first asked for: few forms leave anything to it."""
    return cache(lambda: Random(seed))  # noqa: S311 nothing secret


class Instance:
    """A form's nodes by place, kept up to date while answers come in during one step."""

    def __init__(self, form: Form, filling: Filling, surroundings: Surroundings) -> None:
        self.form = form
        self.surroundings = surroundings
        self.document = Node("")
        self.nodes: dict[str, Node] = {}  # by place
        self.turns: dict[str, int] = {}  # of each repeat, by its place
        self.written: dict[str, str] = {}  # what was set since it was built, by place
        self._holding = filling.answers
        self._repeated: dict[str, list[str]] = {}  # places of each path in a repeat
        self._plant(form.instance, self.document, f"/{form.instance.name}", filling.turns)
        self.places: Mapping[str, Sequence[str]] = {**form.alone, **self._repeated}  # of each path
        own = language_key(surroundings.sheet_language) if surroundings.sheet_language else ""
        self.languages = (own or surroundings.language.value, form.default_language)
        self._seed = filling.seed or filling.started_at
        self._outside = Outside(
            surroundings.now,
            surroundings.zone,
            form.lists,
            texts=self._texts,
            choice_label=self._label,
            chance=_chance(f"{self._seed} {len(filling.trail)}"),
        )

    def _plant(self, element: Element, parent: Node, place: str, turns: Mapping[str, int]) -> None:
        node = parent.add(Node(element.name, self._holding.get(place, element.text)))
        self.nodes[place] = node
        repeated = place != element.path
        if repeated:
            self._repeated.setdefault(element.path, []).append(place)
        if not element.children:
            return
        repeats = self.form.repeats
        for child in element.children:
            below = f"{place}/{child.name}" if repeated else child.path
            if child.path not in repeats:
                self._plant(child, node, below, turns)
            elif below not in self.turns:
                self._plant_turns(child.path, node, below, turns)

    def _plant_turns(self, path: str, node: Node, place: str, turns: Mapping[str, int]) -> None:
        repeat, models = self.form.repeats[path], self.form.templates[path]
        given = [model for model in models if not model.template]
        count = self.turns[place] = turns.get(place, 0 if repeat.count else len(given))
        for turn in range(count):
            model = given[turn] if turn < len(given) else models[0]
            self._plant(model, node, f"{place}[{turn + 1}]", turns)

    def context(self, place: str) -> Context:
        """Where an expression of that node is evaluated."""
        return context_in(self.nodes[place], self.document, self._outside)

    def value(self, place: str) -> str:
        """What the node holds; empty while it is irrelevant."""
        return self.nodes[place].value()

    def relevant(self, place: str) -> bool:
        return self.nodes[place].relevant

    def write(self, wording: Wording, place: str) -> str:
        """A text in the person's language, else in the form's own."""
        try:
            return wording.write(self.languages, lambda: self.context(place))
        except ExpressionError:
            raise FailedRule(place) from None

    def media(self, wording: Wording) -> tuple[Media, ...]:
        """What goes with a text, in the person's language, else in the form's own."""
        return wording.attached(self.languages)

    def holds(self, expression: Expression | None, place: str) -> bool:
        """Whether a rule of the node holds; one that is not there does not."""
        if expression is None:
            return False
        try:
            return expression.truth(self.context(place))
        except ExpressionError:
            raise FailedRule(place) from None

    def found(self, expression: Expression, place: str) -> list[Node]:
        """The nodes that an expression of the node finds."""
        outside = self._outside
        if "random" in expression.source:  # the order is the same whenever the question is looked at
            outside = replace(outside, chance=_chance(f"{self._seed} {place}"))
        try:
            return expression.nodes(context_in(self.nodes[place], self.document, outside))
        except ExpressionError:
            raise FailedRule(place) from None

    def of_item(self, expression: Expression, item: Node, place: str) -> str:
        """What an expression gives on an item of the node's choices."""
        try:
            return expression.text(context_in(item, item.top(), self._outside))
        except ExpressionError:
            raise FailedRule(place) from None

    def worked_out(self, expression: Expression, place: str) -> str:
        """What an expression of the node gives, as it is stored; empty where it is not-a-number."""
        try:
            text = expression.text(self.context(place))
        except ExpressionError:
            raise FailedRule(place) from None
        return "" if text == "NaN" else text

    def _texts(self, text_id: str) -> list[Node]:
        """The text of `jr:itext`, in the person's language."""
        wording = self.form.texts.get(text_id)
        root = self.form.instance.name
        return [Node("value", self.write(wording, f"/{root}"))] if wording else []

    def _label(self, node: Node, name: str) -> str:
        """The label of `jr:choice-name`: of a choice of the question on this node."""
        place = next((place for place, other in self.nodes.items() if other is node), "")
        field = self.form.field(path_of(place))
        return label_of(self, field, place, name) if field else ""

    def hold(self, place: str, text: str) -> None:
        """Let the node hold this; what depends on it is worked out by `refresh`."""
        self.nodes[place].text = text
        self.written[place] = text

    def start(self) -> None:
        """Work out relevance on what the nodes hold: a filling keeps values, not relevance."""
        for rule in self.form.relevances:
            for place in self.places.get(rule.path, ()):
                self._relevance(rule, place)

    def refresh(self, changed: set[str], fresh: str | None = None) -> set[str]:
        """Work out all that reads a changed path, in order; the paths changed in the end.

        `fresh` is a place below which everything is new: there all is worked out.
        """
        changed = changed | {above for path in changed for above in ancestors(path)}
        revived: set[str] = set()
        for rule in self.form.rules:
            touched = not rule.reads.isdisjoint(changed)
            if not touched and fresh is None and rule.path not in revived:
                continue
            for place in self.places.get(rule.path, ()):
                new = fresh is not None and place.startswith(fresh)
                if touched or new or place in revived:
                    self._turn(rule, place, changed, revived)
                    if touched or new or not self._answered(rule, place):
                        self._calculate(rule, place, changed)
        return changed

    def _answered(self, rule: Rule, place: str) -> bool:
        """Whether a person may have written what the node holds: that stays when it only comes back."""
        return rule.path in self.form.questions and self.nodes[place].text != ""

    def _turn(self, rule: Rule, place: str, changed: set[str], revived: set[str]) -> None:
        """Let the node be relevant or not; note what changed by that, and what came back."""
        if rule.relevant is None or not self._relevance(rule, place):
            return
        turned = (rule.path, *self.form.below.get(rule.path, ()))
        changed.update(turned, ancestors(rule.path))
        if self.nodes[place].relevant:
            inside = f"{place}/"
            revived.update(turned)
            revived.update(
                other
                for path in turned
                for other in self.places.get(path, ())
                if other == place or other.startswith(inside)
            )

    def _calculate(self, rule: Rule, place: str, changed: set[str]) -> None:
        """Let the node hold what its calculation gives, while it is relevant."""
        node = self.nodes[place]
        if rule.calculate is None or not node.relevant:
            return
        text = self.worked_out(rule.calculate, place)
        if rule.whole and DECIMAL.fullmatch(text):
            text = text.partition(".")[0]
        if text != node.text:
            self.hold(place, text)
            changed.update((rule.path, *ancestors(rule.path)))

    def _relevance(self, rule: Rule, place: str) -> bool:
        """Whether the relevance of the node changed; what is below follows it."""
        node = self.nodes[place]
        above = node.parent is None or node.parent.relevant
        now = above and self.holds(rule.relevant, place)
        if now == node.relevant:
            return False
        node.relevant = now
        for below in node.descendants():
            below.relevant = now
        return True


def instance_of(form: Form, filling: Filling, surroundings: Surroundings) -> Instance:
    """The instance as the answers make it."""
    instance = Instance(form, filling, surroundings)
    instance.start()
    return instance

"""The instance tree of a form as it stands: values in, relevance and calculations worked out."""

from dataclasses import dataclass

from conversations.expressions import Context, Node, context_at
from conversations.forms.filling import Filling, Surroundings
from conversations.forms.form import Element, Field, Form, Rule
from conversations.forms.wording import Wording


@dataclass(frozen=True, slots=True)
class Instance:
    """A form's nodes by path, with what expressions need to read them."""

    form: Form
    surroundings: Surroundings
    document: Node
    nodes: dict[str, Node]

    def context(self, path: str) -> Context:
        """Where an expression of that node is evaluated."""
        outside = self.surroundings
        return context_at(self.nodes[path], self.document, outside.now, outside.zone, self.form.lists)

    def value(self, path: str) -> str:
        """What the node holds; empty while it is irrelevant."""
        return self.nodes[path].value()

    def relevant(self, field: Field) -> bool:
        return self.nodes[field.path].relevant

    def write(self, wording: Wording, path: str) -> str:
        """A text in the person's language, else in the form's own."""
        languages = (self.surroundings.language.value, self.form.default_language)
        return wording.write(languages, self.context(path))

    def required(self, field: Field) -> bool:
        return field.required is not None and field.required.truth(self.context(field.path))

    def accepts(self, field: Field) -> bool:
        """Whether the constraint holds. An empty value is never held against it."""
        if field.constraint is None or not self.value(field.path):
            return True
        return field.constraint.truth(self.context(field.path))


def instance_of(form: Form, filling: Filling, surroundings: Surroundings) -> Instance:
    """The instance as the answers make it."""
    document = Node("")
    nodes: dict[str, Node] = {}
    _plant(form.instance, document, "", filling, nodes)
    instance = Instance(form, surroundings, document, nodes)
    for rule in form.rules:
        _apply(instance, rule)
    return instance


def _plant(element: Element, parent: Node, above: str, filling: Filling, nodes: dict[str, Node]) -> None:
    path = f"{above}/{element.name}"
    node = nodes[path] = parent.add(Node(element.name, filling.answers.get(path, element.text)))
    for child in element.children:
        _plant(child, node, path, filling, nodes)


def _apply(instance: Instance, rule: Rule) -> None:
    node = instance.nodes[rule.path]
    if rule.relevant is not None:
        above = node.parent is None or node.parent.relevant
        node.relevant = above and rule.relevant.truth(instance.context(rule.path))
        if not node.relevant:
            for below in node.descendants():
                below.relevant = False
    if rule.calculate is not None and node.relevant:
        node.text = rule.calculate.text(instance.context(rule.path))

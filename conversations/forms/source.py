"""What is known of an XForm while it is read: its binds, its texts, its expressions, each compiled once."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from conversations.expressions import Expression, ExpressionError, compile_expression
from conversations.expressions.references import resolve
from conversations.forms.errors import BrokenForm
from conversations.forms.wording import NO_WORDING, Template, Wording
from conversations.forms.xform_names import JR, XF, itext_id


@dataclass(slots=True)
class Source:
    """The reading of one XForm."""

    binds: Mapping[str, Mapping[str, str]]  # attributes by path
    texts: dict[str, Wording] = field(default_factory=dict)  # by id
    compiled: dict[str, Expression] = field(default_factory=dict)  # the same filter is often there many times

    def expression(self, text: str) -> Expression:
        """The expression of a text. Raises BrokenForm."""
        if text not in self.compiled:
            try:
                self.compiled[text] = compile_expression(text)
            except ExpressionError as error:
                raise BrokenForm(f"an expression of the form is wrong: {error}") from error
        return self.compiled[text]

    def of_bind(self, path: str, name: str) -> Expression | None:
        """The expression in an attribute of a bind; None where there is none."""
        text = self.binds.get(path, {}).get(name, "").strip()
        return self.expression(text) if text else None

    def template(self, element: etree._Element) -> Template:
        """Text with the values written into it, as `<output value="…"/>` asks."""
        template: Template = (element.text,) if element.text else ()
        for child in element:
            if child.tag == f"{XF}output":
                template += (self.expression(child.get("value", "")),)
            if child.tail:
                template += (child.tail,)
        return template if any(not isinstance(part, str) or part.strip() for part in template) else ()

    def wording(self, element: etree._Element | None) -> Wording:
        """The wording of a label or hint element."""
        if element is None:
            return NO_WORDING
        text_id = itext_id(element.get("ref", ""))
        if text_id is not None:
            return self.texts.get(text_id, NO_WORDING)
        return Wording({"": self.template(element)})

    def message(self, path: str, name: str) -> Wording:
        """The wording of a bind's message attribute: a constraint's or a required question's."""
        text = self.binds.get(path, {}).get(f"{JR}{name}", "")
        text_id = itext_id(text)
        if text_id is not None:
            return self.texts.get(text_id, NO_WORDING)
        return Wording({"": (text,)}) if text else NO_WORDING


def reads(path: str, *expressions: Expression | None) -> frozenset[str]:
    """The absolute paths that expressions standing on a node read."""
    return frozenset(
        resolve(reference, path)
        for expression in expressions
        if expression is not None
        for reference in expression.references
    )

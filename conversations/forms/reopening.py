"""A submission, or its answers alone, as a filling again: to be read or changed as it was asked."""

from collections import Counter
from collections.abc import Mapping

from lxml import etree

from conversations.forms.errors import BrokenForm
from conversations.forms.filling import Filling
from conversations.forms.form import Form
from conversations.forms.places import order_key, path_of
from conversations.forms.xform_lists import safe_xml
from conversations.forms.xform_names import local_name


def reopened(form: Form, instance_xml: str, started_at: str = "") -> Filling:
    """The filling that a submission of this form came from; what was left empty counts as not passed.

    `started_at` is an ISO 8601 instant. Raises BrokenForm for what is no submission.
    """
    try:
        root = safe_xml(instance_xml.encode())
    except etree.XMLSyntaxError:
        raise BrokenForm("the submission is not XML") from None
    answers: dict[str, str] = {}
    turns: Counter[str] = Counter()
    waiting = [(f"/{local_name(root)}", root)]
    while waiting:
        place, element = waiting.pop()
        answers.update({} if len(element) else {place: element.text or ""})
        for child in element:
            below = f"{place}/{local_name(child)}"
            if path_of(below) in form.repeats:
                turns[below] += 1
                below = f"{below}[{turns[below]}]"
            waiting.append((below, child))
    asked = (place for place, text in answers.items() if text and path_of(place) in form.questions)
    trail = tuple(sorted(asked, key=lambda place: order_key(place, form.order)))
    return Filling(form.form_id, form.version_id, answers, trail, started_at, turns=dict(turns))


def refilled(form: Form, values: Mapping[str, str], started_at: str = "") -> Filling:
    """A filling that holds these values by the names of its questions; of repeats it holds none.

    What the form asks besides counts as not passed, what it neither asks nor calculates is left out.
    """
    calculated = [rule.path for rule in form.rules if rule.calculate is not None]
    answers = {
        path: values[name]
        for path in dict.fromkeys((*form.questions, *calculated))
        if values.get(name := path.rpartition("/")[2])
        and not any(path.startswith(f"{repeat}/") for repeat in form.repeats)
    }
    trail = tuple(sorted(answers.keys() & form.questions.keys(), key=lambda path: form.order[path]))
    return Filling(form.form_id, form.version_id, answers, trail, started_at)

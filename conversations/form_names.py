"""What people call a form: XLSForm gives it one title, in one language; ours are named in each."""

from conversations.forms import Form
from conversations.forms.library import BUILTIN
from conversations.messages import Say
from conversations.render.catalogue import say
from conversations.vocabulary import Language


def name_of_form(form: Form, language: Language) -> str:
    """Its name in this language where it is one of ours; the title its author gave it everywhere else.

    A form that replaces one of ours keeps its own title.
    """
    if form.form_id in BUILTIN:
        ours = Say(f"library.{form.form_id}")
        if form.title.replace("'", "’") == say(ours, Language.FRENCH):  # the compiler straightens apostrophes
            return say(ours, language)
    return form.title or form.form_id

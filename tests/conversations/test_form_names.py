"""Our forms are named in every language; a form of somebody else keeps the title its author gave it."""

from dataclasses import replace

import pytest

from conversations.form_names import name_of_form
from conversations.forms import BuiltinForm, builtin_forms, compile_form
from conversations.messages import DocumentKind, Say
from conversations.render.catalogue import say
from conversations.vocabulary import Language

FORMS = builtin_forms()


@pytest.mark.parametrize("built", FORMS, ids=[built.form_id for built in FORMS])
def test_each_of_ours_has_a_name_in_each_language(built: BuiltinForm) -> None:
    form = compile_form(built.source, "md", built.form_id)
    names = {name_of_form(form, language) for language in Language}
    assert len(names - {form.title}) >= 2
    assert name_of_form(form, Language.FRENCH).replace("’", "'") == form.title.replace("’", "'")


def test_a_form_that_replaces_ours_keeps_its_title() -> None:
    built = FORMS[0]
    form = compile_form(built.source, "md", built.form_id)
    assert name_of_form(replace(form, title="Enquête d’Atlas"), Language.ARABIC) == "Enquête d’Atlas"
    assert name_of_form(replace(form, form_id="survey", title=""), Language.ARABIC) == "survey"


@pytest.mark.parametrize("kind", DocumentKind)
def test_every_file_that_is_sent_has_a_name(kind: DocumentKind) -> None:
    assert all(say(Say(f"document.{kind}"), language) for language in Language)

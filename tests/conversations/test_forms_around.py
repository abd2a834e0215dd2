"""What surrounds the answers: notes, defaults, calculations, choices, the person's language, the summary."""

from pydantic import TypeAdapter

from conversations.forms import (
    Filling,
    Form,
    Refusal,
    answer_text,
    begin,
    closing_notes,
    compile_form,
    question,
    revisit,
    submission,
    summary,
)
from conversations.messages import Verbatim
from tests.conversations.sheets import ARABIC, ENGLISH, FRENCH, asked, builtin, sheet, walk


def test_notes_come_with_the_question_after_them_and_the_last_ones_at_the_end() -> None:
    form = sheet("""
        | note | hello | Welcome. | | | | | |
        | note | why | Two questions. | | | | | |
        | text | name | Name? | | | | | |
        | note | thanks | Thank you ${name}. | | | | | |
        | text | more | More? | | ${name} = 'Amina' | | | |
        | note | bye | Goodbye. | | | | | |
        | note | never | Never. | | false() | | | |
    """)
    first = question(form, begin(form, ENGLISH), ENGLISH)
    assert first
    assert first.notes == ("Welcome.", "Two questions.")
    filling = walk(form, ENGLISH, "Amina")
    second = question(form, filling, ENGLISH)
    assert second
    assert second.notes == ("Thank you Amina.",)
    assert closing_notes(form, walk(form, ENGLISH, "x", filling=filling), ENGLISH) == ("Goodbye.",)
    assert closing_notes(form, walk(form, ENGLISH, "Ali"), ENGLISH) == ("Thank you Ali.", "Goodbye.")


def test_defaults_fixed_and_worked_out_are_there_from_the_start() -> None:
    form = sheet("""
        | integer | count | Count? | | | | | 4 |
        | date | day | Day? | | | | | today() |
    """)
    first = question(form, begin(form, FRENCH), FRENCH)
    assert first
    assert first.value == "4"
    second = question(form, walk(form, FRENCH, None), FRENCH)
    assert second
    assert second.value == "2026-11-23"
    assert submission(form, walk(form, FRENCH, None), FRENCH).values == {"day": "2026-11-23"}


def test_what_is_calculated_once_stays() -> None:
    form = sheet("""
        | integer | count | Count? | | | | | |
        | calculate | first | | | | | once(string(${count})) | |
        | calculate | double | | | | | ${count} * 2 | |
    """)
    filling = walk(form, ENGLISH, "4")
    changed = walk(form, ENGLISH, "5", filling=revisit(form, filling, "/data/count"))
    assert submission(form, changed, ENGLISH).values == {"count": "5", "first": "4", "double": "10"}


def test_choices_follow_an_earlier_answer() -> None:
    form = sheet_with_filter()
    coast = walk(form, ENGLISH, "coast")
    towns = question(form, coast, ENGLISH)
    assert towns
    assert [option.name for option in towns.options] == ["rabat", "sale"]
    chosen = walk(form, ENGLISH, "Salé", filling=coast)
    inland = walk(form, ENGLISH, "inland", filling=revisit(form, chosen, "/data/area"))
    assert asked(form, inland, ENGLISH) == "town"


def sheet_with_filter() -> Form:
    return compile_form(
        """
        | survey |
        | | type | name | label | choice_filter |
        | | select_one area | area | Area? | |
        | | select_one town | town | Town? | area = ${area} |
        | choices |
        | | list_name | name | label | area |
        | | area | coast | Coast | |
        | | area | inland | Inland | |
        | | town | rabat | Rabat | coast |
        | | town | sale | Salé | coast |
        | | town | tiflet | Tiflet | inland |
        """.encode(),
        "md",
        "v1",
    )


def test_the_sheet_speaks_the_persons_language_and_else_its_own() -> None:
    form = compile_form(
        """
        | survey |
        | | type | name | label::fr | label::ar | hint::fr | constraint | constraint_message::fr |
        | | integer | age | Quel âge ? | كم العمر؟ | En années | . > 0 | Plus de zéro |
        | settings |
        | | form_id | default_language |
        | | test | fr |
        """.encode(),
        "md",
        "v1",
    )
    start = begin(form, ARABIC)
    for surroundings, label in ((FRENCH, "Quel âge ?"), (ARABIC, "كم العمر؟"), (ENGLISH, "Quel âge ?")):
        now = question(form, start, surroundings)
        assert now
        assert (now.label, now.hint) == (label, "En années")
    assert answer_text(form, start, ARABIC, "0") == Refusal(Verbatim("Plus de zéro"))


def test_an_answer_reads_as_words_in_the_summary() -> None:
    form = builtin("milestone-job")
    filling = walk(form, ARABIC, "١", "3 مارس 2025", "خياطة", None, "عمل موسمي")
    assert [said for _, _, said in summary(form, filling, ARABIC)] == [
        "بدأتُ",
        "3 مارس 2025",
        "خياطة",
        "—",
        "عمل موسمي",
    ]


def test_a_filling_survives_being_stored() -> None:
    form = builtin("milestone-job")
    filling = walk(form, FRENCH, "1", "hier")
    stored = TypeAdapter(Filling)
    assert stored.validate_json(stored.dump_json(filling)) == filling
    assert filling.started_at == "2026-11-23T12:00:00+00:00"

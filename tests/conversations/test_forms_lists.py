"""Lists from attached files, and look-ups in them."""

import json

import pytest

from conversations.forms import BrokenForm, FailedRule, Form, begin, compile_form, question, submission
from tests.conversations.sheets import ENGLISH, walk

SHEET = """
| survey |
| | type | name | label | choice_filter | calculation |
| | text | region | Region? | | |
| | select_one_from_file towns.{ending} | town | Town? | region = ${{region}} | |
| | calculate | people | | | pulldata('towns', 'people', 'name', ${{town}}) |
| | calculate | called | | | {calculation} |
| | text | end | {{}}People? | | |
"""
CSV = "name,label,region,people\nrabat,Rabat,coast,577\nsale,Salé,coast,890\nfes,Fès,inland,1112\n"
XML = """<root><item><name>rabat</name><label>Rabat</label><region>coast</region><people>577</people></item>
<item><name>fes</name><label>Fès</label><region>inland</region></item></root>"""
GEOJSON = json.dumps(
    {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": "rabat",
                "properties": {"title": "Rabat", "region": "coast"},
                "geometry": {"type": "Point", "coordinates": [-6.83, 34.02]},
            },
            {"type": "Feature", "id": "x", "properties": {"title": "X", "region": "sea"}, "geometry": None},
        ],
    }
)


def form_with(ending: str, content: str, calculation: str = "1") -> Form:
    rows = SHEET.format(ending=ending, calculation=calculation).replace("{}", "")
    if ending != "csv":
        rows = "\n".join(row for row in rows.splitlines() if "pulldata" not in row)
    return compile_form(rows.encode(), "md", "v1", {f"towns.{ending}": content.encode()})


@pytest.mark.parametrize(("ending", "content"), [("csv", CSV), ("xml", XML), ("geojson", GEOJSON)])
def test_choices_come_from_an_attached_file(ending: str, content: str) -> None:
    form = form_with(ending, content)
    now = question(form, walk(form, ENGLISH, "coast"), ENGLISH)
    assert now
    assert (now.options[0].name, now.options[0].label) == ("rabat", "Rabat")
    assert "fes" not in [option.name for option in now.options]


def test_a_value_is_looked_up_in_an_attached_file() -> None:
    form = form_with("csv", CSV)
    filling = walk(form, ENGLISH, "coast", "Salé", "x")
    assert submission(form, filling, ENGLISH).values["people"] == "890"


def test_the_label_of_a_choice_can_be_written_elsewhere() -> None:
    form = form_with("csv", CSV, "jr:choice-name(${town}, '${town}')")
    assert submission(form, walk(form, ENGLISH, "coast", "Salé", "x"), ENGLISH).values["called"] == "Salé"


def test_a_list_whose_file_is_not_there_offers_nothing() -> None:
    form = compile_form(
        b"| survey |\n| | type | name | label |\n| | select_one_from_file towns.csv | a | A? |\n", "md", "v1"
    )
    now = question(form, begin(form, ENGLISH), ENGLISH)
    assert now
    assert now.options == ()


@pytest.mark.parametrize(
    ("ending", "content"), [("xml", "<root>"), ("geojson", "[]"), ("geojson", "{"), ("csv", "\udcff")]
)
def test_a_file_that_cannot_be_read_breaks_the_form(ending: str, content: str) -> None:
    with pytest.raises(BrokenForm):
        compile_form(
            SHEET.format(ending=ending, calculation="1").replace("{}", "").encode(),
            "md",
            "v1",
            {f"towns.{ending}": content.encode(errors="surrogateescape")},
        )


def test_a_rule_that_cannot_be_worked_out_is_an_error_of_the_form_that_names_its_node_only() -> None:
    form = form_with("csv", CSV, "digest(${region}, 'none')")
    with pytest.raises(FailedRule) as raised:
        walk(form, ENGLISH, "secret")
    assert "secret" not in str(raised.value)

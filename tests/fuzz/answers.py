"""Whatever a person says, taps or sends: in a form with every sort of question, and in a conversation."""

from collections.abc import Callable
from decimal import Decimal

from conversations import events
from conversations.answers import Chosen, Spot
from conversations.forms import Answer, Form, Run, back, builtin_forms, revisit
from conversations.vocabulary import Language
from tests.conversations.sheets import ARABIC, ENGLISH, FRENCH, sheet
from tests.conversations.talking import CODE, Talk, participant
from tests.fuzz.choices import Choices

TYPES = (
    "text",
    "integer",
    "decimal",
    "date",
    "time",
    "dateTime",
    "select_one l",
    "select_multiple l",
    "rank l",
    "acknowledge",
    "geopoint",
    "image",
    "audio",
    "video",
    "file",
    "barcode",
    "range",
    "note",
)
RULES = ("", "${a1} > 1 or ${a3} < today()", "selected(${a7}, 'x')", "${a0} != ''")
NAMES = ("x", "y", "OK", "yes", "no")
WORDS = (
    "1",
    "2",
    "yes",
    "menu",
    "0",
    "stop",
    "back",
    "skip",
    "plus tard",
    "12/03/2025",
    "٣",
    "la",
    "my data",
)
LIMITS = ("", ". != 'x'", "${a1} < 5", "count(${turn}) < 4")
PEOPLE = (ENGLISH, FRENCH, ARABIC)
SEEDS = [bytes([kind, number, 3]) * 40 for kind in (0, 1) for number in range(12)]


def _everything() -> Form:
    """A question of each type in a repeat, with rules between them."""
    rows = "\n".join(
        f"| {kind} | a{at} | A ${{a0}}? | | {RULES[at % 4 if at > 7 else 0]} | {LIMITS[at % 4]} | | |"
        for at, kind in enumerate(TYPES)
    )
    return sheet(
        f"""
        | begin_repeat | turn | Turn | | | | | |
        {rows}
        | end_repeat | | | | | | | |
        | calculate | sum | | | | | sum(${{a1}}) + count-selected(${{a7}}) | |
        | text | last | Last ${{sum}}? | | ${{sum}} > 3 | | | |
        """,
        "| l | x | X | |\n| l | y | Y | |",
    )


EVERYTHING = _everything()
FORM_IDS = [form.form_id for form in builtin_forms()]
JOINED = {language: participant(language).snapshot for language in Language}


def check(data: bytes) -> None:
    """The first byte says where it is said."""
    choices = Choices(data[1:])
    (_in_a_form if data[:1] == b"\0" else _in_a_conversation)(choices)


def _in_a_form(choices: Choices) -> None:
    around = PEOPLE[choices.number(3)]
    run = Run.begin(EVERYTHING, around)
    for sort in choices.steps(40):
        match sort:
            case 0:
                run = Run(EVERYTHING, back(EVERYTHING, run.filling), around)
            case 1 if run.filling.trail:
                place = run.filling.trail[choices.number(len(run.filling.trail))]
                if not place.endswith("]"):
                    run = Run(EVERYTHING, revisit(EVERYTHING, run.filling, place), around)
            case _ if run.ahead.stop is None:
                break
            case 2 | 3:
                run.skip()
            case 4 | 5:
                run.answer_text(choices.text())
            case 6:
                run.answer_text(WORDS[choices.number(len(WORDS))])
            case _:
                run.answer(_typed(choices))
    again = Run(EVERYTHING, run.filling, around)
    assert again.ahead == run.ahead
    assert (run.question() is None) == (run.ahead.stop is None)
    assert run.submission().instance_xml.startswith("<data")
    run.summary(), run.closing_notes()


def _typed(choices: Choices) -> Answer:
    makers: tuple[Callable[[], Answer], ...] = (
        choices.text,
        lambda: int.from_bytes(choices.text().encode("utf-8", "replace")[:30], "big", signed=True),
        lambda: Decimal(choices.number(256)).scaleb(choices.number(256) - 128),
        choices.day,
        lambda: choices.moment().time(),
        choices.moment,
        lambda: Chosen(tuple(NAMES[choices.number(5)] for _ in range(choices.number(4)))),
        lambda: Spot(choices.real(), choices.real()),
        lambda: _attachment(choices),
    )
    return makers[choices.number(len(makers))]()


def _attachment(choices: Choices) -> events.Attachment:
    kind = tuple(events.AttachmentKind)[choices.number(5)]
    return events.Attachment(kind, choices.text(), choices.text(), choices.number(256), choices.text())


def _in_a_conversation(choices: Choices) -> None:
    snapshot = (None, *JOINED.values())[choices.number(1 + len(JOINED))]
    talk = Talk() if snapshot is None else Talk(snapshot)
    shown: list[tuple[str, str]] = []  # all buttons, with the token of their asking
    for sort in choices.steps(40):
        asked = talk.prompts[-1] if talk.prompts else None
        shown += [(asked.token, choice.value) for choice in asked.choices] if asked else []
        match sort:
            case 0 | 1:
                talk.says(WORDS[choices.number(len(WORDS))])
            case 2:
                talk.says(choices.text())
            case 3 if asked and asked.choices:
                talk.taps(asked.choices[choices.number(len(asked.choices))].value)
            case 4 if shown:
                talk.taps_old(*shown[choices.number(len(shown))])
            case 5 if talk.snapshot.participant:
                talk.happens(events.ContactDue("contact1", FORM_IDS[choices.number(len(FORM_IDS))]))
            case 6:
                talk.says(CODE)
            case 7:
                talk.later(hours=choices.number(256))
            case _:
                talk.happens(_event(choices))
        assert talk.heard is not None


def _event(choices: Choices) -> events.Event:
    makers: tuple[Callable[[], events.Event], ...] = (
        lambda: events.Text(choices.text()),
        lambda: events.Edited(choices.text()),
        lambda: events.Tap(choices.text(), choices.text()),
        lambda: _attachment(choices),
        lambda: events.Location(choices.real(), choices.real()),
        lambda: events.ContactCard(choices.text(), own=bool(choices.number(2))),
        events.Blocked,
        events.Unblocked,
        lambda: events.Unsupported(choices.text()),
    )
    return makers[choices.number(len(makers))]()

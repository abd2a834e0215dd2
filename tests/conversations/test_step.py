"""Promises of the conversation as a whole, from any place that can be reached."""

from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.events import Attachment, AttachmentKind, Edited, Event, Location, Tap, Text, Unsupported
from conversations.session import Place
from conversations.vocabulary import ConsentState, Language
from tests.conversations.talking import CODE, Talk, participant

ODD = [
    "",
    " ",
    "😀",
    "0",
    "٠",
    "\u200f",
    "a\u0000b",
    "1",
    "2",
    "3",
    "9" * 400,
    "x" * 10_000,
    "\ud800",
    "stop",
]
WORDS = [
    "oui",
    "non",
    "menu",
    "retour",
    "passer",
    "annuler",
    "aide",
    "langue",
    "carnet",
    "parler",
    "commencer",
]
DATES = ["12/03/2025", "hier", "31/02/2025", "2030-01-01"]

texts = st.sampled_from([*ODD, *WORDS, *DATES, CODE]) | st.text(max_size=60)
events: st.SearchStrategy[Event] = st.one_of(
    texts.map(Text),
    st.just(Edited("autre")),
    st.just(Attachment(AttachmentKind.PHOTO, "file1")),
    st.just(Location(34.0, -6.8)),
    st.just(Unsupported("poll")),
    st.just(Tap("gone:0", "Oui")),
)


def wandering(talk: Talk, way: list[Event]) -> None:
    for event in way:
        talk.happens(event)
        assert talk.prompts, "whatever a person sends is answered"
        assert talk.heard.strip()


@settings(max_examples=150, deadline=None)
@given(st.lists(events, max_size=12))
def test_a_newcomer_is_always_answered(way: list[Event]) -> None:
    wandering(Talk(), [Text(CODE), *way])


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(Language), st.lists(events, max_size=12))
def test_a_participant_is_always_answered_menu_leads_home_and_stop_stops(
    language: Language, way: list[Event]
) -> None:
    talk = participant(language)
    wandering(talk, way)
    talk.says("menu")
    assert talk.where() is Place.HOME
    talk.says("stop")
    person = talk.snapshot.participant
    assert person is not None
    assert person.prompting is ConsentState.WITHDRAWN

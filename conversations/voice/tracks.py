"""Audio tracks: recordings of what is said, for people who listen rather than read.

What is recorded is known by keys: the id of a message (`join.adult`), a question of a form
(`profile/first_name`), one of its choices (`profile/gender.woman`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from conversations.messages import Choice, Line, Media, MediaKind, Recording, Say
from conversations.snapshot import Project
from conversations.vocabulary import MilestoneKind

# How each language is called by those who speak it; a track of any other goes by its code.
OWN_NAMES = {
    "ary": "الدارجة",
    "ar": "العربية",
    "fr": "Français",
    "en": "English",
    "wo": "Wolof",
    "ff": "Pulaar",
    "bm": "Bamanankan",
    "dyu": "Julakan",
    "ln": "Lingála",
    "es": "Español",
    "pt": "Português",
    "ha": "Hausa",
    "sw": "Kiswahili",
    "zgh": "ⵜⴰⵎⴰⵣⵉⵖⵜ",
}
READ = "read"  # no track: longer than any code
MOST_ALOUD = 10  # choices with recordings of their own; more would flood the chat and cost people's data
NEVER_ALOUD = "exit."  # what is said while somebody looks over the shoulder

# What everybody meets, in the order they meet it; without these a track leaves people alone. A walk through
# all of it (`tests/conversations/test_essential.py`) finds what is missing here.
ESSENTIAL = (
    "voice.ask",
    "voice.read",
    "voice.will_listen",
    "join.welcome",
    "join.adult",
    "yes",
    "no",
    "join.link",
    "join.help",
    "join.minor",
    "consent.who",
    "consent.controller",
    "consent.why",
    "consent.who_sees",
    "consent.abroad",
    "consent.transfer",
    "consent.rights",
    "join.consent",
    "join.refused",
    "join.thanks",
    "join.prompting",
    "join.prompting_yes",
    "join.prompting_no",
    "profile.intro",
    "profile.done",
    "profile.done_by_voice",
    "spoken.kept",
    "form.ways_on",
    "media.ask",
    "home.menu",
    "menu.resume",
    "menu.profile",
    "menu.record",
    "menu.logbook",
    "menu.talk",
    "menu.voice",
    "menu.data",
    "kind.ask",
    *(f"kind.{kind}" for kind in MilestoneKind),
    "milestone.intro",
    "form.summary",
    "form.is_it_right",
    "form.right",
    "form.change",
    "form.details",
    "form.drop",
    "form.details_intro",
    "proof.ask",
    "proof.none",
    "milestone.done",
    "checkin.hello",
    "later.button",
    "checkin.done",
    "talk.enter",
    "talk.kept",
    "talk.menu",
    "talk.report",
    "home.passed_on",
    "language.ask",
    "language.done",
    "choice.unclear",
    "answer.required",
    "stop.done",
    "distress.heard",
    "distress.heard_self",
    "distress.heard_harm",
    "distress.heard_need",
    "distress.no_contact",
    "distress.read_some_time",
    "distress.go_on",
)


@dataclass(frozen=True, slots=True)
class Track:
    """One track: which files it has, by key. The one of people who read has none."""

    code: str
    files: Mapping[str, str] = field(default_factory=dict)

    def recording(self, key: str) -> tuple[Recording, ...]:
        """The recording with this key, if there is one."""
        return (Recording(self.code, self.files[key]),) if key in self.files else ()

    def of_line(self, line: Line) -> tuple[Recording, ...]:
        """A text of ours read aloud."""
        aloud = isinstance(line, Say) and not line.id.startswith(NEVER_ALOUD)
        return self.recording(line.id) if aloud and isinstance(line, Say) else ()

    def of_lines(self, lines: Iterable[Line]) -> tuple[Recording, ...]:
        """All that is recorded of a message, in its order."""
        return tuple(each for line in lines for each in self.of_line(line))

    def instead(self, key: str, media: Iterable[Media]) -> tuple[Media | Recording, ...]:
        """The files of a sheet, with this track's recording in place of the sheet's, if there is one."""
        own, sheets = self.recording(key), tuple(media)
        return (*own, *(each for each in sheets if each.kind is not MediaKind.AUDIO)) if own else sheets

    def with_choices(self, choices: Iterable[Choice]) -> tuple[Choice, ...]:
        """The choices, each of ours with its recording."""
        heard = ((choice, self.of_line(choice.label)) for choice in choices)
        return tuple(
            replace(choice, media=(*choice.media, *aloud)) if aloud else choice for choice, aloud in heard
        )


def track_of(project: Project, code: str) -> Track:
    """The track with this code; one whose folder is gone has nothing recorded."""
    return Track(code, project.recordings.get(code, {}))


def called(track: str) -> str:
    """A track as those who speak its language call it; one that nobody here knows, by its code.

    >>> called("wo"), called("zz")
    ('Wolof', 'zz')
    """
    return OWN_NAMES.get(track, track)


def tracks(project: Project) -> tuple[str, ...]:
    """The codes of the tracks that can be chosen: those with at least one recording."""
    known = [*OWN_NAMES, *sorted(project.recordings.keys() - OWN_NAMES.keys())]
    return tuple(code for code in known if project.recordings.get(code))


def track_choices(project: Project) -> tuple[Choice, ...]:
    """Read, or listen to one of the tracks; each says in its own language how to choose it."""
    listen = (
        Choice(
            code,
            Say("voice.listen", {"track": called(code)}),
            track_of(project, code).recording("voice.ask"),
        )
        for code in tracks(project)
    )
    return (Choice(READ, Say("voice.read")), *listen)

"""A question as it stands: what is said, what can be chosen, what is heard before it."""

from dataclasses import dataclass, replace

from conversations.messages import Choice, Line, Media, Pin, Recording, Say
from conversations.voice.tracks import Track


@dataclass(frozen=True, slots=True)
class Asking:
    """A question as it stands: what is said and what can be chosen."""

    lines: tuple[Line, ...]
    choices: tuple[Choice, ...] = ()
    several: bool = False
    own_number: Say | None = None  # the button of a channel that proves the number
    note_media: tuple[Media | Recording, ...] = ()
    media: tuple[Media | Recording, ...] = ()
    beside: tuple[Choice, ...] = ()  # ways on that are no answers
    pin: Pin | None = None  # where it takes place

    def once_more(self) -> "Asking":
        """The same after an answer that was none: with its own recording, without the others and the map."""
        choices = tuple(replace(choice, media=()) for choice in self.choices)
        return replace(self, note_media=(), choices=choices, pin=None)

    def read_aloud(self, track: Track) -> "Asking":
        """The same with what is recorded of our own words; a form's are there already."""
        if not track.files:
            return self
        aloud = (*track.of_lines(self.lines), *self.media)
        return replace(self, media=aloud, choices=track.with_choices(self.choices))

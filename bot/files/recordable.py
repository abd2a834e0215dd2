"""What can be recorded: our messages and the questions of the built-in forms; and what of it is not yet."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.files.recordings import Found
from conversations.forms import builtin_forms, compile_form
from conversations.voice.tracks import ESSENTIAL, NEVER_ALOUD
from locales import read_catalogue

# What nobody hears: the page of the simulated phone, Telegram's menu, how other texts are put together.
NOT_SAID = (NEVER_ALOUD, "phone.", "telegram.", "render.")


@dataclass(frozen=True, slots=True)
class TrackReport:
    """How far one track is: keys in the order people meet them."""

    track: str
    recorded: int
    missing: tuple[str, ...]


@cache
def needed() -> tuple[str, ...]:
    """The keys that a track should have: what everybody meets, then every question of the built-in forms."""
    return (*ESSENTIAL, *_questions())


def report(found: Found) -> list[TrackReport]:
    """What is recorded and what is not, track by track."""
    return [
        TrackReport(track, len(files), tuple(key for key in needed() if key not in files))
        for track, files in sorted(found.tracks.items())
    ]


def unknown(found: Found) -> tuple[str, ...]:
    """Recordings that no message and no question of ours asks for, such as misspelt ones.

    Those of forms that are not built in are left alone: they come with the team's own sheets.
    """
    ours = {form.form_id for form in builtin_forms()}
    return tuple(
        f"{track}/{files[key]}"
        for track, files in sorted(found.tracks.items())
        for key in sorted(files)
        if not _is_known(key, ours)
    )


def _is_known(key: str, ours: set[str]) -> bool:
    form_id, _, question = key.rpartition("/")
    if not form_id:
        return key in _messages()
    return form_id not in ours or f"{form_id}/{question.partition('.')[0]}" in _questions()


@cache
def _messages() -> frozenset[str]:
    catalogue = read_catalogue("en", "chat")
    ids = (message.id if isinstance(message.id, str) else message.id[0] for message in catalogue)
    return frozenset(id for id in ids if id and not id.startswith(NOT_SAID))


@cache
def _questions() -> tuple[str, ...]:
    return tuple(dict.fromkeys(_asked()))


def _asked() -> Iterator[str]:
    for built_in in builtin_forms():
        form = compile_form(built_in.source, "md", built_in.form_id)
        yield from (f"{form.form_id}/{field.name}" for field in form.fields if field.asked)

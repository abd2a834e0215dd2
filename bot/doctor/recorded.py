"""The recordings for people who listen: what is there of each track, and what is not used."""

from collections.abc import Iterator

from bot.doctor.findings import Finding, Health
from bot.files.recordable import report, unknown
from bot.files.recordings import MOST_BYTES, Recordings
from bot.settings import Settings
from conversations.voice.tracks import OWN_NAMES

SOME = 5  # names told of a long list, unless all of one track are asked for


def recordings(settings: Settings, track: str) -> Iterator[Finding]:
    found = Recordings(settings.recordings_folder).look()
    if not found.tracks:
        told = "none: people are not asked whether they would rather listen (docs/recordings.md)."
        yield Finding(Health.NOTE, told)
    for each in report(found):
        if track in ("", each.track):
            named = f"{each.track} ({OWN_NAMES[each.track]})" if each.track in OWN_NAMES else each.track
            health = Health.NOTE if each.missing else Health.WELL
            missing = f" {len(each.missing)} missing: {_listed(each.missing, track)}" if each.missing else ""
            yield Finding(health, f"{named}: {each.recorded} recorded.{missing}")
    if track and track not in found.tracks:
        yield Finding(Health.NOTE, f"{track}: nothing recorded. The folder is recordings/{track}.")
    for name in found.too_large:
        limit = f"over {MOST_BYTES // 1024} KB"
        yield Finding(Health.NOTE, f"{name} is not used: empty, or {limit}. Make it shorter or smaller.")
    for name in (*found.other, *unknown(found)):
        yield Finding(Health.NOTE, f"{name} is not used: nothing has this name. Look for a slip.")


def _listed(keys: tuple[str, ...], track: str) -> str:
    told = keys if track else keys[:SOME]
    rest = len(keys) - len(told)
    return ", ".join(told) + (f" and {rest} more (--language tells all)" if rest else "")

"""Which entries of a timeline the team still has to answer."""

from collections.abc import Sequence
from datetime import datetime

from conversations.events import Blocked, Tap, Text, Unblocked
from conversations.rights.codes import HIDDEN_SIGN
from conversations.steering.commands import command_in
from storage.happenings import Happening, Received


def awaiting(entries: Sequence[Happening], since: datetime | None, before: datetime | None) -> frozenset[str]:
    """The ids of what the person wrote to the team since they wait; `entries` is one page, newest first.

    `since` is when the message that began it was handled, by our own clock: the message itself was sent a
    little earlier, so it is the newest one up to then. `before` is where the page begins, None at the newest.
    """
    if since is None:
        return frozenset()
    wrote = [one for one in entries if isinstance(one, Received) and _is_writing(one)]
    found = {one.id for one in wrote if one.at > since}
    if before is None or before > since:  # else the one that began it is on a newer page
        found.update([one.id for one in wrote if one.at <= since][:1])
    return frozenset(found)


def _is_writing(message: Received) -> bool:
    """A tap and a word that steers answer the program, and blocking answers nobody."""
    if isinstance(message.content, Text):
        return command_in(message.content.text) is None and message.content.text.strip(HIDDEN_SIGN) != ""
    return not isinstance(message.content, Tap | Blocked | Unblocked)

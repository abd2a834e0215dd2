"""The person as a move leaves them, so that the question that follows fits who they are now."""

from collections.abc import Iterable
from dataclasses import replace

from conversations.changes import (
    Change,
    ConsentRecorded,
    ErasureHastened,
    ErasurePlanned,
    ErasureTakenBack,
    MessagesPaused,
    NameGiven,
    PauseEnded,
)
from conversations.snapshot import Snapshot
from conversations.vocabulary import ConsentPurpose


def after(snapshot: Snapshot, changes: Iterable[Change]) -> Snapshot:
    """The snapshot with those changes applied that decide what can be done next."""
    person = snapshot.participant
    if person is None:
        return snapshot
    for change in changes:
        match change:
            case NameGiven(first_name):
                person = replace(person, first_name=first_name)
            case ConsentRecorded(purpose=ConsentPurpose.PROMPTING, state=state):
                person = replace(person, prompting=state)
            case MessagesPaused(until):
                person = replace(person, paused_until=until)
            case PauseEnded():
                person = replace(person, paused_until=None)
            case ErasurePlanned(erase_at):
                person = replace(person, erase_at=erase_at)
            case ErasureHastened():
                person = replace(person, leaving=True)
            case ErasureTakenBack():
                person = replace(person, erase_at=None)
    return replace(snapshot, participant=person)

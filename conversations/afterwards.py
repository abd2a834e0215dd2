"""The person as a move leaves them, so that the question that follows fits who they are now."""

from collections.abc import Iterable
from dataclasses import replace

from conversations.changes import Change, ConsentRecorded, NameGiven
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
    return replace(snapshot, participant=person)

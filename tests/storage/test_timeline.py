"""One person's timeline holds everything, newest first, page by page, and nothing of anybody else."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Column, update

from conversations.events import Attachment, AttachmentKind, Text
from conversations.vocabulary import ConsentState, ContactState, DeliveryState, Role
from storage.database import Storage
from storage.happenings import (
    ConsentSaid,
    ContactPlan,
    FormAnswered,
    Happening,
    Received,
    Sent,
    StepRecorded,
    Unreadable,
)
from storage.milestones import current_milestones
from storage.tables.core import MESSAGES_IN, MILESTONES, OUTBOX, SUBMISSIONS
from storage.tables.vocabulary import FailureReason, MessageState
from storage.timeline import consents, timeline
from tests.admin.invented import Invented


def test_everything_is_in_one_stream_newest_first(storage: Storage, now: datetime) -> None:
    world = Invented(storage, now)
    admin, amina, other = world.member("admin", Role.ADMIN), world.person("Amina"), world.person("Fatou")
    world.wrote(other, "not hers")
    world.consented(amina, ConsentState.GIVEN)
    world.step(amina, "couturière", "Atelier Nour")
    world.wrote(amina, "Bonjour", timedelta(minutes=9), MessageState.FAILED)
    world.got(amina, "Désolé", timedelta(minutes=8), DeliveryState.FAILED, FailureReason.UNREACHABLE)
    world.wrote(amina, Attachment(AttachmentKind.PHOTO, "ref", caption="mon contrat"), timedelta(minutes=7))
    world.contact(amina, ContactState.PLANNED, now + timedelta(days=3))
    with storage.read() as connection:
        found = timeline(connection, storage, admin, amina)
    kinds = [type(entry) for entry in found.entries]
    assert kinds == [ContactPlan, Received, Sent, Received, StepRecorded, ConsentSaid]
    assert found.next is None
    _, photo, sorry, hello, step, _ = found.entries
    assert isinstance(hello, Received)
    assert (hello.content, hello.state) == (Text("Bonjour"), MessageState.FAILED)
    assert isinstance(sorry, Sent)
    assert (sorry.state, sorry.reason) == (DeliveryState.FAILED, FailureReason.UNREACHABLE)
    assert isinstance(photo, Received)
    assert isinstance(photo.content, Attachment)
    assert isinstance(step, StepRecorded)
    assert (step.milestone.occupation, step.milestone.employer) == ("couturière", "Atelier Nour")


def test_pages_follow_each_other_without_loss_or_repetition(storage: Storage, now: datetime) -> None:
    world = Invented(storage, now)
    admin, amina = world.member("admin", Role.ADMIN), world.person("Amina")
    made = [world.wrote(amina, str(n), timedelta(minutes=n // 7)) for n in range(80)]  # several a minute
    made += [world.got(amina, str(n), timedelta(minutes=n // 5)) for n in range(40)]
    seen: list[Happening] = []
    before = None
    with storage.read() as connection:
        for size in (50, 50, 20):
            found = timeline(connection, storage, admin, amina, before)
            assert len(found.entries) == size
            seen += found.entries
            before = found.next
    assert before is None
    assert sorted(entry.id for entry in seen) == sorted(made)
    assert [(e.at, e.id) for e in seen] == sorted(((e.at, e.id) for e in seen), reverse=True)


def test_a_corrected_step_stays_in_the_history_but_only_the_newest_is_current(
    storage: Storage, now: datetime
) -> None:
    world = Invented(storage, now)
    admin, amina = world.member("admin", Role.ADMIN), world.person("Amina")
    step = world.step(amina, "couturière", "Atelier Nour")
    world.step(amina, "couturière", "Atelier Atlas", version=2, step_id=step)
    with storage.read() as connection:
        current = current_milestones(connection, storage, admin, amina)
        assert [one.employer for one in current] == ["Atelier Atlas"]
        history = timeline(connection, storage, admin, amina).entries
    assert [one.milestone.version for one in history if isinstance(one, StepRecorded)] == [2, 1]


def test_the_latest_word_on_a_purpose_holds(storage: Storage, now: datetime) -> None:
    world = Invented(storage, now)
    admin, amina = world.member("admin", Role.ADMIN), world.person("Amina")
    world.consented(amina, ConsentState.GIVEN, timedelta(days=9))
    world.consented(amina, ConsentState.WITHDRAWN, timedelta(days=1))
    with storage.read() as connection:
        assert [said.state for said in consents(connection, admin, amina)] == [ConsentState.WITHDRAWN]


TAMPERED = [
    pytest.param(b"", id="forgotten, not changed"),
    pytest.param(b"x", id="too short to be sealed"),
    pytest.param(b"x" * 80, id="of no key of ours"),
]


@pytest.mark.parametrize("changed", TAMPERED)
def test_a_row_that_does_not_open_is_shown_as_such_and_hides_no_other(
    storage: Storage, now: datetime, changed: bytes
) -> None:
    world = Invented(storage, now)
    admin, amina = world.member("admin", Role.ADMIN), world.person("Amina")
    lost = [world.wrote(amina, "Bonjour"), world.got(amina, "Merci"), world.answered(amina, "<data/>")]
    lost.append(world.step(amina, "couturière", "Atelier Nour"))
    places: list[Column[bytes]] = [
        MESSAGES_IN.c.content,
        OUTBOX.c.prompt,
        SUBMISSIONS.c.instance,
        MILESTONES.c.details,
    ]
    with storage.write() as tx:
        for column in places:
            tx.execute(update(column.table).values({column.name: changed}))
    kept = world.wrote(amina, "Toujours là")
    with storage.read() as connection:
        entries = timeline(connection, storage, admin, amina).entries
        [step] = current_milestones(connection, storage, admin, amina)
    wanted = Unreadable() if changed else None
    assert sorted(entry.id.partition(".")[0] for entry in entries) == sorted([*lost, kept])
    for entry in entries:
        match entry:
            case Received(id=message_id, content=content):
                assert content == (Text("Toujours là") if message_id == kept else wanted)
            case Sent(prompt=prompt):
                assert prompt == wanted
            case FormAnswered(instance_xml=xml):
                assert xml == wanted
            case StepRecorded(milestone=milestone):
                assert milestone.readable == (not changed)
    assert (step.started_on, step.occupation, step.readable) == ("2026-09", "", not changed)

"""The list of participants: newest activity first, fifty a page, each with what a trainer needs to know."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from conversations.forms import Filling
from conversations.messages import Prompt, PromptKind, Say, Verbatim
from conversations.render.window import Route
from conversations.session import FormDialogue, Place, Purpose, Session
from conversations.vocabulary import Channel, ConsentState, ContactState, Language, Role
from storage.audit import note_reading
from storage.check_ins import Asked, ask_now
from storage.codec import PROMPT, SESSION
from storage.database import Storage
from storage.participants import find_person, list_people
from storage.tables.core import AUDIT, CONTACTS, OUTBOX, SESSIONS
from storage.tables.vocabulary import AddressState, AuditAction
from storage.writing import NoOpenAddress, write_to
from tests.admin.invented import Invented


def test_people_come_by_newest_activity_fifty_a_page(storage: Storage, now: datetime) -> None:
    world = Invented(storage, now)
    admin = world.member("admin", Role.ADMIN)
    people = [world.person(f"Personne {n}", silent_for=timedelta(hours=n)) for n in range(60)]
    with storage.read() as connection:
        first = list_people(connection, storage, admin, 1)
        second = list_people(connection, storage, admin, 2)
    assert [person.id for person in first.people] == people[:50]
    assert [person.id for person in second.people] == people[50:]
    assert (first.total, first.pages) == (60, 2)


def test_a_person_is_shown_with_channels_window_and_next_contact(storage: Storage, now: datetime) -> None:
    world = Invented(storage, now)
    admin = world.member("admin", Role.ADMIN)
    amina = world.person(
        "Amina", channel=Channel.WHATSAPP, silent_for=timedelta(hours=25), language=Language.ARABIC
    )
    world.contact(amina, ContactState.PLANNED, now + timedelta(days=7))
    world.contact(amina, ContactState.PLANNED, now + timedelta(days=3))
    world.contact(amina, ContactState.ANSWERED, now - timedelta(days=3))
    with storage.read() as connection:
        person = find_person(connection, storage, admin, amina)
    assert (person.name, person.language, person.cohorts) == ("Amina", Language.ARABIC, ("Salé 1",))
    assert person.next_contact_at == now + timedelta(days=3)
    assert person.last_message_at == now - timedelta(hours=25)
    assert [(one.channel, one.route(now), one.open_until) for one in person.addresses] == [
        (Channel.WHATSAPP, Route.WAIT, now - timedelta(hours=1))
    ]


def test_someone_without_name_or_address_is_listed_too(storage: Storage, now: datetime) -> None:
    world = Invented(storage, now)
    admin = world.member("admin", Role.ADMIN)
    world.person("", channel=None)
    with storage.read() as connection:
        [person] = list_people(connection, storage, admin, 1).people
    assert (person.name, person.addresses, person.last_message_at) == ("", (), None)
    assert person.code == person.id[-4:].upper()


def test_what_a_trainer_writes_goes_out_and_counts_as_the_answer(storage: Storage, now: datetime) -> None:
    world = Invented(storage, now)
    trainer = world.member("salma", cohorts=(world.north,))
    amina = world.person("Amina", awaited_since=now - timedelta(hours=2))
    with storage.write() as tx:
        outbox_id = write_to(tx, storage, trainer, amina, "À demain !", now)
    with storage.read() as connection:
        row = connection.execute(select(OUTBOX).where(OUTBOX.c.id == outbox_id)).one()
        assert find_person(connection, storage, trainer, amina).awaited_since is None
        audited = connection.execute(select(AUDIT.c.action, AUDIT.c.staff_id, AUDIT.c.participant_id)).all()
    cipher = storage.keystore.of_participants([amina])[amina].cipher
    prompt = PROMPT.validate_json(cipher.open(row.prompt, f"outbox.prompt:{outbox_id}"))
    assert prompt == Prompt(PromptKind.STAFF, (Say("talk.from_team"), Verbatim("À demain !")))
    assert row.author_id == trainer.staff_id
    assert [tuple(line) for line in audited] == [(AuditAction.MESSAGE_WRITTEN, trainer.staff_id, amina)]


def test_after_a_trainer_wrote_the_person_talks_to_the_team_and_the_form_waits(
    storage: Storage, now: datetime
) -> None:
    world = Invented(storage, now)
    trainer = world.member("salma", cohorts=(world.north,))
    amina = world.person("Amina")
    cipher = storage.keystore.of_participants([amina])[amina].cipher
    place = f"sessions.body:{amina}"
    filling = FormDialogue(Purpose.MILESTONE, Filling("milestone-job", "v1", {}, ()))
    asked = Session(Place.FORM, "token1", filling)
    with storage.write() as tx:
        body = cipher.seal(SESSION.dump_json(asked), place)
        tx.execute(SESSIONS.insert(), {"participant_id": amina, "body": body, "touched_at": now})
        write_to(tx, storage, trainer, amina, "Peux-tu venir vendredi ?", now)
        kept = tx.execute(select(SESSIONS.c.body)).scalar_one()
    assert SESSION.validate_json(cipher.open(kept, place)) == asked.interrupting(Place.TALK)


@pytest.mark.parametrize("address", [AddressState.BLOCKED, AddressState.UNREACHABLE])
def test_nothing_is_written_to_a_closed_address(
    storage: Storage, now: datetime, address: AddressState
) -> None:
    world = Invented(storage, now)
    trainer = world.member("salma", cohorts=(world.north,))
    amina = world.person("Amina", address=address, awaited_since=now)
    with storage.write() as tx:
        with pytest.raises(NoOpenAddress):
            write_to(tx, storage, trainer, amina, "Bonjour", now)
        assert ask_now(tx, storage, trainer, amina, "Africa/Casablanca", now) is Asked.NO_ADDRESS
        assert find_person(tx, storage, trainer, amina).awaited_since == now


def test_asking_now_plans_one_check_in_for_this_minute(storage: Storage, now: datetime) -> None:
    world = Invented(storage, now)
    trainer = world.member("salma", cohorts=(world.north,))
    amina = world.person("Amina")
    world.contact(amina, ContactState.PLANNED, now + timedelta(days=3))
    with storage.write() as tx:
        assert ask_now(tx, storage, trainer, amina, "Africa/Lagos", now) is Asked.PLANNED
        assert ask_now(tx, storage, trainer, amina, "Africa/Lagos", now) is Asked.ALREADY
        [row] = tx.execute(select(CONTACTS).where(CONTACTS.c.asked_by == trainer.staff_id)).all()
    assert (row.due_at, row.local_time, row.zone) == (now, "2026-11-23T11:00", "Africa/Lagos")


def test_a_check_in_under_way_is_not_asked_twice(storage: Storage, now: datetime) -> None:
    world = Invented(storage, now)
    trainer = world.member("salma", cohorts=(world.north,))
    amina = world.person("Amina")
    world.contact(amina, ContactState.SENT, now - timedelta(days=1))
    with storage.write() as tx:
        assert ask_now(tx, storage, trainer, amina, "Africa/Casablanca", now) is Asked.ALREADY


@pytest.mark.parametrize("said", [ConsentState.REFUSED, ConsentState.WITHDRAWN])
def test_who_does_not_want_prompts_is_not_asked(storage: Storage, now: datetime, said: ConsentState) -> None:
    world = Invented(storage, now)
    trainer = world.member("salma", cohorts=(world.north,))
    amina = world.person("Amina", prompting=said)
    with storage.write() as tx:
        assert ask_now(tx, storage, trainer, amina, "Africa/Casablanca", now) is Asked.NO_CONSENT


def test_one_visit_is_one_line_of_the_trail(storage: Storage, now: datetime) -> None:
    world = Invented(storage, now)
    trainer = world.member("salma", cohorts=(world.north,))
    amina = world.person("Amina")
    for minutes in (0, 1, 14, 16):
        note_reading(storage, now + timedelta(minutes=minutes), trainer.staff_id, amina)
    with storage.read() as connection:
        read = connection.execute(select(AUDIT.c.at).order_by(AUDIT.c.at)).scalars().all()
    assert read == [now, now + timedelta(minutes=16)]

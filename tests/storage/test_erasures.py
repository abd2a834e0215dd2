"""What an erasure must reach: whoever adds a table that leads to a person says here how it goes."""

from sqlmodel import SQLModel

from storage.erasures import tables_with
from storage.tables.core import AUDIT, PARTICIPANTS
from storage.tables.keys import KeyStoreModel

# Columns by which a person is found without their id, and what becomes of the rows.
BY_ADDRESS = {
    ("addresses", "chat"): "hangs on the person",
    ("address_aliases", "blind"): "hangs on the address",
    ("outbox", "chat"): "hangs on the person, or is deleted by its chat",
    ("provider_messages", "chat"): "hangs on the outbox",
    ("button_tokens", "owner"): "deleted by its chat",
    ("clearings", "chat"): "deleted by its chat",
    ("link_proofs", "chat"): "deleted by its chat",
    ("chat_holds", "chat"): "deleted by its chat, where nobody else has a logbook",
    ("entry_codes", "blind"): "of the code, not of an address; hangs on the person",
    ("newcomers", "blind"): "gone since they joined",
    ("received_events", "blind"): "unlinked",
    ("employer_pages", "blind"): "of the link, not of an address; hangs on the person",
}


def test_every_way_to_a_person_by_their_address_is_known() -> None:
    found = {
        (table.name, column)
        for table in SQLModel.metadata.tables.values()
        for column in ("chat", "blind", "owner")
        if column in table.columns
    }
    assert found == set(BY_ADDRESS)


def test_what_hangs_on_a_person_goes_with_them_and_only_the_trail_is_unlinked() -> None:
    unlinked = []
    for table in tables_with("participant_id"):
        keys = table.c.participant_id.foreign_keys
        if not keys:
            unlinked.append(table.name)
            assert table.c.participant_id.nullable, table.name
        for key in keys:
            assert key.column.table is PARTICIPANTS
            assert key.ondelete == "CASCADE", table.name
    assert unlinked == [AUDIT.name]


def test_nothing_that_hangs_on_a_persons_rows_holds_them_back() -> None:
    going = {PARTICIPANTS, *tables_with("participant_id")} - {AUDIT}
    holding = {
        (table.name, key.parent.name)
        for table in SQLModel.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table in going and key.ondelete not in ("CASCADE", "SET NULL")
    }
    assert holding == set()


def test_the_key_store_keeps_only_the_ledger() -> None:
    holding = {name for name, table in KeyStoreModel.metadata.tables.items() if "participant_id" in table.c}
    assert holding == {"participant_keys", "erased_participants"}

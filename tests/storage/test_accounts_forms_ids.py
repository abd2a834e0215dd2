"""Small keepers: our accounts, published forms, ids that grow, keys that only their master opens."""

from datetime import datetime
from itertools import pairwise
from threading import Thread

import pytest
from sqlalchemy import select

from conversations.forms import BuiltinForm, builtin_forms
from conversations.vocabulary import Channel, Language
from storage.accounts import account_id
from storage.database import Storage
from storage.errors import MasterKeyMissing
from storage.forms import NewVersion, list_versions, publish_builtin, publish_draft, save_draft
from storage.ids import Ids
from storage.projects import Projects
from storage.tables.core import KEYS, OUTBOX, VERSIONS
from storage.vault import Cipher, MasterKeys
from tests.admin.invented import Invented
from tests.bot.driving import rows
from tests.bot.making import open_desk


def test_an_account_keeps_its_id_and_a_new_bot_is_another(storage: Storage) -> None:
    first = account_id(storage, Channel.TELEGRAM, "123456")
    assert account_id(storage, Channel.TELEGRAM, "123456") == first
    assert account_id(storage, Channel.TELEGRAM, "654321") != first
    assert account_id(storage, Channel.SMS, "123456") != first


def test_a_form_is_published_once_and_a_changed_one_as_a_new_version(storage: Storage, now: datetime) -> None:
    forms = list(builtin_forms())
    assert publish_builtin(storage, forms, now) == len(forms)
    assert publish_builtin(storage, forms, now) == 0
    projects = Projects(storage, "Africa/Casablanca", Language.FRENCH)
    before = projects()
    changed = next(form for form in forms if form.form_id == "check-in")
    source = changed.source.replace(b"in a few words", b"in some words")
    assert publish_builtin(storage, [BuiltinForm(changed.form_id, source)], now) == 1
    assert projects.refresh() == 1
    after = projects()
    assert after.current_forms["check-in"] != before.current_forms["check-in"]
    assert before.current_forms["check-in"] in after.forms  # who began with it finishes on it
    query = select(VERSIONS.c.number).where(VERSIONS.c.form_id == "check-in").order_by(VERSIONS.c.number)
    assert [row.number for row in rows(storage, query)] == [1, 2]


def test_an_uploaded_form_is_a_draft_until_it_is_published(storage: Storage, now: datetime) -> None:
    publish_builtin(storage, builtin_forms(), now)
    projects = Projects(storage, "Africa/Casablanca", Language.FRENCH)
    staff_id = Invented(storage, now).member("salma").staff_id
    sheet = next(form for form in builtin_forms() if form.form_id == "check-in")
    xform = projects().current("check-in").xml
    version = NewVersion("check-in", "ours.md", sheet.source + b"\n", xform, {"towns.csv": b"name\nRabat\n"})
    with storage.write() as tx:
        draft = save_draft(tx, storage, version, staff_id, now)
        assert save_draft(tx, storage, version, staff_id, now) == draft, "the same sheet is the same version"
    assert projects.refresh() == 0
    with storage.write() as tx:
        publish_draft(tx, storage, draft, staff_id, now)
    assert projects.refresh() == 1
    assert projects().current_forms["check-in"] == draft
    with storage.read() as tx:
        assert [(one.number, one.uploaded) for one in list_versions(tx, "check-in")] == [
            (2, True),
            (1, False),
        ]
    changed = BuiltinForm("check-in", sheet.source + b"\n\n")
    assert publish_builtin(storage, [changed], now) == 0, "what the team made its own is not replaced"


SIGNED = b"""
| survey |
| | type | name | label | appearance |
| | image | sign | Signature | signature |
| | text | word | Un mot | |
| settings |
| | form_id |
| | signed |
"""


def test_conversations_get_a_form_without_what_a_chat_cannot_show(storage: Storage, now: datetime) -> None:
    publish_builtin(storage, [BuiltinForm("signed", SIGNED)], now)
    form = Projects(storage, "Africa/Casablanca", Language.FRENCH)().current("signed")
    assert [field.name for field in form.fields if field.asked] == ["word"]


def test_ids_grow_within_a_process_whatever_thread_asks() -> None:
    ids, made = Ids(), list[list[str]]()

    def make() -> None:
        made.append([ids.row() for _ in range(2000)])

    threads = [Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({one for each in made for one in each}) == 8000
    assert all(earlier < later for each in made for earlier, later in pairwise(each))


def test_ids_go_on_growing_when_the_clock_was_set_back_between_two_starts(
    storage: Storage, database_url: str, now: datetime
) -> None:
    storage.ids.last = 1 << 59  # the clock was far ahead when this was written
    open_desk(storage, now).tell("5000000001", ["Bonjour"])
    newest = max(row.id for row in rows(storage, select(OUTBOX.c.id)))
    again = Storage.open(database_url, storage.keystore.masters)
    assert again.ids.row() > newest
    again.close()


def test_a_button_token_fits_every_channel() -> None:
    token = Ids().token()
    assert len(token.encode()) == 16
    assert token.replace("-", "").replace("_", "").isalnum()


def test_a_persons_key_opens_with_its_master_only(storage: Storage, now: datetime) -> None:
    made = storage.keystore.create([("person", "pseudonym")], now)["person"]
    found = storage.keystore.of_participants(["person", "nobody"])
    assert set(found) == {"person"}
    assert found["person"].cipher.open(made.cipher.seal(b"words", "t.c:1"), "t.c:1") == b"words"
    [row] = _keys(storage)
    assert made.cipher.raw not in row
    other = type(storage.keystore)(storage.keystore.engine, MasterKeys((Cipher.new(),)))
    with pytest.raises(MasterKeyMissing):
        other.of_participants(["person"])
    with pytest.raises(MasterKeyMissing):
        other.open_vault()


def test_a_new_master_in_front_still_opens_what_the_old_one_wrapped(storage: Storage, now: datetime) -> None:
    storage.keystore.create([("person", "pseudonym")], now)
    rotated = MasterKeys((Cipher.new(), *storage.keystore.masters.ciphers))
    store = type(storage.keystore)(storage.keystore.engine, rotated)
    assert set(store.of_participants(["person"])) == {"person"}
    assert store.open_vault().index_key == storage.vault.index_key


def _keys(storage: Storage) -> list[bytes]:
    with storage.keystore.engine.connect() as connection:
        return [row.wrapped_key for row in connection.execute(select(KEYS))]

"""Small keepers: our accounts, published forms, ids that grow, keys that only their master opens."""

from datetime import datetime
from itertools import pairwise
from threading import Thread

import pytest
from sqlalchemy import select

from conversations.forms import BuiltinForm, builtin_forms
from conversations.vocabulary import Channel
from storage.accounts import account_id
from storage.database import Storage
from storage.errors import MasterKeyMissing
from storage.forms import load_forms, publish
from storage.ids import Ids
from storage.tables.core import KEYS, VERSIONS
from storage.vault import Cipher, MasterKeys
from tests.bot.driving import rows


def test_an_account_keeps_its_id_and_a_new_bot_is_another(storage: Storage) -> None:
    first = account_id(storage, Channel.TELEGRAM, "123456")
    assert account_id(storage, Channel.TELEGRAM, "123456") == first
    assert account_id(storage, Channel.TELEGRAM, "654321") != first
    assert account_id(storage, Channel.SMS, "123456") != first


def test_a_form_is_published_once_and_a_changed_one_as_a_new_version(storage: Storage, now: datetime) -> None:
    forms = list(builtin_forms())
    assert publish(storage, forms, now) == len(forms)
    assert publish(storage, forms, now) == 0
    before = load_forms(storage)
    changed = next(form for form in forms if form.form_id == "check-in")
    source = changed.source.replace(b"in a few words", b"in some words")
    assert publish(storage, [BuiltinForm(changed.form_id, source)], now) == 1
    after = load_forms(storage)
    assert after.current["check-in"] != before.current["check-in"]
    assert before.current["check-in"] in after.versions  # who began with it finishes on it
    query = select(VERSIONS.c.number).where(VERSIONS.c.form_id == "check-in").order_by(VERSIONS.c.number)
    assert [row.number for row in rows(storage, query)] == [1, 2]


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

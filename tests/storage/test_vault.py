"""The vault keeps values to their place and their key."""

import stat
from base64 import b64encode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.errors import MasterKeyMissing, SealBroken
from storage.vault import Cipher, MasterKeys, Vault, master_keys


@given(st.binary(max_size=5000))
def test_what_is_sealed_opens_again_and_does_not_show(plain: bytes) -> None:
    cipher = Cipher.new()
    sealed = cipher.seal(plain, "messages_in.content:1")
    assert cipher.open(sealed, "messages_in.content:1") == plain
    assert len(plain) < 4 or plain not in sealed


@pytest.mark.parametrize(
    "place",
    ["participants.name:2", "participants.login:1", "addresses.name:1"],
    ids=["another row", "another column", "another table"],
)
def test_a_value_moved_elsewhere_does_not_open(place: str) -> None:
    cipher = Cipher.new()
    sealed = cipher.seal(b"Amina", "participants.name:1")
    with pytest.raises(SealBroken):
        cipher.open(sealed, place)


def test_a_changed_or_cut_value_does_not_open() -> None:
    cipher = Cipher.new()
    sealed = cipher.seal(b"Amina", "participants.name:1")
    for broken in (sealed[:-1] + bytes([sealed[-1] ^ 1]), sealed[:10], b""):
        with pytest.raises(SealBroken):
            cipher.open(broken, "participants.name:1")


def test_a_new_master_key_in_front_still_opens_what_the_old_one_wrapped() -> None:
    old, new, data = Cipher.new(), Cipher.new(), Cipher.new()
    wrapped = MasterKeys((old,)).wrap(data, "p1")
    rotated = MasterKeys((new, old))
    assert rotated.unwrap(wrapped, "p1").key_id == data.key_id
    assert MasterKeys((new,)).unwrap(rotated.wrap(data, "p1"), "p1").key_id == data.key_id
    with pytest.raises(MasterKeyMissing):
        MasterKeys((new,)).unwrap(wrapped, "p1")


def test_the_master_key_file_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "data" / "master.key"
    first = master_keys("", file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert master_keys("", file).ciphers[0].key_id == first.ciphers[0].key_id


@pytest.mark.parametrize("text", ["", "not base64!", b64encode(bytes(16)).decode()])
def test_a_bad_master_key_is_refused_without_showing_it(text: str) -> None:
    with pytest.raises(ValueError, match="master key") as refusal:
        MasterKeys.parse(text)
    assert not text or text not in str(refusal.value)


def test_blind_indexes_depend_on_kind_and_key() -> None:
    vault = Vault(MasterKeys((Cipher.new(),)), Cipher.new(), Cipher.new(), b"a" * 32)
    other = Vault(MasterKeys((Cipher.new(),)), Cipher.new(), Cipher.new(), b"b" * 32)
    assert vault.blind("phone", "+212600000001") == vault.blind("phone", "+212600000001")
    assert vault.blind("phone", "+212600000001") != vault.blind("whatsapp", "+212600000001")
    assert vault.blind("phone", "+212600000001") != other.blind("phone", "+212600000001")

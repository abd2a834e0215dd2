"""The vault: AES-GCM over every personal value, one data key per participant, wrapped by a master key.

A sealed value is `key id (4 bytes) ‖ nonce (12) ‖ ciphertext and tag`; its additional data names the table,
column and row, so a value moved to another place does not open.
"""

import hmac
import os
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.errors import MasterKeyMissing, SealBroken

KEY_BYTES = 32
KEY_ID_BYTES = 4
NONCE_BYTES = 12  # 96 bits, NIST SP 800-38D section 8.2.2; random, far below 2**32 values per key


class Cipher:
    """One key, able to seal and open."""

    __slots__ = ("_gcm", "_key", "key_id")

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._gcm = AESGCM(key)
        self.key_id = sha256(b"carnet key id" + key).digest()[:KEY_ID_BYTES]

    @classmethod
    def new(cls) -> "Cipher":
        return cls(os.urandom(KEY_BYTES))

    def seal(self, plain: bytes, place: str) -> bytes:
        """Encrypt a value for one place, `<table>.<column>:<row id>`."""
        nonce = os.urandom(NONCE_BYTES)
        return self.key_id + nonce + self._gcm.encrypt(nonce, plain, place.encode())

    def open(self, sealed: bytes, place: str) -> bytes:
        """Decrypt a value of one place; SealBroken when it is not this key's or not from there."""
        body = sealed[KEY_ID_BYTES:]
        try:
            return self._gcm.decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], place.encode())
        except (InvalidTag, ValueError) as error:
            raise SealBroken(place.split(":")[0]) from error

    def seal_text(self, text: str, place: str) -> bytes:
        return self.seal(text.encode(), place)

    def open_text(self, sealed: bytes, place: str) -> str:
        return self.open(sealed, place).decode()

    @property
    def raw(self) -> bytes:
        """The key itself, for a use that is not sealing (the blind indexes)."""
        return self._key

    def wrapped_by(self, master: "Cipher", name: str) -> bytes:
        """This key, sealed by another."""
        return master.seal(self._key, f"key:{name}")


@dataclass(frozen=True, slots=True)
class MasterKeys:
    """The keys that wrap all others, newest first: a new one in front rotates, older ones still open."""

    ciphers: tuple[Cipher, ...]

    def wrap(self, cipher: Cipher, name: str) -> bytes:
        return cipher.wrapped_by(self.ciphers[0], name)

    def unwrap(self, wrapped: bytes, name: str) -> Cipher:
        """The wrapped key; MasterKeyMissing when none of ours wrapped it."""
        for master in self.ciphers:
            if wrapped[:KEY_ID_BYTES] == master.key_id:
                return Cipher(master.open(wrapped, f"key:{name}"))
        raise MasterKeyMissing(name)

    @classmethod
    def parse(cls, text: str) -> "MasterKeys":
        """Keys from their base64 form, comma-separated, newest first. ValueError when one is not 32 bytes."""
        ciphers = []
        for item in filter(None, (item.strip() for item in text.replace("\n", ",").split(","))):
            try:
                key = b64decode(item, validate=True)
            except Base64Error as error:
                raise ValueError("the master key is not valid base64") from error
            if len(key) != KEY_BYTES:
                raise ValueError(f"a master key has {KEY_BYTES} bytes, this one {len(key)}")
            ciphers.append(Cipher(key))
        if not ciphers:
            raise ValueError("no master key given")
        return cls(tuple(ciphers))


def master_keys(given: str, file: Path) -> MasterKeys:
    """The master keys from the setting, else from the file; the file is made on first use, for us alone."""
    if given:
        return MasterKeys.parse(given)
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as handle:
            handle.write(b64encode(os.urandom(KEY_BYTES)) + b"\n")
            handle.flush()
            os.fsync(handle.fileno())
    return MasterKeys.parse(file.read_text())


@dataclass(frozen=True, slots=True)
class Vault:
    """The program's own keys, at hand: for staff and poison events, reports about staff, blind indexes."""

    masters: MasterKeys
    system: Cipher
    safeguarding: Cipher  # for reports and their answers; no page of trainers or admins uses it
    index_key: bytes

    def cipher_of(self, sealed: bytes) -> Cipher:
        """Which of our own keys sealed this."""
        return self.safeguarding if sealed[:KEY_ID_BYTES] == self.safeguarding.key_id else self.system

    def blind(self, kind: str, value: str) -> str:
        """A keyed hash to look a value up by, 128 bits as hexadecimal; the value cannot be read from it."""
        return hmac.digest(self.index_key, f"{kind}\0{value}".encode(), "sha256")[:16].hex()

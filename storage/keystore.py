"""The key store: each participant's data key, and the only link from a person to their coded rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy import Engine, select

from storage.among import among
from storage.errors import MasterKeyMissing, SealBroken
from storage.tables.core import ERASED, KEYS, SYSTEM_KEYS
from storage.upsert import upsert
from storage.vault import Cipher, MasterKeys, Vault

log = structlog.get_logger(__name__)

FIRST_KEYS = {"system", "index"}  # what a key store holds that is older than reports about staff
OWN_KEYS = FIRST_KEYS | {"safeguarding"}
WRAPPED_KEYS = select(KEYS.c.participant_id, KEYS.c.pseudonym, KEYS.c.wrapped_key).where(
    among(KEYS.c.participant_id, "people")
)


@dataclass(frozen=True, slots=True)
class PersonKey:
    """What opens a participant's values and finds their coded rows."""

    participant_id: str
    pseudonym: str
    cipher: Cipher

    def open_name(self, sealed: bytes | None) -> str:
        """What they are called; empty for who told no name, or whose name does not open (the log says so)."""
        if not sealed:
            return ""
        try:
            return self.cipher.open_text(sealed, f"participants.name:{self.participant_id}")
        except SealBroken:
            log.error("name.unreadable", participant_id=self.participant_id)
            return ""


@dataclass(frozen=True, slots=True)
class KeyStore:
    """The database of keys. A key is committed here before the first row that needs it exists there."""

    engine: Engine
    masters: MasterKeys

    def create(self, people: Iterable[tuple[str, str]], now: datetime) -> dict[str, PersonKey]:
        """New keys for (participant id, pseudonym) pairs, committed on return."""
        made = [PersonKey(person, pseudonym, Cipher.new()) for person, pseudonym in people]
        if made:
            with self.engine.begin() as keys:
                keys.execute(
                    KEYS.insert(),
                    [
                        {
                            "participant_id": key.participant_id,
                            "pseudonym": key.pseudonym,
                            "wrapped_key": self.masters.wrap(key.cipher, key.participant_id),
                            "created_at": now,
                        }
                        for key in made
                    ],
                )
        return {key.participant_id: key for key in made}

    def of_participants(self, participant_ids: Iterable[str]) -> Mapping[str, PersonKey]:
        """The keys of these participants; an erased one is absent."""
        wanted = set(participant_ids)
        if not wanted:
            return {}
        with self.engine.connect() as keys:
            rows = keys.execute(WRAPPED_KEYS, {"people": wanted}).all()
        return {
            row.participant_id: PersonKey(
                row.participant_id, row.pseudonym, self.masters.unwrap(row.wrapped_key, row.participant_id)
            )
            for row in rows
        }

    def of_pseudonyms(self, pseudonyms: Iterable[str]) -> Mapping[str, str]:
        """The participant ids behind these pseudonyms; of who was erased there is none."""
        wanted = set(pseudonyms)
        if not wanted:
            return {}
        with self.engine.connect() as keys:
            rows = keys.execute(
                select(KEYS.c.pseudonym, KEYS.c.participant_id).where(KEYS.c.pseudonym.in_(wanted))
            ).all()
        return {row.pseudonym: row.participant_id for row in rows}

    def destroy(self, participant_id: str, now: datetime) -> None:
        """Destroy a participant's key and the link to their coded rows, committed on return.

        The ledger remembers the id in the same transaction. Again is no harm.
        """
        with self.engine.begin() as keys:
            keys.execute(KEYS.delete().where(KEYS.c.participant_id == participant_id))
            keys.execute(upsert(keys, ERASED), {"participant_id": participant_id, "erased_at": now})

    def try_master_keys(self) -> None:
        """MasterKeyMissing where what is stored was made with other ones; nothing is made or changed."""
        with self.engine.connect() as keys:
            for row in keys.execute(select(SYSTEM_KEYS)):
                self.masters.unwrap(row.wrapped_key, row.name)

    def open_vault(self) -> Vault:
        """The program's own keys, made on first use. MasterKeyMissing when the master key is another one."""
        with self.engine.begin() as keys:
            stored = {row.name: row.wrapped_key for row in keys.execute(select(SYSTEM_KEYS))}
            if not stored or stored.keys() == FIRST_KEYS:
                new = {name: self.masters.wrap(Cipher.new(), name) for name in OWN_KEYS - stored.keys()}
                keys.execute(
                    SYSTEM_KEYS.insert(),
                    [{"name": name, "wrapped_key": wrapped} for name, wrapped in new.items()],
                )
                stored |= new
        if stored.keys() != OWN_KEYS:
            raise MasterKeyMissing("the key store is incomplete")
        system, safeguarding, index = (
            self.masters.unwrap(stored[name], name) for name in ("system", "safeguarding", "index")
        )
        return Vault(self.masters, system, safeguarding, index.raw)

"""Our accounts with the channels, as rows: event ids are unique within one."""

from sqlalchemy import select

from conversations.vocabulary import Channel
from storage.database import Storage
from storage.tables.core import ACCOUNTS


def account_id(storage: Storage, channel: Channel, name: str) -> str:
    """The id of an account, made on first use. `name` is no secret: a bot's id, a sender's number."""
    with storage.write() as tx:
        known = tx.scalar(select(ACCOUNTS.c.id).where(ACCOUNTS.c.channel == channel, ACCOUNTS.c.name == name))
        if known is not None:
            return str(known)
        made = storage.ids.row()
        tx.execute(ACCOUNTS.insert(), {"id": made, "channel": channel, "name": name})
        return made

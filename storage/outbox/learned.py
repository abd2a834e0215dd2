"""What a send teaches about an address: that it is closed to us, or that its 24-hour window is."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, or_

from storage.tables.core import ADDRESSES
from storage.tables.vocabulary import AddressState


def close_addresses(tx: Connection, chats: Iterable[str], state: AddressState) -> None:
    """Nothing more is sent to these chats, whoever shares them. A no is not forgotten for «unreachable»."""
    known = set(chats)
    if not known:
        return
    open_ones = ADDRESSES.c.chat.in_(known) & (ADDRESSES.c.state != AddressState.BLOCKED)
    tx.execute(ADDRESSES.update().where(open_ones).values(state=state))


def shut_window(tx: Connection, chat: str, sent_at: datetime) -> None:
    """The provider found the window closed for what we sent then; whoever wrote since has opened it."""
    wrote_before = ADDRESSES.c.last_inbound_at <= sent_at
    others_before = or_(ADDRESSES.c.chat_heard_at.is_(None), ADDRESSES.c.chat_heard_at <= sent_at)
    shut = ADDRESSES.update().where(ADDRESSES.c.chat == chat, wrote_before, others_before)
    tx.execute(shut.values(window_shut_at=sent_at))

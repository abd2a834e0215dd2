"""A storage with a project and people in it, without the network: for tests of what is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bot.handle import handle
from bot.service import load_projects
from conversations.events import Content, InboundEvent, Text
from conversations.snapshot import Project
from conversations.vocabulary import Channel, DeliveryState
from storage.accounts import account_id
from storage.cohorts import FIRST_CODE, ensure_first_cohort
from storage.database import Storage
from storage.inbox import Arrival
from storage.tables.core import ADDRESSES, ALIASES, OUTBOX
from tests.bot.driving import rows, settings

TO_CONSENT = (FIRST_CODE, "1", "1", "1", "1")  # French, 18 or over, yes and yes
TO_HOME = (*TO_CONSENT, "Amina", "1", "passer", "passer", "1", "passer", "6", "passer")


@dataclass(slots=True)
class Desk:
    """Hands events over as the channels would, and knows who wrote them."""

    storage: Storage
    project: Project
    accounts: Mapping[Channel, str]
    now: datetime
    events: int = 0

    def event(self, address: str, content: Content | str, channel: Channel = Channel.TELEGRAM) -> Arrival:
        """A new event of this person, with the next number of the provider."""
        self.events += 1
        said = Text(content) if isinstance(content, str) else content
        order = self.events if channel is Channel.TELEGRAM else 0
        inbound = InboundEvent(channel, str(self.events), address, self.now, said, order=order)
        return Arrival.of(self.accounts[channel], inbound)

    def handle(self, *arrivals: Arrival) -> None:
        handle(self.storage, self.project, arrivals, self.now)

    def tell(self, address: str, said: Sequence[Content | str], channel: Channel = Channel.TELEGRAM) -> None:
        """The person says these things, each after having read our answer to the one before."""
        for each in said:
            with self.storage.write() as tx:
                waiting = OUTBOX.c.state == DeliveryState.QUEUED
                tx.execute(OUTBOX.update().where(waiting).values(state=DeliveryState.SENT))
            self.handle(self.event(address, each, channel))

    def participant(self, address: str, channel: Channel = Channel.TELEGRAM) -> str:
        """Whose address this is."""
        blind = self.storage.vault.blind(channel, address)
        query = select(ADDRESSES.c.participant_id).join(ALIASES, ALIASES.c.address_id == ADDRESSES.c.id)
        [row] = rows(self.storage, query.where(ALIASES.c.blind == blind))
        return str(row.participant_id)


def open_desk(storage: Storage, now: datetime) -> Desk:
    ensure_first_cohort(storage)
    project = load_projects(settings(), storage, lambda: now)()
    names = {
        Channel.TELEGRAM: "123456",
        Channel.WHATSAPP: "whatsapp:+15005550006",
        Channel.SMS: "+15005550006",
        Channel.PHONE: "phone",
    }
    accounts = {channel: account_id(storage, channel, name) for channel, name in names.items()}
    return Desk(storage, project, accounts, now)

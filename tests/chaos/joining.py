"""Everybody joins before anything goes wrong: the people, and a member of the team who is signed in."""

import itertools
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import select
from structlog.testing import capture_logs

from bot.handle import handle
from bot.service import load_projects
from conversations.events import InboundEvent, Text
from conversations.vocabulary import Channel, DeliveryState, Language
from storage.accounts import account_id
from storage.cohorts import FIRST_CODE, ensure_first_cohort
from storage.database import Storage
from storage.inbox import Arrival
from storage.staff import ensure_first_admin
from storage.staff_sessions import find_session, open_session
from storage.tables.core import ADDRESSES, ALIASES, COHORTS, OUTBOX, STAFF
from tests.bot.driving import rows, settings
from tests.chaos.people import Person
from tests.chaos.team import Desk
from tests.fakes import telegram_server, twilio_server

JOINING = (FIRST_CODE, "1", "1", "1", "1", "menu")  # French, 18 or over, yes and yes; the profile may wait
NAMES = {
    Channel.TELEGRAM: telegram_server.TOKEN.partition(":")[0],
    Channel.WHATSAPP: twilio_server.WHATSAPP_FROM,
    Channel.SMS: twilio_server.SMS_FROM,
}


def open_logbooks(storage: Storage, people: Sequence[Person]) -> None:
    """Everybody joins and has read what was said; each then knows their participant id and chat."""
    now = datetime.now(UTC)
    ensure_first_cohort(storage)
    project = load_projects(settings(), storage, lambda: now)()
    accounts = {channel: account_id(storage, channel, name) for channel, name in NAMES.items()}
    numbers = itertools.count(1)
    for text in JOINING:
        events = [
            InboundEvent(one.channel, f"joining-{next(numbers)}", one.address, now, Text(text))
            for one in people
        ]
        with capture_logs():  # whoever watches wants to see the table
            handle(storage, project, [Arrival.of(accounts[event.channel], event) for event in events], now)
        with storage.write() as tx:
            tx.execute(OUTBOX.update().values(state=DeliveryState.SENT, settled_at=now))
    named = select(ALIASES.c.blind, ADDRESSES).join(ADDRESSES, ADDRESSES.c.id == ALIASES.c.address_id)
    owners = {row.blind: row for row in rows(storage, named)}
    for one in people:
        address = owners[storage.vault.blind(one.channel, one.address)]
        one.participant_id, one.chat = str(address.participant_id), str(address.chat)


def sign_in(storage: Storage) -> Desk:
    """The first admin, signed in."""
    now = datetime.now(UTC)
    ensure_first_admin(storage, now, Language.FRENCH)
    with storage.write() as tx:
        staff_id = tx.execute(select(STAFF.c.id)).scalar_one()
        tx.execute(STAFF.update().values(must_change_password=False))
        token = open_session(tx, staff_id, now)
    session = find_session(storage, token, now)
    assert session is not None
    [cohort] = rows(storage, select(COHORTS.c.id))
    return Desk(token, session.csrf, str(cohort.id))

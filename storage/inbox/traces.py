"""What the people themselves look like afterwards: newcomers, participants, addresses, what they sent."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, func

from conversations import changes as did
from conversations.changes import FileNamed, TrackChosen
from conversations.events import Attachment
from conversations.rights.codes import masked
from conversations.vocabulary import ConsentPurpose
from storage.addresses import free
from storage.among import among
from storage.codec import CONTENT
from storage.database import Storage
from storage.inbox.arrivals import Settled, changes_of, personal_changes
from storage.media.wanted import file_row
from storage.tables.columns import Instant
from storage.tables.core import ADDRESSES, FILES, MESSAGES_IN, NEWCOMERS, PARTICIPANTS
from storage.tables.vocabulary import AddressState, MessageState
from storage.upsert import upsert

HEARD = (
    ADDRESSES.update()
    .where(among(ADDRESSES.c.id, "addresses"))
    .values(
        last_inbound_at=bindparam("at"),
        account_id=bindparam("account"),
        unsure_since=bindparam("unsure"),
        window_shut_at=None,
    )
)
REOPENED = (
    ADDRESSES.update()
    .where(among(ADDRESSES.c.chat, "chats"), ADDRESSES.c.state != AddressState.OPEN)
    .values(state=AddressState.OPEN)
)


def save_messages(tx: Connection, storage: Storage, settled: Sequence[Settled], now: datetime) -> None:
    """Keep what participants sent; of newcomers nothing is kept."""
    rows, files = [], []
    for each in settled:
        key, inbound = each.key, each.case.arrival.inbound
        if key is None or inbound is None or each.outcome.in_confidence:
            continue
        message_id, content = storage.ids.row(), masked(inbound.content, each.case.snapshot)
        rows.append(
            {
                "id": message_id,
                "account_id": each.case.arrival.account_id,
                "event_id": inbound.event_id,
                "participant_id": key.participant_id,
                "content": key.cipher.seal(CONTENT.dump_json(content), f"messages_in.content:{message_id}"),
                "received_at": inbound.received_at,
                "state": MessageState.HANDLED,
                "error": "",
            }
        )
        if isinstance(content, Attachment):
            named = (change.file_id for change in each.outcome.changes if isinstance(change, FileNamed))
            file_id = next(named, None) or storage.ids.row()
            whose = {"participant_id": key.participant_id, "message_id": message_id}
            whose["account_id"] = each.case.arrival.account_id
            files.append(whose | file_row(file_id, content, key.cipher, now))
    if rows:
        tx.execute(MESSAGES_IN.insert(), rows)
    if files:
        tx.execute(FILES.insert(), files)


def save_newcomers(tx: Connection, settled: Sequence[Settled], now: datetime) -> None:
    """Remember where joining stands, or forget."""
    rows = [
        {
            "blind": each.case.reached.chat,
            "cohort_id": kept.newcomer.cohort_id,
            "place": kept.newcomer.place,
            "language": kept.newcomer.language,
            "token": kept.newcomer.token,
            "track": kept.newcomer.track,
            "touched_at": now,
        }
        for each, kept in changes_of(settled, did.NewcomerKept)
    ]
    if rows:
        kept_of_them = ("cohort_id", "place", "language", "token", "track", "touched_at")
        tx.execute(upsert(tx, NEWCOMERS, *kept_of_them), rows)
    forgotten = [each.case.reached.chat for each, _ in changes_of(settled, did.NewcomerForgotten)]
    if forgotten:
        tx.execute(NEWCOMERS.delete().where(NEWCOMERS.c.blind.in_(forgotten)))


def save_participants(tx: Connection, settled: Sequence[Settled], now: datetime) -> None:
    """Apply what changed about participants."""
    by_id = PARTICIPANTS.c.id == bindparam("person")
    languages = [
        {"person": key.participant_id, "to": chosen.language}
        for key, chosen in personal_changes(settled, did.LanguageChosen)
    ]
    if languages:
        tx.execute(PARTICIPANTS.update().where(by_id).values(language=bindparam("to")), languages)
    tracks = [
        {"person": key.participant_id, "to": chosen.track}
        for key, chosen in personal_changes(settled, TrackChosen)
    ]
    if tracks:
        tx.execute(PARTICIPANTS.update().where(by_id).values(track=bindparam("to")), tracks)
    preferred = [
        {"person": key.participant_id, "to": chosen.channel}
        for key, chosen in personal_changes(settled, did.ChannelPreferred)
    ]
    if preferred:
        tx.execute(PARTICIPANTS.update().where(by_id).values(preferred_channel=bindparam("to")), preferred)
    names = [
        {
            "person": key.participant_id,
            "to": key.cipher.seal_text(given.first_name, f"participants.name:{key.participant_id}"),
        }
        for key, given in personal_changes(settled, did.NameGiven)
    ]
    if names:
        tx.execute(PARTICIPANTS.update().where(by_id).values(name=bindparam("to"), changed_at=now), names)
    for purpose in (ConsentPurpose.PROMPTING, ConsentPurpose.SMS):  # by which people are chosen
        consents = [
            {"person": key.participant_id, "to": said.state}
            for key, said in personal_changes(settled, did.ConsentRecorded)
            if said.purpose is purpose
        ]
        if consents:
            tx.execute(PARTICIPANTS.update().where(by_id).values({purpose.value: bindparam("to")}), consents)
    urgent = {key.participant_id for key, _ in personal_changes(settled, did.UrgentRaised)}
    urgent |= {  # nobody knows yet whose words of distress they were
        sharer.participant_id
        for each, _ in changes_of(settled, did.UrgentRaised)
        if each.key is None
        for sharer in each.case.snapshot.sharers
    }
    awaiting = {key.participant_id for key, _ in personal_changes(settled, did.TeamAwaited)} | urgent
    for column, people in (
        (PARTICIPANTS.c.team_awaited_since, awaiting),
        (PARTICIPANTS.c.urgent_since, urgent),
    ):
        if people:
            since = func.coalesce(column, bindparam("now", now, Instant()))
            tx.execute(PARTICIPANTS.update().where(PARTICIPANTS.c.id.in_(people)).values({column: since}))


def save_addresses(tx: Connection, settled: Sequence[Settled], now: datetime) -> None:
    """Note when and through which account each address wrote last, and whether it may be written to.

    By our own clock, the one the channel's window is measured with before every send.
    """
    heard: defaultdict[tuple[str, datetime | None], list[str]] = defaultdict(list)
    for each in settled:
        reached = each.case.reached
        # «wrote last at» with nothing on the timeline at that time would tell of a report
        if each.case.arrival.inbound and reached.address_id and not each.outcome.in_confidence:
            heard[reached.account_id, each.unsure_since].append(reached.address_id)
    for (account, unsure), addresses in heard.items():
        tx.execute(HEARD, {"addresses": addresses, "at": now, "account": account, "unsure": unsure})
    closed = _chats(settled, did.AddressClosed)
    if closed:
        blocked = ADDRESSES.update().where(ADDRESSES.c.chat.in_(closed)).values(state=AddressState.BLOCKED)
        tx.execute(blocked)
    # Whoever writes can be written to. If Twilio still blocks until START, the answer tells us so again.
    wrote = {each.case.reached.chat for each in settled if each.case.arrival.inbound}
    opened = (wrote | _chats(settled, did.AddressOpened)) - closed
    if opened:
        tx.execute(REOPENED, {"chats": opened})


def free_addresses(tx: Connection, settled: Sequence[Settled], now: datetime) -> None:
    """Let go of the addresses that are somebody else's by now; of what was to go there nothing is sent."""
    freed = [each.case.reached.address_id for each, _ in changes_of(settled, did.AddressFreed)]
    free(tx, [address for address in freed if address], now)


def _chats(settled: Sequence[Settled], kind: type[did.AddressClosed] | type[did.AddressOpened]) -> set[str]:
    """The chats it is about: a block is of the chat, whoever shares it."""
    return {each.case.reached.chat for each, _ in changes_of(settled, kind)}

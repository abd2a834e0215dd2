"""A code guards the logbook from end to end: asked for, masked, locked, opened again by the team."""

from datetime import datetime

from sqlalchemy import select

from bot.settings import TelegramMode
from conversations.messages import Say
from conversations.vocabulary import Language, Role
from storage.codec import CONTENT
from storage.database import Storage
from storage.perimeter import Perimeter
from storage.rights import remove_code
from storage.staff import NewStaff, add
from storage.tables.core import MESSAGES_IN, PARTICIPANTS
from tests.bot.driving import CODE, Clock, House, rows, running, telegram_settings
from tests.bot.people import OnTelegram
from tests.bot.voices import VOICES, join
from tests.fakes.telegram_server import FakeTelegram


def kept(house: House) -> str:
    """Everything people wrote, as the timeline opens it."""
    texts = []
    for row in rows(house.storage, select(MESSAGES_IN).order_by(MESSAGES_IN.c.id)):
        key = house.storage.keystore.of_participants([row.participant_id])[row.participant_id]
        plain = key.cipher.open(row.content, f"messages_in.content:{row.id}")
        texts.append(getattr(CONTENT.validate_json(plain), "text", ""))
    return "\n".join(texts)


def admin_of(house: House) -> Perimeter:
    new = NewStaff("admin", "Samira", Role.ADMIN, Language.FRENCH, frozenset())
    with house.storage.write() as tx:
        return Perimeter(add(tx, house.storage, new, "", house.clock()), Role.ADMIN)


async def test_a_code_guards_the_logbook_and_stays_unreadable(
    storage: Storage, now: datetime, fake_telegram: FakeTelegram
) -> None:
    given = telegram_settings(fake_telegram, TelegramMode.WEBHOOK)
    async with running(given, storage, Clock(now)) as house:
        person = OnTelegram(house, Language.FRENCH, fake_telegram)
        await join(person, VOICES[0], CODE)
        await person.say("mes données")
        await person.choose(Say("data.code"))
        await person.say("2580")
        assert person.text("code.set") in await person.say("٢٥٨٠")
        house.clock.advance(minutes=20)
        assert person.text("code.ask") in await person.say("carnet")
        assert person.text("logbook.ask") in await person.say("25 80")
        assert "••••" in kept(house)
        assert not {"2580", "25 80", "٢٥٨٠"} & set(kept(house).split("\n"))

        house.clock.advance(minutes=20)
        await person.say("mes données")
        for wrong in ("1111", "2222", "3333", "4444"):
            await person.say(wrong)
        assert person.text("code.locked") in await person.say("5555")
        assert person.text("code.locked") in await person.say("pdf")
        [row] = rows(storage, select(PARTICIPANTS))
        assert row.team_awaited_since is not None
        assert remove_code(storage, admin_of(house), row.id, house.clock())
        house.service.wake()
        assert person.text("code.removed_by_team") in await person.heard()
        assert person.text("logbook.ask") in await person.say("carnet")

"""Someone writes that they are in danger: answered at once, first on the list of the day, nothing lost."""

from datetime import datetime

from sqlalchemy import select

from conversations.safety.facts import HelpContact, Police, TeamHours
from conversations.vocabulary import Language, Role
from storage.database import Storage
from storage.perimeter import Perimeter
from storage.safety import SafetySettings, set_safety
from storage.staff import ensure_first_admin
from storage.tables.core import MESSAGES_IN, NEWCOMERS, PARTICIPANTS, STAFF
from storage.today import Concern, today
from storage.writing import write_to
from tests.bot.driving import CODE, Clock, House, rows, running, settings
from tests.bot.people import AtThePhone
from tests.bot.voices import VOICES, join

LINE = HelpContact(
    names={Language.FRENCH: "Écoute Atlas"},
    reach="+212600000009",
    languages="Français",
    hours={Language.FRENCH: "jour et nuit"},
    police=Police.IF_ASKED,
)


def set_up(house: House) -> Perimeter:
    """The project names a contact and its hours; an admin, who is there from the start."""
    with house.storage.write() as tx:
        set_safety(tx, SafetySettings((LINE,), TeamHours(frozenset(range(5))), "je coule"))
    house.service.projects.refresh()
    ensure_first_admin(house.storage, house.clock())
    [admin] = rows(house.storage, select(STAFF.c.id))
    return Perimeter(admin.id, Role.ADMIN)


def listed(house: House, perimeter: Perimeter) -> dict[Concern, int]:
    with house.storage.read() as tx:
        found = today(tx, house.storage, perimeter, house.clock())
    assert found[0].concern is Concern.URGENT
    return {part.concern: part.count for part in found if part.count}


async def test_from_the_words_to_the_answer_of_a_human(storage: Storage, now: datetime) -> None:
    async with running(settings(), storage, Clock(now)) as house:
        perimeter = set_up(house)
        voice = next(each for each in VOICES if each.language is Language.FRENCH)
        person = AtThePhone(house, voice.language)
        await join(person, voice, CODE)
        heard = await person.say("Je coule")
        assert LINE.reach in heard
        assert "17:00" in heard
        assert listed(house, perimeter)[Concern.URGENT] == 1
        [row] = rows(storage, select(PARTICIPANTS.c.id, PARTICIPANTS.c.urgent_since))
        assert row.urgent_since == house.clock()
        house.clock.advance(hours=1)
        await person.say("je veux mourir")  # since the first words, however often they are repeated
        assert rows(storage, select(PARTICIPANTS.c.urgent_since))[0].urgent_since == row.urgent_since
        with storage.write() as tx:
            write_to(tx, storage, perimeter, row.id, "Je suis là.", house.clock())
        assert Concern.URGENT not in listed(house, perimeter)


async def test_of_someone_who_has_not_consented_no_word_is_kept(storage: Storage, now: datetime) -> None:
    async with running(settings(), storage, Clock(now)) as house:
        set_up(house)
        person = AtThePhone(house, Language.FRENCH)
        await person.say(CODE)
        await person.say("1")
        before = rows(storage, select(NEWCOMERS))
        assert LINE.reach in await person.say("mon mari me bat")
        assert rows(storage, select(NEWCOMERS)) == before
        assert rows(storage, select(MESSAGES_IN)) == []

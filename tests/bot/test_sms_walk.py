"""By SMS: joined, asked whether notices may come, a check-in announced and answered, all of it stopped."""

from datetime import datetime

from sqlalchemy import select

from conversations.messages import Say
from conversations.vocabulary import ConsentPurpose, ConsentState, ContactState
from storage.database import Storage
from storage.tables.core import CONSENTS, CONTACTS, PARTICIPANTS
from tests.bot.driving import CODE, Clock, House, rows, running, twilio_settings
from tests.bot.people import OnWhatsApp
from tests.bot.voices import VOICES
from tests.fakes.twilio_server import FakeTwilio

FRENCH = VOICES[0]
NUMBER = "+212600000001"


async def joined(house: House, fake: FakeTwilio) -> OnWhatsApp:
    """Someone who joined by SMS; the question about notices stands."""
    awa = OnWhatsApp(house, FRENCH.language, fake, NUMBER)
    await awa.say(CODE)
    await awa.choose(awa.language.own_name)
    for _ in range(3):
        await awa.choose(Say("yes"))
    for answer in (FRENCH.name, "1", "passer", "passer", "1", "passer", "6"):
        assert awa.text("sms.ask") not in await awa.say(answer)
    assert awa.text("sms.ask") in await awa.say("couture")
    return awa


def said_of_sms(storage: Storage) -> list[ConsentState]:
    query = select(CONSENTS).where(CONSENTS.c.purpose == ConsentPurpose.SMS)
    return [row.state for row in rows(storage, query.order_by(CONSENTS.c.at, CONSENTS.c.id))]


def kept(storage: Storage) -> ConsentState | None:
    [row] = rows(storage, select(PARTICIPANTS.c.sms))
    state: ConsentState | None = row.sms
    return state


async def test_from_the_yes_to_the_stop(storage: Storage, now: datetime, fake_twilio: FakeTwilio) -> None:
    async with running(twilio_settings(fake_twilio), storage, Clock(now)) as house:
        awa = await joined(house, fake_twilio)
        assert awa.text("sms.yes") in await awa.say("oui")
        assert (kept(storage), said_of_sms(storage)) == (ConsentState.GIVEN, [ConsentState.GIVEN])
        await house.pass_time(days=8)
        assert await awa.heard() == awa.text("render.sms_notice")
        assert awa.text("checkin.hello") not in await awa.say("oui ?")
        assert awa.text("stop.done") in await awa.say("stop")
        assert (kept(storage), said_of_sms(storage)[-1]) == (ConsentState.WITHDRAWN, ConsentState.WITHDRAWN)


async def test_without_a_yes_the_check_in_waits_and_comes_after_it(
    storage: Storage, now: datetime, fake_twilio: FakeTwilio
) -> None:
    async with running(twilio_settings(fake_twilio), storage, Clock(now)) as house:
        awa = await joined(house, fake_twilio)
        await house.pass_time(days=8)
        assert await awa.heard() == ""  # asked once, and not answered
        [contact] = rows(storage, select(CONTACTS))
        assert contact.state is ContactState.PLANNED
        assert awa.text("sms.yes") in await awa.say("oui")
        await house.pass_time(days=1)
        assert await awa.heard() == awa.text("render.sms_notice")


async def test_twilios_own_stop_takes_it_back(
    storage: Storage, now: datetime, fake_twilio: FakeTwilio
) -> None:
    async with running(twilio_settings(fake_twilio), storage, Clock(now)) as house:
        awa = await joined(house, fake_twilio)
        await awa.say("oui")
        stop = fake_twilio.message(NUMBER, "STOP", OptOutType="STOP")
        assert await fake_twilio.push(stop, house.client) == 200
        assert kept(storage) is ConsentState.WITHDRAWN

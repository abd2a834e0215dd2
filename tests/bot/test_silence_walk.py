"""Ninety silent days: nothing shows before it is clear who writes; a recycled number is let go."""

from datetime import datetime

from sqlalchemy import select

from bot.settings import TelegramMode
from conversations.messages import Say
from conversations.vocabulary import Channel, DeliveryState
from storage.addresses import confirm
from storage.audience import listeners
from storage.database import Storage
from storage.outgoing import preferred_destinations
from storage.tables.core import ADDRESSES, ALIASES, MEMBERSHIPS, OUTBOX, PARTICIPANTS, TOKENS
from storage.tables.vocabulary import FailureReason
from storage.today import Concern, today
from storage.writing import write_to
from tests.bot.driving import CODE, Clock, House, rows, running, telegram_settings, twilio_settings
from tests.bot.people import OnTelegram, OnWhatsApp
from tests.bot.test_code_walk import admin_of
from tests.bot.test_linking_walk import asks_to_link, code_in, connected, elsewhere, house, known
from tests.bot.voices import VOICES, join, record_job
from tests.fakes.telegram_server import FakeTelegram
from tests.fakes.twilio_server import FakeTwilio

__all__ = ["connected", "elsewhere", "house", "known"]  # fixtures

FRENCH, ARABIC = VOICES[0], VOICES[1]


def listed(house: House, concern: Concern) -> int:
    with house.storage.read() as look:
        sections = today(look, house.storage, admin_of(house), house.clock())
    return next(section.count for section in sections if section.concern is concern)


async def test_without_a_code_the_team_confirms(
    storage: Storage, now: datetime, fake_twilio: FakeTwilio
) -> None:
    async with running(twilio_settings(fake_twilio), storage, Clock(now)) as house:
        person = OnWhatsApp(house, ARABIC.language, fake_twilio)
        await join(person, ARABIC, CODE)
        await record_job(person, ARABIC)
        house.clock.advance(days=100)
        [row], team = rows(storage, select(PARTICIPANTS)), admin_of(house)
        with storage.write() as tx:
            write_to(tx, storage, team, row.id, "هل انتهى العقد؟", house.clock())
        house.service.wake()
        await house.quiet()
        house.clock.advance(minutes=5)
        heard = await person.say("السلام عليكم")
        assert person.text("talk.kept") in heard, "the team had written last"
        assert person.text("unsure.menu") in await person.say("قائمة")
        shown = heard + await person.say("دفتري") + await person.say("بياناتي") + await person.say("pdf")
        assert person.text("unsure.team") in shown
        for hidden in (ARABIC.job, ARABIC.name, "العقد"):
            assert hidden not in shown
        with storage.read() as look:
            [section] = [
                one for one in today(look, storage, team, house.clock()) if one.concern is Concern.UNSURE
            ]
        assert [line.participant_id for line in section.rows] == [row.id]
        [address] = rows(storage, select(ADDRESSES))
        assert confirm(storage, team, row.id, address.id, house.clock())
        assert not confirm(storage, team, row.id, address.id, house.clock())
        house.service.wake()
        told = await person.heard()
        assert person.text("unsure.confirmed_by_team") in told
        assert "العقد" in told, "what the team had written waited for this"
        await person.say("قائمة")
        assert ARABIC.job in await person.say("دفتري")


async def test_the_code_opens_again(storage: Storage, now: datetime, fake_telegram: FakeTelegram) -> None:
    given = telegram_settings(fake_telegram, TelegramMode.WEBHOOK)
    async with running(given, storage, Clock(now)) as house:
        person = OnTelegram(house, FRENCH.language, fake_telegram)
        await join(person, FRENCH, CODE)
        await record_job(person, FRENCH)
        await person.say("mes données")
        await person.choose(Say("data.code"))
        await person.say("2580")
        await person.say("2580")
        await person.say("menu")
        house.clock.advance(days=90, minutes=1)
        assert person.text("unsure.menu") in await person.say("bonjour")
        assert person.text("code.ask") in await person.choose(Say("unsure.me"))
        assert person.text("unsure.confirmed") in await person.say("2580")
        assert FRENCH.job in await person.say("carnet")
        assert rows(storage, select(ADDRESSES.c.unsure_since)) == [(None,)]


async def test_a_recycled_number_is_let_go_and_its_owner_can_join(
    storage: Storage, now: datetime, fake_telegram: FakeTelegram
) -> None:
    given = telegram_settings(fake_telegram, TelegramMode.WEBHOOK)
    async with running(given, storage, Clock(now)) as house:
        person = OnTelegram(house, FRENCH.language, fake_telegram)
        await join(person, FRENCH, CODE)
        await record_job(person, FRENCH)
        sent = len(rows(storage, select(OUTBOX).where(OUTBOX.c.participant_id.is_not(None))))
        house.clock.advance(days=120)
        await person.say("salut")
        await person.choose(Say("unsure.not_mine"))
        assert await person.choose(Say("yes")) == person.text("unsure.freed")
        [first] = rows(storage, select(PARTICIPANTS))
        assert rows(storage, select(ADDRESSES)) == rows(storage, select(ALIASES)) == []
        assert rows(storage, select(TOKENS)) == []
        assert len(rows(storage, select(OUTBOX).where(OUTBOX.c.participant_id == first.id))) > sent
        assert listed(house, Concern.AWAITING) == 1
        assert person.text("join.need_code") in await person.say("carnet")
        await join(person, FRENCH, CODE)
        assert "Couture" not in await person.say("carnet")
        people = {row.id for row in rows(storage, select(PARTICIPANTS))}
        assert len(people) == 2
        [address] = rows(storage, select(ADDRESSES))
        assert {address.participant_id} == people - {first.id}
        with storage.read() as look:
            assert preferred_destinations(look, [first.id]) == {}


async def test_what_waited_for_the_window_is_dropped_with_the_address(
    storage: Storage, now: datetime, fake_twilio: FakeTwilio
) -> None:
    async with running(twilio_settings(fake_twilio), storage, Clock(now)) as house:
        person = OnWhatsApp(house, FRENCH.language, fake_twilio)
        await join(person, FRENCH, CODE)
        house.clock.advance(days=100)
        [row], team = rows(storage, select(PARTICIPANTS)), admin_of(house)
        with storage.write() as tx:
            message = write_to(tx, storage, team, row.id, "Votre stage ?", house.clock())
        house.service.wake()
        await house.quiet()
        await person.say("faux numéro")
        assert "stage" not in await person.choose(Say("yes"))
        [kept] = rows(storage, select(OUTBOX).where(OUTBOX.c.id == message))
        assert kept.state is DeliveryState.CANCELLED


async def test_a_code_sent_to_a_silent_number_proves_nothing_yet(
    house: House, known: OnWhatsApp, elsewhere: OnTelegram
) -> None:
    house.clock.advance(days=100)
    await asks_to_link(elsewhere)
    with house.storage.write() as tx:  # whoever has the number now opens the window
        tx.execute(OUTBOX.update().values(state=DeliveryState.SENT))
    house.clock.advance(minutes=1)
    await known.say("bonjour")
    house.clock.advance(hours=1)
    await elsewhere.say("retour")
    await elsewhere.choose(Say("join.link"))
    await elsewhere.say("06 00 00 00 01")
    code = code_in(await known.heard())
    await elsewhere.say(code[-6:])
    assert FRENCH.job not in await elsewhere.say("carnet")
    assert all(row.unsure_since for row in rows(house.storage, select(ADDRESSES)))


async def test_a_code_sent_to_an_address_in_use_makes_the_silent_one_clear(
    house: House, known: OnWhatsApp, elsewhere: OnTelegram
) -> None:
    await asks_to_link(elsewhere)
    await elsewhere.say(code_in(await known.heard()))
    house.clock.advance(days=100)
    whatsapp = ADDRESSES.c.channel == Channel.WHATSAPP
    with house.storage.write() as tx:  # they wrote from there all the time
        tx.execute(ADDRESSES.update().where(whatsapp).values(last_inbound_at=house.clock()))
    assert elsewhere.text("unsure.menu") in await elsewhere.say("bonjour")
    await elsewhere.say("j'ai déjà un carnet")
    await elsewhere.say("06 00 00 00 01")
    code = code_in(await known.heard())
    assert elsewhere.text("unsure.confirmed") in await elsewhere.say(code[-6:])
    assert FRENCH.job in await elsewhere.say("carnet")


async def test_a_cohort_is_told_nothing_on_an_address_that_was_silent(
    storage: Storage, now: datetime, fake_telegram: FakeTelegram
) -> None:
    given = telegram_settings(fake_telegram, TelegramMode.WEBHOOK)
    async with running(given, storage, Clock(now)) as house:
        person = OnTelegram(house, FRENCH.language, fake_telegram)
        await join(person, FRENCH, CODE)
        [cohort] = rows(storage, select(MEMBERSHIPS.c.cohort_id))
        with storage.read() as look:
            [before] = listeners(look, cohort[0], house.clock())
            [later] = listeners(look, cohort[0], house.clock.advance(days=91))
        assert before.destination is not None
        assert (later.destination, later.left_out) == (None, FailureReason.UNSURE)

"""A check-in outside WhatsApp's 24 hours: a knock, an answer, and then the question itself."""

from datetime import datetime

from storage.database import Storage
from tests.bot.driving import CODE, Clock, running, twilio_settings
from tests.bot.people import OnWhatsApp
from tests.bot.voices import VOICES, answer_check_in, join
from tests.fakes.twilio_server import FakeTwilio

FRENCH = VOICES[0]
KNOCK = "Bonjour, avez-vous du nouveau ? Répondez quand vous voulez."


async def test_a_knock_opens_the_way_for_the_check_in(
    storage: Storage, now: datetime, fake_twilio: FakeTwilio
) -> None:
    fake_twilio.contents.put("carnet_check_in_fr", "fr", KNOCK)
    given = twilio_settings(fake_twilio).model_copy(update={"twilio_content_url": fake_twilio.url})
    async with running(given, storage, Clock(now)) as house:
        person = OnWhatsApp(house, FRENCH.language, fake_twilio)
        await join(person, FRENCH, CODE)
        house.service.book.read_list()
        fake_twilio.shut.add(person.address)
        await house.pass_time(days=7, minutes=1)
        assert await person.heard() == KNOCK  # and not a word of the question
        await house.pass_time(hours=1)
        assert await person.heard() == ""  # once is enough
        fake_twilio.shut.clear()
        await person.say("oui")
        await answer_check_in(person, FRENCH)

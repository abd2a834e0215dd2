"""Buttons and lists on WhatsApp: contents made once, found again, and never a reason to lose a question."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pytest
from sqlalchemy import func, select

from bot.channels.accounts import TwilioAccount
from bot.channels.contents import ContentTrouble
from bot.channels.sending import SendResult
from bot.channels.twilio.contents import TwilioContents
from bot.channels.twilio.transport import TwilioTransport
from bot.templates import TemplateBook
from conversations.messages import Choice, Prompt, PromptKind, Verbatim
from conversations.render.capabilities import CAPABILITIES
from conversations.render.parts import render
from conversations.vocabulary import Channel, DeliveryState, Language, SendOutcome
from storage.database import Storage
from storage.tables.core import OUTBOX
from storage.tables.vocabulary import FailureReason
from tests.bot.driving import CODE, Clock, rows, running, twilio_settings
from tests.bot.making import TO_HOME, open_desk
from tests.bot.people import OnWhatsApp
from tests.bot.voices import VOICES, join, record_job
from tests.fakes.answers import Answer
from tests.fakes.twilio_server import FakeTwilio, trouble

AMINA = "whatsapp:+212600000001"
FRENCH = VOICES[0]


@dataclass(frozen=True, slots=True)
class Desk:
    """A transport with its shapes."""

    transport: TwilioTransport

    async def ask(self, *labels: str, question: str = "Et alors ?") -> SendResult:
        choices = tuple(Choice(label, Verbatim(label)) for label in labels)
        prompt = Prompt(PromptKind.REPLY, (Verbatim(question),), choices, token="0123456789abcdef")
        [part] = render(prompt, Language.FRENCH, CAPABILITIES[Channel.WHATSAPP])
        return await self.transport.send(AMINA, part, "outbox-1")


@pytest.fixture
def desk(storage: Storage, now: datetime, twilio_account: TwilioAccount) -> Iterator[Desk]:
    desk = Desk(TwilioTransport(twilio_account, Channel.WHATSAPP))
    contents = TwilioContents(twilio_account)
    desk.transport.shapes = TemplateBook(storage, contents, lambda: now)
    yield desk
    contents.close()
    desk.transport.threads.shutdown()
    desk.transport.http.client.close()


async def test_a_shape_is_made_once_and_holds_no_word_of_ours(desk: Desk, fake_twilio: FakeTwilio) -> None:
    for question in ("Et alors ?", "Encore ?"):
        assert (await desk.ask("Oui", "Non", question=question)).outcome is SendOutcome.SENT
    [made] = fake_twilio.contents.made
    assert "Oui" not in str(made)
    seen = [fake_twilio.contents.shown(sent.form) for sent in fake_twilio.sent]
    assert [told["body"].strip("\u200b") for told in seen] == ["Et alors ?", "Encore ?"]
    assert seen[0]["actions"] == [
        {"type": "QUICK_REPLY", "title": "Oui", "id": "0123456789abcdef:0"},
        {"type": "QUICK_REPLY", "title": "Non", "id": "0123456789abcdef:1"},
    ]


async def test_a_list_opens_with_a_button(desk: Desk, fake_twilio: FakeTwilio) -> None:
    await desk.ask(*(f"Choix {number}" for number in range(10)))
    told = fake_twilio.contents.shown(fake_twilio.sent[0].form)
    assert told["button"] == "Choisir"
    assert [item["item"] for item in told["items"]] == [f"Choix {number}" for number in range(10)]


async def test_what_another_database_has_made_is_found_by_its_name(
    desk: Desk, fake_twilio: FakeTwilio
) -> None:
    for name in ("quick_1_2", "quick_1_3", "list_1_4"):
        fake_twilio.contents.put_types(f"carnet_shape_{name}", "fr", {"twilio/quick-reply": {"body": "?"}})
    await desk.ask("Oui", "Non")
    assert fake_twilio.contents.made == []


@pytest.mark.parametrize("answer", [trouble(403, 20003), Answer(502, "<html></html>"), Answer(201, "[]")])
async def test_without_the_content_api_the_question_goes_as_numbers(
    desk: Desk, fake_twilio: FakeTwilio, answer: Answer
) -> None:
    fake_twilio.contents.will(answer)
    for _ in range(2):  # it is not asked again at once
        assert (await desk.ask("Oui", "Non")).outcome is SendOutcome.SENT
    for sent in fake_twilio.sent:
        assert sent.form["Body"].startswith("Et alors ?\n\n1. Oui\n2. Non")
    assert fake_twilio.contents.made == []


async def test_a_shape_that_is_not_taken_costs_nobody_the_question(
    desk: Desk, fake_twilio: FakeTwilio
) -> None:
    fake_twilio.will(trouble(400, 63013))
    for _ in range(2):
        assert (await desk.ask("Oui", "Non")).outcome is SendOutcome.SENT
    assert [sent.form["Body"][:10] for sent in fake_twilio.sent] == ["Et alors ?", "Et alors ?"]
    assert fake_twilio.requests == 3  # once with buttons, then only numbers


async def test_people_join_and_record_a_job_by_taps(
    storage: Storage, now: datetime, fake_twilio: FakeTwilio
) -> None:
    given = twilio_settings(fake_twilio).model_copy(update={"twilio_content_url": fake_twilio.url})
    async with running(given, storage, Clock(now)) as house:
        person = OnWhatsApp(house, FRENCH.language, fake_twilio, AMINA)
        await join(person, FRENCH, CODE)
        await record_job(person, FRENCH)
    kinds = {made["friendly_name"].split("_")[2] for made in fake_twilio.contents.made}
    assert kinds == {"quick", "list"}
    names = [made["friendly_name"] for made in fake_twilio.contents.made]
    assert len(names) == len(set(names))


def test_what_waits_takes_a_template_once_it_is_approved(
    storage: Storage, now: datetime, fake_twilio: FakeTwilio, desk: Desk
) -> None:
    contents = fake_twilio.contents
    sid = contents.put("carnet_broadcast_fr", "fr", "De nous : {{1}} Merci.", "pending")
    people = open_desk(storage, now)
    people.tell(AMINA, TO_HOME, Channel.WHATSAPP)
    waiting = {"state": DeliveryState.WAITING, "reason": FailureReason.WINDOW_CLOSED}
    with storage.write() as tx:
        tx.execute(OUTBOX.update().values(state=DeliveryState.SENT))
        last = select(func.max(OUTBOX.c.id)).scalar_subquery()
        tx.execute(OUTBOX.update().where(OUTBOX.c.id == last).values(kind=PromptKind.BROADCAST, **waiting))
    book = desk.transport.shapes
    assert isinstance(book, TemplateBook)
    queued = select(OUTBOX.c.id).where(OUTBOX.c.state == DeliveryState.QUEUED)
    book.read_list()
    assert rows(storage, queued) == []
    contents.kept[sid].approval["status"] = "approved"
    book.read_list()
    assert len(rows(storage, queued)) == 1


def test_the_list_is_read_every_hour_and_sooner_after_trouble(
    storage: Storage, now: datetime, fake_twilio: FakeTwilio, desk: Desk
) -> None:
    book = desk.transport.shapes
    assert isinstance(book, TemplateBook)
    fake_twilio.contents.put("carnet_broadcast_fr", "fr", "De nous : {{1}} Merci.")
    fake_twilio.contents.will(trouble(503, 20503))
    with pytest.raises(ContentTrouble):
        book.read_list_hourly()
    assert book.read_list_hourly() == 1
    assert book.read_list_hourly() == 0
    assert fake_twilio.contents.lists == 1

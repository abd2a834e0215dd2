"""Outside WhatsApp's 24 hours: a template, a knock and then the message, or waiting; never twice."""

from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.channels.accounts import TwilioAccount
from bot.channels.twilio.contents import TwilioContents
from bot.channels.twilio.transport import TwilioTransport
from bot.channels.twilio.webhooks import parse_status
from bot.templates import TemplateBook
from conversations.messages import Prompt, PromptKind, Say, Verbatim
from conversations.templates.template import Approval
from conversations.vocabulary import Channel, DeliveryState
from storage import templates as registry
from storage.database import Storage
from storage.outbox import record_status, release_in_time
from storage.outbox.knocks import KNOCK as KNOCK_PART
from storage.outbox.knocks import KNOCKS
from storage.tables.core import ADDRESSES, OUTBOX, PARTS
from storage.tables.vocabulary import FailureReason
from tests.bot.driving import rows, until
from tests.bot.posting import QUEUED, SENT, WHATSAPP, Post, posting
from tests.fakes.answers import Answer
from tests.fakes.twilio_server import FakeTwilio, trouble

WAITING = DeliveryState.WAITING
AMINA, GRACE = WHATSAPP.values()
QUESTION = Prompt(PromptKind.NUDGE, (Say("checkin.hello"), Verbatim("Travaillez-vous chez Atlas ?")))
KNOCK, NEWS = "Bonjour, avez-vous du nouveau ?", "L’équipe du carnet vous dit : {{1}} À bientôt !"


@pytest.fixture
async def whatsapp(storage: Storage, now: datetime, twilio_account: TwilioAccount) -> AsyncIterator[Post]:
    async with posting(storage, now, TwilioTransport(twilio_account, Channel.WHATSAPP)) as post:
        post.clock.advance(hours=25)
        yield post


@pytest.fixture
def contents(twilio_account: TwilioAccount) -> Iterator[TwilioContents]:
    asked = TwilioContents(twilio_account)
    yield asked
    asked.close()


@pytest.fixture
def approved(fake_twilio: FakeTwilio, storage: Storage, now: datetime, contents: TwilioContents) -> None:
    """Two templates, as the provider lists them; the windows of both people are over there."""
    fake_twilio.contents.put("carnet_check_in_fr", "fr", KNOCK)
    fake_twilio.contents.put("carnet_broadcast_fr", "fr", NEWS)
    fake_twilio.shut.update(WHATSAPP.values())
    with storage.write() as tx:
        registry.take_list(tx, contents.everything(), now)


def settled(post: Post, outbox_id: str) -> tuple[DeliveryState, FailureReason | None, str]:
    [row] = rows(post.desk.storage, select(OUTBOX).where(OUTBOX.c.id == outbox_id))
    return row.state, row.reason, row.code


def report(post: Post, outbox_id: str, sid: str, status: str, code: str) -> None:
    """What Twilio tells of a message later."""
    form = {"MessageSid": sid, "MessageStatus": status, "ErrorCode": code, "To": AMINA}
    event = parse_status(form, outbox_id)
    assert event is not None
    with post.desk.storage.write() as tx:
        record_status(tx, post.desk.accounts[Channel.WHATSAPP], event, post.clock())


async def settles(post: Post, outbox_id: str, state: DeliveryState) -> tuple[FailureReason | None, str]:
    await post.becomes(outbox_id, state)
    _, reason, code = settled(post, outbox_id)
    return reason, code


def test_the_list_is_read_to_its_last_page_and_survives_what_we_do_not_know(
    fake_twilio: FakeTwilio, contents: TwilioContents, storage: Storage, now: datetime
) -> None:
    kept = fake_twilio.contents
    kept.put("carnet_check_in_fr", "fr", KNOCK, category="UTILITY")
    kept.put("carnet_check_in_ar", "ar", "مرحبا", "rejected", rejection_reason="INVALID_FORMAT")
    kept.put("carnet_reminder_fr", "fr", "Rappel.", "in_appeal")
    kept.put_types("another", "fr", {"twilio/hologram": {"shape": [1]}}, status="approved")
    unknown = kept.put("carnet_team_back_fr", "fr", "Bonjour.")
    kept.kept[unknown].approval = {}
    with storage.write() as tx:
        registry.take_list(tx, contents.everything(), now)
    with storage.read() as look:
        found = {each.name: each for each in registry.templates(look)}
        assert registry.listed_at(look) == now
    assert kept.lists == 3
    assert {name: each.approval for name, each in found.items()} == {
        "carnet_check_in_fr": Approval.APPROVED,
        "carnet_check_in_ar": Approval.REJECTED,
        "carnet_reminder_fr": Approval.OTHER,
        "another": Approval.APPROVED,
        "carnet_team_back_fr": Approval.UNSUBMITTED,
    }
    assert found["carnet_check_in_ar"].rejection == "INVALID_FORMAT"
    assert found["carnet_reminder_fr"].word == "in_appeal"
    assert found["carnet_check_in_fr"].body == KNOCK


@pytest.mark.usefixtures("approved")
async def test_a_broadcast_goes_out_by_its_template(whatsapp: Post, fake_twilio: FakeTwilio) -> None:
    message = whatsapp.put(AMINA, "Rendez-vous demain à 10 h.", PromptKind.BROADCAST)
    await whatsapp.becomes(message, SENT)
    [sent] = fake_twilio.sent
    assert fake_twilio.contents.shown(sent.form) == {
        "body": "L’équipe du carnet vous dit : Rendez-vous demain à 10 h. À bientôt !"
    }
    assert "Body" not in sent.form


@pytest.mark.usefixtures("approved")
async def test_a_question_knocks_once_and_goes_out_when_they_write(
    whatsapp: Post, fake_twilio: FakeTwilio
) -> None:
    question = whatsapp.put_prompt(AMINA, QUESTION)
    assert await settles(whatsapp, question, WAITING) == (FailureReason.KNOCKED, "")
    [knock] = fake_twilio.sent
    assert fake_twilio.contents.shown(knock.form) == {"body": KNOCK}
    with whatsapp.desk.storage.write() as tx:  # whatever queues it again, it is not repeated
        tx.execute(OUTBOX.update().where(OUTBOX.c.id == question).values(state=QUEUED))
    whatsapp.sender.wake()
    assert await settles(whatsapp, question, WAITING) == (FailureReason.KNOCKED, "")
    assert len(fake_twilio.sent) == 1
    fake_twilio.shut.clear()
    with whatsapp.desk.storage.write() as tx:
        tx.execute(ADDRESSES.update().values(last_inbound_at=whatsapp.clock()))
        tx.execute(OUTBOX.update().where(OUTBOX.c.id == question).values(state=QUEUED))
    whatsapp.sender.wake()
    await whatsapp.becomes(question, SENT)
    assert fake_twilio.sent[1].form["Body"].endswith("Travaillez-vous chez Atlas ?")
    parts = rows(whatsapp.desk.storage, select(PARTS.c.part).order_by(PARTS.c.part))
    assert [row.part for row in parts] == [KNOCK_PART, 0]


@pytest.mark.usefixtures("approved")
async def test_a_knock_whose_fate_is_unknown_is_not_repeated(whatsapp: Post, fake_twilio: FakeTwilio) -> None:
    fake_twilio.will(Answer(503))
    question = whatsapp.put_prompt(AMINA, QUESTION)
    assert await settles(whatsapp, question, WAITING) == (FailureReason.KNOCKED, "503")


@pytest.mark.usefixtures("approved")
@pytest.mark.parametrize("first", ["settled", "reported"])
async def test_reports_about_a_knock_are_not_about_the_question(
    whatsapp: Post, fake_twilio: FakeTwilio, first: str
) -> None:
    question, storage = whatsapp.put_prompt(AMINA, QUESTION), whatsapp.desk.storage
    await whatsapp.becomes(question, WAITING)
    [knock] = fake_twilio.sent
    assert f"{question}{KNOCKS}" in knock.form["StatusCallback"]
    if first == "reported":  # the report was faster than we were
        with storage.write() as tx:
            tx.execute(PARTS.delete())
    for status, code in (("delivered", ""), ("failed", "63024")):
        report(whatsapp, f"{question}{KNOCKS}", knock.sid, status, code)
        [part] = rows(storage, select(PARTS))
        assert (part.part, part.provider_message_id) == (KNOCK_PART, knock.sid)
    assert settled(whatsapp, question) == (WAITING, FailureReason.WINDOW_CLOSED, "63024")


@pytest.mark.usefixtures("approved")
async def test_without_a_template_in_their_language_it_waits(whatsapp: Post, fake_twilio: FakeTwilio) -> None:
    message = whatsapp.put(AMINA, "Rendez-vous demain.", PromptKind.STAFF)
    assert await settles(whatsapp, message, WAITING) == (FailureReason.WINDOW_CLOSED, "")
    several = whatsapp.put(AMINA, "Deux\nlignes", PromptKind.BROADCAST)
    assert await settles(whatsapp, several, WAITING) == (FailureReason.WINDOW_CLOSED, "template_lines")
    assert fake_twilio.requests == 0


@pytest.mark.usefixtures("approved")
@pytest.mark.parametrize("code", [21655, 21656, 63005, 63013, 63021, 63027, 63028, 63016])
async def test_a_template_that_is_not_taken_is_left_alone_until_it_is_listed_again(
    whatsapp: Post, fake_twilio: FakeTwilio, contents: TwilioContents, code: int
) -> None:
    fake_twilio.will(trouble(400, code))
    first = whatsapp.put(AMINA, "Un", PromptKind.BROADCAST)
    assert await settles(whatsapp, first, WAITING) == (FailureReason.WINDOW_CLOSED, str(code))
    second = whatsapp.put(GRACE, "Deux", PromptKind.BROADCAST)
    await whatsapp.becomes(second, WAITING)
    assert fake_twilio.requests == 1
    with whatsapp.desk.storage.read() as look:
        refused = {each.name: each.refused for each in registry.templates(look)}
    assert refused == {"carnet_broadcast_fr": str(code), "carnet_check_in_fr": ""}
    with whatsapp.desk.storage.write() as tx:
        registry.take_list(tx, contents.everything(), whatsapp.clock())
        assert all(each.usable for each in registry.templates(tx))


@pytest.mark.usefixtures("approved")
async def test_a_window_that_was_closed_after_all_is_noticed_at_once(
    whatsapp: Post, fake_twilio: FakeTwilio
) -> None:
    whatsapp.clock.advance(hours=-24)
    message = whatsapp.put(AMINA, "Rendez-vous demain.", PromptKind.BROADCAST)
    await whatsapp.becomes(message, SENT)
    assert fake_twilio.requests == 2  # first as free words, then by template
    assert "ContentSid" in fake_twilio.sent[0].form
    await whatsapp.becomes(whatsapp.put(AMINA, "Et après-demain.", PromptKind.BROADCAST), SENT)
    assert fake_twilio.requests == 3  # now it is known


@pytest.mark.usefixtures("approved")
async def test_a_window_that_is_reported_closed_later_sends_the_message_another_way(
    whatsapp: Post, fake_twilio: FakeTwilio
) -> None:
    fake_twilio.shut.clear()
    whatsapp.clock.advance(hours=-24)
    message = whatsapp.put(AMINA, "Demain.", PromptKind.BROADCAST)
    await whatsapp.becomes(message, SENT)
    [free] = fake_twilio.sent
    for _ in range(2):  # reports come twice
        report(whatsapp, message, free.sid, "failed", "63016")
    whatsapp.sender.wake()
    await until(lambda: len(fake_twilio.sent) == 2)
    await whatsapp.becomes(message, SENT)
    assert "ContentSid" in fake_twilio.sent[1].form
    # by template it does not go round for ever
    report(whatsapp, message, fake_twilio.sent[1].sid, "failed", "63016")
    whatsapp.sender.wake()
    assert await settles(whatsapp, message, WAITING) == (FailureReason.WINDOW_CLOSED, "63016")
    assert len(fake_twilio.sent) == 2
    with whatsapp.desk.storage.read() as look:
        assert not any(each.usable for each in registry.templates(look) if "broadcast" in each.name)


@pytest.mark.usefixtures("approved")
async def test_the_cap_on_unasked_messages_holds_back_one_message_for_a_day(
    whatsapp: Post, fake_twilio: FakeTwilio
) -> None:
    fake_twilio.will(trouble(400, 63049))
    message = whatsapp.put(AMINA, "Demain.", PromptKind.BROADCAST)
    assert await settles(whatsapp, message, WAITING) == (FailureReason.CAPPED, "63049")
    assert whatsapp.due_in(message) == timedelta(hours=24)
    whatsapp.clock.advance(hours=23)
    with whatsapp.desk.storage.write() as tx:
        assert release_in_time(tx, whatsapp.clock()) == 0
        assert release_in_time(tx, whatsapp.clock.advance(hours=1)) == 1
    whatsapp.sender.wake()
    await whatsapp.becomes(message, SENT)


@pytest.mark.usefixtures("approved")
async def test_nobody_hears_a_template_beyond_the_tier(
    storage: Storage, now: datetime, twilio_account: TwilioAccount, fake_twilio: FakeTwilio
) -> None:
    transport = TwilioTransport(twilio_account, Channel.WHATSAPP)
    async with posting(storage, now, transport, tier=1) as post:
        post.later(hours=25)
        first = post.put(AMINA, "Un", PromptKind.BROADCAST)
        await post.becomes(first, SENT)
        other = post.put(GRACE, "Deux", PromptKind.BROADCAST)
        assert await settles(post, other, WAITING) == (FailureReason.TIER_FULL, "")
        again = post.put(AMINA, "Trois", PromptKind.BROADCAST)
        await post.becomes(again, SENT)  # the same person counts once
        post.later(hours=24)
        with storage.write() as tx:
            assert release_in_time(tx, post.clock()) == 1
        post.sender.wake()
        await post.becomes(other, SENT)
    assert len(fake_twilio.sent) == 3


def test_what_is_missing_is_made_and_handed_in_once(
    fake_twilio: FakeTwilio, contents: TwilioContents, storage: Storage, now: datetime
) -> None:
    kept = fake_twilio.contents
    kept.put("carnet_check_in_fr", "fr", KNOCK)
    kept.put("carnet_reminder_fr", "fr", "Rappel.", "rejected")
    book = TemplateBook(storage, contents, lambda: now)
    assert book.propose_missing() == ""
    assert len(kept.made) == len(kept.submitted) == 27 - 2
    assert {asked["category"] for _, asked in kept.submitted} == {"UTILITY"}
    assert book.propose_missing() == ""
    assert len(kept.made) == 27 - 2


def test_what_was_made_and_not_handed_in_is_not_made_twice(
    fake_twilio: FakeTwilio, contents: TwilioContents, storage: Storage, now: datetime
) -> None:
    kept = fake_twilio.contents
    kept.put("carnet_check_in_fr", "fr", KNOCK, "unsubmitted")
    book = TemplateBook(storage, contents, lambda: now)
    kept.will(trouble(503, 20503))
    assert book.propose_missing() == "503"
    assert book.propose_missing() == ""
    assert [made["friendly_name"] for made in kept.made].count("carnet_check_in_fr") == 0

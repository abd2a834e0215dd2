"""Messages that did not arrive: staff see why, send again what makes sense, and put the rest away."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from admin.context import ChannelTrouble
from conversations.messages import PromptKind
from conversations.vocabulary import Channel, ConsentState, DeliveryState, Role
from storage.sending_again import Again, send_again
from storage.tables.core import ADDRESSES, AUDIT, ERASURES, OUTBOX, PARTICIPANTS
from storage.tables.vocabulary import AddressState, AuditAction, ErasureState, FailureReason
from tests.admin.conftest import Office
from tests.admin.invented import Invented
from tests.bot.driving import rows

FAILED = DeliveryState.FAILED
REJECTED = FailureReason.REJECTED


def lost(world: Invented, person: str, kind: PromptKind = PromptKind.STAFF) -> str:
    return world.got(person, "Mots secrets", state=FAILED, reason=REJECTED, kind=kind)


def copies(world: Invented) -> list[str | None]:
    """Of which messages there are new ones."""
    return [row.again_of for row in rows(world.storage, select(OUTBOX)) if row.again_of]


def test_a_trainer_sees_those_of_their_cohorts_an_admin_all_and_nobody_the_text(office: Office) -> None:
    world = office.world
    world.member("salma", cohorts=(world.north,))
    world.member("omar", Role.ADMIN)
    lost(world, world.person("Amina"))
    lost(world, world.person("Kwame", world.south))
    seen = {login: office.browser(login).get("/undelivered").text for login in ("salma", "omar")}
    assert ("Amina" in seen["salma"], "Kwame" in seen["salma"]) == (True, False)
    assert ("Amina" in seen["omar"], "Kwame" in seen["omar"]) == (True, True)
    assert "Montrez le code à l’administration" in seen["salma"]
    assert "Mots secrets" not in seen["salma"]


def test_today_leads_there_with_a_count(office: Office) -> None:
    world = office.world
    world.member("salma", cohorts=(world.north,))
    amina = world.person("Amina")
    lost(world, amina)
    assert 'href="/undelivered"' in office.browser("salma").get("/").text


def test_sent_again_is_a_new_message_once(office: Office) -> None:
    world = office.world
    world.member("salma", cohorts=(world.north,))
    message = lost(world, world.person("Amina"))
    browser = office.browser("salma")
    browser.get("/undelivered")
    for _ in range(2):
        browser.post("/undelivered/again", message=message)
    assert copies(world) == [message]
    [old] = rows(world.storage, select(OUTBOX).where(OUTBOX.c.id == message))
    assert (old.state, old.reason) == (FAILED, REJECTED)
    assert "Amina" not in browser.get("/undelivered").text
    assert office.woken == [world.now]
    done = [row.action for row in rows(world.storage, select(AUDIT))]
    assert done.count(AuditAction.SENT_AGAIN) == 1


def test_all_of_one_reason_go_again_together(office: Office) -> None:
    world = office.world
    world.member("salma", cohorts=(world.north,))
    for name in ("Amina", "Kwame"):
        lost(world, world.person(name))
    world.got(world.person("Fatou"), "…", state=FAILED, reason=FailureReason.UNCONFIRMED)
    elsewhere = lost(world, world.person("Binta", world.south))
    browser = office.browser("salma")
    browser.get("/undelivered")
    browser.post("/undelivered/again", cause="telegram:rejected")
    assert len(copies(world)) == 2
    assert elsewhere not in copies(world)
    left = browser.get("/undelivered").text
    assert ("Fatou" in left, "Amina" in left) == (True, False)


def test_put_away_is_not_shown_any_more_and_stays_failed(office: Office) -> None:
    world = office.world
    world.member("salma", cohorts=(world.north,))
    message = lost(world, world.person("Amina"))
    browser = office.browser("salma")
    browser.get("/undelivered")
    browser.post("/undelivered/dismiss", message=message)
    assert "Amina" not in browser.get("/undelivered").text
    assert "Messages non arrivés" not in browser.get("/").text
    assert rows(world.storage, select(OUTBOX.c.state)) == [(FAILED,)]


@pytest.mark.parametrize(
    ("why", "kind", "said"),
    [
        ("blocked", PromptKind.STAFF, Again.CLOSED),
        ("leaving", PromptKind.STAFF, Again.LEAVING),
        ("paused", PromptKind.BROADCAST, Again.PAUSED),
        ("paused", PromptKind.STAFF, Again.SENT),
        ("refused", PromptKind.BROADCAST, Again.NO_CONSENT),
        ("silent", PromptKind.BROADCAST, Again.UNSURE),
        ("over", PromptKind.NOTICE, Again.OVER),
        ("closed", PromptKind.NUDGE, Again.OVER),
        ("wrote", PromptKind.REPLY, Again.MOVED_ON),
        ("by sms", PromptKind.BROADCAST, Again.NO_SMS),
        ("of others", PromptKind.STAFF, Again.GONE),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_reason(
    office: Office, why: str, kind: PromptKind, said: Again
) -> None:
    world, now = office.world, office.world.now
    channel = Channel.SMS if why == "by sms" else Channel.TELEGRAM
    amina = world.person("Amina", channel=channel)
    message = lost(world, amina, kind)
    addresses: dict[str, dict[str, object]] = {
        "blocked": {"state": AddressState.BLOCKED},
        "silent": {"last_inbound_at": now - timedelta(days=100)},
        "wrote": {"last_inbound_at": now},
    }
    people: dict[str, dict[str, object]] = {
        "paused": {"paused_until": now + timedelta(days=3)},
        "refused": {"prompting": ConsentState.REFUSED},
    }
    with world.storage.write() as tx:
        if why in addresses:
            tx.execute(update(ADDRESSES).values(**addresses[why]))
        if why in people:
            tx.execute(update(PARTICIPANTS).values(**people[why]))
        if why == "over":
            tx.execute(update(OUTBOX).values(expires_at=now))
        if why == "leaving":
            plan = {"state": ErasureState.PLANNED, "erase_at": now + timedelta(days=7), "planned_at": now}
            tx.execute(ERASURES.insert(), {"participant_id": amina, **plan})
    salma = world.member("salma", cohorts=(world.south if why == "of others" else world.north,))
    assert send_again(world.storage, salma, [message], now) == {said: 1}
    assert len(copies(world)) == (said is Again.SENT)


def test_a_refusal_is_told_in_plain_words(office: Office) -> None:
    world = office.world
    world.member("salma", cohorts=(world.north,))
    message = lost(world, world.person("Amina", prompting=ConsentState.REFUSED), PromptKind.BROADCAST)
    browser = office.browser("salma")
    browser.get("/undelivered")
    page = browser.post("/undelivered/again", message=message).text
    assert "ne veut pas qu’on écrive en premier" in page
    assert "Amina" in page


@pytest.mark.parametrize(
    ("login", "words"),
    [("omar", "Vérifiez dans la console Twilio"), ("salma", "L’administration doit réparer cela")],
)
def test_a_channel_that_refuses_everything_is_told_on_today(office: Office, login: str, words: str) -> None:
    world, desk = office.world, office.app.state.desk
    world.member("omar", Role.ADMIN)
    world.member("salma", cohorts=(world.north,))
    known = [ChannelTrouble(Channel.WHATSAPP, "63007", world.now)]
    office.app.state.desk = replace(desk, context=replace(desk.context, troubles=lambda: known))
    page = office.browser(login).get("/").text
    assert "WhatsApp refuse nos messages" in page
    assert words in page
    office.app.state.desk = desk
    assert "refuse nos messages" not in office.browser(login).get("/").text

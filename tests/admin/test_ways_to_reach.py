"""How a person is reached, as their page shows it: what they listen to, where nothing may go first."""

import pytest
from sqlalchemy import select, update

from conversations.vocabulary import Channel, ConsentState
from storage.outgoing import preferred_destinations
from storage.tables.core import ADDRESSES, PARTICIPANTS
from tests.admin.conftest import Office


@pytest.mark.parametrize(("track", "called"), [("wo", "Wolof"), ("ary", "الدارجة"), ("zz", "zz")])
def test_who_listens_is_shown_with_what_they_listen_to(office: Office, track: str, called: str) -> None:
    office.world.member("salma", cohorts=(office.world.north,))
    amina = office.world.person("Amina")
    browser = office.browser("salma")
    assert "écoute" not in browser.get(f"/participants/{amina}").text
    with office.world.storage.write() as tx:
        tx.execute(update(PARTICIPANTS).where(PARTICIPANTS.c.id == amina).values(track=track))
    assert f"écoute : <bdi>{called}</bdi>" in browser.get(f"/participants/{amina}").text


@pytest.mark.parametrize(
    ("channel", "said", "shown"),
    [
        (Channel.SMS, None, True),
        (Channel.SMS, ConsentState.REFUSED, True),
        (Channel.SMS, ConsentState.GIVEN, False),
        (Channel.TELEGRAM, None, False),
    ],
)
def test_an_address_that_takes_answers_only_is_marked(
    office: Office, channel: Channel, said: ConsentState | None, shown: bool
) -> None:
    office.world.member("salma", cohorts=(office.world.north,))
    amina = office.world.person("Amina", channel=channel)
    with office.world.storage.write() as tx:
        tx.execute(update(PARTICIPANTS).where(PARTICIPANTS.c.id == amina).values(sms=said))
    page = office.browser("salma").get(f"/participants/{amina}").text
    assert ("réponses seulement" in page) is shown


def test_a_check_in_that_cannot_go_out_by_sms_is_refused_with_the_reason(office: Office) -> None:
    office.world.member("salma", cohorts=(office.world.north,))
    amina = office.world.person("Amina", channel=Channel.SMS)
    browser = office.browser("salma")
    browser.get(f"/participants/{amina}")
    answer = browser.post(f"/participants/{amina}/check-ins")
    assert "joignable que par SMS" in browser.get(answer.headers["location"]).text


def test_staff_say_on_which_channel_to_write_first_where_there_are_two(office: Office) -> None:
    world = office.world
    world.member("salma", cohorts=(world.north,))
    amina = world.person("Amina")
    browser = office.browser("salma")
    assert "Écrire d’abord sur" not in browser.get(f"/participants/{amina}").text
    with world.storage.write() as tx:
        [row] = tx.execute(select(ADDRESSES)).all()
        other = {"id": world.storage.ids.row(), "channel": Channel.WHATSAPP, "chat": "another"}
        changed = {"number_changed_at": world.now, "account_id": world.accounts[Channel.WHATSAPP]}
        tx.execute(ADDRESSES.insert(), {**row._mapping, **other, **changed})
    page = browser.get(f"/participants/{amina}").text
    assert "Écrire d’abord sur" in page
    assert "numéro changé le" in page
    answer = browser.post(f"/participants/{amina}/channel", channel="whatsapp")
    assert "C’est noté." in browser.get(answer.headers["location"]).text
    with world.storage.read() as tx:
        assert preferred_destinations(tx, [amina])[amina].chat == "another"
    assert browser.post(f"/participants/{amina}/channel", channel="pigeon").status_code == 404
    browser.post(f"/participants/{amina}/channel", channel="sms")  # no such address
    browser.post(f"/participants/{amina}/channel", channel="")
    with world.storage.read() as tx:
        assert tx.execute(select(PARTICIPANTS.c.preferred_channel)).scalar_one() is None

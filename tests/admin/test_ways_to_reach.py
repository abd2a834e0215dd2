"""How a person is reached, as their page shows it: what they listen to, where nothing may go first."""

import pytest
from sqlalchemy import update

from conversations.vocabulary import Channel, ConsentState
from storage.tables.core import PARTICIPANTS
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

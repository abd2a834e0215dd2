"""A report about staff, walked as everyone: the person, the team that must not notice, and who reads it."""

import asyncio
import re
from dataclasses import dataclass, field
from datetime import datetime

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from admin.app import create_admin
from conversations.vocabulary import Language, Role
from storage import staff
from storage.cohorts import cohorts
from storage.database import Storage
from storage.passwords import hash_password
from storage.perimeter import Perimeter
from storage.tables.core import AUDIT, MESSAGES_IN, OUTBOX, PARTICIPANTS, REPORT_MESSAGES, REPORTS
from tests.admin.conftest import Browser
from tests.admin.invented import PASSWORD
from tests.bot.driving import CODE, Clock, House, rows, running, settings
from tests.bot.people import AtThePhone
from tests.bot.voices import VOICES, join

FRENCH = next(voice for voice in VOICES if voice.language is Language.FRENCH)
SECRET = "chantage aux présences"
CHANGING = re.compile(r'name="(?:csrf|id)" value="[^"]*"')  # new on every page


@dataclass
class Colleague:
    """Someone signed in to the trainers' view, who looks at everything they can reach."""

    browser: Browser
    seen: dict[str, str] = field(default_factory=dict)

    def look_at_everything(self) -> dict[str, str]:
        """Every page that a link leads to, a search for the person and for the words, and every export."""
        self.seen = {}
        waiting = ["/"]
        while waiting:
            path = waiting.pop()
            if path in self.seen:
                continue
            answer = self.browser.get(path)
            self.seen[path] = CHANGING.sub("", answer.text)
            waiting += re.findall(r'(?:href|hx-get)="(/(?!static)[^"#]*)"', answer.text)
        for name in (FRENCH.name, SECRET, "signaler"):
            self.seen[f"search {name}"] = CHANGING.sub(
                "", self.browser.post("/participants/search", name=name).text
            )
        for form_id in re.findall(r'href="/forms/([a-z-]+)"', self.seen["/forms"]):
            wanted = {"format": "csv", "reason": "rapport annuel"}
            self.seen[f"export {form_id}"] = self.browser.post(f"/forms/{form_id}/export", **wanted).text
        return dict(self.seen)


def colleague(house: House, login: str, role: Role) -> Colleague:
    """A new account, signed in; a trainer follows the person's cohort."""
    storage, now = house.storage, house.clock()
    with storage.write() as tx:
        groups = frozenset(one.id for one in cohorts(tx, Perimeter("", Role.ADMIN)))
        given = groups if role is Role.TRAINER else frozenset()
        new = staff.NewStaff(login, login.title(), role, Language.FRENCH, given)
        staff_id = staff.add(tx, storage, new, hash_password(PASSWORD), now)
        staff.choose_password(tx, staff_id, hash_password(PASSWORD))
    house.service.projects.refresh()
    browser = Browser(create_admin(house.service.admin_context), "http://testserver")
    assert browser.sign_in(login).status_code == 303
    return Colleague(browser)


async def test_the_team_sees_no_difference_and_the_reader_answers(storage: Storage, now: datetime) -> None:
    async with running(settings(), storage, Clock(now)) as house:
        team = [
            await asyncio.to_thread(colleague, house, login, role)
            for login, role in (("salma", Role.TRAINER), ("nadia", Role.ADMIN))
        ]
        reader = await asyncio.to_thread(colleague, house, "lectrice", Role.SAFEGUARDING)
        person = AtThePhone(house, FRENCH.language)
        await join(person, FRENCH, CODE)
        await person.say("menu")
        before = [await asyncio.to_thread(one.look_at_everything) for one in team]
        traces = kept(storage)
        house.clock.advance(minutes=2)
        with capture_logs() as logs:
            await person.say("signaler")
            await person.say(f"Le formateur fait du {SECRET}")
            await person.choose(person.text("report.reply.chat"))
            await person.choose(person.text("report.unnamed"))
            await person.say("C'est pire depuis lundi")
        house.clock.advance(minutes=-2)
        assert [await asyncio.to_thread(one.look_at_everything) for one in team] == before
        assert kept(storage) == traces
        assert SECRET not in str(logs)
        assert any(FRENCH.name in page for page in team[0].seen.values())  # the walk does see people

        page = await asyncio.to_thread(read_report, reader)
        assert SECRET in page
        assert "pire depuis lundi" in page
        assert FRENCH.name not in page
        [report] = rows(storage, select(REPORTS.c.id))
        sent = await asyncio.to_thread(
            reader.browser.post, f"/safeguarding/{report.id}/answers", text="Merci. Je vous crois."
        )
        assert sent.headers["location"].endswith("notice=report_answered")
        assert "Je vous crois" in await person.heard()
        await person.say("Merci à vous")
        assert "Merci à vous" in await asyncio.to_thread(read_report, reader)
        assert [await asyncio.to_thread(one.look_at_everything) for one in team] == before
        assert kept(storage) == traces


def kept(storage: Storage) -> tuple[int, ...]:
    """How much of the person stands where the team's pages read from."""
    of_people = select(OUTBOX.c.id).where(OUTBOX.c.participant_id.is_not(None))
    waiting = select(PARTICIPANTS.c.id).where(PARTICIPANTS.c.team_awaited_since.is_not(None))
    return tuple(len(rows(storage, query)) for query in (select(MESSAGES_IN.c.id), of_people, waiting))


def read_report(reader: Colleague) -> str:
    listed = reader.browser.get("/safeguarding").text
    [link] = re.findall(r'href="(/safeguarding/[0-9a-f]+)"', listed)
    return reader.browser.get(link).text


async def test_what_is_kept_of_a_report_opens_with_no_other_key(storage: Storage, now: datetime) -> None:
    async with running(settings(), storage, Clock(now)) as house:
        await asyncio.to_thread(colleague, house, "lectrice", Role.SAFEGUARDING)
        person = AtThePhone(house, FRENCH.language)
        await join(person, FRENCH, CODE)
        await person.say("signaler")
        await person.say(SECRET)
        await person.choose(person.text("report.reply.none"))
        await person.choose(person.text("report.unnamed"))
        [message] = rows(storage, select(REPORT_MESSAGES))
        [report] = rows(storage, select(REPORTS))
        assert (report.reply_to, report.name) == (None, None)
        assert message.body[:4] == storage.vault.safeguarding.key_id
        [owner] = rows(storage, select(PARTICIPANTS.c.id))
        own_key = storage.keystore.of_participants([owner.id])[owner.id].cipher
        assert message.body[:4] not in (storage.vault.system.key_id, own_key.key_id)
        # what was said on the way is wiped as soon as it is delivered
        said = select(OUTBOX.c.prompt, OUTBOX.c.sealed_address).where(OUTBOX.c.participant_id.is_(None))
        assert all((row.prompt, row.sealed_address) == (None, None) for row in rows(storage, said))


async def test_while_nobody_reads_it_the_person_learns_that(storage: Storage, now: datetime) -> None:
    async with running(settings(), storage, Clock(now)) as house:
        person = AtThePhone(house, FRENCH.language)
        await join(person, FRENCH, CODE)
        heard = await person.say("signaler")
        assert person.text("report.nobody") in heard
        assert rows(storage, select(REPORTS)) == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_opening_the_page_is_traced_and_tells_not_what_was_there(
    storage: Storage, now: datetime
) -> None:
    async with running(settings(), storage, Clock(now)) as house:
        reader = await asyncio.to_thread(colleague, house, "lectrice", Role.SAFEGUARDING)
        await asyncio.to_thread(reader.browser.get, "/safeguarding")
        [trace] = rows(storage, select(AUDIT).where(AUDIT.c.action == "safeguarding_read"))
        assert trace.participant_id is None

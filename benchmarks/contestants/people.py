"""A database of people who have joined, by the program's own way in; made once, copied for every round."""

import re
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from benchmarks.contestants.walk import SECRET, TOKEN, Walker
from bot.handle import handle
from bot.service import load_projects, open_storage
from bot.settings import Settings
from conversations.events import InboundEvent, Text
from conversations.forms import builtin_forms, compile_form
from conversations.vocabulary import Channel, DeliveryState
from storage.accounts import account_id
from storage.cohorts import FIRST_CODE, ensure_first_cohort
from storage.database import Storage
from storage.forms import NewVersion, publish_draft, save_draft
from storage.inbox import Arrival
from storage.migrate import migrate
from storage.staff import ensure_first_admin
from storage.tables.core import OUTBOX, STAFF

BOT_ID = TOKEN.partition(":")[0]
# The code, French, 18 or over, two consents; then the profile is put off, so that one word goes on with it.
JOINING = (FIRST_CODE, "1", "1", "1", "1", "menu")
LEFT_OUT = ("first_name", "nationality", "education_level", "situation", "skills")  # of the built-in profile
AT_ONCE = 256  # people joining in one transaction


def prepare(settings: Settings, people: int) -> None:
    """Migrate the database and let so many people join; the three questions are their profile."""
    migrate(settings.database)
    storage = open_storage(settings)
    ensure_first_admin(storage, _now(), settings.default_language)
    ensure_first_cohort(storage)
    _publish(storage)
    project = load_projects(settings, storage, _now)()
    account = account_id(storage, Channel.TELEGRAM, BOT_ID)
    for first in range(0, people, AT_ONCE):
        walkers = [Walker(number) for number in range(first, min(first + AT_ONCE, people))]
        for step, said in enumerate(JOINING):
            arrivals = [Arrival.of(account, _event(walker, step, said)) for walker in walkers]
            handle(storage, project, arrivals, _now())
            with storage.write() as tx:  # they have read it before they go on
                waiting = OUTBOX.c.state == DeliveryState.QUEUED
                tx.execute(OUTBOX.update().where(waiting).values(state=DeliveryState.SENT))
    storage.close()


def _publish(storage: Storage) -> None:
    """The built-in profile, cut to three questions, as staff would upload it."""
    profile = next(form for form in builtin_forms() if form.form_id == "profile")
    rows = profile.source.decode().splitlines()
    question = re.compile(rf"\| \| \w[\w ]* \| ({'|'.join(LEFT_OUT)}) \|")
    sheet = "\n".join(row for row in rows if not question.match(row)).encode()
    version = NewVersion("profile", "profile.md", sheet, compile_form(sheet, "md", "profile").xml)
    with storage.write() as tx:
        admin = tx.scalar(select(STAFF.c.id))
        assert admin is not None
        publish_draft(tx, storage, save_draft(tx, storage, version, admin, _now()), admin, _now())


def _event(walker: Walker, step: int, said: str) -> InboundEvent:
    order = step * 1_000_000 + walker.number + 1
    return InboundEvent(
        Channel.TELEGRAM, str(order), str(walker.chat), _now(), Text(said), message_id=str(step), order=order
    )


def settings_of(folder: Path, database_url: str, port: int, provider: str) -> Settings:
    """Carnet with a bot by webhook, whatever the environment holds."""
    return Settings.model_validate(
        {
            "data_dir": folder,
            "database_url": database_url,
            "port": port,
            "public_url": f"http://127.0.0.1:{port}",
            "telegram_token": TOKEN,
            "telegram_api_url": provider,
            "telegram_mode": "webhook",
            "telegram_webhook_secret": SECRET,
        }
    )


def _now() -> datetime:
    return datetime.now(UTC)

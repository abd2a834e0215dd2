"""The whole program in one process: it opens the storage, connects the channels and keeps them going."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from urllib.parse import quote

from admin.context import AdminContext, ChannelTrouble
from admin.tariff import Tariff
from bot.channels.sending import DeletesMessages
from bot.channels.telegram.service import TelegramService
from bot.clear import Clearer
from bot.connections import connect
from bot.files.fetching import Fetcher
from bot.files.recordings import Recordings
from bot.receive import Writer
from bot.schedule import Jobs, Schedule
from bot.sending.account import Account
from bot.sending.loop import Sender
from bot.sending.pace import Limits, Pace
from bot.settings import Settings, TelegramMode
from bot.templates import TemplateBook
from bot.watching.standing import Watch
from bot.watching.troubles import Doing, Troubles
from bot.zones import force_zone_rules
from conversations.events import StatusEvent
from conversations.forms import builtin_forms
from conversations.vocabulary import Channel
from storage.accounts import account_id
from storage.contacts import follow_zone_rules
from storage.database import Storage
from storage.forms import publish_builtin
from storage.projects import Projects
from storage.vault import MasterKeys, master_keys

Clock = Callable[[], datetime]  # aware, UTC


def system_clock() -> datetime:
    return datetime.now(UTC)


def open_storage(settings: Settings) -> Storage:
    """The storage of a migrated database. MasterKeyMissing if the key is another one."""
    given = settings.master_key.get_secret_value()
    keys: MasterKeys = master_keys(given, settings.master_key_file)
    return Storage.open(settings.database, keys, settings.data_dir)


def load_projects(settings: Settings, storage: Storage, clock: Clock) -> Projects:
    """The project as conversations need it; built-in forms that are new or changed are published first."""
    publish_builtin(storage, builtin_forms(), clock())
    recordings = Recordings(settings.recordings_folder)
    zone, language = settings.timezone, settings.default_language
    return Projects(storage, zone, language, settings.base_url, recordings)


class Service:
    """Everything that runs. Made within the event loop; `running` is its life."""

    def __init__(
        self,
        settings: Settings,
        storage: Storage,
        clock: Clock = system_clock,
        limits: Mapping[Channel, Limits] | None = None,
    ) -> None:
        """`limits` of the providers, else those of the settings."""
        self.settings, self.storage = settings, storage
        self._loop = asyncio.get_running_loop()
        follow_zone_rules(storage, force_zone_rules())
        self.recordings = Recordings(settings.recordings_folder)
        self.projects = load_projects(settings, storage, clock)
        self.connections = connect(settings)
        accounts = {
            transport.channel: account_id(storage, transport.channel, name)
            for transport, name in self.connections.all
        }
        self.book = TemplateBook(storage, self.connections.contents, clock)
        self.troubles = Troubles()
        self.watch = Watch(storage, clock)
        if self.connections.whatsapp:
            self.connections.whatsapp.shapes = self.book
        self.writer = Writer(storage, self.projects, accounts, clock, self.wake, self._learn)
        self.sender = Sender(
            storage,
            [
                Account(
                    accounts[transport.channel],
                    transport,
                    Pace((limits or settings.limits)[transport.channel], transport.channel),
                )
                for transport, _ in self.connections.all
            ],
            clock,
            self.recordings,
            self.book,
            settings.whatsapp_tier,
            self.troubles,
        )
        telegram = self.connections.telegram
        self.clearer = Clearer(storage, {accounts[telegram.channel]: telegram} if telegram else {}, clock)
        deletes = {
            accounts[transport.channel]: transport.delete
            for transport, _ in self.connections.all
            if isinstance(transport, DeletesMessages)
        }
        sources = {
            accounts[channel]: source
            for channel, source in self.connections.files.items()
            if channel in accounts
        }
        self.fetcher = Fetcher(storage, sources, clock)
        self.jobs = Jobs(
            storage,
            self.projects,
            clock,
            self.wake,
            deletes,
            self.fetcher.run,
            self.book.read_list_hourly,
            in_hands=lambda: self.sender.in_hands,
        )
        self.schedule = Schedule(self.jobs)
        self.tasks: list[asyncio.Task[None]] = []
        self.telegram: TelegramService | None = None
        if settings.telegram and self.connections.telegram:
            self.telegram = TelegramService(
                settings.telegram,
                self.connections.telegram,
                settings.default_language,
                clock,
                self.troubles,
            )
        self.admin_context = AdminContext(
            storage=storage,
            projects=self.projects,
            clock=clock,
            wake=self.look_now,
            public_url=settings.public_url,
            templates=self.book if self.connections.contents else None,
            tariff=Tariff(settings.whatsapp_tier, settings.currency, settings.rates),
            join_links=self.join_links,
            troubles=self._refused,
        )

    def wake(self) -> None:
        """Something is to be sent; from any thread."""
        self._loop.call_soon_threadsafe(self.sender.wake)

    def look_now(self) -> None:
        """Something is to be sent or has fallen due; from any thread."""
        self.schedule.run_now("send_due")
        self.wake()

    def _refused(self) -> Sequence[ChannelTrouble]:
        """The channels on which sends are refused until somebody mends it."""
        return [
            ChannelTrouble(transport.channel, trouble.code, trouble.since)
            for transport, _ in self.connections.all
            if (trouble := self.troubles.of(transport.channel).get(Doing.SENDING))
        ]

    def _learn(self, account_id: str, event: StatusEvent) -> None:
        self.sender.learn(account_id, event)

    def join_links(self, code: str) -> tuple[str, ...]:
        """The links that open a chat with the code in it, for the channels that are connected."""
        links = []
        if self.telegram and self.telegram.username:
            links.append(f"t.me/{self.telegram.username}?start={quote(code)}")
        if any(transport.channel is Channel.WHATSAPP for transport, _ in self.connections.all):
            number = self.settings.twilio_whatsapp_from.removeprefix("whatsapp:").removeprefix("+")
            links.append(f"wa.me/{number}?text={quote(code)}")
        return tuple(links)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Receive, send and keep time until the block is left; then finish what is in flight."""
        if not self.storage.locks_rows:  # SQLite: nobody else can be sending
            await asyncio.to_thread(self.jobs.recover_all_leases)
        self.writer.start()
        self.schedule.start()
        self.tasks = tasks = [
            asyncio.create_task(self.sender.run(), name="sender"),
            asyncio.create_task(self.clearer.run(), name="clearer"),
        ]
        if self.telegram:
            webhook = self.settings.telegram_mode is TelegramMode.WEBHOOK
            url = self.settings.public_url if webhook else ""
            tasks.append(asyncio.create_task(self.telegram.serve(self.writer, url), name="telegram"))
        try:
            yield
        finally:
            if self.telegram:
                self.telegram.stop()
            await self.schedule.stop()
            await asyncio.to_thread(self.writer.stop)
            self.sender.stop()
            self.clearer.stop()
            await asyncio.gather(*tasks)
            await self.connections.close()

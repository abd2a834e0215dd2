"""The web view over a small invented world, and browsers signed in to it."""

import asyncio
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Cookies, Response

from admin.app import create_admin
from admin.context import AdminContext
from conversations.vocabulary import Language
from storage.database import Storage
from storage.projects import Projects
from tests.admin.invented import PASSWORD, Invented

TOKEN = re.compile(r'name="csrf" value="([^"]+)"')


@dataclass
class Clock:
    """A clock that tests move."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def move(self, by: timedelta) -> None:
        self.now += by


@dataclass
class Browser:
    """A browser without JavaScript: reads pages, sends their forms with the token they hold."""

    app: FastAPI
    base_url: str
    address: str = "127.0.0.1"  # where its requests come from
    cookies: Cookies = field(default_factory=Cookies)
    csrf: str = ""

    def request(self, method: str, path: str, **options: Any) -> Response:
        """One request as it is; redirects are not followed, defects become answers."""

        async def send() -> Response:
            transport = ASGITransport(self.app, raise_app_exceptions=False, client=(self.address, 40000))
            async with AsyncClient(
                transport=transport, base_url=self.base_url, cookies=self.cookies
            ) as client:
                answer = await client.request(method, path, **options)
                self.cookies = client.cookies
                return answer

        return asyncio.run(send())

    def get(self, path: str, **headers: str) -> Response:
        answer = self.request("GET", path, headers=headers)
        if token := TOKEN.search(answer.text):
            self.csrf = token[1]
        return answer

    def post(self, path: str, **fields: str) -> Response:
        return self.request("POST", path, data={"csrf": self.csrf, **fields})

    def upload(self, path: str, files: dict[str, tuple[str, bytes]]) -> Response:
        return self.request("POST", path, data={"csrf": self.csrf}, files=files)

    def sign_in(self, login: str, password: str = PASSWORD) -> Response:
        self.get("/sign-in")
        answer = self.post("/sign-in", login=login, password=password)
        if answer.status_code == 303:
            self.get("/password")
        return answer


@dataclass
class Office:
    """The running web view, its world, and how often it woke the sender."""

    world: Invented
    clock: Clock
    woken: list[datetime] = field(default_factory=list)
    public_url: str = ""

    def __post_init__(self) -> None:
        self.context = AdminContext(
            storage=self.world.storage,
            projects=Projects(self.world.storage, "Africa/Casablanca", Language.FRENCH),
            clock=self.clock,
            wake=lambda: self.woken.append(self.clock()),
            public_url=self.public_url,
            join_links=lambda code: (f"t.me/invented_bot?start={code}",),
        )
        self.app = create_admin(self.context)

    def browser(self, login: str = "") -> Browser:
        browser = Browser(self.app, self.public_url or "http://testserver")
        if login:
            assert browser.sign_in(login).status_code == 303
        return browser


@pytest.fixture
def office(storage: Storage, now: datetime) -> Office:
    return Office(Invented(storage, now), Clock(now))


@pytest.fixture
def secure_office(storage: Storage, now: datetime) -> Office:
    return Office(Invented(storage, now), Clock(now), public_url="https://carnet.example.org")

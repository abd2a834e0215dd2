"""The recording of a question on the simulated phone, in a real browser."""

from collections.abc import Sequence
from datetime import datetime

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, expect

from bot.channels.phone.routes import phone_routes
from bot.channels.phone.screens import PhoneTransport
from bot.channels.sending import MediaFile
from bot.files.form_media import media_file, phone_media_routes
from conversations.events import InboundEvent, StatusEvent
from conversations.messages import Choice, Media, MediaKind, Prompt, PromptKind, Verbatim
from conversations.render.parts import Part, render
from conversations.vocabulary import Language
from storage.database import Storage
from tests.bot.recordings import PICTURE, QUESTION, SOUND, publish
from tests.browsing import assert_accessible, assert_fits
from tests.fakes.server import Server


class Recorded:
    """A receiver that answers everything with one question and the files it has."""

    def __init__(self, transport: PhoneTransport, files: Sequence[MediaFile]) -> None:
        self.transport, self.files = transport, {file.media: file for file in files}

    async def receive(self, events: Sequence[InboundEvent]) -> None:
        *of_question, last = self.files
        assert isinstance(last, Media)
        sewing = Choice("sew", Verbatim("Couture"), (last,))
        prompt = Prompt(PromptKind.REPLY, (Verbatim(QUESTION),), (sewing,), "token", media=tuple(of_question))
        for part in render(prompt, Language.FRENCH, self.transport.capabilities):
            await self.show(events[-1].address, part)

    async def show(self, address: str, part: Part) -> None:
        if part.media:
            await self.transport.send_media(address, self.files[part.media], part.text, "outbox-1")
        else:
            await self.transport.send(address, part, "outbox-1")

    async def status(self, event: StatusEvent) -> None:
        raise AssertionError("the phone has no status reports")


async def anybody() -> None:
    """Lets everybody in."""


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_phone_offers_to_play_the_recording_before_the_question(
    storage: Storage, now: datetime, chromium: Browser
) -> None:
    kinds = {"bien à dire.ogg": MediaKind.AUDIO, "bien.png": MediaKind.IMAGE, "bien.mp4": MediaKind.VIDEO}
    _, version_id = publish(storage, now, {"bien à dire.ogg": SOUND, "bien.png": PICTURE, "bien.mp4": SOUND})
    with storage.read() as tx:
        found = [media_file(tx, storage.vault, Media(kind, version_id, name)) for name, kind in kinds.items()]
    transport, app = PhoneTransport(), FastAPI()
    files = [file for file in found if file]
    app.include_router(phone_routes(transport, Recorded(transport, files), anybody, Language.FRENCH))
    app.include_router(phone_media_routes(storage, anybody))
    with Server(app) as server:
        page = chromium.new_page(viewport={"width": 360, "height": 740}, base_url=server.url)
        refused: list[str] = []
        page.on("console", lambda said: refused.append(said.text) if "Security Policy" in said.text else None)
        page.goto("/phone")
        page.fill("#text", "Salam")
        page.keyboard.press("Enter")
        said = page.locator(".bubble.carnet")
        expect(said.nth(0).locator("audio[controls]")).to_be_visible()
        expect(said.nth(1).locator("img")).to_have_count(1)
        expect(said.nth(2).locator("video[controls]")).to_be_visible()
        expect(said.nth(2)).to_contain_text("1. Couture")
        expect(said.nth(3)).to_contain_text(QUESTION)
        source = said.nth(0).locator("audio").get_attribute("src") or ""
        assert page.request.get(source).body() == SOUND
        assert_accessible(page)
        assert_fits(page)
        assert refused == []
        page.close()

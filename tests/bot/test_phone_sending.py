"""The simulated phone sends what a real one sends: photos, voice, films, documents and places."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import pytest_asyncio

from bot.channels.phone.files import KEPT_BYTES, MOST_BYTES
from bot.channels.phone.screens import PhoneTransport
from conversations.events import Attachment, AttachmentKind, Location
from tests.bot.test_phone import Echo, browser

SOUND = b"OggS an invented recording"


@pytest.fixture
def transport() -> PhoneTransport:
    return PhoneTransport()


@pytest.fixture
def echo(transport: PhoneTransport) -> Echo:
    return Echo(transport)


@pytest_asyncio.fixture
async def amina(transport: PhoneTransport, echo: Echo) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(transport, echo) as made:
        await made.get("/phone")
        yield made


async def send(phone: httpx.AsyncClient, name: str, content: bytes) -> httpx.Response:
    return await phone.post("/phone/attach", files={"file": (name, content)})


@pytest.mark.parametrize(
    ("name", "kind", "media_type", "shown"),
    [
        ("diploma.JPG", AttachmentKind.PHOTO, "image/jpeg", "<img src="),
        ("answer.ogg", AttachmentKind.VOICE, "audio/ogg", "<audio controls src="),
        ("film.mp4", AttachmentKind.VIDEO, "video/mp4", "<video controls src="),
        ("cv.pdf", AttachmentKind.DOCUMENT, "", "cv.pdf"),
        ("page.html", AttachmentKind.DOCUMENT, "", "page.html"),
    ],
)
async def test_a_file_arrives_by_reference_and_stands_in_the_bubble(
    amina: httpx.AsyncClient, echo: Echo, name: str, kind: AttachmentKind, media_type: str, shown: str
) -> None:
    page = await send(amina, name, SOUND)
    assert (page.status_code, str(page.url)) == (200, "http://phone/phone")
    assert shown in page.text
    content = echo.events[-1].content
    assert isinstance(content, Attachment)
    assert (content.kind, content.mime_type, content.size) == (kind, media_type, len(SOUND))
    assert name not in content.reference
    again = await amina.get(f"/phone/sent/{content.reference}")
    assert again.content == SOUND
    assert again.headers["X-Content-Type-Options"] == "nosniff"
    saved = again.headers.get("Content-Disposition", "")
    assert saved == ("" if media_type else "attachment")


async def test_a_file_is_served_to_the_phone_that_sent_it_alone(
    amina: httpx.AsyncClient, transport: PhoneTransport, echo: Echo
) -> None:
    await send(amina, "answer.ogg", SOUND)
    content = echo.events[-1].content
    assert isinstance(content, Attachment)
    async with browser(transport, echo) as other:
        await other.get("/phone")
        assert (await other.get(f"/phone/sent/{content.reference}")).status_code == 404
    assert (await amina.get("/phone/sent/unknown")).status_code == 404


@pytest.mark.parametrize(
    ("given", "status", "said"),
    [
        pytest.param({"files": {"file": ("a.ogg", b"")}}, 422, "Choisissez d’abord un fichier", id="empty"),
        pytest.param({"files": {"other": ("a.ogg", b"x")}}, 422, "Choisissez d’abord", id="another field"),
        pytest.param({"data": {"file": "a.ogg"}}, 422, "Choisissez d’abord", id="no upload"),
        pytest.param({"files": {"file": ("a.ogg", b"x" * (MOST_BYTES + 5000))}}, 413, "5 Mo", id="too large"),
        pytest.param(
            {"content": b"x", "headers": {"Content-Type": "multipart/form-data"}},
            422,
            "Choisissez",
            id="broken",
        ),
    ],
)
async def test_what_cannot_be_sent_is_said_and_nothing_arrives(
    amina: httpx.AsyncClient, echo: Echo, given: dict[str, Any], status: int, said: str
) -> None:
    page = await amina.post("/phone/attach", **given)
    assert page.status_code == status
    assert said in page.text
    assert echo.events == []


async def test_a_place_arrives_and_one_beyond_the_globe_does_not(
    amina: httpx.AsyncClient, echo: Echo
) -> None:
    page = await amina.post("/phone/place", data={"latitude": "34,02", "longitude": "-6.83"})
    assert "📍 34.02, -6.83" in page.text
    assert echo.events[-1].content == Location(34.02, -6.83)
    for latitude in ("91", "", "nan", "Rabat"):
        refused = await amina.post("/phone/place", data={"latitude": latitude, "longitude": "0"})
        assert (refused.status_code, "pas un lieu" in refused.text) == (422, True)
    assert len(echo.events) == 1


async def test_the_oldest_files_make_room(amina: httpx.AsyncClient, echo: Echo) -> None:
    for _ in range(KEPT_BYTES // MOST_BYTES + 1):
        await send(amina, "film.mp4", b"x" * MOST_BYTES)
    references = [event.content.reference for event in echo.events if isinstance(event.content, Attachment)]
    assert (await amina.get(f"/phone/sent/{references[0]}")).status_code == 404
    assert (await amina.get(f"/phone/sent/{references[-1]}")).status_code == 200

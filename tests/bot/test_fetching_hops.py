"""Where a download may lead, how Telegram and the simulated phone give files, how each kind begins."""

import json
from collections.abc import Iterator
from datetime import datetime

import pytest

from bot.channels.accounts import TelegramAccount
from bot.channels.downloads import FileGone, TryLater, hop_address, next_hop
from bot.channels.phone.files import SentFile, SentFiles
from bot.channels.phone.media import PhoneMedia
from bot.channels.telegram.media import TelegramMedia
from bot.files.sniffing import sniff
from storage.database import Storage
from storage.media.kinds import SUFFIXES
from storage.tables.vocabulary import FileState
from tests.bot.driving import Clock
from tests.bot.filing import OPUS, Files
from tests.fakes import telegram_server
from tests.fakes.media_server import MediaServer

METHOD = f"/bot{telegram_server.TOKEN}/getFile"
FILE = f"/file/bot{telegram_server.TOKEN}/voice/file_1.oga"

REFUSED = (
    "http://media.example.org/file",
    "https://127.0.0.1/file",
    "https://[::1]/file",
    "https://10.1.2.3/file",
    "https://192.168.1.1/file",
    "https://169.254.169.254/latest/meta-data",
    "https://[fd00::1]/file",
    "https://[::ffff:127.0.0.1]/file",
    "https://0.0.0.0/file",
    "https://100.64.0.1/file",
    "https://2130706433/file",
    "https://user:password@93.184.216.34/file",
    "https:///file",
    "https://[half/file",
    "ftp://93.184.216.34/file",
    "file:///etc/passwd",
)


@pytest.mark.parametrize("target", REFUSED)
async def test_a_redirect_leads_to_no_inner_address_and_nowhere_unsealed(target: str) -> None:
    with pytest.raises((FileGone, TryLater)):
        await next_hop(target, at_home=False)


async def test_a_redirect_is_asked_by_the_number_that_was_looked_up() -> None:
    hop = await next_hop("https://93.184.216.34:8443/a/b?c=d", at_home=False)
    assert hop.url == "https://93.184.216.34:8443/a/b?c=d"
    assert (hop.headers["Host"], hop.server_name) == ("93.184.216.34:8443", "93.184.216.34")
    assert hop_address(hop) == "https://93.184.216.34:8443/a/b?c=d"


async def test_only_where_the_provider_is_on_this_computer_another_on_it_may_be_asked() -> None:
    assert (await next_hop("http://127.0.0.1:81/file", at_home=True)).url == "http://127.0.0.1:81/file"
    with pytest.raises(FileGone):
        await next_hop("http://10.1.2.3/file", at_home=True)


@pytest.fixture
def telegram() -> Iterator[MediaServer]:
    with MediaServer() as server:
        yield server


@pytest.fixture
def files(storage: Storage, now: datetime, telegram: MediaServer) -> Files:
    return Files(storage, Clock(now), TelegramMedia(TelegramAccount(telegram_server.TOKEN, telegram.url)))


def tell(telegram: MediaServer, **result: object) -> None:
    """What getFile answers."""
    told = {"file_id": "voice-1", "file_unique_id": "u1"} | result
    telegram.files[METHOD] = json.dumps({"ok": True, "result": told}).encode()


def test_telegram_names_the_file_and_gives_it(files: Files, telegram: MediaServer) -> None:
    tell(telegram, file_path="voice/file_1.oga", file_size=len(OPUS))
    telegram.files[FILE] = OPUS
    file_id = files.came("voice-1")
    files.fetch()
    assert files.content(file_id) == OPUS
    assert [asked.path for asked in telegram.asked] == [METHOD, FILE]


@pytest.mark.parametrize(
    "path", ["../../getMe", "https://evil.example.org/x", "voice/\nfile", "voice?x=1", ""]
)
def test_an_odd_path_is_not_asked(files: Files, telegram: MediaServer, path: str) -> None:
    tell(telegram, file_path=path)
    file_id = files.came("voice-1")
    files.fetch()
    assert files.row(file_id).state is FileState.GONE
    assert [asked.path for asked in telegram.asked] == [METHOD]


def test_what_telegram_does_not_give_for_its_size_is_too_large(files: Files, telegram: MediaServer) -> None:
    telegram.refuses = (400, {"ok": False, "error_code": 400, "description": "Bad Request: file is too big"})
    refused = files.came("voice-1")
    files.fetch()
    telegram.refuses = None
    tell(telegram, file_path="voice/file_1.oga", file_size=20_000_000)
    told = files.came("voice-1")
    files.fetch()
    assert [files.row(one).state for one in (refused, told)] == [FileState.TOO_LARGE] * 2


@pytest.mark.parametrize("answer", [b"<html>502</html>", b"[]", b'{"ok": true}', b'{"ok": false}', b"null"])
def test_an_answer_that_says_nothing_is_asked_for_again(
    files: Files, telegram: MediaServer, answer: bytes
) -> None:
    telegram.files[METHOD] = answer
    file_id = files.came("voice-1")
    files.fetch()
    assert files.row(file_id).state is FileState.AT_PROVIDER


def test_what_the_simulated_phone_sent_is_kept_like_any_other(storage: Storage, now: datetime) -> None:
    sent = SentFiles()
    files = Files(storage, Clock(now), PhoneMedia(sent))
    here = files.came(sent.keep(SentFile("phone:1", "a.ogg", "audio/ogg", OPUS)))
    forgotten = files.came("gone-with-a-restart")
    files.fetch()
    assert files.content(here) == OPUS
    assert files.row(forgotten).state is FileState.GONE


BEGINNINGS = {
    "image/jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF",
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/gif": b"GIF89a",
    "image/webp": b"RIFF\x10\0\0\0WEBPVP8 ",
    "image/heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
    "audio/ogg": b"OggS\0\x02",
    "audio/mpeg": b"ID3\x04\0\0",
    "audio/aac": b"\xff\xf1\x50\x80",
    "audio/amr": b"#!AMR\n",
    "audio/wav": b"RIFF\x10\0\0\0WAVEfmt ",
    "audio/mp4": b"\0\0\0\x18ftypM4A \0\0\0\0M4A mp42",
    "video/mp4": b"\0\0\0\x18ftypisom\0\0\0\0isomiso2",
    "video/3gpp": b"\0\0\0\x18ftyp3gp4\0\0\0\0isom3gp4",
    "video/webm": b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm",
    "application/pdf": b"%PDF-1.7\n",
    "application/vnd.oasis.opendocument.text": b"PK\x03\x04"
    + bytes(22)
    + b"\x08\0\0\0mimetypeapplication/vnd.oasis.opendocument.textPK",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": b"PK\x03\x04"
    + bytes(22)
    + b"\x13\0\0\0[Content_Types].xmlPK\x03\x04"
    + bytes(22)
    + b"\x11\0\0\0word/document.xml",
}


@pytest.mark.parametrize(("media_type", "beginning"), BEGINNINGS.items(), ids=BEGINNINGS.keys())
def test_every_kind_is_known_by_its_beginning_and_by_nothing_less(media_type: str, beginning: bytes) -> None:
    assert sniff(beginning + bytes(100)) == media_type
    assert sniff(beginning[:2]) == ""
    assert sniff(b" " + beginning) == ""


def test_every_kind_has_a_name_to_be_saved_under() -> None:
    assert set(BEGINNINGS) - {"image/gif"} <= set(SUFFIXES)

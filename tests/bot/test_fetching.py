"""Files that people sent are fetched from our own account only, whole or not at all, as what they are."""

from base64 import b64encode
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO

import pytest
from PIL import Image

from bot.channels import downloads
from bot.channels.accounts import TwilioAccount
from bot.channels.downloads import MOST_BYTES
from bot.channels.twilio.media import TwilioMedia
from conversations.events import AttachmentKind
from storage.database import Storage
from storage.media.wanted import MOST_ATTEMPTS
from storage.tables.vocabulary import FileState
from tests.bot.driving import Clock
from tests.bot.filing import OPUS, Files, photo
from tests.fakes import twilio_server
from tests.fakes.media_server import MediaServer

CREDENTIALS = (
    "Basic " + b64encode(f"{twilio_server.ACCOUNT_SID}:{twilio_server.AUTH_TOKEN}".encode()).decode()
)
PATH = f"/2010-04-01/Accounts/{twilio_server.ACCOUNT_SID}/Messages/MM{'0' * 32}/Media/ME{'1' * 32}"


@pytest.fixture
def twilio() -> Iterator[MediaServer]:
    with MediaServer() as server:
        yield server


@pytest.fixture
def elsewhere() -> Iterator[MediaServer]:
    with MediaServer() as server:
        yield server


@pytest.fixture
def files(storage: Storage, now: datetime, twilio: MediaServer) -> Files:
    account = TwilioAccount(
        twilio_server.ACCOUNT_SID, twilio_server.AUTH_TOKEN, twilio_server.PUBLIC_URL, twilio.url
    )
    return Files(storage, Clock(now), TwilioMedia(account))


def test_a_voice_is_kept_sealed_and_opens_only_with_the_persons_key(
    files: Files, twilio: MediaServer
) -> None:
    twilio.files[PATH] = OPUS * 3
    file_id = files.came(twilio.url + PATH)
    assert files.fetch() == 1
    row = files.row(file_id)
    assert (row.state, row.mime_type, row.size) == (FileState.STORED, "audio/ogg", len(OPUS) * 3)
    assert files.content(file_id) == OPUS * 3
    assert OPUS[:64] not in files.storage.media.where(row.stored).read_bytes()
    assert [asked.authorization for asked in twilio.asked] == [CREDENTIALS]


def test_credentials_stay_behind_where_twilio_leads_elsewhere(
    files: Files, twilio: MediaServer, elsewhere: MediaServer
) -> None:
    elsewhere.files["/signed/file"] = OPUS
    twilio.before = [elsewhere.url + "/signed/file"]
    file_id = files.came(twilio.url + PATH)
    files.fetch()
    assert files.row(file_id).state is FileState.STORED
    assert [(asked.path, asked.authorization) for asked in elsewhere.asked] == [("/signed/file", None)]


def test_nor_do_they_go_along_on_the_same_host(files: Files, twilio: MediaServer) -> None:
    twilio.files["/elsewhere"] = OPUS
    twilio.before = ["/elsewhere"]
    files.came(twilio.url + PATH)
    files.fetch()
    assert [asked.authorization for asked in twilio.asked] == [CREDENTIALS, None]


def test_being_led_on_and_on_ends(files: Files, twilio: MediaServer) -> None:
    twilio.before = ["/a", "/b", "/c", "/d", "/e"]
    file_id = files.came(twilio.url + PATH)
    files.fetch()
    assert files.row(file_id).state is FileState.GONE
    assert len(twilio.asked) == downloads.MOST_HOPS + 1


OTHER = "AC" + "f" * 32
FORGED = {
    "another host": "https://evil.example.org" + PATH,
    "another account": "https://api.twilio.com" + PATH.replace(twilio_server.ACCOUNT_SID, OTHER),
    "our host as a user": "https://api.twilio.com@evil.example.org" + PATH,
    "our host as a beginning": "https://api.twilio.com.evil.example.org" + PATH,
    "an inner address": "http://169.254.169.254" + PATH,
    "unsealed": "http://api.twilio.com" + PATH,
    "another port": "https://api.twilio.com:8443" + PATH,
    "up the path": "https://api.twilio.com" + PATH + "/../../../../Keys.json",
    "another resource": "https://api.twilio.com" + PATH.replace("/Media/", "/Feedback/"),
    "a query": "https://api.twilio.com" + PATH + "?x=@evil.example.org",
    "a part": "https://api.twilio.com" + PATH + "#@evil.example.org",
    "two lines": "https://api.twilio.com" + PATH + "\nHost: evil.example.org",
    "a file": "file:///etc/passwd",
    "a backslash": "https://evil.example.org\\@api.twilio.com" + PATH,
    "nothing": "",
}


def test_what_is_not_of_our_account_is_never_asked(files: Files, twilio: MediaServer) -> None:
    sent = {what: files.came(reference) for what, reference in FORGED.items()}
    files.fetch()
    states = {what: files.row(file_id).state for what, file_id in sent.items()}
    assert states == dict.fromkeys(FORGED, FileState.GONE)
    assert twilio.asked == []


def test_twilios_own_hosts_are_asked_where_the_settings_say(files: Files, twilio: MediaServer) -> None:
    twilio.files[PATH] = OPUS
    here = twilio.url.replace("127.0.0.1", "localhost")  # the same computer by its other name
    hosts = (
        "https://api.twilio.com",
        "https://api.ie1.twilio.com",
        "https://api.dublin.ie1.twilio.com",
        here,
    )
    sent = [files.came(host + PATH) for host in hosts]
    files.fetch()
    assert {files.row(file_id).state for file_id in sent} == {FileState.STORED}


def test_not_there_yet_is_tried_again_and_again(files: Files, twilio: MediaServer) -> None:
    twilio.files[PATH] = OPUS
    twilio.before = [404, 503, 429]
    file_id = files.came(twilio.url + PATH)
    assert files.fetch() == 0
    assert files.fetch() == 0  # not before its time
    assert len(twilio.asked) == 1
    for wait in (10, 20, 40):
        files.clock.advance(seconds=wait)
        files.fetch()
    assert files.row(file_id).state is FileState.STORED


def test_what_never_comes_is_given_up(files: Files, twilio: MediaServer) -> None:
    file_id = files.came(twilio.url + PATH)
    for _ in range(MOST_ATTEMPTS):
        files.fetch()
        files.clock.advance(hours=10)
    assert files.row(file_id).state is FileState.GONE
    assert len(twilio.asked) == MOST_ATTEMPTS


def test_a_connection_cut_in_the_middle_leaves_nothing_and_is_tried_again(
    files: Files, twilio: MediaServer
) -> None:
    twilio.files[PATH], twilio.cut = OPUS * 5, 1000
    file_id = files.came(twilio.url + PATH)
    files.fetch()
    assert (files.row(file_id).state, files.on_disk()) == (FileState.AT_PROVIDER, [])
    files.clock.advance(minutes=1)
    files.fetch()
    assert files.content(file_id) == OPUS * 5


def test_an_endless_file_ends_at_the_limit(files: Files, twilio: MediaServer) -> None:
    twilio.endless = True
    file_id = files.came(twilio.url + PATH)
    files.fetch()
    assert (files.row(file_id).state, files.on_disk()) == (FileState.TOO_LARGE, [])


def test_too_large_is_not_even_begun(files: Files, twilio: MediaServer) -> None:
    twilio.files[PATH] = b"OggS\0" + bytes(MOST_BYTES)
    announced, told = files.came(twilio.url + PATH), files.came(twilio.url + PATH, size=MOST_BYTES + 1)
    files.fetch()
    assert [files.row(one).state for one in (announced, told)] == [FileState.TOO_LARGE] * 2
    assert len(twilio.asked) == 1


def test_a_file_that_drips_is_tried_later(
    files: Files, twilio: MediaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.files.fetching.MOST_SECONDS", 0.5)
    twilio.slow = True
    file_id = files.came(twilio.url + PATH)
    files.fetch()
    assert (files.row(file_id).state, files.on_disk()) == (FileState.AT_PROVIDER, [])


NOT_KEPT = {
    "HTML called a photo": b"<!DOCTYPE html><script>alert(1)</script>",
    "SVG": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "XML before SVG": b'<?xml version="1.0"?><svg onload="alert(1)"/>',
    "a program": b"\x7fELF" + bytes(100),
    "a plain archive": b"PK\x03\x04" + bytes(26) + b"evil.exe",
    "half a signature": b"\xff\xd8",
    "a photo in name only": b"\xff\xd8\xff\xe0" + b"<script>alert(1)</script>" * 20,
}


def test_what_is_no_kind_we_keep_is_refused_whatever_it_is_called(files: Files, twilio: MediaServer) -> None:
    sent = {}
    for number, (what, content) in enumerate(NOT_KEPT.items()):
        path = PATH[:-1] + str(number)
        twilio.files[path] = content
        sent[what] = files.came(twilio.url + path, AttachmentKind.PHOTO)
    files.fetch()
    states = {what: files.row(file_id).state for what, file_id in sent.items()}
    assert states == dict.fromkeys(NOT_KEPT, FileState.REFUSED)
    assert files.on_disk() == []


def test_a_photo_is_kept_without_what_the_camera_wrote_and_gets_a_small_one(
    files: Files, twilio: MediaServer
) -> None:
    twilio.files[PATH] = photo(1200, 800, place=True, turned=True) + b"<script>alert(1)</script>"
    file_id = files.came(twilio.url + PATH, AttachmentKind.PHOTO)
    files.fetch()
    kept, small = (Image.open(BytesIO(files.content(file_id, small=small))) for small in (False, True))
    assert (kept.size, kept.format) == ((800, 1200), "JPEG")
    assert max(small.size) <= 360
    for picture in (kept, small):
        assert not picture.getexif()
    assert b"script" not in files.content(file_id)


def test_a_picture_of_too_many_points_is_refused_before_it_is_drawn(
    files: Files, twilio: MediaServer
) -> None:
    bomb = BytesIO()
    Image.new("1", (20_000, 20_000)).save(bomb, "PNG")
    twilio.files[PATH] = bomb.getvalue()
    assert len(bomb.getvalue()) < 100_000
    file_id = files.came(twilio.url + PATH, AttachmentKind.PHOTO)
    files.fetch()
    assert files.row(file_id).state is FileState.REFUSED


def test_half_a_photo_is_better_than_none(files: Files, twilio: MediaServer) -> None:
    whole = photo(1200, 800)
    twilio.files[PATH] = whole[: len(whole) // 2]
    file_id = files.came(twilio.url + PATH, AttachmentKind.PHOTO)
    files.fetch()
    assert files.row(file_id).state is FileState.STORED

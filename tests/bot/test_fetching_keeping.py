"""What is fetched is kept only with a yes, leaves nothing after a crash, and waits for room on the disk."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from bot.channels.accounts import TwilioAccount
from bot.channels.twilio.media import TwilioMedia
from conversations.vocabulary import ConsentState
from storage.database import Storage
from storage.media.sweeping import drop_not_allowed, sweep
from storage.media.wanted import forbid, give_up, permit
from storage.tables.core import FILES
from storage.tables.vocabulary import FileState
from tests.bot.driving import Clock
from tests.bot.filing import OPUS, Files, photo
from tests.fakes import twilio_server
from tests.fakes.media_server import MediaServer

PATH = f"/2010-04-01/Accounts/{twilio_server.ACCOUNT_SID}/Messages/MM{'0' * 32}/Media/ME{'1' * 32}"


@pytest.fixture
def twilio() -> Iterator[MediaServer]:
    with MediaServer() as server:
        yield server


@pytest.fixture
def files(storage: Storage, now: datetime, twilio: MediaServer) -> Files:
    account = TwilioAccount(
        twilio_server.ACCOUNT_SID, twilio_server.AUTH_TOKEN, twilio_server.PUBLIC_URL, twilio.url
    )
    return Files(storage, Clock(now), TwilioMedia(account))


def test_without_a_yes_nothing_is_fetched(files: Files, twilio: MediaServer) -> None:
    twilio.files[PATH] = OPUS
    file_id = files.came(twilio.url + PATH, consent=None)
    assert (files.fetch(), twilio.asked) == (0, [])
    files.consents(ConsentState.GIVEN)
    with files.storage.write() as tx:
        permit(tx, [files.person], files.clock())
    assert files.fetch() == 1
    assert files.row(file_id).state is FileState.STORED


@pytest.mark.parametrize("said", [None, ConsentState.REFUSED, ConsentState.WITHDRAWN])
def test_a_yes_that_does_not_come_is_not_waited_for_longer_than_some_days(
    files: Files, twilio: MediaServer, said: ConsentState | None
) -> None:
    file_id = files.came(twilio.url + PATH, consent=said)
    for hours, given_up in ((71, 0), (2, 1)):
        files.clock.advance(hours=hours)
        files.fetch()
        with files.storage.write() as tx:
            assert give_up(tx, files.clock()) == given_up
    assert (files.row(file_id).state, twilio.asked) == (FileState.NOT_ALLOWED, [])


def test_a_yes_taken_back_deletes_what_was_kept(files: Files, twilio: MediaServer) -> None:
    twilio.files[PATH] = photo(40, 40)
    file_id = files.came(twilio.url + PATH)
    files.fetch()
    assert len(files.on_disk()) == 2
    with files.storage.write() as tx:
        forbid(tx, [files.person])
    assert drop_not_allowed(files.storage) == 1
    assert files.on_disk() == []
    assert (files.row(file_id).stored, files.row(file_id).thumbnail) == ("", "")
    assert drop_not_allowed(files.storage) == 0


def test_a_crash_between_file_and_row_leaves_nothing_in_the_end(
    files: Files, twilio: MediaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    twilio.files[PATH] = OPUS
    file_id = files.came(twilio.url + PATH)

    def crash(*_: object) -> None:
        raise RuntimeError("the power is cut")

    with monkeypatch.context() as cut:
        cut.setattr("bot.files.fetching.settle", crash)
        with pytest.raises(RuntimeError):
            files.fetch()
    [orphan] = files.on_disk()
    files.clock.advance(minutes=11)  # the lease is over
    files.fetch()
    assert files.row(file_id).stored == orphan
    with files.storage.write() as tx:
        tx.execute(FILES.delete())
    later = datetime.now(files.clock().tzinfo) + timedelta(hours=2)
    assert sweep(files.storage, later - timedelta(hours=2)) == 0  # it may be about to get its row
    assert sweep(files.storage, later) == 1
    assert files.on_disk() == []


def test_on_a_full_disk_it_stays_at_the_provider(
    files: Files, twilio: MediaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    twilio.files[PATH] = OPUS
    file_id = files.came(twilio.url + PATH)
    monkeypatch.setattr("bot.files.fetching.is_nearly_full", lambda folder: True)
    assert (files.fetch(), twilio.asked) == (0, [])
    monkeypatch.undo()
    assert files.fetch() == 1
    assert files.row(file_id).state is FileState.STORED

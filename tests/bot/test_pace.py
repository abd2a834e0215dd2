"""The pace of an account: evenly spaced, and a pause that counts for everyone."""

import time

from bot.sending.pace import Pace


async def test_calls_pass_one_per_interval() -> None:
    pace, begun = Pace(100.0), time.monotonic()
    for _ in range(6):
        await pace.wait()
    assert time.monotonic() - begun >= 0.05


async def test_a_pause_holds_everyone_and_is_never_cut_short_by_a_shorter_one() -> None:
    pace = Pace(1000.0)
    pace.hold(60)
    pace.hold(1)
    assert 59 < pace.held_for() <= 60


async def test_there_is_room_for_as_many_as_would_pass_in_a_moment() -> None:
    pace = Pace(10.0)
    assert pace.room(0.25) == 3
    await pace.wait()
    assert pace.room(0.25) == 2
    pace.hold(60)
    assert pace.room(0.25) == 0


async def test_an_account_at_rest_holds_nobody() -> None:
    pace = Pace(1000.0)
    assert pace.held_for() == 0.0
    begun = time.monotonic()
    await pace.wait()
    assert time.monotonic() - begun < 1

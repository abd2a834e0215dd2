"""The pace of an account: what a provider counts stays within its limit, whatever is delayed."""

import random
import time

import pytest

from bot.sending.gcra import Gcra, Window
from bot.sending.pace import AccountHeld, Limits, Pace
from conversations.vocabulary import Channel


def pace_of(per_second: float, per_chat: float = float("inf")) -> Pace:
    return Pace(Limits(per_second, per_chat), Channel.TELEGRAM)


def arrivals(rate: int, seconds: float, seed: int, stall: float, slow: float) -> list[float]:
    """When messages of a sender that now and then stands still arrive over a way that delays some."""
    chance = random.Random(seed)
    even, window = Gcra(1 / rate, 0.25), Window(rate, 1.0)
    now, seen = 0.0, []
    flying: list[tuple[float, float]] = []  # when answered, when made
    while now < seconds:
        while flying and flying[0][0] <= now:
            answered, made = flying.pop(0)
            window.end(made, answered)
        free = max(even.free_at(now), window.free_at(now))
        if free > now:
            now = min(free, flying[0][0]) if flying else free
            continue
        delay = slow * chance.random() if chance.random() < 0.01 else 0.0
        seen.append(now + 0.002 + delay)
        flying = sorted([*flying, (now + 0.004 + delay, now)])
        even.take(now)
        window.begin()
        now += stall * chance.random() if chance.random() < 0.01 else 0.0
    return sorted(seen)


@pytest.mark.parametrize("rate", [1, 10, 30, 80, 300])
@pytest.mark.parametrize("seed", range(5))
def test_within_any_second_a_provider_never_sees_more_than_its_limit(rate: int, seed: int) -> None:
    seen = arrivals(rate, 20, seed, stall=0.1, slow=0.2)
    assert all(later - first >= 1.0 for first, later in zip(seen, seen[rate:], strict=False))


@pytest.mark.parametrize("rate", [30, 80, 300])
def test_the_limit_is_used_though_the_sender_stands_still_now_and_then(rate: int) -> None:
    seen = arrivals(rate, 60, 1, stall=0.1, slow=0.05)
    assert len(seen) / (seen[-1] - seen[0]) >= 0.99 * rate


def test_after_a_pause_nothing_is_caught_up() -> None:
    even = Gcra(interval=0.1, tolerance=0.5)
    even.hold(until=10.0)
    assert even.free_at(3.0) == pytest.approx(10.0)
    even.take(10.0)
    assert even.free_at(10.0) == pytest.approx(10.1)


async def test_a_pause_holds_everyone_and_is_never_cut_short_by_a_shorter_one() -> None:
    pace = pace_of(1000)
    pace.hold(60)
    pace.hold(1)
    assert 59 < pace.held_for() <= 60
    with pytest.raises(AccountHeld):
        async with pace.turn("chat"):
            pass


async def test_there_is_room_for_as_many_as_would_pass_in_a_moment() -> None:
    pace = pace_of(1)
    assert pace.room(0.25) == 1
    async with pace.turn("chat"):
        assert pace.room(0.25) == 0
    pace.hold(60)
    assert pace.room(0.25) == 0


async def test_a_chat_rests_after_a_message_and_others_do_not() -> None:
    pace = pace_of(1000, per_chat=5)
    async with pace.turn("one"):
        pass
    assert list(pace.resting()) == ["one"]
    begun = time.monotonic()
    async with pace.turn("two"):
        pass
    async with pace.turn("one"):
        assert time.monotonic() - begun >= 0.15
    assert set(pace.resting()) <= {"one", "two"}


async def test_several_chats_in_a_row_that_must_wait_mean_the_account() -> None:
    pace = pace_of(1000)
    for chat in ("one", "one", "two"):
        pace.told_to_wait(chat, 60)
    pace.went_through()
    pace.told_to_wait("three", 60)
    assert pace.held_for() == 0
    for chat in ("one", "two"):
        pace.told_to_wait(chat, 60)
    assert pace.held_for() > 59


async def test_an_account_at_rest_holds_nobody() -> None:
    pace = pace_of(1000)
    assert pace.held_for() == 0.0
    async with pace.turn("chat"):
        assert pace.held_for() == 0.0

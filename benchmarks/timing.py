"""Medians of interleaved rounds, so that a busy moment of the machine falls on everyone alike."""

import time
from collections.abc import Callable, Mapping
from statistics import median

ROUNDS = 31


def medians(contenders: Mapping[str, Callable[[], object]], repeats: int) -> dict[str, float]:
    """Seconds that one call of each takes: the median of rounds in which they take turns."""
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for call in contenders.values():
        call()  # warm
    for _ in range(ROUNDS):
        for name, call in contenders.items():
            begun = time.perf_counter()
            for _ in range(repeats):
                call()
            seconds[name].append((time.perf_counter() - begun) / repeats)
    return {name: median(taken) for name, taken in seconds.items()}

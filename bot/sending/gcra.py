"""How many calls pass in a time: evenly (GCRA), and never more than so many within any span. Pure.

All times are seconds of one monotonic clock, handed in.
"""

import heapq
import math

# Of the span, so much may be added on average to the time a call keeps its place, for answers that were late:
# it costs as much of the pace. What is not used is kept, at most what so many calls would have.
SHARE, KEPT = 0.006, 100
MARGIN = 0.001  # of the span, for clocks that differ
FORGETTING = 1.01  # the shortest answer of all grows with every call, so that a longer way is learnt


class Gcra:
    """The generic cell rate algorithm (ITU-T I.371): one call per interval; whoever is late may catch up.

    >>> pace = Gcra(interval=1.0, tolerance=0.5)
    >>> pace.take(10.0)
    >>> pace.free_at(10.0)
    10.5
    >>> pace.take(10.5)
    >>> pace.free_at(10.5)
    11.5
    """

    def __init__(self, interval: float, tolerance: float) -> None:
        self.interval, self.tolerance = interval, tolerance
        self._expected = -math.inf  # when the next call is expected, were all of them on time

    def free_at(self, now: float) -> float:
        """When the next call may pass; `now` if it may."""
        return max(now, self._expected - self.tolerance)

    def take(self, now: float) -> None:
        """A call passes."""
        self._expected = max(self._expected, now) + self.interval

    def hold(self, until: float) -> None:
        """Nobody passes before `until`, and what was missed is not caught up afterwards."""
        self._expected = max(self._expected, until + self.tolerance)


class Window:
    """At most so many calls within any span, as the one who is called counts them.

    It counts when a call arrives, which we do not see. So a call keeps its place for the whole span from when
    it was made, and for as much longer as its answer took more time than the shortest one.

    >>> window = Window(most=1, span=1.0)
    >>> window.begin()
    >>> window.free_at(5.2)
    inf
    >>> window.end(made=5.0, now=5.2)
    >>> round(window.free_at(5.2), 3)
    6.001
    """

    def __init__(self, most: int, span: float) -> None:
        self.most, self.span = most, span
        self._flying = 0
        self._ends: list[float] = []  # a heap: when the calls that were answered give their places back
        self._shortest = math.inf
        self._spare = KEPT * SHARE * span

    def free_at(self, now: float) -> float:
        """When the next call may pass; infinite while that depends on an answer."""
        if self.places(now):
            return now
        return self._ends[0] if self._ends else math.inf

    def places(self, now: float) -> int:
        """How many calls may pass at this moment."""
        while self._ends and self._ends[0] <= now:
            heapq.heappop(self._ends)
        return self.most - self._flying - len(self._ends)

    def begin(self) -> None:
        """A call is made."""
        self._flying += 1

    def end(self, made: float, now: float) -> None:
        """The call that was made then is answered."""
        took = now - made
        self._flying -= 1
        self._shortest = min(took, self._shortest * FORGETTING)
        self._spare = min(self._spare + SHARE * self.span, KEPT * SHARE * self.span)
        longer = min(took - self._shortest, self._spare)
        self._spare -= longer
        heapq.heappush(self._ends, made + (1 + MARGIN) * self.span + longer)

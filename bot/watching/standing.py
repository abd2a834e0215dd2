"""What /metrics and /readyz look up: how much waits, how late, which channels are hindered; seldom enough."""

import time
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from bot.watching.counters import count_database_error
from bot.watching.troubles import Troubles
from conversations.vocabulary import Channel, DeliveryState
from storage.database import Storage
from storage.standing import Standing, standing

GOOD_FOR = 5.0  # seconds; whoever asks more often gets the same numbers
SHOWN = (DeliveryState.QUEUED, DeliveryState.SENDING, DeliveryState.WAITING, DeliveryState.UNKNOWN)


class Watch:
    """Looks up how much waits, at most every few seconds."""

    def __init__(self, storage: Storage, clock: Callable[[], datetime]) -> None:
        self.storage, self.clock = storage, clock
        self._known: Standing | None = None
        self._looked_at = float("-inf")  # monotonic

    def look(self) -> Standing:
        """How much waits. Raises SQLAlchemyError while the database is away."""
        if self._known is None or time.monotonic() - self._looked_at > GOOD_FOR:
            with self.storage.read() as tx:
                self._known = standing(tx, self.clock())
            self._looked_at = time.monotonic()
        return self._known


class Gauges(Collector):
    """What is looked up when Prometheus asks. While the database is away the rest is still told."""

    def __init__(
        self,
        watch: Watch,
        accounts: Mapping[str, Channel],
        troubles: Troubles,
        waiting: Callable[[], int],
    ) -> None:
        self.watch, self.accounts, self.troubles, self.waiting = watch, accounts, troubles, waiting

    def collect(self) -> Iterable[Metric]:
        yield GaugeMetricFamily(
            "carnet_writer_queue_deliveries", "Deliveries that wait for the writer", value=self.waiting()
        )
        hindered = GaugeMetricFamily(
            "carnet_channel_trouble", "1: the channel needs somebody", labels=["channel"]
        )
        for channel in self.accounts.values():
            hindered.add_metric([channel.value], float(bool(self.troubles.of(channel))))
        yield hindered
        try:
            now = self.watch.look()
        except SQLAlchemyError as error:
            count_database_error("metrics", error)
            return
        depth = GaugeMetricFamily(
            "carnet_outbox_messages", "Messages not done yet", labels=["channel", "state"]
        )
        for account, channel in self.accounts.items():
            for state in SHOWN:
                depth.add_metric([channel.value, state.value], now.outbox.get((account, state), 0))
        yield depth
        late = GaugeMetricFamily(
            "carnet_sweep_lag_seconds", "How late the oldest thing of each job is", labels=["job"]
        )
        for job, lag in now.late.items():
            late.add_metric([job], lag.total_seconds())
        yield late

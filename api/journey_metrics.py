"""What operators watch of journeys: how many wait, what became of the others, and what lies in the outbox."""

from collections import Counter
from collections.abc import Iterable, Mapping
from threading import Lock

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from records import outbox
from records.run import State


class JourneyMetrics(Collector):
    """The figures of one worker, read from the records now and then."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._runs: Mapping[tuple[str, State, str], int] = {}
        self._entries: Mapping[tuple[str, outbox.State], int] = {}
        self._wakes: Counter[str] = Counter()

    def show(self, runs: Mapping[tuple[str, State, str], int], entries: Mapping[tuple[str, outbox.State], int]) -> None:
        """Takes over what the records say."""
        with self._lock:
            self._runs, self._entries = runs, entries

    def ended(self, said: str) -> None:
        """Counts one wake-up by what came of it."""
        with self._lock:
            self._wakes[said] += 1

    def collect(self) -> Iterable[Metric]:
        """Every figure as Prometheus reads it."""
        with self._lock:
            runs, entries, wakes = dict(self._runs), dict(self._entries), dict(self._wakes)
        journeys = GaugeMetricFamily(
            "tact_journeys",
            "Journeys that are open or ended within a day, by scene, state and kind of reason.",
            labels=["scene", "state", "reason"],
        )
        for run, number in runs.items():
            journeys.add_metric(list(run), number)
        waiting = GaugeMetricFamily(
            "tact_outbox",
            "Outbox entries that are open or ended within a day, by channel and state.",
            labels=["channel", "state"],
        )
        for entry, number in entries.items():
            waiting.add_metric(list(entry), number)
        woken = CounterMetricFamily("tact_journey_wakes", "Wake-ups by what came of them.", labels=["outcome"])
        for said, number in wakes.items():
            woken.add_metric([said], number)
        return [journeys, waiting, woken]

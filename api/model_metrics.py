"""What operators watch of the model: requests, time, tokens, money, budgets, and whether it is left alone."""

from collections.abc import Iterator

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from records.usage import Used
from tools.meter import BOUNDS, MILLION, Meter, by_scene

LABELLED = ["task", "outcome"]


class ModelMetrics(Collector):
    """Reads the meter when Prometheus asks; counting costs an ask nothing more."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter

    def describe(self) -> list[Metric]:
        """Nothing ahead: there is nothing to count before the first request."""
        return []

    def collect(self) -> Iterator[Metric]:
        """All figures of the model."""
        yield self._requests()
        yield self._seconds()
        yield self._tokens()
        yield from self._today(self._meter.today())
        yield self._left_alone()

    def _requests(self) -> Metric:
        family = CounterMetricFamily("tact_model_requests", "Requests by task and how they ended.", labels=LABELLED)
        for (task, outcome), count in sorted(self._meter.figures.outcomes.copy().items()):
            family.add_metric([task, outcome], count)
        return family

    def _seconds(self) -> Metric:
        family = HistogramMetricFamily("tact_model_seconds", "Time of a request, repeats included.", labels=["task"])
        for task, counts in sorted(self._meter.figures.buckets.copy().items()):
            upto = [sum(counts[: place + 1]) for place in range(len(counts))]
            names = [*map(str, BOUNDS), "+Inf"]
            family.add_metric([task], list(zip(names, upto, strict=True)), self._meter.figures.seconds[task])
        return family

    def _tokens(self) -> Metric:
        family = CounterMetricFamily("tact_model_tokens", "Tokens by task and direction.", labels=["task", "direction"])
        for (task, direction), count in sorted(self._meter.figures.tokens.copy().items()):
            family.add_metric([task, direction], count)
        return family

    def _today(self, used: list[Used]) -> Iterator[Metric]:
        tokens = GaugeMetricFamily(
            "tact_model_tokens_today", "Tokens of today, by all processes, by scene.", labels=["scene"]
        )
        for scene, count in sorted(by_scene(used).items()):
            tokens.add_metric([scene], count)
        yield tokens
        tariff = self._meter.tariff
        money = GaugeMetricFamily("tact_model_money_today", "Money of today, by all processes.", labels=["currency"])
        money.add_metric([tariff.currency], sum(one.micros for one in used) / MILLION)
        yield money
        limits = GaugeMetricFamily("tact_model_limit", "What a day may use, where it is limited.", labels=["what"])
        for what, limit in (("tokens", tariff.tokens_per_day), ("money", tariff.money_per_day)):
            if limit is not None:
                limits.add_metric([what], float(limit))
        yield limits

    def _left_alone(self) -> Metric:
        said = "Tasks and scenes for which the model is left alone after failures."
        return GaugeMetricFamily("tact_model_left_alone", said, value=len(self._meter.resting))

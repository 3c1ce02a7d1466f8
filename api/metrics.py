"""What operators watch: requests, their time, decisions by outcome, and asks under way."""

from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.registry import Collector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.limits import Admission
from domain.decision import Decision
from records.intake import Taken

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
SECONDS = (0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""Histogram bounds around the 1-10 ms of a prepared decision."""


class Metrics:
    """The figures of one service, in a registry of their own."""

    def __init__(self, admission: Admission, *more: Collector) -> None:
        self._registry = CollectorRegistry()
        for collector in more:
            self._registry.register(collector)
        self._requests = Counter(
            "tact_requests",
            "Requests by route, method and status.",
            ["route", "method", "status"],
            registry=self._registry,
        )
        self._seconds = Histogram(
            "tact_request_seconds", "Time to answer by route.", ["route"], buckets=SECONDS, registry=self._registry
        )
        self._decisions = Counter(
            "tact_decisions", "Decisions by outcome and channel.", ["outcome", "channel"], registry=self._registry
        )
        self._events = Counter("tact_events", "Events by what became of them.", ["outcome"], registry=self._registry)
        self._answers = Counter(
            "tact_answers", "Answers to messages by what is known of them.", ["outcome"], registry=self._registry
        )
        waiting = Gauge("tact_asks_in_flight", "Asks under way.", registry=self._registry)
        waiting.set_function(lambda: admission.inside)

    def answered(self, route: str, method: str, status: int, seconds: float) -> None:
        """Counts one request."""
        self._requests.labels(route, method, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def decided(self, decision: Decision) -> None:
        """Counts one decision."""
        channel = decision.message.channel.value if decision.message else "none"
        self._decisions.labels(decision.outcome, channel).inc()

    def taken(self, taken: Taken) -> None:
        """Counts the events of a request, and the answers among them."""
        answers = taken.answers
        for outcome, count in (
            ("new", len(taken.events)),
            ("repeated", taken.repeated),
            ("refused", taken.refused),
            ("forgotten", taken.forgotten),
            ("with_odd_traits", sum(taken.refused_traits.values())),
        ):
            if count:
                self._events.labels(outcome).inc(count)
        for outcome, count in (
            ("joined", answers.joined),
            ("unknown", len(answers.unknown)),
            ("somebody_else", answers.strangers),
        ):
            if count:
                self._answers.labels(outcome).inc(count)

    def add(self, more: Collector) -> None:
        """Shows further figures from now on."""
        self._registry.register(more)

    def page(self) -> bytes:
        """All figures in the text format of Prometheus."""
        return generate_latest(self._registry)


class Timing:
    """Measures every request on its way through."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app, self._metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on and counts its answer under the route's template, never under its path."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = perf_counter(), 500

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            route = getattr(scope.get("route"), "path", "unknown")
            self._metrics.answered(route, known_method(scope["method"]), status, perf_counter() - began)


def known_method(method: str) -> str:
    """The method, or `other`: a caller cannot make up new series."""
    return method if method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS") else "other"

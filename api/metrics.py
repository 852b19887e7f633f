"""`/metrics`: what the server does, for Prometheus. Every server process counts for itself."""

from collections.abc import Iterator
from typing import Final

from fastapi import APIRouter, Request, Response
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from api.version import VERSION
from graph.querying.sparql import QueryService

router = APIRouter(tags=["about"])

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Measurements:
    """What one server process has counted since it began."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "etiograph_http_requests", "Requests answered.", ("method", "path", "status"), registry=self.registry
        )
        self._seconds = Histogram(
            "etiograph_http_request_seconds",
            "Seconds until an answer began.",
            ("path",),
            registry=self.registry,
            buckets=_SECONDS,
        )

    def count(self, method: str, path: str, status: int, seconds: float) -> None:
        """Count one answer; `path` is the pattern of the address, so that there are few."""
        self._requests.labels(method if method in _METHODS else "other", path, str(status)).inc()
        self._seconds.labels(path).observe(seconds)

    def watch(self, service: QueryService) -> None:
        """Show also what the query service says of itself whenever it is asked."""
        self.registry.register(_OfQueries(service))

    def text(self) -> bytes:
        """All of it in Prometheus' text format."""
        return generate_latest(self.registry)


class _OfQueries(Collector):
    def __init__(self, service: QueryService) -> None:
        self._service = service

    def collect(self) -> Iterator[Metric]:
        cache, lanes = self._service.cache, self._service.lanes
        info = GaugeMetricFamily("etiograph_info", "The version, as a label.", labels=["version"])
        info.add_metric([VERSION], 1)
        yield info
        found = CounterMetricFamily(
            "etiograph_sparql_cache", "Questions asked of the kept answers.", labels=["outcome"]
        )
        found.add_metric(["hit"], cache.hits)
        found.add_metric(["miss"], cache.misses)
        yield found
        yield GaugeMetricFamily("etiograph_sparql_cache_bytes", "Bytes of the kept answers.", cache.size)
        yield GaugeMetricFamily("etiograph_sparql_cache_answers", "Answers kept.", len(cache))
        running = GaugeMetricFamily("etiograph_sparql_running", "Queries that run, by lane.", labels=["lane"])
        waiting = GaugeMetricFamily("etiograph_sparql_waiting", "Queries that wait, by lane.", labels=["lane"])
        for name, lane in (("fast", lanes.fast), ("slow", lanes.slow)):
            running.add_metric([name], lane.taken)
            waiting.add_metric([name], lane.waiting)
        yield from (running, waiting)
        ended = CounterMetricFamily("etiograph_sparql_queries", "Queries that ended, by how.", labels=["outcome"])
        for outcome, number in sorted(self._service.outcomes.items()):
            ended.add_metric([outcome], number)
        yield ended


@router.get(
    "/metrics", response_class=Response, responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}}
)
async def metrics(request: Request) -> Response:
    """What this server process has done since it began, in Prometheus' text format."""
    measurements: Measurements = request.app.state.measurements
    return Response(measurements.text(), media_type=CONTENT_TYPE)

"""`/metrics`: what the server does, for Prometheus. Every server process counts for itself."""

from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from fastapi import APIRouter, Request, Response
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector
from prometheus_client.utils import floatToGoString

from api.measurements import SECONDS, Measurements
from api.version import VERSION
from graph.querying.sparql import QueryService

router = APIRouter(tags=["about"])

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_LABELS: Final = ("method", "path", "status")


def told(measurements: Measurements, service: QueryService) -> bytes:
    """All that was counted, and what the query service says of itself, in Prometheus' text format."""
    registry = CollectorRegistry()
    registry.register(_OfAnswers(measurements))
    registry.register(_OfQueries(service))
    return generate_latest(registry)


class _OfAnswers(Collector):
    def __init__(self, measurements: Measurements) -> None:
        self._measurements = measurements

    def collect(self) -> Iterator[Metric]:
        answers = CounterMetricFamily("etiograph_http_requests", "Requests answered.", labels=_LABELS)
        for labels, number in self._measurements.answers.items():
            answers.add_metric(labels, number, created=self._measurements.since[labels])
        yield answers
        name = "etiograph_http_request_seconds"
        seconds = HistogramMetricFamily(name, "Seconds until an answer began.", labels=["path"])
        bounds = [*map(floatToGoString, SECONDS), "+Inf"]
        for path, durations in self._measurements.durations.items():
            seconds.add_metric([path], list(zip(bounds, accumulate(durations.numbers), strict=True)), durations.total)
            seconds.add_sample(f"{name}_created", {"path": path}, durations.since)
        yield seconds


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
    state = request.app.state
    return Response(told(state.measurements, state.sparql), media_type=CONTENT_TYPE)

"""The interface describes itself: every address, parameter and field, and what is described is what is served."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from fastapi.routing import APIRoute

from api.app import create_app
from api.questions import parameters_of
from api.settings import Settings

PROMISED = {
    "/v1/concepts": {"q", "kind", "limit", "offset"},
    "/v1/concepts/{id}": set(),
    "/v1/concepts/{id}/neighbours": {
        "direction", "predicate", "kind", "depth", "negated", "min_certainty", "min_articles", "article", "sort",
        "evidence", "limit", "offset",
    },
    "/v1/paths": {
        "source", "target", "max_hops", "k", "predicate", "via", "via_kind", "avoid", "min_certainty", "min_articles",
        "article", "directed", "rank", "evidence",
    },
    "/v1/subgraph": {
        "source", "target", "max_hops", "predicate", "avoid", "min_certainty", "min_articles", "directed", "evidence",
        "limit", "offset",
    },
    "/v1/common": {
        "concept", "side", "max_hops", "predicate", "kind", "min_certainty", "min_articles", "evidence", "limit",
        "offset",
    },
    "/v1/differential": set(),
    "/v1/conflicts": {"concept", "type", "evidence", "limit", "offset"},
    "/v1/claims": {
        "subject", "predicate", "object", "article", "negated", "min_certainty", "q", "limit", "offset", "evidence",
        "min_articles",
    },
    "/v1/claims/{id}": set(),
    "/v1/articles": {"limit", "offset"},
    "/v1/articles/{id}": set(),
    "/v1/articles/{id}/claims": {"limit", "offset"},
    "/v1/export": {
        "format", "concept", "depth", "direction", "predicate", "kind", "negated", "min_certainty", "min_articles",
        "article", "claim", "source", "target", "max_hops", "k", "via", "via_kind", "avoid", "directed", "rank",
    },
    "/v1/schema": set(),
    "/v1/stats": set(),
    "/health/live": set(),
    "/health/ready": set(),
    "/metrics": set(),
    "/.well-known/void": {"format"},
    "/.well-known/sparql-examples": {"format"},
    "/sparql": {"query", "format", "timeout", "rows", "default-graph-uri", "named-graph-uri"},
    "/update": {"using-graph-uri", "using-named-graph-uri", "timeout"},
    "/store": {"graph", "default", "format"},
}  # fmt: skip
MORE = 4
"""PUT, POST and DELETE at `/store` and POST at `/v1/export`; other addresses have one method, `/sparql` two."""

FILES = ("/sparql", "/v1/export", "/store", "/.well-known/void", "/.well-known/sparql-examples")
LOOKUPS = {
    "conditions": (
        "symptoms", "causes", "mechanisms", "tests", "treatments", "risk-factors", "complications", "red-flags",
    ),
    "symptoms": ("conditions", "tests", "red-flags"),
}  # fmt: skip


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    return create_app(Settings()).openapi()


def test_every_promised_address_has_its_parameters_and_no_other(described: dict[str, Any]) -> None:
    lookup = {"kind", "negated", "min_certainty", "min_articles", "article", "sort", "evidence", "limit", "offset"}
    promised = {
        path.replace("{id}", "{id:path}") if "articles" not in path else path: names for path, names in PROMISED.items()
    }
    promised |= {f"/v1/{things}/{{id:path}}/{name}": lookup for things, names in LOOKUPS.items() for name in names}
    found = {
        path: {row["name"] for row in next(iter(operations.values())).get("parameters", ()) if row["in"] == "query"}
        for path, operations in described["paths"].items()
    }
    assert {path.replace("{id:path}", "{id}"): names for path, names in promised.items()} == found


def test_what_an_address_refuses_is_what_it_does_not_describe() -> None:
    app = create_app(Settings())
    described = {
        path: {
            row["name"]: row["schema"].get("type") == "array"
            for row in operation.get("parameters", ())
            if row["in"] == "query"
        }
        for path, methods in app.openapi()["paths"].items()
        for method, operation in methods.items()
        if method == "get" and path != "/sparql"  # which reads its parameters itself
    }
    routes = [
        route for route in _routes(app.routes) if route.path_format in described and "GET" in (route.methods or ())
    ]
    assert {route.path_format: parameters_of(route.dependant) for route in routes} == described


def test_every_schema_that_is_referred_to_is_there(described: dict[str, Any]) -> None:
    referred = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(described)))
    assert ("ProblemOut" in referred, referred - set(described["components"]["schemas"])) == (True, set())


def _routes(routes: Iterable[Any]) -> Iterator[APIRoute]:
    for route in routes:
        if isinstance(route, APIRoute):
            yield route
        elif hasattr(route, "original_router"):
            yield from _routes(route.original_router.routes)


def test_every_address_and_parameter_is_described(described: dict[str, Any]) -> None:
    operations = [
        (method, path, operation)
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    ]
    undescribed = [(method, path) for method, path, operation in operations if len(operation["description"]) < 20]
    silent = [
        (path, row["name"])
        for _, path, operation in operations
        for row in operation.get("parameters", ())
        if not row.get("description")
    ]
    assert (undescribed, silent) == ([], [])
    assert len(operations) == len(PROMISED) + 11 + 1 + MORE


def test_every_list_states_its_limits_and_every_text_its_length(described: dict[str, Any]) -> None:
    rows = [
        row["schema"]
        for path, methods in described["paths"].items()
        if path != "/sparql"
        for operation in methods.values()
        for row in operation.get("parameters", ())
    ]
    unbounded = [
        row for row in rows if (row.get("type") == "array" and "maxItems" not in row) or _is_unbounded_text(row)
    ]
    assert unbounded == []


def _is_unbounded_text(row: dict[str, Any]) -> bool:
    texts = [row, *row.get("anyOf", ())]
    return any(text.get("type") == "string" and not {"maxLength", "enum"} & text.keys() for text in texts)


def test_every_answer_has_a_shape(described: dict[str, Any]) -> None:
    shapeless = [
        path
        for path, methods in described["paths"].items()
        for operation in methods.values()
        if "200" in operation["responses"] and path not in FILES
        if not any(operation["responses"]["200"]["content"].values())
    ]
    assert shapeless == []


def test_medical_answers_carry_the_notice(described: dict[str, Any]) -> None:
    shapes = described["components"]["schemas"]
    medical = [
        name
        for name in shapes
        if name.startswith("Page")
        or name in ("Neighbourhood", "Paths", "Conflicts", "Commons", "Subgraph", "ConceptOut", "DifferentialOut")
    ]
    assert [name for name in medical if "notice" not in shapes[name]["properties"]] == []
    assert len(medical) >= 6

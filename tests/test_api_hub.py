"""Paths through a concept that has 100,000 neighbours: bounded, over HTTP and on the command line."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hubstore import LEADING_ON, build_hub, leaf
from typer.testing import CliRunner

from api.app import create_app
from api.cli import command_line
from api.settings import Settings


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hub")
    build_hub(folder)
    return folder


@pytest.fixture(scope="module", params=["HTTP", "command line"])
def ask(request: pytest.FixtureRequest, folder: Path) -> Iterator[Any]:
    """Asks for paths, options named as in the address."""
    if request.param == "HTTP":
        with TestClient(create_app(Settings(data=folder))) as client:
            yield lambda source, target, **options: client.get(
                "/v1/paths", params={"source": source, "target": target, **options}
            ).json()
        return

    def run(source: str, target: str, *, directed: bool = True, **options: str | int) -> Any:
        flags = [word for name, value in options.items() for word in (f"--{name.replace('_', '-')}", str(value))]
        flags += [] if directed else ["--undirected"]
        result = CliRunner().invoke(command_line(), ["paths", source, target, "--data", str(folder), "--json", *flags])
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    yield run


def test_chains_through_the_hub_are_found_without_looking_at_all_that_it_leads_to(ask: Any) -> None:
    answer = ask("etio:start", "etio:end", k=50)
    # longer ones are looked for only as far as the budget of links goes
    assert (answer["total"], answer["truncated"]) == (LEADING_ON, True)
    assert {tuple(node["label"] for node in item["nodes"]) for item in answer["items"]} == {
        ("start", "hub", leaf(number), "end") for number in range(LEADING_ON)
    }


def test_no_path_from_one_of_its_neighbours_says_what_is_reached_and_what_is_in_the_way(ask: Any) -> None:
    answer = ask("etio:leaf-000500", "etio:end")
    assert (answer["items"], answer["total"]) == ([], 0)
    why = answer["no_path"]
    assert (why["source"]["total"], why["without"]) == (0, [{"filters": ["directed"], "hops": 3}])
    # the hub has more links than are looked at, so what leads to it is not reached
    assert (why["target"]["total"], why["truncated"]) == (LEADING_ON + 1, True)
    assert [(row["label"], row["hops"], row["to_go"]) for row in why["target"]["nearest"][:1]] == [("hub", 2, 1)]


def test_what_the_hub_hides_is_not_all_looked_at_and_the_answer_says_so(ask: Any) -> None:
    answer = ask("etio:start", "etio:end", min_certainty="asserted")
    why = answer["no_path"]
    assert (answer["items"], why["without"]) == ([], [{"filters": ["min_certainty"], "hops": 3}])
    assert why["source"]["total"] <= LEADING_ON + 1
    assert len(why["source"]["nearest"]) <= 5

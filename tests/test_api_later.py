"""What a server has before it is asked for the first time, and what it gets when it is asked for it."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from toystore import store_toy

from api.app import create_app
from api.settings import Settings, load_settings
from ontology.errors import InvalidArgument

NOT_NEEDED = ("api.resources", "graph.export", "graph.querying", "ingest", "lxml", "prometheus_client", "rich")


def test_what_the_first_questions_do_not_need_is_not_imported_before_them() -> None:
    asked = "import sys, api.cli, api.served; api.served.serve_app(); print(*sys.modules)"
    found = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    names = {name for module in found.stdout.split() for name in NOT_NEEDED if f"{module}.".startswith(f"{name}.")}
    assert names == set()


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/articles", 200),
        ("GET", "/openapi.json", 200),
        ("GET", "/sparql?query=ASK{}", 200),
        ("GET", "/metrics", 200),
        ("HEAD", "/", 200),
        ("GET", "/nothing", 404),
        ("POST", "/v1/paths", 405),
        ("POST", "/update", 401),
    ],
)
def test_whatever_is_asked_first_is_answered_as_later(tmp_path: Path, method: str, path: str, status: int) -> None:
    store_toy(tmp_path)
    with TestClient(create_app(Settings(data=tmp_path))) as client:
        first, again = client.request(method, path), client.request(method, path)
    assert (first.status_code, again.status_code) == (status, status)
    assert (first.content == again.content, first.headers["content-type"]) == (
        path != "/metrics",
        again.headers["content-type"],
    )


def test_many_who_ask_at_once_for_what_is_loaded_later_are_answered(tmp_path: Path) -> None:
    store_toy(tmp_path)
    with TestClient(create_app(Settings(data=tmp_path))) as client, ThreadPoolExecutor(8) as threads:
        addresses = ["/v1/articles", "/v1/conflicts", "/", "/sparql?query=ASK{}"] * 4
        assert {answer.status_code for answer in threads.map(client.get, addresses)} == {200}


def test_settings_are_what_is_given_then_the_environment_in_any_case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("etiograph_PORT", "9000")
    monkeypatch.setenv("ETIOGRAPH_WORKERS", "3")
    chosen = load_settings(workers=2, host=None)
    assert (chosen.host, chosen.port, chosen.workers, chosen.data) == ("127.0.0.1", 9000, 2, Path(".etiograph"))
    monkeypatch.setenv("ETIOGRAPH_QUERY_MEMORY", "much")
    with pytest.raises(InvalidArgument, match="ETIOGRAPH_QUERY_MEMORY"):
        load_settings()

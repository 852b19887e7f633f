"""What a server has before it is asked for the first time, and what it gets when it is asked for it."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from toystore import store_toy

from api import later
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


def test_what_cannot_be_loaded_is_logged_and_loaded_by_the_next_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    store_toy(tmp_path)
    load, failed = later._resources, threading.Event()

    def fail() -> None:
        failed.set()
        raise OSError("no file left")

    monkeypatch.setattr(later, "AFTER", 0.0)
    monkeypatch.setattr(later, "_resources", fail)
    with TestClient(create_app(Settings(data=tmp_path))) as client:
        assert failed.wait(30)
        assert client.get("/v1/concepts").status_code == 200
        monkeypatch.setattr(later, "_resources", load)
        assert client.get("/v1/articles").status_code == 200
    assert "not all resources can be loaded" in caplog.text
    assert "no file left" in caplog.text


def test_settings_are_what_is_given_then_the_environment_in_any_case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("etiograph_PORT", "9000")
    monkeypatch.setenv("ETIOGRAPH_WORKERS", "3")
    chosen = load_settings(workers=2, host=None)
    assert (chosen.host, chosen.port, chosen.workers, chosen.data) == ("127.0.0.1", 9000, 2, Path(".etiograph"))
    monkeypatch.setenv("ETIOGRAPH_QUERY_MEMORY", "much")
    with pytest.raises(InvalidArgument, match="ETIOGRAPH_QUERY_MEMORY"):
        load_settings()

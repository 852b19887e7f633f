"""Who may write over HTTP: tokens as Bearer or as a password, their scopes, and pages of other sites."""

import base64
import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from realserver import get, send, serving
from writable import DIRECT, INSERT, Served, basic, toy_served

from api.scopes import Scope
from api.tokens import Tokens
from graph.store import make_empty


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with toy_served(tmp_path_factory.mktemp("toy")) as served:
        yield served


@pytest.mark.parametrize(
    ("authorization", "status"),
    [
        (None, 401),
        ("", 401),
        ("Bearer", 401),
        ("Bearer wrong", 401),
        ("Bearer {update}x", 401),
        ("{update}", 401),
        ("Digest {update}", 401),
        ("Basic {update}", 401),
        ("Basic !", 401),
        ("Basic " + base64.b64encode(b"any:\xff").decode(), 401),
        ("Basic " + base64.b64encode(b"wrong").decode(), 401),
        ("Bearer {ingest}", 403),
    ],
)
@pytest.mark.parametrize("method", ["POST /update", "PUT /store?default", "POST /store", "DELETE /store?default"])
def test_who_has_no_token_for_it_changes_nothing(
    served: Served, authorization: str | None, status: int, method: str
) -> None:
    before = served.hash
    verb, path = method.split()
    headers = {"Content-Type": DIRECT if path == "/update" else "text/turtle"}
    if authorization is not None:
        tokens = {scope.value: token for scope, token in served.tokens.items()}
        headers["Authorization"] = authorization.format(**tokens) if "{" in authorization else authorization
    got = send(
        verb, served.address + path, headers=headers, body=INSERT if path == "/update" else "<a:a> <a:b> <a:c> ."
    )
    assert (got.status, served.hash) == (status, before)
    challenge = 'Basic realm="etiograph", charset="UTF-8", Bearer realm="etiograph"' if status == 401 else None
    assert got.headers.get("www-authenticate") == challenge
    assert got.headers["content-type"] == "application/problem+json"
    assert json.loads(got.body)["status"] == status


@pytest.mark.parametrize("scope", [Scope.UPDATE, Scope.ADMIN])
@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "Basic"])
def test_a_token_with_the_scope_may_write_however_it_is_sent(served: Served, scope: Scope, scheme: str) -> None:
    token = served.tokens[scope]
    sent = basic(token) if scheme == "Basic" else f"{scheme} {token}"
    got = served.post(f"{INSERT} # {scope} {scheme}", headers={"Authorization": sent})
    assert (got.status, got.body, got.headers["etag"]) == (204, b"", f'"{served.hash[:16]}"')


def test_a_revoked_token_is_refused_by_the_running_server_at_once(served: Served) -> None:
    token = Tokens(served.folder).create("brief", Scope.UPDATE)
    assert served.post(INSERT, token=token).status == 204
    Tokens(served.folder).revoke("brief")
    assert served.post(INSERT, token=token).status == 401


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://elsewhere.example", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "http://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 204),
        ({"Origin": "{address}"}, 204),
    ],
)
def test_a_page_of_another_site_may_not_use_a_remembered_password(
    served: Served, headers: dict[str, str], status: int
) -> None:
    told = {name: value.format(address=served.address) for name, value in headers.items()}
    password = basic(served.tokens[Scope.UPDATE])
    assert served.post(INSERT, headers={**told, "Authorization": password}).status == status
    assert served.post(INSERT, headers=told).status == 204  # as Bearer a page must know the token itself


def test_a_token_never_stands_in_what_the_server_prints_or_keeps(tmp_path: Path) -> None:
    make_empty(tmp_path)
    token = Tokens(tmp_path).create("me", Scope.UPDATE)
    with serving(tmp_path, "--empty") as (process, address):
        get(f"{address}/health/ready")
        here = Served(address, tmp_path, {Scope.UPDATE: token})
        assert [here.post(INSERT).status, here.post("oops").status, here.post(INSERT, token=token + "x").status] == [
            204, 400, 401,
        ]  # fmt: skip
        os.killpg(process.pid, signal.SIGINT)
        printed = "".join(process.communicate(timeout=30))
    assert token not in printed
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and token.encode() in path.read_bytes()]

"""Write tokens: kept as hashes, seen at once by whoever has the folder open."""

import json
import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import command_line
from api.scopes import Scope
from api.tokens import TokenExists, Tokens, TokensUnreadable, UnknownToken
from ontology.errors import InvalidArgument


def run(folder: Path, *arguments: str, code: int = 0) -> str:
    """What `etiograph token …` prints on standard output."""
    result = CliRunner().invoke(command_line(), ["token", *arguments, "--data", str(folder)])
    assert result.exit_code == code, result.output
    return result.stdout


def test_a_token_is_found_by_its_secret_alone(tmp_path: Path) -> None:
    tokens = Tokens(tmp_path)
    secret = tokens.create("curator", Scope.UPDATE)
    found = tokens.find(secret)
    assert found is not None
    assert (found.name, found.scope) == ("curator", Scope.UPDATE)
    assert [tokens.find(other) for other in ("", "curator", secret[:-1], secret + "x", found.digest, "ü")] == [None] * 6


def test_the_file_is_its_owners_alone_and_holds_no_secret(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "data"
    secret = Tokens(folder).create("curator", Scope.ADMIN)
    files = [path for path in folder.iterdir() if path.is_file()]
    assert {path.name for path in files} == {"tokens.json", "tokens.lock"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert not any(secret.encode() in path.read_bytes() for path in files)


def test_what_another_process_does_counts_at_once(tmp_path: Path) -> None:
    server, command = Tokens(tmp_path), Tokens(tmp_path)
    assert server.find("anything") is None
    first, second = command.create("a", Scope.UPDATE), command.create("b", Scope.INGEST)
    assert [token and token.name for token in map(server.find, (first, second))] == ["a", "b"]
    command.revoke("a")
    assert [token and token.name for token in map(server.find, (first, second))] == [None, "b"]
    command.revoke("b")
    assert (server.all(), server.find(second)) == ((), None)


@pytest.mark.parametrize(
    ("has", "needed"),
    [
        (Scope.UPDATE, (True, False, False)),
        (Scope.INGEST, (False, True, False)),
        (Scope.ADMIN, (True, True, True)),
    ],
)
def test_admin_includes_the_others_and_they_not_each_other(has: Scope, needed: tuple[bool, ...]) -> None:
    assert tuple(has.covers(wanted) for wanted in Scope) == needed


@pytest.mark.parametrize("name", ["", "a b", "-a", "ü", "a" * 65, "a\n"])
def test_a_name_is_letters_digits_and_three_signs(tmp_path: Path, name: str) -> None:
    with pytest.raises(InvalidArgument, match="1 to 64 letters"):
        Tokens(tmp_path).create(name, Scope.UPDATE)
    assert Tokens(tmp_path).all() == ()


def test_no_name_is_given_twice_and_an_unknown_one_is_not_revoked(tmp_path: Path) -> None:
    tokens = Tokens(tmp_path)
    secret = tokens.create("a", Scope.UPDATE)
    with pytest.raises(TokenExists, match="choose another name"):
        tokens.create("a", Scope.ADMIN)
    with pytest.raises(UnknownToken, match="token list"):
        tokens.revoke("b")
    found = tokens.find(secret)
    assert found is not None
    assert found.scope is Scope.UPDATE


def test_a_damaged_file_lets_nobody_in(tmp_path: Path) -> None:
    tokens = Tokens(tmp_path)
    secret = tokens.create("a", Scope.UPDATE)
    (tmp_path / "tokens.json").write_text('{"tokens": [{"name": "a"}]}')
    with pytest.raises(TokensUnreadable, match=r"tokens\.json cannot be read"):
        tokens.find(secret)


def test_create_prints_the_token_last_and_list_never(tmp_path: Path) -> None:
    printed = run(tmp_path, "create", "curator", "--scope", "update").splitlines()
    found = Tokens(tmp_path).find(printed[-1])
    assert found is not None
    assert (printed[0], found.name) == ("token curator for update; it is not shown again", "curator")
    table, listed = run(tmp_path, "list"), run(tmp_path, "list", "--json")
    assert table.splitlines()[1].split() == ["curator", "update", found.created]
    assert json.loads(listed)["items"] == [{"name": "curator", "scope": "update", "created": found.created}]
    assert not {printed[-1], found.digest} & {*table.split(), *json.loads(listed)["items"][0].values()}
    assert run(tmp_path, "revoke", "curator") == "revoked curator\n"
    assert Tokens(tmp_path).find(printed[-1]) is None

"""Write tokens of a data folder: who may change what. Only hashes are kept, in `DATA/tokens.json`, its owner's alone.

A token is 256 random bits, so a plain SHA-256 of it gives nothing away and needs no salt.
"""

import fcntl
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from hmac import compare_digest
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from api.models import Wire
from api.scopes import Scope
from ontology.errors import EtiographError, InvalidArgument

PREFIX: Final = "etiograph_"
"""How every token begins, so that programs that look for leaked secrets can know one."""

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_BITS: Final = 256


class TokenExists(EtiographError):
    """There is a token of this name already."""


class UnknownToken(EtiographError):
    """There is no token of this name."""


class TokensUnreadable(EtiographError):
    """The file of tokens is damaged, or may not be read."""


@dataclass(frozen=True, slots=True)
class Token:
    """What is known of a token: all but the token. `digest` is its SHA-256, `created` an ISO 8601 time in UTC."""

    name: str
    scope: Scope
    created: str
    digest: str


class TokenOut(Wire):
    """What is shown of a token."""

    name: str
    scope: Scope
    created: str


class _Row(TokenOut):
    digest: str


class _File(Wire):
    tokens: tuple[_Row, ...]


class Tokens:
    """The tokens of one data folder; what another process creates or revokes counts at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / "tokens.json"
        self._seen: tuple[int, int, int] | None = None
        self._known: tuple[Token, ...] = ()

    def create(self, name: str, scope: Scope) -> str:
        """A new token; it cannot be had again.

        Raises:
            InvalidArgument: the name is not 1 to 64 letters, digits, `.`, `_`, `-`.
            TokenExists: the name is taken.
        """
        if not _NAME.fullmatch(name):
            raise InvalidArgument("NAME", name, "1 to 64 letters, digits, '.', '_' or '-', the first no sign")
        with self._changing() as known:
            if any(token.name == name for token in known):
                raise TokenExists(f"there is a token {name!r} already; choose another name, or revoke it first")
            secret = PREFIX + secrets.token_urlsafe(_BITS // 8)
            created = datetime.now(UTC).isoformat(timespec="seconds")
            self._write((*known, Token(name, scope, created, _digest(secret))))
        return secret

    def revoke(self, name: str) -> None:
        """Make the token of this name worthless.

        Raises:
            UnknownToken: there is none.
        """
        with self._changing() as known:
            if all(token.name != name for token in known):
                raise UnknownToken(f"there is no token {name!r}; `etiograph token list` has them")
            self._write(tuple(token for token in known if token.name != name))

    def all(self) -> tuple[Token, ...]:
        """Every token, by name.

        Raises:
            TokensUnreadable: the file is damaged or may not be read.
        """
        try:
            status = self._path.stat()
            seen = (status.st_mtime_ns, status.st_ino, status.st_size)
            if seen != self._seen:
                rows = _File.model_validate_json(self._path.read_bytes()).tokens
                self._known = tuple(Token(row.name, row.scope, row.created, row.digest) for row in rows)
                self._seen = seen
        except (FileNotFoundError, NotADirectoryError):
            self._known, self._seen = (), None
        except (OSError, ValidationError) as error:
            raise TokensUnreadable(f"{self._path} cannot be read; create the tokens again without it") from error
        return self._known

    def find(self, secret: str) -> Token | None:
        """The token itself is `secret`; compared in a time that does not depend on how much of it is right."""
        digest = _digest(secret)
        found = None
        for token in self.all():
            if compare_digest(token.digest, digest):
                found = token
        return found

    @contextmanager
    def _changing(self) -> Iterator[tuple[Token, ...]]:
        """All tokens, while no other process changes them."""
        self._folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._folder / "tokens.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield self.all()
        finally:
            os.close(descriptor)

    def _write(self, tokens: tuple[Token, ...]) -> None:
        rows = tuple(
            _Row(name=token.name, scope=token.scope, created=token.created, digest=token.digest)
            for token in sorted(tokens, key=lambda token: token.name)
        )
        new = self._path.with_name(".tokens.json.new")
        new.unlink(missing_ok=True)
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(_File(tokens=rows).model_dump_json(indent=2) + "\n")
            file.flush()
            os.fsync(descriptor)
        new.replace(self._path)


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()

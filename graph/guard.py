"""Which texts of updates may be run at all: none that could open a socket or a file."""

import re
from typing import Final

import pyoxigraph

from ontology.errors import QueryRefused, QuerySyntaxError
from ontology.terms import PREFIXES

_AT: Final = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_LOAD: Final = re.compile(r"load", re.IGNORECASE)


def guarded(text: bytes, *, base: str | None) -> str:
    """The update, if it may be run.

    Raises:
        QueryRefused: it mentions SERVICE, or loads something.
        QuerySyntaxError: it is not UTF-8, or malformed.
    """
    try:
        update = text.decode()
    except UnicodeDecodeError as error:
        raise QuerySyntaxError("the update is not Unicode text") from error
    if "service" in update.casefold():
        raise QueryRefused(
            'updates that mention SERVICE are refused: this store asks no other one; in a text write "\\u0073ervice"'
        )
    if _LOAD.search(update):
        raise QueryRefused("updates that mention LOAD are refused: this store fetches nothing")
    _parse(update, base)
    return update


def _parse(update: str, base: str | None) -> None:
    try:
        pyoxigraph.Store().update(update, base_iri=base, prefixes=PREFIXES)
    except SyntaxError as error:
        raise _malformed(str(error), update) from error
    except ValueError as error:
        raise QuerySyntaxError(f"not Unicode text: {error}") from error
    except RuntimeError:
        return  # it was read, and an empty store has not what it asks for


def _malformed(message: str, update: str) -> QuerySyntaxError:
    match = _AT.match(message)
    if match is None:
        return QuerySyntaxError(f"malformed update: {message}")
    line, column = int(match[1]), int(match[2])
    lines = update.split("\n")
    rest = lines[line - 1][column - 1 :].strip() if line <= len(lines) else ""
    near = f"before {rest[:40]!r}" if rest else "at the end of the line"
    return QuerySyntaxError(f"malformed update at line {line}, column {column}, {near}: {match[3]}", line, column)

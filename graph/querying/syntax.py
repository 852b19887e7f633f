"""What of a query or update may not be run at all, and where a malformed one is wrong, in words."""

import re
from dataclasses import dataclass
from typing import Final

from ontology.errors import QueryRefused, QuerySyntaxError

_UPDATE: Final = re.compile(
    r"(?:\s|#[^\n]*\n|PREFIX\s+\S*:\s*<[^>]*>|BASE\s*<[^>]*>)*"
    r"(?:INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH)\b",
    re.IGNORECASE,
)
_FEDERATION: Final = re.compile(r"service(?!-description)")
_AT: Final = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_NAME: Final = re.compile(r"[\w.-]*:\S*\s*\Z")


def refuse_federation(text: str, *, what: str = "queries") -> None:
    """Nothing, unless the text contains the word "service", in any case and place.

    SPARQL's keywords cannot be written with escapes, so no request to another endpoint passes. The namespace of
    service descriptions may be named: behind the keyword stands no hyphen. `what` the text is is said in the error.

    Raises:
        QueryRefused: it does.
    """
    if _FEDERATION.search(text.casefold()):
        raise QueryRefused(
            f"{what} that mention SERVICE are refused: this endpoint asks no other one; in a text write "
            '"\\u0073ervice" for the word'
        )


def refuse_query(query: str) -> None:
    """Nothing, unless the text may not be run as a query at all.

    Raises:
        QueryRefused: it contains the word "service", or is an update.
        QuerySyntaxError: it is empty.
    """
    if not query.strip():
        raise QuerySyntaxError("the query is empty; ask for something, such as: SELECT * { ?s etio:causes ?o }", 1, 1)
    refuse_federation(query)
    if _UPDATE.match(query):
        raise QueryRefused("this endpoint is read-only: it answers SELECT, ASK, CONSTRUCT and DESCRIBE")


@dataclass(frozen=True, slots=True)
class Complaint:
    """What the engine says against a text: where, from 1, what stands there, in words, and what it says itself."""

    line: int
    column: int
    before: str
    near: str
    detail: str


def find_complaint(message: str, text: str) -> Complaint | None:
    """The engine's message about the text; None where it names no place. `before` is the line's beginning."""
    match = _AT.match(message)
    if match is None:
        return None
    line, column = int(match[1]), int(match[2])
    lines = text.split("\n")
    at = lines[line - 1] if line <= len(lines) else ""
    rest = at[column - 1 :].strip()
    near = f"before {rest[:40]!r}" if rest else "at the end of the line"
    return Complaint(line, column, at[: column - 1], near, match[3])


def syntax_error(message: str, text: str) -> QuerySyntaxError:
    """The engine's complaint about the text as an error that names line, column and what was expected there."""
    found = find_complaint(message, text)
    if found is None:
        return QuerySyntaxError(f"malformed query: {message}")
    where = f"malformed query at line {found.line}, column {found.column}"
    named = _NAME.search(found.before)
    if "Prefix not found" in found.detail and named:
        told = f"{where}: the prefix of {named[0].strip()!r} is not declared"
    else:
        told = f"{where}, {found.near}: {_expected(found.detail)}"
    return QuerySyntaxError(told, found.line, found.column)


def _expected(detail: str) -> str:
    """The words and signs that the parser names, without its classes of characters."""
    found = re.findall(r"\b[A-Z]{2,}\b|\"[^\"\s]+\"", re.sub(r"\[[^\]]*\]", "", detail))
    signs = list(dict.fromkeys(found))
    listed = " or ".join(signs[:6]) + (" …" if len(signs) > 6 else "")
    return f"expected {listed}" if signs else "not expected here"

"""Errors on the wire: RFC 9457 `application/problem+json`, and the one table from error class to status.

Whatever goes wrong, the answer is a `ProblemOut`: an error of ours, a request that FastAPI refuses, an address that
does not exist, and a fault of the program, which is logged and answered without its inside.
"""

import logging
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import Field
from starlette.exceptions import HTTPException

from api.models import Wire
from ontology import errors

PROBLEM: Final = "application/problem+json"
PROBLEM_TYPES: Final = "https://w3id.org/etiograph/problem/"

STATUS: Final[Mapping[type[errors.EtiographError], int]] = {
    errors.EtiographError: 500,
    errors.UnreadableArticle: 422,
    errors.NothingToRead: 404,
    errors.UnknownConcept: 404,
    errors.AmbiguousName: 409,
    errors.UnknownArticle: 404,
    errors.UnknownClaim: 404,
    errors.InvalidArgument: 422,
    errors.InvalidClaims: 422,
    errors.InvalidVocabulary: 500,
    errors.QueryError: 400,
    errors.QuerySyntaxError: 400,
    errors.QueryRefused: 403,
    errors.QueryTimeout: 503,
    errors.Busy: 429,
    errors.InvalidUpdate: 409,
    errors.UnreadableGraph: 400,
    errors.UnknownGraph: 404,
    errors.StoreError: 503,
    errors.StoreMissing: 503,
    errors.StoreInUse: 503,
}
"""Error class → HTTP status; a class that is not here has the status of its nearest base."""

PROBLEM_RESPONSE: Final[dict[str, object]] = {
    "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/ProblemOut"}}}
}
"""What OpenAPI says of the body of every error."""

RESPONSES: Final[dict[int | str, dict[str, object]]] = {
    status: {**PROBLEM_RESPONSE, "description": text}
    for status, text in (
        (404, "Unknown concept, claim or article; `suggestions` has near names."),
        (409, "The name is ambiguous; `candidates` lists what it may mean."),
        (422, "A parameter has no meaning or no such value; `violations` says which."),
        (503, "Nothing was ingested yet, or the question took too long."),
    )
}
"""What OpenAPI says of errors that most endpoints share."""

_logger = logging.getLogger("etiograph")


class Candidate(Wire):
    """One concept that an ambiguous name may mean."""

    id: str
    label: str


class Violation(Wire):
    """One part of a request that is not as it must be."""

    where: str = Field(examples=["query limit"])
    message: str


class ProblemOut(Wire):
    """An error, RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    suggestions: tuple[str, ...] | None = Field(default=None, description="Near names, best first.")
    candidates: tuple[Candidate, ...] | None = Field(default=None, description="What an ambiguous name may mean.")
    violations: tuple[Violation, ...] | None = None
    line: int | None = Field(default=None, description="Line of a syntax error in a query, from 1.")
    column: int | None = None


class Refused(Exception):
    """A request that is refused before any question is asked of the graph."""

    def __init__(
        self,
        status: int,
        detail: str,
        violations: tuple[Violation, ...] = (),
        *,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.status = status
        self.detail = detail
        self.violations = violations
        self.headers = headers
        super().__init__(detail)


class ClientGone(Exception):
    """Who asked has closed the connection."""


class NotModified(Exception):
    """The client has this very answer already; `etag` is its tag."""

    def __init__(self, etag: str) -> None:
        self.response = Response(status_code=304, headers={"ETag": etag})
        super().__init__(etag)


def plain(status: int, detail: str, violations: tuple[Violation, ...] = ()) -> ProblemOut:
    """The problem that has no more to say than its status and `detail`."""
    phrase = "Invalid request" if status == 422 else HTTPStatus(status).phrase
    return ProblemOut(
        type=PROBLEM_TYPES + _dashed(phrase),
        title=phrase,
        status=status,
        detail=detail,
        violations=violations or None,
    )


def describe(error: errors.EtiographError) -> ProblemOut:
    """The problem that an error of ours is on the wire."""
    status = next(STATUS[base] for base in type(error).__mro__ if base in STATUS)
    name = type(error).__name__
    suggestions: tuple[str, ...] | None = None
    candidates: tuple[Candidate, ...] | None = None
    violations: tuple[Violation, ...] | None = None
    line = column = None
    match error:
        case errors.UnknownConcept() | errors.UnknownArticle():
            suggestions = error.suggestions
        case errors.AmbiguousName():
            candidates = tuple(Candidate(id=curie, label=label) for curie, label in error.candidates)
        case errors.InvalidArgument():
            violations = (Violation(where=error.argument, message=f"expected {error.expected}"),)
        case errors.InvalidClaims():
            violations = tuple(Violation(where=error.source, message=row) for row in error.report)
        case errors.InvalidUpdate():
            violations = tuple(Violation(where="graph", message=row) for row in error.report)
        case errors.QuerySyntaxError() | errors.UnreadableGraph():
            line, column = error.line, error.column
    return ProblemOut(
        type=PROBLEM_TYPES + _dashed(name),
        title=_words(name),
        status=status,
        detail=str(error),
        suggestions=suggestions,
        candidates=candidates,
        violations=violations,
        line=line,
        column=column,
    )


def respond(problem: ProblemOut, headers: Mapping[str, str] | None = None) -> Response:
    """The HTTP response of a problem."""
    return Response(problem.encode(), problem.status, headers=dict(headers or {}), media_type=PROBLEM)


def install(app: FastAPI) -> None:
    """Make `app` answer every error as a problem."""

    @app.exception_handler(errors.EtiographError)
    async def ours(request: Request, error: errors.EtiographError) -> Response:  # noqa: ARG001
        found = describe(error)
        return respond(found, _retry_after(error, found.status))

    @app.exception_handler(Refused)
    async def refused(request: Request, error: Refused) -> Response:  # noqa: ARG001
        return respond(plain(error.status, error.detail, error.violations), error.headers)

    @app.exception_handler(NotModified)
    async def not_modified(request: Request, error: NotModified) -> Response:  # noqa: ARG001
        return error.response

    @app.exception_handler(ClientGone)
    async def gone(request: Request, error: ClientGone) -> Response:  # noqa: ARG001
        return Response(status_code=499)  # as other servers log it; nobody reads it

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:  # noqa: ARG001
        violations = tuple(_violation(row) for row in error.errors())
        detail = "; ".join(f"{row.where}: {row.message}" for row in violations)
        return respond(plain(422, detail, violations))

    @app.exception_handler(HTTPException)
    async def protocol(request: Request, error: HTTPException) -> Response:
        detail = str(error.detail)
        if error.status_code == HTTPStatus.NOT_FOUND:
            detail = f"nothing is served at {request.url.path!r}; /docs lists what is"
        if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            detail = f"{request.method} is not allowed at {request.url.path!r}"
        return respond(plain(error.status_code, detail), error.headers)

    @app.exception_handler(Exception)
    async def fault(request: Request, error: Exception) -> Response:
        _logger.error("fault while answering %s %s", request.method, request.url.path, exc_info=error)
        return respond(plain(500, "a fault of the program; it was logged"))


def _retry_after(error: errors.EtiographError, status: int) -> Mapping[str, str]:
    if isinstance(error, errors.Busy):
        return {"Retry-After": str(error.retry_after)}
    return {"Retry-After": "5"} if status == HTTPStatus.SERVICE_UNAVAILABLE else {}


def _violation(row: Mapping[str, object]) -> Violation:
    place = row["loc"]
    where = " ".join(str(part) for part in place) if isinstance(place, tuple | list) else str(place)
    message = str(row["msg"])
    given = row.get("input")
    if isinstance(given, str | int | float):
        message += f" (got {str(given)[:80]!r})"
    return Violation(where=where, message=message[:1].lower() + message[1:])


def _words(name: str) -> str:
    """`UnknownConcept` as `Unknown concept`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).capitalize()


def _dashed(name: str) -> str:
    return _words(name).lower().replace(" ", "-")

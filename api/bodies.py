"""What comes with a request: bodies read up to a limit, what their media type says, and IRIs."""

from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from functools import lru_cache
from typing import Any, Final, TypeVar, get_origin
from urllib.parse import parse_qsl

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError
from pyoxigraph import NamedNode
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from api.problems import Refused

FORM: Final = "application/x-www-form-urlencoded"
JSON: Final = "application/json"

Shape = TypeVar("Shape", bound=BaseModel)

_MOST_FILES = 100


@dataclass(frozen=True, slots=True)
class File:
    """One file of a form, and the Content-Type that it came with, "" where it came with none."""

    body: bytes
    media_type: str


async def read_body(request: Request, *, largest: int) -> bytes:
    """The whole body.

    Raises:
        Refused: 413, it is longer than `largest` bytes.
    """
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > largest:
            raise Refused(413, f"the body is longer than {largest:,} bytes")
    return bytes(content)


async def read_json(request: Request, shape: type[Shape], *, largest: int) -> tuple[Shape, bytes]:
    """What a body in JSON says, and the body itself.

    Raises:
        Refused: 413, it is longer than `largest` bytes; 415, it is of another type.
        RequestValidationError: it is no JSON, or not of this shape.
    """
    kind = media_type(request.headers.get("content-type", ""))
    if kind != JSON:
        raise Refused(415, f"a body of type {kind or 'unknown'}; send {JSON}")
    body = await read_body(request, largest=largest)
    with _told_of_the_body():
        return shape.model_validate_json(body), body


async def read_form(request: Request, shape: type[Shape], *, largest: int, most: int) -> tuple[Shape, bytes]:
    """What a form of at most `most` fields says, one field for each value of a list, and the body itself.

    Raises:
        Refused: 400, it cannot be read; 413, it is longer than `largest` bytes.
        RequestValidationError: it is not of this shape.
    """
    body = await read_body(request, largest=largest)
    given: dict[str, Any] = {}
    for name, value in fields(text(body, request.headers.get("content-type", "")), most=most):
        given.setdefault(name, []).append(value)
    for name, field in shape.model_fields.items():
        if get_origin(field.annotation) is not list and len(given.get(name, ())) == 1:
            (given[name],) = given[name]
    with _told_of_the_body():
        return shape.model_validate(given), body


@contextmanager
def _told_of_the_body() -> Iterator[None]:
    try:
        yield
    except ValidationError as error:
        rows = error.errors(include_url=False, include_context=False)
        raise RequestValidationError([{**row, "loc": ("body", *row["loc"])} for row in rows]) from error


def media_type(header: str) -> str:
    """The media type that a Content-Type header names, in small letters, without parameters; "" where there is none."""
    return _parsed(header).get_content_type() if "/" in header else ""


def text(body: bytes, header: str) -> str:
    """The body as text.

    Raises:
        Refused: 400, the body is not UTF-8, or `header`, its Content-Type, says that it is something else.
    """
    charset = str(_parsed(header).get_param("charset") or "utf-8")
    if charset.lower() not in ("utf-8", "utf8", "us-ascii"):
        raise Refused(400, f"a body in {charset[:40]!r}; send UTF-8")
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise Refused(400, f"the body is not UTF-8: byte {error.start} cannot be read") from error


def fields(form: str, *, most: int = 1000) -> list[tuple[str, str]]:
    """The names and values of a body of type `application/x-www-form-urlencoded`, in order.

    Raises:
        Refused: 400, what it encodes is not UTF-8, or it has more than `most` fields.
    """
    try:
        return parse_qsl(form, keep_blank_values=True, errors="strict", max_num_fields=most)
    except ValueError as error:
        raise Refused(400, f"the form cannot be read: {error}") from error


async def parts(request: Request, *, largest: int) -> tuple[File, ...]:
    """The files of a body of type `multipart/form-data`, in order.

    Raises:
        Refused: 413, the body is longer than `largest` bytes; 400, it is malformed, or has something that is no file.
    """
    body = await read_body(request, largest=largest)

    async def whole() -> AsyncGenerator[bytes, None]:
        yield body

    try:
        form = await MultiPartParser(request.headers, whole(), max_files=_MOST_FILES, max_fields=0).parse()
    except MultiPartException as error:
        raise Refused(400, f"the form cannot be read: {error.message}") from error
    files = []
    for name, value in form.multi_items():
        if not isinstance(value, UploadFile):
            raise Refused(400, f"part {name[:80]!r} of the form is no file")
        files.append(File(await value.read(), value.content_type or ""))
    await form.close()
    return tuple(files)


def check_iri(parameter: str, value: str) -> None:
    """Pass over an absolute IRI.

    Raises:
        Refused: 400, it is none.
    """
    try:
        NamedNode(value)
    except ValueError as error:
        raise Refused(400, f"{parameter}={value[:200]!r} is no absolute IRI: {error}") from error


def own_address(request: Request) -> str | None:
    """The address without its query; None where the client's Host header makes no IRI of it."""
    url = request.url
    return _find_iri(f"{url.scheme}://{url.netloc}{url.path}")


@lru_cache(maxsize=1024)
def _find_iri(address: str) -> str | None:
    try:
        return NamedNode(address).value
    except ValueError:
        return None


def _parsed(header: str) -> Message:
    message = Message()
    message["content-type"] = header
    return message

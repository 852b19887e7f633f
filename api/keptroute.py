"""Addresses that ask the graph as it is now: what was asked before, or is asked rightly, is answered with no detour."""

import inspect
from collections.abc import Callable, Coroutine, Mapping
from functools import cached_property
from typing import Annotated, Any, Final

from cachetools import LRUCache
from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic import BaseModel, TypeAdapter, ValidationError

from api.current import as_json, check_unchanged, reading, view
from api.questions import parameters_of
from ontology.errors import StoreMissing

_QUERIES_KEPT: Final = 256
_LONGEST_KEPT: Final = 500
"""Queries of one address that are not read anew, and the bytes that one of them may have."""


class KeptRoute(APIRoute):
    """A route whose answers may be kept (`api.current.Reading.send`), to an endpoint that has a `Reading`.

    An answer that is kept is sent as it is: only what was asked rightly is kept, so who asks the same again need not be
    checked again. For any other request that is right the endpoint is called here, which takes a fraction of what
    FastAPI takes to. One that is not is left to FastAPI, which says what is wrong with it.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """What answers a request."""
        answer = super().get_route_handler()
        takes = next((needed.name for needed in self.dependant.dependencies if needed.call is reading), None)
        if takes is None:
            return answer
        parameters = Parameters(self.dependant)
        endpoint, waits = self.endpoint, inspect.iscoroutinefunction(self.endpoint)

        async def handle(request: Request) -> Response:
            try:
                graph = await view(request)
            except StoreMissing:  # which is told when all that is wrong with the request was
                return await answer(request)
            kept = graph.find_kept()
            if kept is not None:
                check_unchanged(request, graph.etag)
                return as_json(kept, graph.etag)
            found = parameters.find(request)
            if found is None:
                return await answer(request)
            check_unchanged(request, graph.etag)
            given = {takes: graph, **found}
            response: Response = await (endpoint(**given) if waits else run_in_threadpool(endpoint, **given))
            return response

        return handle


class Parameters:
    """What an endpoint takes of the address and of the query: single values there, at most one group of values here."""

    def __init__(self, dependant: Dependant) -> None:
        self._dependant = dependant
        self._read = LRUCache[bytes, Mapping[str, BaseModel]](_QUERIES_KEPT)

    def find(self, request: Request) -> Mapping[str, Any] | None:
        """The values by name; None where something is wrong with the request."""
        try:
            found = {name: value.validate_python(request.path_params[name]) for name, value in self._address.items()}
            query = self._query(request)
        except ValidationError:
            return None
        return None if query is None else {**found, **query}

    def _query(self, request: Request) -> Mapping[str, BaseModel] | None:
        """The groups of values of the query, which many ask for many concepts; None where a name is not right.

        Raises:
            ValidationError: a value is not.
        """
        written: bytes = request.scope["query_string"]
        read = self._read.get(written)
        if read is not None:
            return read
        query: dict[str, Any] = {}
        for name, value in request.query_params.multi_items():
            if name not in self._repeated or (name in query and not self._repeated[name]):
                return None
            if self._repeated[name]:
                query.setdefault(name, []).append(value)
            else:
                query[name] = value
        read = {name: group.model_validate(query) for name, group in self._groups.items()}
        if len(written) <= _LONGEST_KEPT:
            self._read[written] = read
        return read

    @cached_property
    def _repeated(self) -> Mapping[str, bool]:
        """The names of the query, each with whether it may be repeated."""
        return parameters_of(self._dependant)

    @cached_property
    def _address(self) -> Mapping[str, TypeAdapter[Any]]:
        """What values in the address have to be."""
        found: dict[str, TypeAdapter[Any]] = {}
        for each in self._dependant.path_params:
            described: Any = Annotated[each.field_info.annotation, each.field_info]
            found[each.name] = TypeAdapter(described)
        return found

    @cached_property
    def _groups(self) -> Mapping[str, type[BaseModel]]:
        """The group of values of the query by its name, if there is one."""
        annotations: dict[str, Any] = {each.name: each.field_info.annotation for each in self._dependant.query_params}
        return {name: each for name, each in annotations.items() if issubclass(each, BaseModel)}

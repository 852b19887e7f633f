"""The description of the interface, whole: OpenAPI with every schema that it refers to."""

from collections.abc import Callable
from typing import Any, Final

from fastapi import FastAPI
from pydantic.json_schema import models_json_schema

from api.problems import ProblemOut

_SCHEMAS: Final = "#/components/schemas/{model}"


class Described(FastAPI):
    """An application whose errors are described too: FastAPI knows the shapes of answers alone.

    `complete` adds what is not there yet.
    """

    complete: Callable[[], None]

    def openapi(self) -> dict[str, Any]:
        """The description, made when it is first asked for."""
        if self.openapi_schema is None:
            self.complete()
            made = super().openapi()
            _, errors = models_json_schema([(ProblemOut, "serialization")], ref_template=_SCHEMAS)
            made["components"]["schemas"] |= errors["$defs"]
        return super().openapi()

"""What can be set, and from where: command-line options, then `ETIOGRAPH_*` variables, then the defaults here."""

import os
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from ontology.errors import InvalidArgument

NOTICE: Final = "Reports what articles say; not medical advice."
"""Goes with every answer that has medical content."""

LONGEST_NAME: Final = 200
"""Longest name or search text that is looked up, in characters."""

LARGEST_BODY: Final = 1_000_000
"""Largest request body that is read, in bytes."""

LARGEST_UPDATE: Final = 16 << 20
"""Largest SPARQL update, in bytes."""

LARGEST_GRAPH: Final = 64 << 20
"""Largest graph that is written at once, in bytes."""


_PREFIX: Final = "ETIOGRAPH_"


class Settings(BaseModel):
    """One reading of the settings; unset fields come from the environment, whose names may be in any case."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    data: Path = Field(default=Path(".etiograph"), description="Folder of the store.")
    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    workers: int = Field(default=1, ge=1, le=64, description="Server processes.")
    query_timeout: float = Field(default=30.0, gt=0, le=600, description="Seconds a SPARQL query may take.")
    query_memory: int = Field(default=1 << 30, ge=1 << 28, description="Bytes a SPARQL query may use.")
    query_rows: int = Field(default=100_000, ge=0, description="Rows or triples a query may answer; 0 for any number.")
    query_workers: int = Field(default=0, ge=0, le=256, description="New queries at once; 0 for one a processor.")
    query_cache: int = Field(default=64 << 20, ge=0, description="Bytes of SPARQL answers to keep, a server process.")
    write_timeout: float = Field(default=60.0, gt=0, le=600, description="Seconds that a write may take.")
    write_memory: int = Field(default=4 << 30, ge=1 << 28, description="Bytes that a write may use.")

    @model_validator(mode="before")
    @classmethod
    def _with_environment(cls, given: dict[str, Any]) -> dict[str, Any]:
        stated = {name.upper(): value for name, value in os.environ.items()}
        variables = {name: f"{_PREFIX}{name.upper()}" for name in cls.model_fields}
        return {name: stated[variable] for name, variable in variables.items() if variable in stated} | given


def load_settings(**given: object) -> Settings:
    """The settings, with what was given on the command line before the environment; None means not given.

    Raises:
        InvalidArgument: a variable or option has a value it cannot have.
    """
    stated = {name: value for name, value in given.items() if value is not None}
    try:
        return Settings(**stated)  # type: ignore[arg-type]  # pydantic checks each value
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        shown = name if name in stated else f"{_PREFIX}{name.upper()}"
        raise InvalidArgument(shown, first["input"], first["msg"].removeprefix("Input should be ")) from error

"""What the tests are put to: something that can be filled, asked and changed."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from pyoxigraph import QueryResultsFormat, RdfFormat

from conformance.answers import Row
from conformance.cases import Dataset, Document


class Malformed(Exception):
    """It said that the query or update has no SPARQL syntax."""


class Refused(Exception):
    """It failed, or would not do what it understood."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What it answered."""

    media_type: str
    body: bytes


class Target(Protocol):
    """An endpoint. All raise `Malformed` or `Refused`."""

    def fill(self, dataset: Dataset) -> None:
        """Hold this dataset and nothing else."""

    def answer(self, query: str, base: str, formats: tuple[QueryResultsFormat, RdfFormat]) -> Reply:
        """The answer to a query in the one of the formats that can hold it."""

    def update(self, update: str, base: str) -> None:
        """Carry it out."""

    def contents(self) -> Collection[Row]:
        """Every quad that it holds, the default graph as None."""


def asked_text(document: Document) -> str:
    """The query or update as it stands in its file."""
    return document.path.read_bytes().decode()

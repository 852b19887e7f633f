"""A snapshot as the store of an rdflib dataset: string queries go to Oxigraph, writes are refused with a way out."""

from collections.abc import Iterable
from typing import Any, NoReturn

from oxrdflib import OxigraphStore

from ontology.errors import StoreError


class SnapshotStore(OxigraphStore):
    """oxrdflib's store over a snapshot opened read-only."""

    def add(self, triple: Any, context: Any, quoted: bool = False) -> NoReturn:  # noqa: ARG002, FBT002
        """Refuse."""
        raise _read_only()

    def addN(self, quads: Iterable[Any]) -> NoReturn:  # noqa: ARG002, N802  # rdflib's name
        """Refuse."""
        raise _read_only()

    def remove(self, triple: Any, context: Any = None) -> NoReturn:  # noqa: ARG002
        """Refuse."""
        raise _read_only()

    def update(self, *arguments: Any, **options: Any) -> NoReturn:  # noqa: ARG002
        """Refuse."""
        raise _read_only()


def _read_only() -> StoreError:
    return StoreError(
        "a snapshot cannot be written to: send updates to /update of a server, change articles with "
        "`etiograph ingest`, or copy the triples into a dataset of your own"
    )

"""The engine called directly, in this process: what the served store is measured by."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from pyoxigraph import DefaultGraph, NamedNode, QueryResultsFormat, QueryTriples, RdfFormat, Store

from conformance.answers import Row
from conformance.cases import Dataset
from conformance.documents import dataset_quads
from conformance.targets import Malformed, Refused, Reply


class Engine:
    """pyoxigraph over a store in memory."""

    def __init__(self) -> None:
        self._store = Store()

    def fill(self, dataset: Dataset) -> None:
        """Hold this dataset in a new store."""
        self._store = Store()
        for name, _ in dataset.named:
            self._store.add_graph(NamedNode(name))
        self._store.extend(dataset_quads(dataset))

    def answer(self, query: str, base: str, formats: tuple[QueryResultsFormat, RdfFormat]) -> Reply:
        """The answer, serialised by the engine."""
        with _told():
            found = self._store.query(self.asked(query, self._store, base), base_iri=base)
            if isinstance(found, QueryTriples):
                return Reply(formats[1].media_type, found.serialize(format=formats[1]) or b"")
            return Reply(formats[0].media_type, found.serialize(format=formats[0]) or b"")

    def asked(self, query: str, store: Store, base: str) -> str:  # noqa: ARG002
        """The text that the engine is asked."""
        return query

    def update(self, update: str, base: str) -> None:
        """Carry it out."""
        with _told():
            self._store.update(update, base_iri=base)

    def contents(self) -> Collection[Row]:
        """Every quad."""
        return [
            (quad.subject, quad.predicate, quad.object, None if quad.graph_name == DefaultGraph() else quad.graph_name)
            for quad in self._store
        ]


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except SyntaxError as error:
        raise Malformed(str(error)) from error
    except (OSError, ValueError, RuntimeError) as error:
        raise Refused(str(error)) from error

"""The W3C's update tests, run on stores on disk: what they leave, and what is said of what they change."""

import shutil
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest
from conformance.answers import Row
from conformance.cases import Dataset, Kind
from conformance.documents import dataset_quads
from conformance.judging import judge
from conformance.manifests import cases
from conformance.targets import Malformed, Refused, Reply
from pyoxigraph import DefaultGraph, NamedNode, QueryResultsFormat, RdfFormat
from pyoxigraph import Store as RawStore

from graph.contenthash import ContentHash
from graph.store import Snapshot, Store, make_empty
from graph.updating.delta import Delta, compared
from graph.updating.guard import guarded
from graph.updating.updates import run
from ontology.errors import QueryError, QuerySyntaxError

UPDATES = (Kind.UPDATE, Kind.UPDATE_SYNTAX, Kind.NO_UPDATE_SYNTAX)


class OnDisk:
    """A store on disk that updates are run on; remembers what was said of each, and what was so."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.said: list[Delta] = []
        self.true: list[Delta] = []

    def fill(self, dataset: Dataset) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        make_empty(self._folder)
        with Store.open_as_it_is(self._folder) as store, store.revision():
            for name, _ in dataset.named:
                store.live.add_graph(NamedNode(name))
            store.apply((), dataset_quads(dataset))

    def answer(self, query: str, base: str, formats: tuple[QueryResultsFormat, RdfFormat]) -> Reply:
        raise AssertionError(query, base, formats)

    def update(self, update: str, base: str) -> None:
        try:
            with Store.open_as_it_is(self._folder) as store:
                with store.revision():
                    self.said.append(run(store, guarded(update.encode(), base=base), base=base))
                    with Snapshot.open(self._folder) as before:
                        self.true.append(compared(before.store, store.live))
                assert store.hash == ContentHash().of(store.live)
        except QuerySyntaxError as error:
            raise Malformed(str(error)) from error
        except QueryError as error:
            raise Refused(str(error)) from error

    def contents(self) -> Collection[Row]:
        with Snapshot.open(self._folder) as snapshot:
            return list(self._rows(snapshot))

    @staticmethod
    def _rows(snapshot: Snapshot) -> Iterator[Row]:
        for quad in snapshot.store:
            graph = None if quad.graph_name == DefaultGraph() else quad.graph_name
            yield (quad.subject, quad.predicate, quad.object, graph)


@pytest.fixture(scope="module")
def suites(shared: Path) -> Path:
    return shared / "w3c-sparql"


def test_the_updates_of_the_w3c_leave_what_they_must_and_what_is_said_to_have_changed_has(
    suites: Path, tmp_path: Path
) -> None:
    target = OnDisk(tmp_path / "data")
    asked = [case for case in cases(suites) if case.kind in UPDATES]
    verdicts = [judge(case, target) for case in asked]
    assert [(verdict.case.id, verdict.seen) for verdict in verdicts if not verdict.passed] == []
    assert sum(case.kind is Kind.UPDATE for case in asked) == 94
    wrong = [
        (said, true)
        for said, true in zip(target.said, target.true, strict=False)
        if said.clear and (said.removed, said.added) != (true.removed, true.added)
    ]
    assert wrong == []
    assert sum(said.clear for said in target.said) > 100


def test_the_pattern_of_an_update_is_evaluated_as_sparql_says_in_every_graph(tmp_path: Path) -> None:
    target = OnDisk(tmp_path / "data")
    target.fill(Dataset())
    target.update("INSERT DATA { GRAPH <a:g> { <a:a> <a:p> <a:b> } GRAPH <a:h> { <a:a> <a:q> <a:b> } }", "a:")
    target.update("INSERT { ?g <a:n> ?n } WHERE { GRAPH ?g { SELECT (COUNT(*) AS ?n) { ?s <a:p> ?o } } }", "a:")
    target.update("INSERT { <a:new> <a:start> ?x } WHERE { ?x <a:p>* <a:new> }", "a:")
    told = sorted(f"{subject} {object}" for subject, _, object, graph in target.contents() if graph is None)
    integer = "^^<http://www.w3.org/2001/XMLSchema#integer>"
    assert told == [f'<a:g> "1"{integer}', f'<a:h> "0"{integer}', "<a:new> <a:new>"]


def test_a_change_that_was_not_looked_at_gives_a_small_store_its_hash_and_a_large_one_another() -> None:
    store = RawStore()
    store.update("INSERT DATA { <a:a> <a:b> 1 }")
    counted = ContentHash().of(store)
    small, large, again = ContentHash(5), ContentHash(5), ContentHash(5)
    small.lose_track(b"INSERT DATA { <a:a> <a:b> 1 }", size=1000)
    for content in (large, again):
        content.lose_track(b"INSERT DATA { <a:a> <a:b> 1 }", size=1 << 30)
    assert small.of(store) == counted
    assert len({counted, large.of(store), again.of(store)}) == 3

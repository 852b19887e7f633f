"""The W3C suites: what passes passes, and what fails is written down."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from conformance.cases import Case, Dataset, Kind
from conformance.documents import dataset_quads
from conformance.engine import Engine
from conformance.judging import Verdict, judge
from conformance.known import Place, known
from conformance.manifests import OUTSIDE, cases
from conformance.running import memory, verdicts
from conformance.table import rendered, unexplained
from pyoxigraph import NamedNode, Store
from sharedfiles import shared_folder

from graph.columnar.aggregatereading import read
from graph.columnar.aggregates import find_rewriting
from graph.columnar.columnbuilding import build
from graph.columnar.columns import Columns
from graph.querying.graphclauses import written_out
from graph.querying.zeropaths import completed
from graph.tokens import Token, joined, tokens

ROOT = Path(__file__).parents[1]
COUNTING = ("aggregates", "grouping", "subquery", "project-expression")
SUITES = shared_folder() / "w3c-sparql"


class FromColumns(Engine):
    """The engine asked what is made of a query that columns can count for, over a store on disk."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.changed = 0
        self._snapshot = folder / "snapshot"
        self._columns: Columns | None = None

    def fill(self, dataset: Dataset) -> None:
        super().fill(dataset)
        shutil.rmtree(self._snapshot, ignore_errors=True)
        store = Store(str(self._snapshot))
        store.extend(dataset_quads(dataset))
        store.flush()
        del store
        assert build(self._snapshot)
        self._columns = Columns.find(self._snapshot)

    def asked(self, query: str, store: Store, base: str) -> str:  # noqa: ARG002
        assert self._columns is not None
        rewritten = find_rewriting(query, read(query, {}), self._columns, least=0)
        self.changed += rewritten is not None
        return rewritten or query


@pytest.fixture(scope="module")
def suite() -> tuple[Case, ...]:
    if not SUITES.is_dir():
        pytest.skip("needs the W3C suites: set ETIOGRAPH_SHARED")
    return cases(SUITES)


def always(term: Token) -> bool:  # noqa: ARG001
    return True


def never(pattern: Sequence[Token], name: Token) -> bool:  # noqa: ARG001
    return False


class Forced(Engine):
    """The engine asked every query amended, whether or not it needs it."""

    def __init__(self) -> None:
        super().__init__()
        self.changed = 0

    def asked(self, query: str, store: Store, base: str) -> str:
        graphs = sorted(graph.value for graph in store.named_graphs() if isinstance(graph, NamedNode))
        completed_paths = completed(tokens(query), always)
        text = joined(written_out(completed_paths, graphs, plain=never))
        try:
            Store().query(text, base_iri=base)
        except SyntaxError:
            return query
        self.changed += text != query
        return text


@pytest.fixture(scope="module")
def engine(suite: tuple[Case, ...]) -> tuple[Verdict, ...]:
    return verdicts(SUITES, suite, Place.ENGINE)


@pytest.fixture(scope="module")
def served(suite: tuple[Case, ...]) -> tuple[Verdict, ...]:
    return verdicts(SUITES, suite, Place.SERVED)


def test_the_engine_called_directly_fails_where_its_departures_are_written_down(engine: tuple[Verdict, ...]) -> None:
    assert unexplained(engine, known(Place.ENGINE)) == []


def test_the_served_store_fails_where_it_is_written_down(served: tuple[Verdict, ...]) -> None:
    assert unexplained(served, known(Place.SERVED)) == []


def test_the_served_store_passes_whatever_the_engine_passes(
    engine: tuple[Verdict, ...], served: tuple[Verdict, ...]
) -> None:
    passed = {one.case.id for one in served if one.passed}
    assert [one.case.id for one in engine if one.passed and one.case.id not in passed] == []


def test_the_readme_shows_the_table(
    suite: tuple[Case, ...], engine: tuple[Verdict, ...], served: tuple[Verdict, ...]
) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert rendered({Place.ENGINE: engine, Place.SERVED: served}, suite) in readme


def test_counts_from_columns_are_those_that_the_suites_ask_for(suite: tuple[Case, ...]) -> None:
    queries = [case for case in suite if case.kind is Kind.QUERY and case.group in COUNTING and not case.data.named]
    with TemporaryDirectory(dir=memory()) as folder:
        columns = FromColumns(Path(folder))
        worse = [one.case.id for one in (judge(case, columns) for case in queries) if not one.passed]
    assert ([case for case in worse if case not in known(Place.ENGINE)], columns.changed) == ([], 19)


def test_an_amended_query_is_answered_as_well_as_the_query_itself(suite: tuple[Case, ...]) -> None:
    forced = Forced()
    queries = [case for case in suite if case.kind is Kind.QUERY and case.group not in OUTSIDE]
    worse = [one.case.id for one in (judge(case, forced) for case in queries) if not one.passed]
    assert ([case for case in worse if case not in known(Place.ENGINE)], forced.changed) == ([], 50)

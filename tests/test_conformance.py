"""The W3C suites: what passes passes, and what fails is written down."""

from collections.abc import Sequence

import pytest
from conformance.cases import Case, Kind
from conformance.engine import Engine
from conformance.judging import judge
from conformance.known import Place, known
from conformance.manifests import OUTSIDE, cases
from conformance.running import verdicts
from conformance.table import unexplained
from pyoxigraph import NamedNode, Store
from sharedfiles import shared_folder

from graph.graphclauses import written_out
from graph.tokens import Token, joined, tokens
from graph.zeropaths import completed

SUITES = shared_folder() / "w3c-sparql"


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


def test_the_engine_called_directly_fails_where_its_departures_are_written_down(suite: tuple[Case, ...]) -> None:
    assert unexplained(verdicts(SUITES, suite, Place.ENGINE), known(Place.ENGINE)) == []


def test_an_amended_query_is_answered_as_well_as_the_query_itself(suite: tuple[Case, ...]) -> None:
    engine = Forced()
    queries = [case for case in suite if case.kind is Kind.QUERY and case.group not in OUTSIDE]
    worse = [
        one.case.id
        for case in queries
        if not (one := judge(case, engine)).passed and case.id not in known(Place.ENGINE)
    ]
    assert (worse, engine.changed) == ([], 50)


def test_the_served_store_fails_where_it_is_written_down(suite: tuple[Case, ...]) -> None:
    assert unexplained(verdicts(SUITES, suite, Place.SERVED), known(Place.SERVED)) == []

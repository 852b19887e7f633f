from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import orjson
import pytest
from aggregateworld import Asked, column_rows, counted, engine_json, engine_rows, graphs, opened, queries, same, stored
from drawn import drawn
from hypothesis import given
from hypothesis import strategies as st

from graph.columnar.aggregatereading import read
from graph.columnar.aggregates import find_rewriting
from ontology.terms import PREFIXES

GRAPH: Final = """
etio:flu a etio:Condition ; etio:hasSymptom etio:fever, etio:cough, etio:ache ; skos:prefLabel "flu"@en .
etio:cold a etio:Condition ; etio:hasSymptom etio:cough, etio:sneeze ; skos:prefLabel "cold"@en .
etio:gout a etio:Condition, etio:Claim ; etio:hasSymptom etio:ache ; skos:prefLabel "gout"@en .
etio:one a etio:Claim ; rdf:predicate etio:causes ; etio:belief 0.8 ; etio:articleCount 1 ; dcterms:title "b" .
etio:two a etio:Claim ; rdf:predicate etio:causes ; etio:belief 0.95 ; etio:articleCount 3 ; dcterms:title "a" .
etio:three a etio:Claim ; rdf:predicate etio:treats ; etio:belief 1 ; etio:articleCount 2 .
etio:four a etio:Claim ; rdf:predicate etio:treats ; etio:belief "high" .
[] a etio:Article .
"""

ANSWERED: Final = {
    "kinds": "SELECT ?t (COUNT(*) AS ?n) WHERE { ?s a ?t } GROUP BY ?t ORDER BY DESC(?n) ?t",
    "everything": "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }",
    "predicates": "SELECT ?p (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?m) { ?s ?p ?o } GROUP BY ?p",
    "average with an error in a group": (
        "SELECT ?r (AVG(?b) AS ?m) { ?c rdf:predicate ?r ; etio:belief ?b } GROUP BY ?r"
    ),
    "sum of nothing": "SELECT (SUM(?b) AS ?m) (AVG(?b) AS ?a) (MIN(?b) AS ?l) { ?c a etio:Test ; etio:belief ?b }",
    "groups of nothing": "SELECT ?r (SUM(?b) AS ?m) { ?c a etio:Test ; etio:belief ?b ; rdf:predicate ?r } GROUP BY ?r",
    "smallest and largest": (
        "SELECT (MIN(?n) AS ?l) (MAX(?n) AS ?m) (MIN(?t) AS ?f) { ?c etio:articleCount ?n ; dcterms:title ?t }"
    ),
    "sharing": (
        "SELECT ?a ?b (COUNT(?s) AS ?n) { ?a etio:hasSymptom ?s . ?b etio:hasSymptom ?s FILTER(?a != ?b) } "
        "GROUP BY ?a ?b HAVING(COUNT(?s) >= 1) ORDER BY DESC(COUNT(?s)) LIMIT 10"
    ),
    "expression": "SELECT (ROUND(AVG(?n) * 100) / 100 AS ?m) WHERE { ?c etio:articleCount ?n }",
    "label": (
        "SELECT ?l (COUNT(?s) AS ?n) { ?a skos:prefLabel ?l ; etio:hasSymptom ?s FILTER regex(?l, '^F', 'i') } "
        "GROUP BY ?l"
    ),
    "both ends": "SELECT (COUNT(*) AS ?n) { ?a etio:hasSymptom ?s . ?a a etio:Condition . ?a ?p ?s }",
    "comments and cases": (
        "select ?t (count ( distinct ?s ) as ?n) # { \nwhere { ?s a ?t . } group by ?t order by ?t limit 2"
    ),
    "a prefix of its own": (
        "PREFIX e: <https://w3id.org/etiograph/> SELECT (COUNT(*) AS ?n) { $s e:hasSymptom e:cough }"
    ),
    "words as names": "SELECT ?AS (COUNT(?LIMIT) AS ?n) { ?AS etio:hasSymptom ?LIMIT } GROUP BY ?AS ORDER BY ?AS",
    "paths": "SELECT ?c (COUNT(*) AS ?n) { ?s etio:hasSymptom/^etio:hasSymptom ?c } GROUP BY ?c",
    "values": "SELECT ?t (COUNT(*) AS ?n) { VALUES ?t { etio:Claim etio:Test } ?s a ?t } GROUP BY ?t",
    "ends of claims": "SELECT ?c (COUNT(*) AS ?n) { ?s etio:hasSymptom|skos:prefLabel ?c } GROUP BY ?c",
    "a subquery": (
        "SELECT ?s ?l ?n { "
        "{ SELECT ?s (COUNT(?o) AS ?n) { ?s etio:hasSymptom ?o } GROUP BY ?s ORDER BY DESC(?n) LIMIT 1 } "
        "?s skos:prefLabel ?l }"
    ),
    "two subqueries": (
        "PREFIX e: <https://w3id.org/etiograph/> SELECT * { "
        "{ SELECT ?a (COUNT(*) AS ?n) { ?a e:hasSymptom ?o } GROUP BY ?a } OPTIONAL "
        "{ SELECT ?a (AVG(?b) AS ?m) { ?a a ?t . ?c e:belief ?b . ?a ?p ?b } GROUP BY ?a } "
        "{ ?a ?p [] } UNION { ?a e:causes* ?b } }"
    ),
    "unknown terms": "SELECT (COUNT(*) AS ?n) { ?s etio:nowhere ?o }",
}

LEFT_TO_THE_ENGINE: Final = (
    "SELECT ?s { ?s a ?t }",
    "SELECT (COUNT(*) AS ?n) FROM <https://example.org/g> { ?s a ?t }",
    "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s a ?t } }",
    "SELECT (COUNT(*) AS ?n) { ?s a ?t OPTIONAL { ?s etio:belief ?b } }",
    "SELECT (COUNT(*) AS ?n) { ?s etio:hasSymptom+ ?t }",
    "SELECT (COUNT(*) AS ?n) { ?s a ?t FILTER NOT EXISTS { ?s etio:belief ?b } }",
    "SELECT (COUNT(*) AS ?n) { ?s a ?t . ?c etio:belief ?b }",
    "SELECT (COUNT(*) AS ?n) { { ?s a ?t } UNION { ?s etio:belief ?b } }",
    "SELECT (COUNT(*) AS ?n) { ?s a ?t MINUS { ?s etio:belief ?b } }",
    "SELECT (COUNT(*) AS ?n) { ?s a ?t FILTER(RAND() < 0.5) }",
    "SELECT (COUNT(*) AS ?n) { ?s a ?t BIND(1 AS ?x) }",
    "SELECT (COUNT(*) AS ?n) { _:s a ?t }",
    "SELECT (COUNT(*) AS ?n) { ?s a <Claim> }",
    "BASE <https://example.org/> SELECT (COUNT(*) AS ?n) { ?s a ?t }",
    "SELECT (COUNT(*) AS ?n) { ?s \\u0061 ?t }",
    "SELECT (COUNT(*) AS ?n) { ?s a ?t } VALUES ?t { etio:Claim }",
    "SELECT (SAMPLE(?s) AS ?n) (COUNT(*) AS ?m) { ?s a ?t }",
    "SELECT (GROUP_CONCAT(?s) AS ?n) (COUNT(*) AS ?m) { ?s a ?t }",
    "SELECT ?s (COUNT(*) AS ?n) { ?s a ?t } GROUP BY ?t",
    "SELECT (COUNT(*) AS ?t) { ?s a ?t }",
    "SELECT ?s (COUNT(*) AS ?n) { ?s a etio:Article } GROUP BY ?s",
    "SELECT (MIN(?b) AS ?m) { ?s etio:belief ?b }",
    "SELECT * { GRAPH ?g { { SELECT (COUNT(*) AS ?n) { ?s a ?t } } } }",
    "SELECT * FROM <https://example.org/g> { { SELECT (COUNT(*) AS ?n) { ?s a ?t } } }",
    "SELECT * { ?s a ?t FILTER EXISTS { { SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?s } } }",
    "SELECT * { ?s a ?t LATERAL { SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?s } }",
    "SELECT (COUNT(*) AS ?n) { ?s etio:hasSymptom? ?t }",
    "SELECT (COUNT(*) AS ?n) { ?s !etio:hasSymptom ?t }",
    "SELECT (COUNT(*) AS ?n) { ?s etio:hasSymptom|^etio:causes ?t }",
    "SELECT (COUNT(*) AS ?n) { ?s etio:hasSymptom|etio:hasSymptom ?t }",
    "SELECT (COUNT(*) AS ?n) { ?s a ?t VALUES ?t { etio:Claim UNDEF } }",
    "SELECT (COUNT(*) AS ?n) { ?s a ?t VALUES ?t { etio:Claim etio:Claim } }",
    "SELECT (COUNT(*) AS ?n) { ?s a ?t } nonsense",
    "SELECT (COUNT(*) AS ?n) { ?s a ?t } HAVING (?n > 1)",
    'SELECT (COUNT(*) AS ?n) { ?s dcterms:title "b',
    "SELECT (COUNT(*) AS ?n) { ?s a ?s }",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("columns")
    stored(GRAPH, folder)
    return folder


@pytest.mark.parametrize("query", ANSWERED.values(), ids=ANSWERED.keys())
def test_the_columns_answer_what_the_engine_answers(folder: Path, query: str) -> None:
    store, columns = opened(folder)
    found = column_rows(store, columns, query)
    assert found is not None
    assert same(found, engine_rows(store, query))


@pytest.mark.parametrize("query", LEFT_TO_THE_ENGINE)
def test_what_is_not_plainly_a_count_over_a_pattern_is_left_to_the_engine(folder: Path, query: str) -> None:
    assert find_rewriting(query, read(query, PREFIXES), opened(folder)[1], least=0) is None


@drawn(50)
@given(graphs(), st.lists(queries(), min_size=4, max_size=4))
def test_any_query_is_answered_as_by_the_engine_or_left_to_it(turtle: str, asked: list[Asked]) -> None:
    with TemporaryDirectory() as name:
        store, columns = stored(turtle, Path(name))
        for query in asked:
            found = column_rows(store, columns, query.whole)
            assert found is None or same(found, engine_rows(store, query.whole))
            nested = column_rows(store, columns, query.nested)
            assert nested is None or same(nested, engine_rows(store, query.nested))
            part = column_rows(store, columns, f"{query.whole} {query.limit}")
            if part is not None:
                _check_part(
                    part, engine_rows(store, f"{query.whole} {query.limit}"), engine_rows(store, query.whole), query
                )


def _check_part(
    found: list[tuple[str, ...]],
    engine: list[tuple[str, ...]] | None,
    whole: list[tuple[str, ...]] | None,
    query: Asked,
) -> None:
    """Of rows that are equal in the order asked for, the engine may keep others."""
    assert engine is not None
    assert whole is not None
    assert len(found) == len(engine)
    assert Counter(found) <= Counter(whole)
    if query.order:
        place = found[0].index("n0")
        assert [row[place] for row in found] == [row[place] for row in engine]


@pytest.mark.parametrize("opening", ["(", "^(", "{", "((("])
def test_brackets_without_end_are_left_to_the_engine(folder: Path, opening: str) -> None:
    query = f"SELECT (COUNT(*) AS ?n) {{ ?s {opening * 50_000} a ?t }}"
    assert find_rewriting(query, read(query, PREFIXES), opened(folder)[1], least=0) is None


COUNTED: Final = (
    "SELECT ?t (COUNT(*) AS ?n) WHERE { ?s a ?t } GROUP BY ?t ORDER BY DESC(?n) ?t",
    "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }",
    "SELECT (COUNT(?o) AS ?o2) ?p (COUNT(DISTINCT ?s) AS ?m) { ?s ?p ?o } GROUP BY ?p ORDER BY ?m DESC(?p)",
    "SELECT ?p { ?s ?p ?o } GROUP BY ?p HAVING(COUNT(?o) > 2) ORDER BY COUNT(?o) ?p",
    (
        "SELECT ?a ?b (COUNT(?s) AS ?n) { ?a etio:hasSymptom ?s . ?b etio:hasSymptom ?s FILTER(?a != ?b) } "
        "GROUP BY ?a ?b HAVING(COUNT(?s) >= 1) ORDER BY ASC(COUNT(?s)) ?a ?b OFFSET 1 LIMIT 3"
    ),
    "SELECT ?t (COUNT(*) AS ?n) { ?s a ?t } GROUP BY ?t ORDER BY ?t LIMIT 0",
    "SELECT (COUNT(*) AS ?n) { ?s etio:nowhere ?o }",
    "SELECT ?s (COUNT(*) AS ?n) { ?s etio:nowhere ?o } GROUP BY ?s",
)

NOT_MERELY_COUNTED: Final = (
    "SELECT ?l (COUNT(?a) AS ?n) { ?a skos:prefLabel ?l } GROUP BY ?l",
    "SELECT (COUNT(*) + 1 AS ?n) WHERE { ?s ?p ?o }",
    "SELECT (SUM(?n) AS ?m) { ?c etio:articleCount ?n }",
    "SELECT DISTINCT (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p",
    "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p HAVING(COUNT(*) = 2)",
    "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY STR(?p)",
    "SELECT * { { SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p } ?p ?q ?r }",
    "SELECT (COUNT(*) AS ?n) { ?s a <https://example.org/%zz> }",
    "SELECT ?p ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p",
    "SELECT ?s (COUNT(*) AS ?n) { ?s a etio:Article } GROUP BY ?s",
)


@pytest.mark.parametrize("query", COUNTED)
def test_counts_are_written_as_the_engine_writes_them(folder: Path, query: str) -> None:
    store, columns = opened(folder)
    assert counted(columns, query) == engine_json(store, query)


@pytest.mark.parametrize("query", NOT_MERELY_COUNTED)
def test_what_is_more_than_a_count_of_iris_is_left_to_the_engine(folder: Path, query: str) -> None:
    assert counted(opened(folder)[1], query) is None


def test_counts_of_more_rows_than_may_be_are_left_to_the_engine(folder: Path) -> None:
    _, columns = opened(folder)
    query = "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p"
    rows = len(orjson.loads(counted(columns, query) or b"")["results"]["bindings"])
    assert counted(columns, query, rows=rows) is not None
    assert counted(columns, query, rows=rows - 1) is None


@drawn(50)
@given(graphs(), st.lists(queries(), min_size=4, max_size=4))
def test_counts_are_those_of_the_engine(turtle: str, asked: list[Asked]) -> None:
    with TemporaryDirectory() as name:
        store, columns = stored(turtle, Path(name))
        for query in asked:
            found, wanted = counted(columns, query.whole), engine_json(store, query.whole)
            if found is not None:
                assert wanted is not None
                assert _unordered(found) == _unordered(wanted)
                if query.order:
                    assert _first_count(found) == _first_count(wanted)


def _unordered(body: bytes) -> object:
    answer = orjson.loads(body)
    return answer["head"], sorted(map(orjson.dumps, answer["results"]["bindings"]))


def _first_count(body: bytes) -> list[object]:
    return [row["n0"] for row in orjson.loads(body)["results"]["bindings"]]

"""Queries that the engine would answer otherwise than SPARQL 1.1 says, and what it is asked instead."""

from collections.abc import Iterator

import pytest
from pyoxigraph import NamedNode, QueryBoolean, Store

from graph.querying.amending import LARGEST, amended
from graph.querying.graphclauses import MOST_GRAPHS
from graph.tokens import Kind, joined, tokens

PROLOGUE = "PREFIX : <http://example/>\n"


@pytest.fixture
def store() -> Store:
    """Two named graphs, one of them empty of :p, and a default graph."""
    store = Store()
    store.update(
        PROLOGUE
        + 'INSERT DATA { :a :p "x"@en . :b :p "y"@en . GRAPH :one { :c :p :d . :d :p :one } GRAPH :two { :c :q :d } }'
    )
    return store


def rows(store: Store, query: str, **options: object) -> list[str]:
    """The answer, one line a solution, sorted; what is unbound as -."""
    known = {"prefixes": {"": "http://example/"}, **options}
    found = store.query(amended(query, store, known), **known)  # type: ignore[arg-type]
    if isinstance(found, QueryBoolean):
        return [str(bool(found)).lower()]
    return sorted(_line(solution) for solution in found)


def _line(solution: Iterator[object]) -> str:
    return " ".join(
        "-" if term is None else str(term).replace("http://example/", "").split("^^")[0] for term in solution
    )


GRAPH_CLAUSES: tuple[tuple[str, list[str]], ...] = (
    ("SELECT ?g ?n { GRAPH ?g { SELECT (COUNT(*) AS ?n) { ?s :p ?o } } }", ['<one> "2"', '<two> "0"']),
    ("SELECT ?g ?x { GRAPH ?g { { SELECT ?x { ?x :q ?y } } } }", ["<two> <c>"]),
    ("SELECT ?g ?x { GRAPH ?g { VALUES ?x { 1 } } }", ['<one> "1"', '<two> "1"']),
    ("SELECT ?g ?x { GRAPH ?g { VALUES (?g ?x) { (UNDEF 1) (:two 2) } } }", ['<one> "1"', '<two> "1"', '<two> "2"']),
    ("SELECT ?g { GRAPH ?g { FILTER(BOUND(?g)) } }", []),
    ("SELECT ?g ?s { GRAPH ?g { ?s ?p ?o OPTIONAL { ?s :p ?g } } }", ["<one> <d>", "<two> <c>"]),
    ("SELECT ?g ?s { GRAPH ?g { ?s :p :d MINUS { ?x :p :d } } }", ["<one> <c>"]),
    ("SELECT ?s { GRAPH :one { SELECT ?s { ?s :p _:x } } }", ["<c>", "<d>"]),
    ("SELECT ?g { GRAPH ?g { { SELECT * { ?s :p _:x } } { SELECT * { ?s :p _:y } } } }", ["<one>", "<one>"]),
    ("SELECT ?n { GRAPH :none { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } }", []),
    (
        "SELECT ?g ?h ?n { GRAPH ?g { ?x :q ?y GRAPH ?h { SELECT (COUNT(*) AS ?n) { ?s :q ?o } } } }",
        ['<two> <one> "0"', '<two> <two> "1"'],
    ),
    ("SELECT * { FILTER EXISTS { GRAPH ?g { SELECT (COUNT(*) AS ?n) { ?s :nothing ?o } } } }", [""]),
)


@pytest.mark.parametrize(("query", "answer"), GRAPH_CLAUSES)
def test_a_graph_clause_is_evaluated_in_each_graph_by_itself(store: Store, query: str, answer: list[str]) -> None:
    assert rows(store, query) == answer


def test_a_graph_clause_knows_the_graphs_that_the_request_names_and_no_other(store: Store) -> None:
    query = "SELECT ?g ?n { GRAPH ?g { SELECT (COUNT(*) AS ?n) { ?s :p ?o } } }"
    assert rows(store, query, named_graphs=[NamedNode("http://example/two")]) == ['<two> "0"']
    assert rows(store, query.replace("{ GRAPH", "FROM NAMED :one { GRAPH", 1)) == ['<one> "2"']
    assert rows(Store(), query) == []


ZERO_PATHS: tuple[tuple[str, list[str]], ...] = (
    ("SELECT ?s { ?s :p* :nowhere }", ["<nowhere>"]),
    ("SELECT ?o { :nowhere :p? ?o }", ["<nowhere>"]),
    ("SELECT ?o { :nowhere (:p*/:q?)+ ?o }", ["<nowhere>"]),
    ("SELECT ?o { :nowhere (:p|^:q*) ?o }", ["<nowhere>"]),
    ("SELECT ?o { :nowhere :p*/:q ?o }", []),
    ("SELECT ?o { :nowhere :p+ ?o }", []),
    ("ASK { :nowhere :p* <http://example/nowhere> }", ["true"]),
    ("ASK { :nowhere :p* :elsewhere }", ["false"]),
    ("SELECT ?g ?o { GRAPH ?g { :c :p* ?o } }", ["<one> <c>", "<one> <d>", "<one> <one>", "<two> <c>"]),
    ("SELECT ?g { GRAPH ?g { :a :p* ?o } }", ["<one>", "<two>"]),
    ("SELECT ?o { :a :p* ?o }", ['"x"@en', "<a>"]),
    ("SELECT ?x ?y { :nowhere :p* ?x ; :p* ?y . FILTER(?x != :a) }", ["<nowhere> <nowhere>"]),
    ("SELECT ?x { ?x :p ?o . OPTIONAL { ?x :q* :nowhere } }", ["<a>", "<b>"]),
    ("SELECT ?x { VALUES ?x { :a :nowhere } FILTER EXISTS { ?x :p* :nowhere } }", ["<nowhere>"]),
    ("SELECT (2*?n AS ?m) { { SELECT (COUNT(*) AS ?n) { ?s :p ?o } } }", ['"4"']),
)


@pytest.mark.parametrize(("query", "answer"), ZERO_PATHS)
def test_a_path_of_length_zero_has_both_its_ends_at_any_term(store: Store, query: str, answer: list[str]) -> None:
    assert rows(store, query) == answer


def test_a_concatenation_has_no_language(store: Store) -> None:
    assert rows(store, "SELECT (GROUP_CONCAT(?o; SEPARATOR=')') AS ?all) { :a :p ?o }") == ['"x"']
    assert rows(store, "SELECT ?s { ?s :p ?o } GROUP BY ?s HAVING (group_concat(DISTINCT ?o) = 'x')") == ["<a>"]


def test_each_solution_has_blank_nodes_of_its_own(store: Store) -> None:
    query = "SELECT (BNODE('a b') AS ?x) (BNODE('a b') AS ?y) (BNODE(STR(?o)) AS ?z) { ?s :p ?o }"
    found = [tuple(line.split()) for line in rows(store, query)]
    assert [(x == y, x == z) for x, y, z in found] == [(True, False), (True, False)]
    assert len({term for line in found for term in line}) == 4


def test_truth_values_have_no_case(store: Store) -> None:
    assert rows(store, "ASK { FILTER(TRUE && !False) }") == ["true"]
    assert rows(store, "SELECT ('TRUE' AS ?x) {}") == ['"TRUE"']


def test_what_the_grammar_reads_as_an_iri_is_no_comparison(store: Store) -> None:
    with pytest.raises(SyntaxError, match=r"error at 1:16: <\?b&&\?c> is an IRI, which cannot stand here"):
        rows(store, "ASK { FILTER(?a<?b&&?c>?d) }")
    assert rows(store, "ASK { FILTER(?a < ?b&&?c > ?d) }") == ["false"]
    assert rows(store, "ASK { ?s <http://example/a,b&&c> ?o }") == ["false"]


UNTOUCHED = (
    "SELECT * { ?s :p ?o }",
    "SELECT ?g { GRAPH ?g { ?s ?p ?o } }",
    "SELECT ?g { GRAPH ?g { ?s ?p ?o OPTIONAL { ?s :q ?x FILTER(?x > 1) } } }",
    "SELECT ?g { GRAPH ?g { ?g ?p ?o } }",
    "SELECT * { ?s :p* ?o . :a :p* ?o }",
    "SELECT (COUNT(*) AS ?n) { ?s :p ?o } # GRAPH ?g { SELECT * {} }",
    'SELECT * { ?s :p "GRAPH ?g { VALUES ?x { 1 } }" }',
    "SELECT * { GRAPH ?g { VALUES ?x { 1 } }",
    "SELECT * { _:x :p ?y . GRAPH ?g { _:x :p ?z MINUS { ?a :p ?b } } }",
    "SELECT * { ?s \\u0047RAPH ?g { VALUES ?x { 1 } } }",
)


@pytest.mark.parametrize("query", UNTOUCHED)
def test_a_query_that_needs_nothing_or_is_malformed_stays_as_it_is(store: Store, query: str) -> None:
    assert amended(query, store, {"prefixes": {"": "http://example/"}}) is query


def test_with_very_many_graphs_a_clause_stays_as_it_is() -> None:
    store = Store()
    for number in range(MOST_GRAPHS + 1):
        store.add_graph(NamedNode(f"http://example/{number}"))
    query = "SELECT * { GRAPH ?g { VALUES ?x { 1 } } }"
    assert amended(query, store, {}) is query


@pytest.mark.parametrize(
    "text", ["a.b." * 20_000, '"""a"' * 20_000, "<" * 50_000, "((" * 30_000, ":" * 50_000, "é́" * 20_000]
)
def test_no_text_is_lost_as_tokens(text: str) -> None:
    assert joined(tokens(text)) == text


@pytest.mark.parametrize(
    ("before", "after"), [("{" * 5_000, "}" * 5_000), ("{)" * 5_000, ""), ("{ ( } ) " * 5_000, "")]
)
def test_what_is_nested_very_deeply_or_not_at_all_stays_as_it_is(store: Store, before: str, after: str) -> None:
    query = f"SELECT * {before} ?s :p* :nowhere GRAPH ?g {{ VALUES ?x {{ 1 }} }} {after}"
    assert amended(query, store, {}) is query


def test_a_clause_that_would_become_very_long_stays_as_it_is() -> None:
    store = Store()
    for number in range(MOST_GRAPHS):
        store.add_graph(NamedNode(f"http://example/{number}"))
    inner = "VALUES ?x { 1 }"
    for name in "abcd":
        inner = f"GRAPH ?{name} {{ {inner} }}"
    assert len(amended(f"ASK {{ {inner} }}", store, {})) < LARGEST


def test_tokens_tell_names_signs_and_texts_apart() -> None:
    text = "?s<p>:a.b,'''it's''' @en-GB _:b1.x:y%20*-1.5e3\ufeff"
    assert [(one.kind, one.text) for one in tokens(text) if one.kind is not Kind.SPACE] == [
        (Kind.VARIABLE, "?s"),
        (Kind.IRI, "<p>"),
        (Kind.NAME, ":a.b"),
        (Kind.SIGN, ","),
        (Kind.STRING, "'''it's'''"),
        (Kind.LANGUAGE, "@en-GB"),
        (Kind.BLANK, "_:b1.x"),
        (Kind.NAME, ":y%20"),
        (Kind.SIGN, "*"),
        (Kind.SIGN, "-"),
        (Kind.NUMBER, "1.5e3"),
        (Kind.SIGN, "\ufeff"),
    ]

"""Small random graphs and queries that count, add and average over them, for the tests of the columns."""

import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph
from hypothesis import strategies as st
from pyoxigraph import RdfFormat

from graph.columnar.aggregatereading import read
from graph.columnar.aggregates import find_rewriting
from graph.columnar.columnbuilding import build
from graph.columnar.columns import Columns
from graph.columnar.counting import find_counts
from ontology.terms import PREFIXES

IRIS: Final = ("etio:a", "etio:b", "etio:c", "etio:d")
PREDICATES: Final = ("etio:p", "etio:q", "etio:r")
LITERALS: Final = (
    *('"x"', '"y"', '"x"@en', '"x"@de', '"say \\"x\\""', '""', '"é"', "1", "2", '"01"^^xsd:integer', "-7"),
    *(
        "0.5",
        "1.5",
        "2.0",
        "-0.25",
        "0.1234567",
        "1e0",
        "0.5e0",
        "-2.5e0",
        "0.1e0",
        '"-0"^^xsd:double',
        '"NaN"^^xsd:double',
    ),
    *(
        '"INF"^^xsd:double',
        '"1.5"^^xsd:float',
        '"3"^^xsd:int',
        "true",
        '"2020-01-02"^^xsd:date',
        '"PT1S"^^xsd:duration',
    ),
    *('"9223372036854775807"^^xsd:integer', '"x"^^etio:own', "4611686018427387904", '"123456789012345.5"^^xsd:decimal'),
)
TAME: Final = ("1", "2", "3", "-7", "0.5", "1.25", "0.1", '"x"', "etio:a")
PATHS: Final = ("etio:p|etio:q", "etio:p/etio:q", "^etio:r", "(etio:p|etio:r|etio:p)/^etio:q", "a")
AROUND: Final = (
    "SELECT * WHERE { <> {} etio:p ?o }",
    "SELECT * WHERE { ?o etio:q {} OPTIONAL <> }",
    "SELECT ({} AS ?z0) WHERE { ?z1 etio:r {} MINUS <> # {\n }",
    "SELECT * WHERE { { ?s (etio:p|!etio:q)* {} } UNION <> FILTER(?s != 'é { SELECT') }",
    "SELECT (COUNT(*) AS ?all) (SUM({}) AS ?sum) WHERE { <> [] etio:p ?x }",
)
VARIABLES: Final = ("?u", "?v", "?w", "?x")

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A query in its parts; `around` is what it is a subquery of."""

    select: str
    where: str
    after: str
    order: str
    limit: str
    around: str

    @property
    def whole(self) -> str:
        """The query but for its LIMIT."""
        return f"{self.select} WHERE {{ {self.where} }} {self.after} {self.order}"

    @property
    def nested(self) -> str:
        """The query within another."""
        return self.around.replace("<>", f"{{ {self.whole} }}")


def graphs() -> st.SearchStrategy[str]:
    """The triples of a graph as Turtle without prefixes; some hold all sorts of terms, some what adds up."""
    wild = st.sampled_from((*IRIS, "_:n", *LITERALS))
    tame = st.sampled_from((*IRIS, *TAME))
    numbers = st.sampled_from(("1", "2", "3", "0.5", "1.25"))

    def of(objects: st.SearchStrategy[str]) -> st.SearchStrategy[list[str]]:
        subjects = st.sampled_from((*IRIS, *IRIS, *PREDICATES, "_:m"))
        return st.lists(st.builds("{} {} {}".format, subjects, st.sampled_from(PREDICATES), objects), max_size=25)

    return st.one_of(of(wild), of(tame), of(numbers)).map(lambda rows: "".join(f"{row} .\n" for row in rows))


@st.composite
def queries(draw: st.DrawFn) -> Asked:
    """A query, most often of the kind that the columns answer."""
    subjects = st.sampled_from((*VARIABLES, *VARIABLES, *IRIS))
    predicates = st.sampled_from((*PREDICATES, *PREDICATES, "?p", "?u", *PATHS))
    objects = st.sampled_from((*VARIABLES, *VARIABLES, *VARIABLES, "etio:a", "1", '"x"', '"01"^^xsd:integer'))
    patterns = draw(st.lists(st.tuples(subjects, predicates, objects), min_size=1, max_size=3))
    used = sorted({term for pattern in patterns for term in pattern if term.startswith("?")})
    names = st.sampled_from(used or ["?v"])
    filters = draw(st.lists(_filters(names), max_size=1))
    where = " . ".join(map(" ".join, patterns)) + "".join(f" {text}" for text in filters)
    groups = draw(st.lists(names, max_size=2, unique=True))
    calls = draw(st.lists(_aggregates(names), min_size=1, max_size=3))
    expressions = [draw(st.sampled_from(("{}", "{}", "{}", "({} * 2 + 1)", "STR({})"))).format(call) for call in calls]
    select = [*groups, *(f"({call} AS ?n{place})" for place, call in enumerate(expressions))]
    after = f"GROUP BY {' '.join(groups)}" if groups else ""
    if draw(st.booleans()) and groups:
        after += draw(
            st.sampled_from((" HAVING ({} > 1)", " HAVING({} >= 2)", " HAVING (({} = 1) || {} > 3)"))
        ).replace("{}", draw(_aggregates(names)))
    key = draw(st.sampled_from(("?n0", "DESC(?n0)", "ASC(?n0)", f"DESC({calls[0]})", f"({calls[0]} + 1)")))
    order = draw(st.sampled_from(("", f"ORDER BY {key}", f"ORDER BY {key} {' '.join(groups)}")))
    limit = draw(st.sampled_from(("", "LIMIT 1", "LIMIT 2", "LIMIT 2 OFFSET 1", "OFFSET 1 LIMIT 3", "LIMIT 0")))
    distinct = draw(st.sampled_from(("", "", "DISTINCT ")))
    shared = draw(st.sampled_from((*groups, "?n0", "?z")))
    around = draw(st.sampled_from(AROUND)).replace("{}", shared)
    return Asked(f"SELECT {distinct}{' '.join(select)}", where, after, order, limit, around)


def _aggregates(names: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    words = st.sampled_from(("COUNT", "COUNT", "SUM", "AVG", "MIN", "MAX"))
    return st.one_of(
        st.just("COUNT(*)"), st.builds("{}({}{})".format, words, st.sampled_from(("", "DISTINCT ")), names)
    )


def _filters(names: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    terms = st.sampled_from((*IRIS, "1", "0.5", '"x"', '"x"@en', "true"))
    iris = st.sampled_from((*IRIS, *PREDICATES))
    signs = st.sampled_from(("=", "!=", "<", ">=", "IN", "NOT IN"))
    compared = st.builds(
        lambda name, sign, term: f"FILTER ({name} {sign} {f'({term})' if 'IN' in sign else term})", names, signs, terms
    )
    called = st.sampled_from(
        ("isIRI({})", "isBlank({})", "REGEX({}, 'x')", "({} > 1 && {} < 5)", "(LANG({}) = 'en')", "(!BOUND({}))")
    )
    both = st.builds(
        lambda one, sign, other: f"FILTER ({one} {sign} {other})", names, st.sampled_from(("=", "!=", "<")), names
    )
    values = st.builds(lambda name, terms: f"VALUES {name} {{ {' '.join(terms)} }}", names, st.lists(iris, max_size=3))
    return st.one_of(
        values, compared, st.builds(lambda text, name: f"FILTER {text.replace('{}', name)}", called, names), both
    )


def prefixed(turtle: str) -> str:
    """The Turtle with all prefixes declared."""
    return "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items()) + turtle


def stored(turtle: str, folder: Path) -> tuple[pyoxigraph.Store, Columns]:
    """A snapshot of the graph in a folder of its own, and its columns."""
    live = pyoxigraph.Store(os.fspath(folder / "live"))
    live.load(prefixed(turtle).encode(), RdfFormat.TURTLE)
    live.backup(os.fspath(folder / "snapshot"))
    del live
    return opened(folder)


def opened(folder: Path) -> tuple[pyoxigraph.Store, Columns]:
    """The snapshot of a folder and its columns, which are made where there are none."""
    assert build(folder / "snapshot")
    columns = Columns.find(folder / "snapshot")
    assert columns is not None
    return pyoxigraph.Store.read_only(os.fspath(folder / "snapshot")), columns


def engine_rows(store: pyoxigraph.Store, query: str) -> list[Row] | None:
    """What the engine answers, row by row, terms as N-Triples; None where it takes the query for malformed."""
    try:
        found = store.query(query, prefixes=PREFIXES)
    except SyntaxError:
        return None
    assert isinstance(found, pyoxigraph.QuerySolutions)
    return rows_of(found)


def column_rows(store: pyoxigraph.Store, columns: Columns, query: str) -> list[Row] | None:
    """What the engine answers to the query as the columns rewrite it; None where they do not."""
    rewritten = find_rewriting(query, read(query, PREFIXES), columns, least=0)
    return None if rewritten is None else engine_rows(store, rewritten)


def engine_json(store: pyoxigraph.Store, query: str) -> bytes | None:
    """What the engine answers as JSON; None where it takes the query for malformed."""
    try:
        found = store.query(query, prefixes=PREFIXES)
    except SyntaxError:
        return None
    assert isinstance(found, pyoxigraph.QuerySolutions)
    return found.serialize(format=pyoxigraph.QueryResultsFormat.JSON)


def counted(columns: Columns, query: str, *, rows: int | None = None) -> bytes | None:
    """What the columns alone answer as JSON; None where they do not."""
    return find_counts(query, read(query, PREFIXES), columns, rows=rows)


def rows_of(found: pyoxigraph.QuerySolutions) -> list[Row]:
    """The rows, terms as N-Triples, "" where unbound; the names of the columns come first."""
    names = tuple(variable.value for variable in found.variables)
    return [names, *(tuple("" if term is None else str(term) for term in solution) for solution in found)]


def same(one: list[Row] | None, other: list[Row] | None) -> bool:
    """Whether both are the same solutions in whatever order."""
    return one is not None and other is not None and one[0] == other[0] and Counter(one) == Counter(other)

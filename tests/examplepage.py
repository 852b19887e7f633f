"""Writes `graph/EXAMPLES.md`: every example query with the first rows of its answer on the bundled articles.

`make examples` runs it. `tests/test_graph_example.py` compares the page with a fresh one.
"""

import sys
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pyoxigraph
from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Triple

sys.path.insert(0, str(Path(__file__).parents[1]))

from realworld import BUNDLED, World

from graph.describing.example import Example, examples
from graph.snapshot import Snapshot
from ontology.terms import contract

PAGE: Final = Path(__file__).parents[1] / "graph" / "EXAMPLES.md"
ROWS: Final = 4

_HEAD: Final = """# Example queries

Written by `make examples`: each query as it stands in `graph/describing/examples/`, then the first rows of what it
answers about the bundled articles. A server has them at `/sparql`, in its editor and in the graph (`?query a
sh:SPARQLExecutable`). They are worded so that the engine finds a good plan: it has no statistics, so what names most
comes first, and what only excludes is a `FILTER EXISTS`. Those that ask several endpoints are to be run by a client
that does so; the endpoint of Etiograph asks no other one.
"""


def page(store: pyoxigraph.Store) -> str:
    """The page, from what the queries answer over the store."""
    parts = [_HEAD]
    for subject, group in groupby(examples(), key=lambda example: example.subject):
        parts.append(f"\n## {subject}\n")
        parts.extend(_entry(store, example) for example in group)
    return "".join(parts)


def _entry(store: pyoxigraph.Store, example: Example) -> str:
    head = f"\n### {example.title}\n\n{example.comment} (`{example.name}`)\n\n```sparql\n{example.query}\n```\n\n"
    if example.federates_with:
        return f"{head}Asks {' and '.join(f'<{endpoint}>' for endpoint in example.federates_with)}; not run here.\n"
    match store.query(example.query):
        case QueryBoolean() as truth:
            return f"{head}Answers **{str(bool(truth)).lower()}**.\n"
        case QueryTriples() as triples:
            return head + _triples(list(triples))
        case QuerySolutions() as solutions:
            return head + _table(solutions)


def _table(solutions: QuerySolutions) -> str:
    names = [variable.value for variable in solutions.variables]
    rows = [[_term(value) for value in row] for row in solutions]
    lines = [f"| {' | '.join(cells)} |" for cells in (names, ["---"] * len(names), *rows[:ROWS])]
    return "\n".join([*lines, "", f"{_counted(len(rows), 'row')}.", ""])


def _triples(triples: list[Triple]) -> str:
    shown = sorted(" ".join(_term(term) for term in (one.subject, one.predicate, one.object)) for one in set(triples))
    return "\n".join(["```", *shown[:ROWS], "```", "", f"{_counted(len(shown), 'triple')}.", ""])


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _term(value: object) -> str:
    match value:
        case None:
            return ""
        case NamedNode():
            return contract(value.value)
        case Literal():
            return value.value.replace("|", "\\|").replace("\n", " ")
        case _:
            return str(value)


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        world = World.make("bundled", tuple(sorted(BUNDLED.glob("*.md"))), Path(folder))
        with Snapshot.open(world.data) as snapshot:
            PAGE.write_text(page(snapshot.store), encoding="utf-8")
    sys.stdout.write(f"{PAGE} holds {len(examples())} queries\n")

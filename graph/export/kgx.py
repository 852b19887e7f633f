"""KGX, the exchange format of graphs in the Biolink Model: nodes and edges in a zip, as TSV or JSON Lines.

Kinds and relations become the categories and predicates that the ontology names for them. A kind without one is
`biolink:NamedThing`, a relation without one `biolink:related_to`; `original_predicate` always has the relation itself.
"""

import codecs
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Final

import orjson

from graph.export.sink import archive, member
from graph.export.table import Edge, Node, Table
from graph.export.xml import text_of
from graph.nodes import article_node
from ontology.schema import categories, schema
from ontology.terms import Kind, MappingRelation, Predicate, contract

Value = str | int | float | bool | list[str]

_NODE: Final = (
    "id", "category", "name", "description", "synonym", "same_as", "xref", "iri", "provisional", "provided_by",
)  # fmt: skip
_EDGE: Final = (
    "id", "subject", "predicate", "object", "original_predicate", "negated", "frequency_qualifier", "certainty",
    "belief", "publications", "supporting_text", "knowledge_level", "agent_type", "primary_knowledge_source",
)  # fmt: skip
_SOURCE: Final = "infores:etiograph"
_UNSTATED: Final = "not_provided"

_ANYTHING: Final = "biolink:NamedThing"
_SOMEHOW: Final = "biolink:related_to"


def kgx_tsv(table: Table, out: IO[bytes]) -> None:
    """Write `nodes.tsv` and `edges.tsv`: nothing is quoted, items of a list are joined with `|`.

    A bar in a text becomes a broken one (¦), for KGX takes it for the end of an item in any column; what is not so is
    left empty, for KGX takes any word there for a yes.
    """
    with archive(out) as into:
        for name, columns, rows in _files(table):
            with member(into, f"{name}.tsv") as file:
                write = codecs.getwriter("utf-8")(file).write
                write("\t".join(columns) + "\n")
                for row in rows:
                    write("\t".join(_field(row.get(column, "")) for column in columns) + "\n")


def kgx_jsonl(table: Table, out: IO[bytes]) -> None:
    """Write `nodes.jsonl` and `edges.jsonl`, an object a line; lists are lists."""
    with archive(out) as into:
        for name, _, rows in _files(table):
            with member(into, f"{name}.jsonl") as file:
                for row in rows:
                    file.write(orjson.dumps(row) + b"\n")


def _files(table: Table) -> Iterator[tuple[str, tuple[str, ...], Iterable[Mapping[str, Value]]]]:
    yield "nodes", _NODE, map(_node, table.nodes)
    yield "edges", _EDGE, map(_edge, table.edges)


def _node(node: Node) -> dict[str, Value]:
    of = node.values
    mapped: dict[str, list[str]] = {"same_as": [], "xref": []}
    for mapping in _items(of.get("mappings_json")):
        relation, _, curie = mapping.partition(" ")
        mapped["same_as" if relation == MappingRelation.EXACT.value else "xref"].append(curie)
    known = categories()
    kinds = [known.get(Kind(kind), _ANYTHING) for kind in _items(of.get("kinds_json"))]
    return _present(
        {
            "id": node.id,
            "category": list(dict.fromkeys(kinds)) or [_ANYTHING],
            "name": of.get("label", ""),
            "description": of.get("definition", ""),
            "synonym": _items(of.get("synonyms_json")),
            **mapped,
            "iri": of["iri"],
            "provisional": of["provisional"],
            "provided_by": [_SOURCE],
        }
    )


def _edge(edge: Edge) -> dict[str, Value]:
    of = edge.values
    predicate = Predicate(str(of["predicate"]))
    return _present(
        {
            "id": edge.id,
            "subject": edge.source,
            "predicate": schema()[predicate].biolink or _SOMEHOW,
            "object": edge.target,
            "original_predicate": contract(predicate.iri),
            "negated": of["negated"],
            "frequency_qualifier": of.get("frequency", ""),
            "certainty": of["certainty"],
            "belief": of["belief"],
            "publications": [article_node(article).value for article in _items(of.get("articles_json"))],
            "supporting_text": [str(of["quote"])] if "quote" in of else [],
            "knowledge_level": _UNSTATED,
            "agent_type": _UNSTATED,
            "primary_knowledge_source": _SOURCE,
        }
    )


def _items(listed: object) -> list[str]:
    return list(orjson.loads(listed)) if isinstance(listed, str) else []


def _present(row: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in row.items() if value not in ("", [])}


def _field(value: Value) -> str:
    if value is False:
        return ""
    items = value if isinstance(value, list) else [text_of(value)]
    return "|".join(item.replace("|", "¦") for item in items)

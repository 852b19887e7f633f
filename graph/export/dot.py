"""DOT, as Graphviz reads it: what the table says of nodes and edges, and how they are drawn."""

from collections.abc import Mapping
from typing import IO, Final

from graph.export.table import Scalar, Table
from graph.export.xml import text_of
from ontology.terms import Certainty

_SHAPES: Final[Mapping[str, str]] = {
    "Condition": "box",
    "Symptom": "ellipse",
    "Mechanism": "hexagon",
    "Test": "cds",
    "Treatment": "octagon",
    "RiskFactor": "trapezium",
    "Anatomy": "house",
    "Agent": "diamond",
    "CareAction": "note",
    "Appearance": "plaintext",
}


def dot(table: Table, out: IO[bytes]) -> None:
    r"""Write the table as one directed graph in UTF-8.

    An edge's `key` and `id` are its id. As in every string that Graphviz shows, a backslash is written `\\` and an
    ampersand `&amp;`. Columns that are JSON are left out; `tooltip` is the definition or the quote.
    """
    out.write(
        b'digraph "etiograph" {\n  rankdir=LR;\n  node [fontname="sans-serif"];\n  edge [fontname="sans-serif"];\n'
    )
    for node in table.nodes:
        drawn = {"shape": _SHAPES.get(str(node.values.get("kind")), "ellipse")}
        shown = _attributes(node.values, drawn, tooltip=node.values.get("definition") or node.values.get("label", ""))
        out.write(f"  {_quoted(node.id)} [{shown}];\n".encode())
    for edge in table.edges:
        drawn = {"key": edge.id, "id": edge.id, "style": _style(edge.values)}
        shown = _attributes(edge.values, drawn, tooltip=edge.values.get("quote", ""))
        out.write(f"  {_quoted(edge.source)} -> {_quoted(edge.target)} [{shown}];\n".encode())
    out.write(b"}\n")


def _attributes(values: Mapping[str, Scalar], drawn: Mapping[str, str], *, tooltip: Scalar) -> str:
    known = {name: value for name, value in values.items() if not name.endswith("_json")}
    return ", ".join(
        f"{name}={_quoted(text_of(value))}" for name, value in {**known, **drawn, "tooltip": tooltip}.items()
    )


def _style(values: Mapping[str, Scalar]) -> str:
    if values["negated"]:
        return "dotted"
    return "solid" if values["certainty"] == Certainty.ASSERTED.value else "dashed"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace("&", "&amp;").replace('"', '\\"') + '"'

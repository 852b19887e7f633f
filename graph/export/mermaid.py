"""A Mermaid flowchart, as GitHub, GitLab and Obsidian draw it in a document; they refuse more than 500 edges."""

import re
from collections.abc import Mapping
from typing import IO, Final

from graph.export.table import Scalar, Table
from ontology.terms import Certainty

_PLAIN: Final = re.compile(r"[^A-Za-z0-9]")
_SPECIAL: Final = re.compile(r"[^\w ,:()/'=−–—]|_")
"""What is written as an entity; "1. x", "- x" and "+ x" would begin a list."""


def mermaid(table: Table, out: IO[bytes]) -> None:
    """Write the table as a flowchart in UTF-8: labels of nodes, relations, and ids made of the table's.

    Letters and digits of an id stay; any other sign becomes `_`, its code point in hex, `_`. An arrow is dashed where
    the claim is not asserted, and ends in a cross where it is denied.
    """
    out.write(b"flowchart LR\n")
    for node in table.nodes:
        out.write(f'  {_id(node.id)}["{_text(str(node.values.get("label", node.id)))}"]\n'.encode())
    for edge in table.edges:
        between = f'{_id(edge.id)}@{_arrow(edge.values)}|"{_text(str(edge.values["label"]))}"|'
        out.write(f"  {_id(edge.source)} {between} {_id(edge.target)}\n".encode())


def _id(id: str) -> str:
    # A letter in front keeps words of the language (`end`) and ids that begin with o or x, which it reads as arrows.
    return "n_" + _PLAIN.sub(lambda found: f"_{ord(found[0]):x}_", id)


def _text(text: str) -> str:
    return _SPECIAL.sub(lambda found: f"#{ord(found[0])};", text)


def _arrow(values: Mapping[str, Scalar]) -> str:
    if values["negated"]:
        return "--x"
    return "-->" if values["certainty"] == Certainty.ASSERTED.value else "-.->"

"""CX2, as NDEx, Cytoscape Web and Cytoscape 3.10 read it."""

from array import array
from collections.abc import Callable, Iterable, Mapping
from typing import IO, Final

import orjson

from graph.export.jsonrows import write_rows
from graph.export.table import EDGE_COLUMNS, NODE_COLUMNS, Table, Type

_TYPES: Final[Mapping[Type, str]] = {"string": "string", "int": "integer", "double": "double", "boolean": "boolean"}


def cx2(table: Table, out: IO[bytes]) -> None:
    """Write the table as one CX2 document in UTF-8.

    Its ids are numbers: the places of the rows. What the ids of the table are stands in the attributes `represents`, of
    nodes, and `claim`, of edges; `name` is what is shown.
    """
    number = _numbers(node.id for node in table.nodes)
    aspects = {"attributeDeclarations": 1, "networkAttributes": 1, "nodes": len(table.nodes), "edges": len(table.edges)}
    out.write(b'[{"CXVersion":"2.0","hasFragments":false},\n{"metaData":')
    out.write(orjson.dumps([{"elementCount": count, "name": name} for name, count in aspects.items() if count]))
    out.write(b'},\n{"attributeDeclarations":')
    out.write(
        orjson.dumps(
            [
                {
                    "networkAttributes": {"name": {"d": "string"}},
                    "nodes": _declared(("name", "represents"), NODE_COLUMNS),
                    "edges": _declared(("name", "claim"), EDGE_COLUMNS),
                }
            ]
        )
    )
    out.write(b'},\n{"networkAttributes":[{"name":"etiograph"}]},\n{"nodes":')
    write_rows(
        (
            {"id": place, "v": {"name": node.values.get("label", node.id), "represents": node.id, **node.values}}
            for place, node in enumerate(table.nodes)
        ),
        out,
    )
    out.write(b'},\n{"edges":')
    write_rows(
        (
            {
                "id": place,
                "s": number(edge.source),
                "t": number(edge.target),
                "v": {"name": edge.values["label"], "claim": edge.id, **edge.values},
            }
            for place, edge in enumerate(table.edges)
        ),
        out,
    )
    out.write(b'},\n{"status":[{"success":true}]}]\n')


def _declared(first: Iterable[str], columns: Mapping[str, Type]) -> dict[str, object]:
    own: dict[str, object] = {name: {"d": "string"} for name in first}
    return own | {name: {"d": _TYPES[type_]} for name, type_ in columns.items()}


def _numbers(ids: Iterable[str]) -> Callable[[str], int]:
    """The places of ids in their order, kept in little more memory than the ids' own letters."""
    text, ends = bytearray(), array("q", [0])
    for id in ids:
        text += id.encode()
        ends.append(len(text))

    def number(id: str) -> int:
        wanted = id.encode()
        low, high = 0, len(ends) - 2
        while low < high:
            middle = (low + high) // 2
            if bytes(text[ends[middle] : ends[middle + 1]]) < wanted:
                low = middle + 1
            else:
                high = middle
        return low

    return number

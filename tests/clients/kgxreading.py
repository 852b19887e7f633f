"""Reads nodes and edges with KGX, and asks KGX's validator about them: `kgxreading.py tsv|jsonl NODES EDGES`.

Prints JSON: "nodes" and "edges" as KGX has them, by id, and "found", what the validator says of them. It runs in the
environment of `make kgx`, without the rest of Etiograph. The Biolink Model is the one that comes with its package: by
itself KGX would fetch it.
"""

import json
import sys
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import Any

import yaml
from bmt import toolkit

MODEL = Path(str(files("biolink_model").joinpath("schema").joinpath("biolink_model.yaml")))
toolkit.Toolkit.__init__.__defaults__ = (str(MODEL), {"predicate mappings": []})

from kgx import config  # noqa: E402

PREFIXES = {
    name: said if isinstance(said, str) else said["prefix_reference"]
    for name, said in yaml.safe_load(MODEL.read_text())["prefixes"].items()
}
for context in ("biolink", "monarch_context", "obo_context"):
    config.jsonld_context_map[context] = PREFIXES

from kgx.transformer import Transformer  # noqa: E402
from kgx.utils.kgx_utils import GraphEntityType  # noqa: E402
from kgx.validator import Validator  # noqa: E402


def main(format: str, *names: str) -> None:
    """Print what was read and found."""
    nodes: dict[str, Any] = {}
    edges: dict[str, Any] = {}
    validator = Validator(verbose=False)

    def look(kind: GraphEntityType, record: Any) -> None:
        if kind is GraphEntityType.NODE:
            nodes[record[0]] = record[1]
            validator.analyse_node(*record)
        else:
            edges[record[3]["id"]] = record[3]
            validator.analyse_edge(*record)

    Transformer(stream=True).transform({"filename": list(names), "format": format}, {"format": "null"}, inspector=look)
    found = sorted({said for kinds in validator.get_errors().values() for said in chain(*kinds.values())})
    sys.stdout.write(json.dumps({"nodes": nodes, "edges": edges, "found": found}, default=str) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])

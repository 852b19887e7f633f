"""Which triples of a store are its vocabulary layer's: `DATA/layer-VERSION.nt` keeps them.

Another version of the software brings another layer. What the former one said goes then, and nothing else: an update
may have added to the vocabulary, and a user's own triples stand beside it in the default graph.
"""

from pathlib import Path
from typing import Final

import pyoxigraph
from pyoxigraph import Literal, Quad, RdfFormat, Triple, parse

from graph.checkpoints import write_synced
from graph.layer import EMPTY, VERSION, VOCABULARY, Layer, bundled, sorted_ntriples
from graph.nodes import DEFAULT

_PREFIX: Final = "layer-"


def keep(folder: Path, layer: Layer) -> None:
    """Keep the layer's triples, before the store is given them."""
    path = _path(folder, layer.version)
    if not path.exists():
        write_synced(path, sorted_ntriples(layer.triples).decode())


def former(folder: Path, store: pyoxigraph.Store) -> frozenset[Triple] | None:
    """The triples of the layer that the store has, none if it has none; None where older software did not keep them."""
    for quad in store.quads_for_pattern(VOCABULARY, VERSION, None, DEFAULT):
        path = _path(folder, quad.object.value) if isinstance(quad.object, Literal) else None
        if path is None or not path.exists():
            return None
        return frozenset(quad.triple for quad in parse(path=path, format=RdfFormat.N_TRIPLES))
    return frozenset()


def layer_held(folder: Path, store: pyoxigraph.Store) -> Layer:
    """The layer that the store has; `EMPTY` if it has none, this software's where an older one is not known."""
    versions = list(store.quads_for_pattern(VOCABULARY, VERSION, None, DEFAULT))
    if not versions:
        return EMPTY
    if Quad(VOCABULARY, VERSION, Literal(bundled().version)) in versions:
        return bundled()
    other = former(folder, store) or bundled().triples
    return Layer.of(triple for triple in other if (triple.subject, triple.predicate) != (VOCABULARY, VERSION))


def forget_others(folder: Path, layer: Layer) -> None:
    """Keep no other layer's triples, after the store was given this one's."""
    for path in folder.glob(f"{_PREFIX}*.nt"):
        if path != _path(folder, layer.version):
            path.unlink()


def _path(folder: Path, version: str) -> Path:
    return folder / f"{_PREFIX}{version.removeprefix('sha256:')[:16]}.nt"

"""All that the arrays of a snapshot are made of, however it was found, and the files it becomes."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from graph.adjacency.arrays import Adjacency, Ids, Links
from graph.adjacency.gathering import curies
from graph.adjacency.nodes import IRIS, LABELS, save_by_node, save_jsons, save_texts
from graph.linkarrays import Kinds, degrees_of
from graph.linklog.handed import MEANING
from graph.numbering import RELATIONS, meaning
from ontology.terms import contract


@dataclass(frozen=True, slots=True, eq=False)
class Gathered:
    """Concepts in order of the bytes of their IRIs, by number, and the links between them in no order, each once.

    `kinds` as `graph.numbering.kind_bits` has them. `usual`: claims are named as ours are,
    so that rows may come on top.
    """

    iris: Sequence[bytes]
    labels: Sequence[str]
    kinds: Kinds
    provisional: npt.NDArray[np.bool_]
    affirmed: Links
    denied: Links
    usual: bool

    def save(self, folder: Path) -> None:
        """Write the arrays into a folder, as `graph.adjacency.nodes.open_links` reads them."""
        save_texts(self.iris, folder, *IRIS)
        save_texts([text.encode() for text in self.labels], folder, *LABELS)
        save_jsons(curies(self.iris), self.labels, self.kinds.tolist(), folder)
        label, folded = _ranks(self.iris, self.labels)
        affirmed, denied = (Adjacency.of(len(self.iris), links, RELATIONS) for links in (self.affirmed, self.denied))
        affirmed.save(folder / "affirmed")
        denied.save(folder / "denied")
        save_by_node(
            folder,
            kinds=self.kinds,
            label=label,
            folded=folded,
            provisional=self.provisional,
            degree=degrees_of(affirmed),
        )
        if self.usual:
            (folder / MEANING).write_text(json.dumps(meaning()), encoding="utf-8")


def _ranks(iris: Sequence[bytes], labels: Sequence[str]) -> tuple[Ids, Ids]:
    """By number, the rank by label and CURIE, and that by label in any case, equal ones sharing it."""
    order = sorted(range(len(labels)), key=labels.__getitem__)
    start = 0
    for place in range(1, len(order) + 1):
        if place == len(order) or labels[order[place]] != labels[order[start]]:
            if place - start > 1:  # few labels are alike, and to make a CURIE takes long
                order[start:place] = sorted(order[start:place], key=lambda number: contract(iris[number].decode()))
            start = place
    label, folded = np.empty(len(labels), np.int32), np.empty(len(labels), np.int32)
    label[order] = np.arange(len(labels), dtype=np.int32)
    texts = [text.casefold() for text in labels]
    ranks = {text: rank for rank, text in enumerate(sorted(set(texts)))}
    folded[:] = [ranks[text] for text in texts]
    return label, folded

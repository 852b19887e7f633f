"""The links and concepts of a snapshot, from the arrays it has come from and the rows since.

Names have passing numbers first, those of the arrays their own and new ones those after them; what stands is then
numbered in order. All rows are put after the links of the arrays, and of those about one link the last counts.
"""

from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from graph.adjacency.arrays import Adjacency, Links, key_of
from graph.adjacency.gathered import Gathered
from graph.adjacency.logreading import Chunk, chunks
from graph.adjacency.nodes import IRIS, LABELS, open_links, read_texts
from graph.adjacency.walking import Mask
from graph.linklog.handed import Handed
from graph.linklog.rows import CERTAINTY, DENIED, PROVISIONAL, STANDS
from graph.numbering import RELATIONS

_Rows = tuple[Links, Mask]
"""Links between nodes by their passing numbers, and which of them stand."""

_COLUMNS = tuple(field.name for field in fields(Links))


def merged(handed: Handed) -> Gathered:
    """What the snapshot holds that was handed this.

    Raises:
        Damaged: a file of rows is not as it was written.
        StoreError, OSError, ValueError: the arrays are not.
    """
    merging = _Merging()
    if handed.base is not None:
        merging.begin_with(handed.base)
    for path in handed.rows:
        for chunk in chunks(path):
            merging.add(chunk)
    return merging.finish()


class _Merging:
    """What is known so far, by passing number."""

    def __init__(self) -> None:
        self._numbers: dict[bytes, int] = {}
        self._labels: list[bytes] = []
        self._kinds = np.zeros(0, np.uint16)
        self._provisional = np.zeros(0, np.bool_)
        self._stands = np.zeros(0, np.bool_)
        self._affirmed: list[_Rows] = []
        self._denied: list[_Rows] = []

    def begin_with(self, folder: Path) -> None:
        """Take what the arrays in a folder hold."""
        links = open_links(folder)
        iris, self._labels = (read_texts(folder, *files) for files in (IRIS, LABELS))
        self._numbers = {iri: number for number, iri in enumerate(iris)}
        self._kinds, self._provisional = links.kinds.copy(), links.provisional.copy()
        self._stands = np.ones(len(iris), np.bool_)
        self._affirmed.append(_rows_of(links.affirmed))
        self._denied.append(_rows_of(links.denied))

    def add(self, chunk: Chunk) -> None:
        """Take account of rows that came later."""
        of_name = self._numbered(chunk.names)
        self._make_room()
        concepts = chunk.concepts
        of = of_name[concepts["name"]]
        self._kinds[of] = concepts["kinds"]
        self._provisional[of] = concepts["state"] & PROVISIONAL != 0
        self._stands[of] = concepts["state"] & STANDS != 0
        for number, label in zip(of.tolist(), chunk.labels, strict=True):
            self._labels[number] = label
        rows = chunk.links
        state = rows["state"]
        links = Links(
            subject=of_name[rows["subject"]],
            relation=rows["relation"],
            object=of_name[rows["object"]],
            certainty=state >> CERTAINTY,
            articles=rows["articles"],
            belief=rows["belief"],
            claim=rows["claim"],
        )
        denied, stands = state & DENIED != 0, state & STANDS != 0
        for those, parts in ((~denied, self._affirmed), (denied, self._denied)):
            parts.append((_taken(links, those), stands[those]))

    def _numbered(self, names: Sequence[bytes]) -> npt.NDArray[np.int32]:
        """The passing numbers of names, new ones after those that are known; most are."""
        numbers = self._numbers
        found = list(map(numbers.get, names))
        if None in found:
            found = [numbers.setdefault(name, len(numbers)) for name in names]
        return np.array(found, np.int32)

    def finish(self) -> Gathered:
        """All of it, numbered in order."""
        standing = [iri for iri, stands in zip(self._numbers, self._stands.tolist(), strict=True) if stands]
        standing.sort()
        former = np.fromiter((self._numbers[iri] for iri in standing), np.int32, len(standing))
        number = np.full(len(self._numbers), -1, np.int32)
        number[former] = np.arange(len(former), dtype=np.int32)
        return Gathered(
            iris=standing,
            labels=[self._labels[place].decode() for place in former.tolist()],
            kinds=self._kinds[former],
            provisional=self._provisional[former],
            affirmed=_last(self._affirmed, number),
            denied=_last(self._denied, number),
            usual=True,
        )

    def _make_room(self) -> None:
        more = len(self._numbers) - len(self._labels)
        self._labels += [b""] * more
        self._kinds = np.concatenate([self._kinds, np.zeros(more, np.uint16)])
        self._provisional = np.concatenate([self._provisional, np.zeros(more, np.bool_)])
        self._stands = np.concatenate([self._stands, np.zeros(more, np.bool_)])


def _rows_of(adjacency: Adjacency) -> _Rows:
    subject = np.repeat(np.arange(adjacency.nodes, dtype=np.int32), np.diff(adjacency.out_start))
    known = adjacency.certainty, adjacency.articles, adjacency.belief, adjacency.claim
    return Links(subject, adjacency.relation, adjacency.out_node, *known), np.ones(len(subject), np.bool_)


def _last(parts: list[_Rows], number: npt.NDArray[np.int32]) -> Links:
    """What the last row about each link says, of those that stand, between nodes by their numbers, in their order."""
    if not parts:
        none = np.zeros(0, np.int32)
        return Links(none, none, none, none, none, none.astype(np.float32), none.astype(np.uint64))
    links = _joined([links for links, _ in parts])
    stands = np.concatenate([stands for _, stands in parts])
    links = replace(links, subject=number[links.subject], object=number[links.object])
    known = (links.subject >= 0) & (links.object >= 0)
    if not known.all():
        links, stands = _taken(links, known), stands[known]
    last = _last_of_each(links, len(number))
    return _taken(links, last[stands[last]])


def _last_of_each(links: Links, nodes: int) -> npt.NDArray[np.intp]:
    """The places of the last row about each link, in order of subject, relation and object."""
    key = key_of(nodes, len(RELATIONS), links)
    if key is None:
        order = np.lexsort((links.object, links.relation, links.subject))
        columns = [column[order] for column in (links.subject, links.relation, links.object)]
        differs = np.any([column[1:] != column[:-1] for column in columns], axis=0)
    else:
        order = np.argsort(key, kind="stable")  # of rows alike the last stays last
        key = key[order]
        differs = key[1:] != key[:-1]
    last = np.append(differs, np.ones(min(len(order), 1), np.bool_))
    return np.asarray(order[last], np.intp)


def _joined(parts: list[Links]) -> Links:
    if len(parts) == 1:
        return parts[0]
    return Links(*(np.concatenate([getattr(part, name) for part in parts]) for name in _COLUMNS))


def _taken(links: Links, places: npt.NDArray[Any]) -> Links:
    """Those at these places, or where these are true."""
    if places.dtype == np.bool_ and places.all():
        return links
    return Links(*(getattr(links, name)[places] for name in _COLUMNS))

"""The nodes of mapped links: their names by number, and by node what ranks it.

iris.bin ends.npy                      the IRIs one after another, in order of their bytes, and where each ends
kinds.npy label.npy folded.npy provisional.npy degree.npy    as `graph.linkarrays.LinkArrays` has them
affirmed/ denied/                      the links (`graph.adjacency.arrays`)
labels.bin labelends.npy               the labels by number, as the IRIs are kept
jsons.bin jsonends.npy                 what `graph.nodejson` says of the nodes (`save_jsons`)
meaning.json                           what the numbers mean; not there where what changes cannot be added to the arrays
"""

import mmap
from collections.abc import Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
import orjson

from graph.adjacency.arrays import Adjacency, mapped
from graph.linkarrays import LinkArrays
from graph.nodejson import ID, LABEL, NodeJson, whole
from ontology.errors import StoreError
from ontology.terms import contract, expand

_KEPT: Final = 4096
"""Names of one snapshot that are found without being looked for again."""

IRIS: Final = ("iris.bin", "ends.npy")
LABELS: Final = ("labels.bin", "labelends.npy")
JSONS: Final = ("jsons.bin", "jsonends.npy")
"""The files of IRIs, labels, and what `graph.nodejson` says of the nodes."""

_BY_NODE: Final = ("kinds", "label", "folded", "provisional", "degree")


class MappedNames:
    """The concepts' names, found in a mapped file: a `graph.linkarrays.NodeNames`."""

    def __init__(self, folder: Path) -> None:
        self._iris = MappedTexts(folder, *IRIS)
        self._jsons = MappedJsons(folder)
        self._found: dict[str, int | None] = {}

    def __len__(self) -> int:
        return len(self._iris)

    def find(self, id: str) -> int | None:
        """The number of the concept with this CURIE or IRI; None where there is none."""
        known = self._found  # one question asks for the same concepts again and again
        if id in known:
            return known[id]
        if len(known) >= _KEPT:
            self._found = known = {}
        found = known[id] = self._look_up(id)
        return found

    def _look_up(self, id: str) -> int | None:
        try:
            wanted = expand(id).encode()
        except ValueError:
            return None
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self._iris[middle] < wanted:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self) and self._iris[low] == wanted else None

    def id(self, number: int) -> str:
        """The CURIE of the concept with this number."""
        return contract(self._iris[number].decode())

    def jsons(self, numbers: Sequence[int]) -> list[NodeJson]:
        """What is known of the concepts with these numbers."""
        return self._jsons.at(np.array(numbers, np.int64))


class MappedTexts:
    """What `save_texts` wrote, mapped from its files.

    Raises:
        OSError, ValueError: a file is missing or damaged.
    """

    def __init__(self, folder: Path, content: str, ends: str) -> None:
        self._ends = memoryview(mapped(folder / ends))  # which gives one number sooner than an array does
        self._content = _mapped_content(folder / content, self._ends[-1] if len(self._ends) else 0)

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, number: int) -> bytes:
        return self._content[self._ends[number - 1] if number else 0 : self._ends[number]]


class MappedJsons:
    """What `save_jsons` wrote, mapped from its files.

    Raises:
        OSError, ValueError: a file is missing or damaged.
    """

    def __init__(self, folder: Path) -> None:
        content, ends = JSONS
        self._ends = mapped(folder / ends)
        self._content = _mapped_content(folder / content, int(self._ends[-1, 0]))

    def at(self, numbers: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> list[NodeJson]:
        """Those with these numbers."""
        starts, (ends, labels, kinds), content = self._ends[numbers, 0], self._ends[numbers + 1].T, self._content
        bounds = zip(starts.tolist(), ends.tolist(), labels.tolist(), kinds.tolist(), strict=True)
        return [
            NodeJson(content[start:end], content[start + len(ID) : label - len(LABEL)], content[label:kinds])
            for start, end, label, kinds in bounds
        ]


def save_jsons(ids: Sequence[bytes], labels: Sequence[str], kinds: Sequence[int], folder: Path) -> None:
    """Write what is known of nodes one after another; and where each ends, its label begins and that ends.

    Before the first come three zeros.
    """
    content, ends = JSONS
    written = list(map(orjson.dumps, labels))
    jsons = list(map(whole, ids, written, kinds))
    with (folder / content).open("wb") as file:
        file.writelines(jsons)
    id, label, size = (np.fromiter(map(len, texts), np.int64, len(ids)) for texts in (ids, written, jsons))
    end = np.append(0, np.cumsum(size))
    begin = np.append(0, end[:-1] + len(ID) + id + len(LABEL))
    np.save(folder / ends, np.stack([end, begin, begin + np.append(0, label)], axis=1))


def _mapped_content(path: Path, size: int) -> mmap.mmap | bytes:
    content: mmap.mmap | bytes = b""
    if size:
        with path.open("rb") as file:
            content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    if len(content) != size:
        raise ValueError(f"{path.name} has {len(content)} bytes, expected {size}")
    return content


def save_texts(texts: Sequence[bytes], folder: Path, content: str, ends: str) -> None:
    """Write texts one after another, and where each ends."""
    with (folder / content).open("wb") as file:
        file.writelines(texts)
    np.save(folder / ends, np.fromiter(accumulate(map(len, texts)), np.int64, len(texts)))


def read_texts(folder: Path, content: str, ends: str) -> list[bytes]:
    """What `save_texts` wrote.

    Raises:
        OSError, ValueError: a file is missing or damaged.
    """
    whole, places = (folder / content).read_bytes(), np.load(folder / ends).tolist()
    if len(whole) != (places[-1] if places else 0):
        raise ValueError(f"{content} has {len(whole)} bytes, expected {places[-1] if places else 0}")
    return [whole[start:end] for start, end in pairwise((0, *places))]


def save_by_node(folder: Path, **arrays: "np.ndarray[Any, Any]") -> None:
    """Write what is known of the nodes, each array under its name in `LinkArrays`."""
    for name in _BY_NODE:
        np.save(folder / f"{name}.npy", arrays[name])


def open_links(folder: Path) -> LinkArrays:
    """The links and nodes in a folder, mapped from its files.

    Raises:
        StoreError: a file is missing or damaged, or was written by another version.
    """
    affirmed, denied = Adjacency.open(folder / "affirmed"), Adjacency.open(folder / "denied")
    try:
        names = MappedNames(folder)
        by_node = {name: mapped(folder / f"{name}.npy") for name in _BY_NODE}
    except (OSError, ValueError) as error:
        raise StoreError(f"the arrays in {folder} cannot be opened: {error}; remove the folder") from error
    return LinkArrays(names=names, affirmed=affirmed, denied=denied, **by_node)

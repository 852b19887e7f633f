"""Files of rows (`graph.linklog.rows`) read into arrays."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from graph.linklog.rows import CONCEPT, HEADER, LINK, MAGIC

LINKS: Final = np.dtype(
    [
        ("claim", "<u8"),
        ("subject", "<u4"),
        ("object", "<u4"),
        ("articles", "<u4"),
        ("belief", "<f4"),
        ("relation", "u1"),
        ("state", "u1"),
    ]
)
CONCEPTS: Final = np.dtype([("name", "<u4"), ("label", "<u4"), ("kinds", "<u2"), ("state", "<u2")])

Records = npt.NDArray[Any]
"""Of the fields above."""


class Damaged(Exception):
    """A file of rows is not as it was written."""


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """Names (IRIs), and rows of links and concepts, in which names stand as their places; a label a concept."""

    names: list[bytes]
    links: Records
    concepts: Records
    labels: list[bytes]


def chunks(path: Path) -> Iterator[Chunk]:
    """The chunks of a file, in order.

    Raises:
        Damaged: a chunk is not as it was written.
    """
    with path.open("rb") as file:
        while header := file.read(HEADER.size):
            if len(header) < HEADER.size or not header.startswith(MAGIC):
                raise Damaged(f"{path}: no rows begin at {file.tell() - len(header)}")
            *counts, size, sum_ = HEADER.unpack(header)[1:]
            body = file.read(size)
            if len(body) != size or zlib.crc32(body) != sum_:
                raise Damaged(f"{path}: what ends at {file.tell()} is not as it was written")
            yield _chunk(body, *counts)


def _chunk(body: bytes, names: int, written: int, links: int, concepts: int, _: int) -> Chunk:
    at = 4 * names
    texts = _cut(body[at : at + written], np.frombuffer(body, "<u4", names))
    at += written
    of_links = np.frombuffer(body, LINKS, links, at)
    at += links * LINK.size
    of_concepts = np.frombuffer(body, CONCEPTS, concepts, at)
    at += concepts * CONCEPT.size
    return Chunk(texts, of_links, of_concepts, _cut(body[at:], of_concepts["label"]))


def _cut(whole: bytes, lengths: npt.NDArray[np.uint32]) -> list[bytes]:
    ends = np.cumsum(lengths, dtype=np.int64).tolist()
    return [whole[start:end] for start, end in zip([0, *ends], ends)]  # noqa: B905  # one more start than ends

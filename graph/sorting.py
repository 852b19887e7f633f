"""Lines in the order of their bytes, however many there are: what does not fit into memory waits in files."""

from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path
from typing import Final

PIECE: Final = 32_000_000
"""Bytes that are held before they are sorted and put away."""

_PARTS: Final = 64
_DEEPEST: Final = 3
"""How often a part is cut in turn; one that is too large even then holds the same line over and over."""


def pieces(path: Path, size: int) -> Iterator[list[bytes]]:
    """The file's lines with their line feeds, so many bytes at a time and the rest of a line."""
    with path.open("rb") as file:
        while piece := file.readlines(size):
            yield piece


class SortedLines:
    """A file to write lines to; `chunks` gives them back sorted.

    The first piece tells where to cut: every piece is sorted, cut at the same lines, and its parts are appended to one
    file a part in `folder`, which is made when it is needed. A part that is larger than a piece is sorted in the same
    way, so that no more than a piece or two is in memory, however many lines there are.
    """

    def __init__(self, folder: Path, *, piece: int = PIECE, deepest: int = _DEEPEST) -> None:
        """`piece` is how many bytes are held; short lines take several times as much while they are sorted."""
        self._folder = folder
        self._piece = piece
        self._deepest = deepest
        self._held: list[bytes] = []
        self._size = 0
        self._cuts: list[bytes] = []
        self._files: list[Path] = []

    def write(self, content: bytes) -> int:
        """Take some more bytes; a line may come in several writes, and every line ends with a line feed."""
        self._held.append(content)
        self._size += len(content)
        if self._size >= self._piece:
            self._put_away()
        return len(content)

    def flush(self) -> None:
        """Do nothing; a file has this."""

    def chunks(self) -> Iterator[bytes]:
        """All lines, sorted, in chunks of whole lines; to be asked for once, after the last write."""
        if not self._files:
            lines = b"".join(self._held).splitlines(keepends=True)
            lines.sort()
            yield b"".join(lines)
            return
        self._put_away()
        for path in self._files:
            if path.stat().st_size > 2 * self._piece and self._deepest:
                part = SortedLines(path.with_suffix(".parts"), piece=self._piece, deepest=self._deepest - 1)
                for some in pieces(path, self._piece):
                    part.write(b"".join(some))
                path.unlink()
                yield from part.chunks()
                continue
            lines = path.read_bytes().splitlines(keepends=True)
            path.unlink()
            lines.sort()
            yield b"".join(lines)

    def _put_away(self) -> None:
        content = b"".join(self._held)
        end = content.rfind(b"\n") + 1
        self._held, self._size = [content[end:]], len(content) - end
        lines = content[:end].splitlines(keepends=True)
        del content
        lines.sort()
        if not self._files:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._cuts = lines[len(lines) // _PARTS :: max(1, len(lines) // _PARTS)]
            self._files = [self._folder / f"{number:03}" for number in range(len(self._cuts) + 1)]
        places = [0, *(bisect_left(lines, cut) for cut in self._cuts), len(lines)]
        for path, start, stop in zip(self._files, places[:-1], places[1:], strict=True):
            with path.open("ab") as file:
                file.writelines(lines[start:stop])

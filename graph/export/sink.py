"""Where an export is written to: bytes that only go forward, whatever takes them."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

Write = Callable[[bytes], object]

_DATE: Final = (1980, 1, 1, 0, 0, 0)
_READABLE: Final = 0o644 << 16
_UNIX: Final = 3


class Sink(io.RawIOBase):
    """A file that is written from its beginning to its end.

    What writes to it writes the same bytes to a file on disk and to a connection: it cannot go back in either.
    """

    def __init__(self, write: Write) -> None:
        super().__init__()
        self._write = write
        self._written = 0

    def writable(self) -> bool:
        """True."""
        return True

    def tell(self) -> int:
        """How many bytes were written."""
        return self._written

    def write(self, content: Any) -> int:  # whatever has bytes
        """Take all of it."""
        some = bytes(content)
        self._write(some)
        self._written += len(some)
        return len(some)


@contextmanager
def archive(out: IO[bytes]) -> Iterator[ZipFile]:
    """A zip file that is written while the block runs; `member` and `note` put files into it."""
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        yield made


@contextmanager
def member(into: ZipFile, name: str) -> Iterator[IO[bytes]]:
    """A file of the archive, however long, to be written while the block runs."""
    with into.open(_info(name), "w", force_zip64=True) as file:
        yield file


def note(into: ZipFile, name: str, text: str) -> None:
    """Put a short file into the archive."""
    into.writestr(_info(name), text.encode())


def _info(name: str) -> ZipInfo:
    """The entry of a file, the same on every day and system."""
    info = ZipInfo(name, _DATE)
    info.compress_type, info.create_system, info.external_attr = ZIP_DEFLATED, _UNIX, _READABLE
    return info

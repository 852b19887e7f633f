r"""Snapshots on disk: immutable checkpoints of the live store, one of them current.

    DATA/store/              the live store, the writer's alone
    DATA/snapshots/NAME/     checkpoints, files hard-linked with the live store where nothing changed
    DATA/snapshots/NAME.lock held shared by every reader that has NAME open
    DATA/current             "NAME HASH\n": which one is current and the hash of its content
    DATA/unpublished         exists while the live store may be ahead of the current snapshot
    DATA/updating            exists while an update is under way that is undone unless it is published
    DATA/.links.rows         what the writer has to say of links that are not published (`graph.linklog`)
    DATA/.records.N          its records of what is not published (`graph.records`)
    DATA/importing/          what an import of RDF files has read so far; whoever locks the folder next removes it
    DATA/lock                locked by the one writer

A checkpoint is made under a temporary name, then renamed; `current` is replaced in one step. The two newest
checkpoints stay, and older ones as long as a reader has them open.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Final, cast
from weakref import finalize

import pyoxigraph
from pyoxigraph import RdfFormat

from graph.contenthash import ContentHash
from graph.sorting import SortedLines
from ontology.errors import StoreError, StoreMissing

SCRATCH: Final = "importing"
"""The folder, in a data folder, of what is needed only while its lock is held."""

_MAKING: Final = ".making"
_KEPT: Final = 2
_ATTEMPTS: Final = 20


@dataclass(frozen=True, slots=True)
class Pointer:
    """Which checkpoint is current: its folder's name and the hash of its content (`graph.contenthash`)."""

    name: str
    hash: str


class Hold:
    """A shared lock on a checkpoint: while it is held the checkpoint's files stay. Let go when closed or garbage."""

    def __init__(self, lock_path: Path) -> None:
        descriptor = os.open(lock_path, os.O_RDONLY)
        self._finalizer = finalize(self, os.close, descriptor)
        fcntl.flock(descriptor, fcntl.LOCK_SH)

    def close(self) -> None:
        """Let go; twice does no harm."""
        self._finalizer()


def published(folder: Path) -> str | None:
    """The name of the current snapshot of a data folder, another one for every publication; None before the first."""
    pointer = find_pointer(folder)
    return None if pointer is None else pointer.name


def find_pointer(folder: Path) -> Pointer | None:
    """What `DATA/current` says; None where it is missing.

    Raises:
        StoreError: it says something else.
    """
    try:
        words = (folder / "current").read_text(encoding="utf-8").split()
    except (FileNotFoundError, NotADirectoryError):
        return None
    if len(words) != 2:
        raise StoreError(f"{folder / 'current'} is damaged; ingest again into a new folder")
    return Pointer(*words)


def size_of(folder: Path) -> int:
    """How many bytes on disk the current checkpoint has; 0 where there is none."""
    name = published(folder)
    return 0 if name is None else bytes_in(folder / "snapshots" / name)


def bytes_in(folder: Path) -> int:
    """Bytes on disk of the files in a folder, which may come and go meanwhile."""
    size = 0
    for path in folder.iterdir():
        with suppress(FileNotFoundError):
            size += path.stat().st_size
    return size


class PointerWatch:
    """What `DATA/current` says now, read again only where the file is another one than the last time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = os.fspath(folder / "current")
        self._seen: tuple[int, int] | None = None
        self._pointer: Pointer | None = None

    def find(self) -> Pointer | None:
        """As `find_pointer`."""
        try:
            found = os.stat(self._path)  # noqa: PTH116  # for every query
        except (FileNotFoundError, NotADirectoryError):
            return None
        seen = (found.st_ino, found.st_mtime_ns)
        if seen != self._seen:
            self._pointer, self._seen = find_pointer(self._folder), seen
        return self._pointer


def mark_unpublished(folder: Path) -> None:
    """Note that the live store is about to move ahead of the current snapshot."""
    with (folder / "unpublished").open("w") as note:
        os.fsync(note.fileno())
    sync_folder(folder)


def is_unpublished(folder: Path) -> bool:
    """Whether the live store may be ahead of the current snapshot."""
    return (folder / "unpublished").exists() or find_pointer(folder) is None


def publish(
    store: pyoxigraph.Store,
    folder: Path,
    *,
    content: str | None = None,
    furnish: Callable[[pyoxigraph.Store, Path], None] | None = None,
) -> None:
    """Make the store's content, which has the hash `content`, the current snapshot, unless it is that already.

    `furnish` is given the store, and may put something into the snapshot's folder before it has its name.
    """
    content = content or ContentHash().of(store)
    current = find_pointer(folder)
    if current is None or current.hash != content:
        snapshots = folder / "snapshots"
        snapshots.mkdir(exist_ok=True)
        number = max((_number(path) for path in _checkpoints(snapshots)), default=0) + 1
        name = f"{number:06}-{content[:16]}"
        making = snapshots / f"{_MAKING}-{name}"
        shutil.rmtree(making, ignore_errors=True)  # of a publication that failed
        store.backup(os.fspath(making))
        if furnish is not None:
            furnish(store, making)
        (snapshots / f"{name}.lock").touch()
        making.rename(snapshots / name)
        sync_folder(snapshots)
        write_synced(folder / "current", f"{name} {content}\n")
    (folder / "unpublished").unlink(missing_ok=True)
    clean(folder)


def clean(folder: Path) -> None:
    """Delete half-made checkpoints, and finished ones that are neither among the newest two nor open in a reader."""
    snapshots = folder / "snapshots"
    if not snapshots.exists():
        return
    for path in snapshots.glob(f"{_MAKING}-*"):
        shutil.rmtree(path)
    for path in snapshots.glob("*.lock"):
        if not path.with_suffix("").exists():
            path.unlink()
    current = published(folder)
    finished = sorted(_checkpoints(snapshots), key=_number)
    for path in finished[:-_KEPT]:
        if path.name != current:
            _delete_unless_open(path)


def open_current(folder: Path) -> tuple[pyoxigraph.Store, Pointer, Hold]:
    """The current snapshot opened read-only, what points to it, and the hold that keeps its files.

    Raises:
        StoreMissing: nothing was published in the folder yet.
        StoreError: what was published cannot be opened.
    """
    problem: OSError | None = None
    for _ in range(_ATTEMPTS):
        pointer = find_pointer(folder)
        if pointer is None:
            raise missing(folder)
        snapshot = folder / "snapshots" / pointer.name
        try:
            hold = Hold(snapshot.with_name(f"{pointer.name}.lock"))
        except FileNotFoundError as error:  # replaced and deleted since the pointer was read
            problem = error
            continue
        try:
            return pyoxigraph.Store.read_only(os.fspath(snapshot)), pointer, hold
        except OSError as error:
            hold.close()
            problem = error
    raise StoreError(f"the snapshot of {folder} cannot be opened: {problem}; ingest again into a new folder")


def missing(folder: Path) -> StoreMissing:
    """The error that says how to fill the folder."""
    return StoreMissing(
        f"nothing was ingested into {folder} yet; run `etiograph ingest PATH --data {folder}`, "
        "or `etiograph serve`, which begins with the bundled articles"
    )


def nquads(store: pyoxigraph.Store) -> bytes:
    """All the store holds as canonical N-Quads, lines in order of their bytes."""
    with TemporaryDirectory() as folder:
        return b"".join(_sorted_nquads(store, Path(folder, "order")))


def _sorted_nquads(store: pyoxigraph.Store, scratch: Path) -> Iterator[bytes]:
    lines = SortedLines(scratch)
    store.dump(cast("IO[bytes]", lines), format=RdfFormat.N_QUADS)
    yield from lines.chunks()


def _checkpoints(snapshots: Path) -> list[Path]:
    return [path for path in snapshots.iterdir() if path.is_dir() and not path.name.startswith(".")]


def _number(path: Path) -> int:
    return int(path.name.partition("-")[0])


def _delete_unless_open(path: Path) -> None:
    lock_path = path.with_name(f"{path.name}.lock")
    with lock_path.open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        shutil.rmtree(path)
        lock_path.unlink()


def write_synced(path: Path, content: str) -> None:
    """Put `content` in place of the file, in one step that a loss of power does not undo."""
    new = path.with_name(f".{path.name}.new")
    with new.open("w", encoding="utf-8") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make sure that what was renamed or deleted in the folder is so after a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

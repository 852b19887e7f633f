"""What a snapshot's folder says its links have come from: other arrays, or nothing, and rows since.

    DATA/snapshots/NAME/handed/since.json   what the rows come on top of, the rows' files and their sizes
    DATA/snapshots/NAME/handed/base/        that, where it is arrays that lay beside: the same files, hard-linked
    DATA/snapshots/NAME/handed/0000.rows …  `graph.linklog.rows`, in order

It is made with the snapshot and renamed with it, and goes once the snapshot has arrays of its own. A snapshot without
it, or one of which a file is not as it was, is scanned.
"""

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from graph.checkpoints import Hold
from graph.linklog.rows import Rows
from graph.numbering import meaning

ARRAYS: Final = "adjacency-2"
"""The folder of a snapshot's arrays (`graph.adjacency.building`), with the version of its files."""

MEANING: Final = "meaning.json"
"""The file of arrays that may be gone on with; it says what their numbers mean."""

FOLDER: Final = "handed"

MOST_FILES: Final = 32
"""Files of rows; more become one."""

LEAST_BYTES: Final = 64 << 20
"""Bytes that all rows may have in any case."""

SHARE: Final = 4
"""By what the bytes of the store are divided to have those that rows may have else."""

_SINCE: Final = "since.json"
_BASE: Final = "base"
_NOTHING: Final = "nothing"
_LINKED: Final = "linked"
_ATTEMPTS: Final = 3


@dataclass(frozen=True, slots=True)
class Handed:
    """Rows and what they come on top of: a folder of arrays, None for an empty store."""

    base: Path | None
    rows: tuple[Path, ...]


def hand_over(rows: Rows, snapshot: Path, *, parent: Path | None) -> bool:
    """Whether the folder of a snapshot, which is being made, says what it has come from: a parent, None for nothing.

    The rows, which say all that has changed since, are taken.
    """
    folder = snapshot / FOLDER
    try:
        for _ in range(_ATTEMPTS):
            folder.mkdir()
            try:
                return _hand_over(rows, folder, parent)
            except FileNotFoundError:  # the parent's arrays were made meanwhile, and what it was handed is gone
                shutil.rmtree(folder)
    except OSError:  # such as no hard links; what is not there is not missed
        shutil.rmtree(folder, ignore_errors=True)
    return False


@contextmanager
def handed(snapshot: Path) -> Iterator[Handed | None]:
    """What the folder of a snapshot was handed; None where it was handed nothing that can be gone on with."""
    folder = snapshot / FOLDER
    with ExitStack() as stack:
        since = _read(folder / _SINCE)
        if since is None or since["meaning"] != meaning() or not _whole(folder, since["rows"]):
            yield None
            return
        base: Path | None = None
        if since["base"] == _LINKED:
            base = folder / _BASE
        elif since["base"] != _NOTHING:
            base = snapshot.with_name(since["base"]) / ARRAYS
            try:
                stack.callback(Hold(snapshot.with_name(f"{since['base']}.lock")).close)
            except FileNotFoundError:
                yield None
                return
        if base is not None and not can_be_gone_on_with(base):
            yield None
            return
        yield Handed(base, tuple(folder / name for name, _ in since["rows"]))


def can_be_gone_on_with(arrays: Path) -> bool:
    """Whether rows may come on top of the arrays in this folder."""
    return bool(_read(arrays / MEANING) == meaning())


def drop(snapshot: Path) -> None:
    """Remove what the folder of a snapshot was handed."""
    shutil.rmtree(snapshot / FOLDER, ignore_errors=True)


def _hand_over(rows: Rows, folder: Path, parent: Path | None) -> bool:
    base, files = _taken_over(folder, parent)
    if base is not None:
        if rows:
            files.append(folder / f"{len(files):04}.rows")
            rows.finish(files[-1])
        if len(files) > MOST_FILES:
            files = [_one(files)]
        sizes = [(file.name, file.stat().st_size) for file in files]
        most = max(LEAST_BYTES, sum(path.stat().st_size for path in folder.parent.iterdir()) // SHARE)
        if sum(size for _, size in sizes) <= most:
            since = {"meaning": meaning(), "base": base, "rows": sizes}
            (folder / _SINCE).write_text(json.dumps(since), encoding="utf-8")
            return True
    shutil.rmtree(folder)
    return False


def _taken_over(folder: Path, parent: Path | None) -> tuple[str | None, list[Path]]:
    """What rows come on top of, None where nothing can be gone on with, and the files of rows that the parent has."""
    if parent is None:
        return _NOTHING, []
    if (parent / ARRAYS).exists():
        if not can_be_gone_on_with(parent / ARRAYS):
            return None, []
        _link(parent / ARRAYS, folder / _BASE)
        return _LINKED, []
    if not (parent / FOLDER).exists():
        return parent.name, []
    former: dict[str, Any] = json.loads((parent / FOLDER / _SINCE).read_bytes())
    if former["meaning"] != meaning():
        return None, []
    base: str = former["base"]
    if base == _LINKED:
        _link(parent / FOLDER / _BASE, folder / _BASE)
    files = [folder / name for name, _ in former["rows"]]
    for file in files:
        os.link(parent / FOLDER / file.name, file)
    return base, files


def _link(source: Path, target: Path) -> None:
    """Have all files of a folder in another one too."""
    target.mkdir()
    for path in source.iterdir():
        if path.is_dir():
            _link(path, target / path.name)
        else:
            os.link(path, target / path.name)


def _one(files: Sequence[Path]) -> Path:
    """One file that holds all of these in their order, under the name of the first; they are gone."""
    whole = files[0].with_suffix(".whole")
    with whole.open("wb") as into:
        for path in files:
            with path.open("rb") as file:
                shutil.copyfileobj(file, into)
            path.unlink()
    return whole.replace(files[0])


def _whole(folder: Path, files: Sequence[tuple[str, int]]) -> bool:
    try:
        return all((folder / name).stat().st_size == size for name, size in files)
    except FileNotFoundError:
        return False


def _read(path: Path) -> Any:  # JSON data, None where there is none
    try:
        return json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return None

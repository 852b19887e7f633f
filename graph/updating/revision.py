"""A change of several steps that is whole or not at all, as far as anyone sees who opens the folder later.

`DATA/updating` is written first and names the snapshot that the live store is equal to. A writer that fails, or is
killed and leaves the note behind, is undone: the live store is replaced by a copy of that snapshot, hard-linked, which
takes as long for many triples as for few. Once another snapshot is current, the change was published and stays.
"""

import os
import shutil
from pathlib import Path
from typing import Final

import pyoxigraph

from graph.checkpoints import find_pointer, sync_folder, write_synced
from ontology.errors import StoreError, StoreInUse

_NOTE: Final = "updating"
_RESTORED: Final = ".store.restored"
_FORMER: Final = ".store.former"


def open_live(folder: Path) -> pyoxigraph.Store:
    """The live store of the folder, made where there is none.

    Raises:
        StoreInUse: another process, of older software, has it open.
        StoreError: it cannot be made, or is no store.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return pyoxigraph.Store(os.fspath(folder / "store"))
    except OSError as error:
        if "lock" in str(error).lower():
            raise StoreInUse(f"{folder} is being written to by another process; wait until it has finished") from error
        raise StoreError(f"{folder} cannot be used as a data folder: {error.strerror or error}") from error


def begin(folder: Path) -> None:
    """Note that the live store, which is as the current snapshot is, is about to change."""
    pointer = find_pointer(folder)
    write_synced(folder / _NOTE, "" if pointer is None else pointer.name)


def finish(folder: Path) -> None:
    """Forget the note: what was changed is published, or undone."""
    (folder / _NOTE).unlink(missing_ok=True)


def undo(folder: Path) -> None:
    """Put the live store back to the snapshot that the note names, if there is a note.

    Nothing is undone where another snapshot has become current since.

    Raises:
        StoreInUse: somebody has it open, who would go on with the files of the other; whoever comes next undoes it.
    """
    note = folder / _NOTE
    if not note.exists():
        return
    pointer = find_pointer(folder)
    if pointer is not None and pointer.name == note.read_text(encoding="utf-8"):
        _check_closed(folder)
        _restore(folder, folder / "snapshots" / pointer.name)
    finish(folder)


def _check_closed(folder: Path) -> None:
    try:
        open_live(folder)
    except StoreInUse:
        raise
    except (StoreError, RuntimeError):  # what is damaged can be put back too
        return


def _restore(folder: Path, snapshot: Path) -> None:
    live, restored, former = folder / "store", folder / _RESTORED, folder / _FORMER
    for path in (restored, former):
        shutil.rmtree(path, ignore_errors=True)
    pyoxigraph.Store.read_only(os.fspath(snapshot)).backup(os.fspath(restored))
    if live.exists():
        live.rename(former)
    restored.rename(live)
    sync_folder(folder)
    shutil.rmtree(former, ignore_errors=True)

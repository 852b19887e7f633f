"""The lock of a data folder: one writer at a time, whatever it does to the files in it.

Oxigraph locks the store's own folder too, but only while it has it open; the lock here is held also while that
folder is exchanged for a former state of it.
"""

import fcntl
import os
import time
from pathlib import Path
from typing import Final

from ontology.errors import StoreError, StoreInUse

_PAUSE: Final = 0.02


class FolderLock:
    """The right to write to a data folder, until it is closed or the process ends."""

    def __init__(self, folder: Path, *, patience: float = 0.0) -> None:
        """Take it, waiting up to `patience` seconds for another writer to finish.

        Raises:
            StoreInUse: another process, or another lock of this one, has it all the while.
            StoreError: the folder cannot be made or written to.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise StoreError(f"{folder} cannot be used as a data folder: {error.strerror or error}") from error
        self._open = True
        until = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= until:
                    self.close()
                    raise StoreInUse(
                        f"{folder} is being written to by another process; wait until it has finished"
                    ) from None
                time.sleep(_PAUSE)
            else:
                return

    def close(self) -> None:
        """Let go; twice does no harm."""
        if self._open:
            self._open = False
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)  # a process that was forked meanwhile may hold a copy of it
            os.close(self._descriptor)

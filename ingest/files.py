"""Files and folders as they lie on disk: which are there, what is in one, and why one cannot be read."""

import difflib
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from ontology.errors import NothingToRead, UnreadableArticle

MAX_BYTES: Final = 20_000_000
"""Largest article read, in bytes; a larger one is refused before it is opened."""


def content_of(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        UnreadableArticle: it is too large, or may not be read.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise too_large(str(path), f"{size:,} bytes")
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise refused(path, error) from error


def files_below(folder: Path, is_wanted: Callable[[Path], bool]) -> Iterator[Path | UnreadableArticle]:
    """The files below `folder` that are wanted, in order, then why a folder could not be listed.

    A folder reached twice through links is read once.
    """
    seen: set[tuple[int, int]] = set()
    failed: list[OSError] = []
    found: list[Path] = []
    for parent, folders, files in os.walk(folder, followlinks=True, onerror=failed.append):
        here = Path(parent).stat()
        if (here.st_dev, here.st_ino) in seen:
            folders.clear()
            continue
        seen.add((here.st_dev, here.st_ino))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        wanted = (name for name in files if is_wanted(Path(name)) and not name.startswith("."))
        found.extend(Path(parent, name) for name in wanted)
    yield from sorted(found)
    for error in failed:
        yield refused(Path(error.filename), error)


def mode(path: Path) -> int:
    """The type of the file (`stat.S_IFDIR`, `stat.S_IFREG`, …), links followed.

    Raises:
        NothingToRead: there is no such file.
        UnreadableArticle: it cannot be looked at.
    """
    try:
        return stat.S_IFMT(path.stat().st_mode)
    except ValueError as error:
        raise NothingToRead(repr(str(path)), f"no such file ({error})") from error
    except OSError as error:
        raise refused(path, error) from error


def refused(path: Path, error: OSError) -> UnreadableArticle:
    """Why a path cannot be read, and what would do."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return NothingToRead(str(path), "no such file or folder" + _near_names(path))
    if isinstance(error, PermissionError):
        return UnreadableArticle(str(path), "may not be read (permission denied); change its permissions or your user")
    return UnreadableArticle(str(path), f"cannot be read ({error.strerror or error})")


def _near_names(path: Path) -> str:
    try:
        beside = sorted(each.name for each in path.parent.iterdir())
    except OSError:
        return f"; {path.parent} is no folder that can be listed"
    near = difflib.get_close_matches(path.name, beside, n=3)
    return " (did you mean " + " or ".join(repr(name) for name in near) + "?)" if near else ""


def too_large(source: str, size: str) -> UnreadableArticle:
    """What is said of an article over the limit."""
    return UnreadableArticle(source, f"too large: {size}; at most {MAX_BYTES:,} are read, so split it into articles")

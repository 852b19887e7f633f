"""Which articles are about to be loaded in bulk, on disk: what a killed writer leaves half done is found again.

A bulk load is two steps, each whole or not at all: the load, then the change that makes its articles articles.
`DATA/loading` lists them while the steps are taken.
"""

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from graph.checkpoints import sync_folder

_NAME: Final = "loading"


def note(folder: Path, articles: Iterable[str]) -> None:
    """Write down the articles, before anything of them is stored."""
    new = folder / f".{_NAME}.new"
    with new.open("w", encoding="utf-8") as file:
        json.dump(sorted(articles), file)
        file.flush()
        os.fsync(file.fileno())
    new.replace(folder / _NAME)
    sync_folder(folder)


def begun(folder: Path) -> tuple[str, ...]:
    """The articles whose load was begun and not finished, by id; () if there are none."""
    try:
        listed = json.loads((folder / _NAME).read_bytes())
    except FileNotFoundError:
        return ()
    return tuple(str(article) for article in listed)


def finish(folder: Path) -> None:
    """Forget them: they are stored, or taken out again."""
    (folder / _NAME).unlink(missing_ok=True)

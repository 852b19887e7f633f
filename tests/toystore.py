"""The toy graph in a real store on disk."""

from pathlib import Path

from toygraph import toy_extractions

from graph.store import Store


def store_toy(folder: Path) -> None:
    """Put the toy articles with the bundled vocabulary into a data folder, and publish them."""
    with Store.open(folder) as store:
        store.replace(toy_extractions())

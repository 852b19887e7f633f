"""Serves rdflib-endpoint, as its documentation shows it: `rdflib_peer.py oxrdflib FOLDER PORT` or `… memory FILE PORT`.

It runs in an environment of its own, on the same HTTP server as Etiograph, with one process, as it has one dataset.
"""

import sys
from pathlib import Path

import pyoxigraph
import rdflib
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.embed import Server
from oxrdflib import OxigraphStore
from rdflib_endpoint import SparqlEndpoint


def dataset(store: str, data: Path) -> rdflib.Dataset:
    """The dataset over the published snapshot of a data folder, or over rdflib's own store with all of a file."""
    if store == "oxrdflib":
        name = (data / "current").read_text(encoding="utf-8").split()[0]
        snapshot = pyoxigraph.Store.read_only(str(data / "snapshots" / name))
        return rdflib.Dataset(store=OxigraphStore(store=snapshot))
    loaded = rdflib.Dataset()
    loaded.default_graph.parse(data, format="nt")
    return loaded


def main() -> None:
    """Serve until ended."""
    import asyncio

    _, store, data, port = sys.argv
    app = SparqlEndpoint(graph=dataset(store, Path(data)), path="/")
    server = Server(
        app,
        address="127.0.0.1",
        port=int(port),
        interface=Interfaces.ASGI,
        websockets=False,
        log_level=LogLevels.warning,
    )
    asyncio.run(server.serve())


if __name__ == "__main__":
    main()

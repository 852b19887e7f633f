"""`serve`: the REST interface, the SPARQL endpoint and the pages."""

import errno
import gc
import os
import socket
from pathlib import Path
from typing import Annotated

import typer

from api.commands.options import Data
from ontology.errors import EtiographError


class CannotListen(EtiographError):
    """The address or port cannot be served at."""


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command()(serve)


def serve(
    *,
    host: Annotated[
        str | None, typer.Option("--host", help="Address to listen on. [env var: ETIOGRAPH_HOST; default: 127.0.0.1]")
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(
            "--port",
            min=0,
            max=65535,
            help="Port to listen on; 0 takes a free one. [env var: ETIOGRAPH_PORT; default: 8000]",
        ),
    ] = None,
    data: Data = None,
    workers: Annotated[
        int | None,
        typer.Option("--workers", min=1, max=64, help="Server processes. [env var: ETIOGRAPH_WORKERS; default: 1]"),
    ] = None,
    empty: Annotated[
        bool,
        typer.Option(
            "--empty",
            help="Serve the store as it is; a new one then holds nothing at all, not even the vocabulary.",
        ),
    ] = False,
) -> None:
    """Serve REST, SPARQL and pages until Ctrl-C.

    A store without any article, one that was made with --empty included, first gets the vocabulary and the bundled
    articles, unless --empty says otherwise. Triples that are already in it stay.
    """
    from graph.ownmemory import keep_together

    keep_together()  # the server's processes are copies of this one
    from api.settings import load_settings

    settings = load_settings(host=host, port=port, data=data, workers=workers)
    chosen = free_port(settings.host, settings.port)
    fill(settings.data, empty=empty)
    shown = f"[{settings.host}]" if ":" in settings.host else settings.host
    address = f"http://{shown}:{chosen}"
    typer.echo(f"Etiograph at {typer.style(address, bold=True)}")
    typer.echo(f"REST interface: {address}/docs    SPARQL: {address}/sparql    stop with Ctrl-C")
    # The server's processes read their settings from the environment.
    for name, value in settings.model_dump().items():
        os.environ[f"ETIOGRAPH_{name.upper()}"] = str(value)
    # Nothing multiplies matrices here: threads for it would only take room.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    _run(settings.host, chosen, settings.workers)


def fill(folder: Path, *, empty: bool) -> None:
    """Put the bundled articles into a store without any, or, where `empty`, make sure that there is a store."""
    from graph.snapshot import is_empty

    if empty:
        from graph.store import make_empty

        make_empty(folder)
        return
    if not is_empty(folder):
        return
    from api.pipeline import ingest_bundled
    from api.terminal import Screen

    screen = Screen()
    screen.line(f"{folder} is empty: reading the bundled articles …")
    report = ingest_bundled(folder)
    screen.line(f"{report.articles} articles, {report.sentences} sentences, {report.claims} claims")
    for error in report.rejected:
        raise error


def free_port(host: str, port: int) -> int:
    """The port itself, or a free one where it is 0.

    Raises:
        CannotListen: it is taken, or the address is not one of this machine.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen()
            return int(probe.getsockname()[1])
    except OSError as error:
        raise CannotListen(_reason(error, host, port)) from error


def _reason(error: OSError, host: str, port: int) -> str:
    if isinstance(error, PermissionError):
        return f"port {port} needs rights that this user has not; try one above 1023"
    if error.errno == errno.EADDRINUSE:
        return f"port {port} of {host} is in use; try --port {port + 1 if port < 65535 else 0}"
    return f"cannot listen at {host}: {error.strerror}; try 127.0.0.1, or 0.0.0.0 for all addresses"


def _run(host: str, port: int, workers: int) -> None:
    from granian.constants import Interfaces, RuntimeModes
    from granian.log import LogLevels

    from api.commands.processes import Server

    gc.disable()  # while a server process, a copy of this one, is loaded, which makes no garbage
    server = Server(
        "api.served:serve_app",
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        workers=workers,
        runtime_mode=RuntimeModes.st,  # a request wakes fewer threads, which is a tenth of what a small answer takes
        factory=True,
        websockets=False,
        log_level=LogLevels.warning,
        workers_kill_timeout=10,
    )
    server.serve()

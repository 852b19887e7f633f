"""Measures exports of HPO's annotations: `exports.py [FOLDER] [--shares 0.33 1] [--formats csv] [--data DIR …]`.

For each share of the diseases a store is made in FOLDER (`hpo.py`; kept and used again), or stores that are there are
named with `--data`. Every format is exported from each by `etiograph export` in a process of its own, and the first of
the formats also by a server, which makes the arrays of a store's links where they are missing: how long it takes and
the most memory that is resident, which must not grow with the links. `--without-http` leaves the server out and changes
nothing in the stores.
"""

import argparse
import os
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Final

sys.path.insert(0, str(Path(__file__).parents[2]))

import hpo
from processes import free_port, resident_family, wait_for
from tables import say

from graph.export.formats import FORMATS
from graph.export.selection import everything
from graph.snapshot import Snapshot

USUAL: Final = ("csv", "graphml", "cx2", "kgx-jsonl", "obsidian", "parquet", "turtle")
_COMMAND: Final = [sys.executable, "-c", "from api.cli import main; main()"]


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds, the most bytes resident, bytes of the file."""

    seconds: float
    resident: int
    size: int


def by_command(data: Path, format: str, file: Path) -> Measured:
    """An export by the command line."""
    began = time.monotonic()
    process = subprocess.Popen([*_COMMAND, "export", "--format", format, "--data", data, "-o", file])
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise RuntimeError(f"exporting {format} from {data} ended with {status}")
    return Measured(time.monotonic() - began, used.ru_maxrss * 1024, file.stat().st_size)


def by_server(data: Path, format: str, file: Path) -> Measured:
    """An export by a server with one worker; what is resident is that of all its processes."""
    port = free_port()
    serve = [*_COMMAND, "serve", "--port", str(port), "--workers", "1", "--data", str(data)]
    server = subprocess.Popen(serve, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    most = [0]
    try:
        wait_for(f"http://127.0.0.1:{port}/health/ready", server, 300)

        def watch() -> None:
            while server.poll() is None:
                most[0] = max(most[0], resident_family(server.pid))
                time.sleep(0.1)

        time.sleep(5)  # what a server does at its beginning is done
        Thread(target=watch, daemon=True).start()
        began = time.monotonic()
        with (
            urllib.request.urlopen(f"http://127.0.0.1:{port}/v1/export?format={format}") as answer,
            file.open("wb") as to,
        ):
            while piece := answer.read(1 << 20):
                to.write(piece)
        return Measured(time.monotonic() - began, most[0], file.stat().st_size)
    finally:
        server.terminate()
        server.wait()


def edges(data: Path) -> int:
    """How many affirmed claims a store holds."""
    with TemporaryDirectory() as scratch, Snapshot.open(data) as snapshot:
        return len(everything(snapshot.store, Path(scratch, "ids")).edges)


def main() -> None:
    """Measure and print the table."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("folder", type=Path, nargs="?", default=Path("build/exports"))
    options.add_argument("--shares", type=float, nargs="+", default=[0.33, 1.0])
    options.add_argument("--formats", nargs="+", default=USUAL, choices=list(FORMATS))
    options.add_argument("--data", type=Path, nargs="+", help="stores that are there")
    options.add_argument("--without-http", action="store_true", help="ask no server")
    chosen = options.parse_args()
    stores = chosen.data or [chosen.folder / f"hpo-{share:g}" for share in chosen.shares]
    if not chosen.data:
        chosen.folder.mkdir(parents=True, exist_ok=True)
        for store, share in zip(stores, chosen.shares, strict=True):
            hpo.build(store, store.with_name(f"{store.name}.nt"), share)
    say("| format | edges | seconds | edges a second | most resident, MB | file, MB |\n|---|--:|--:|--:|--:|--:|")
    with TemporaryDirectory() as scratch:
        file = Path(scratch, "export")
        served = () if chosen.without_http else (f"{chosen.formats[0]} over HTTP",)
        for name in (*chosen.formats, *served):
            for store in stores:
                over_http = name in served
                found = by_server(store, chosen.formats[0], file) if over_http else by_command(store, name, file)
                number = edges(store)
                say(
                    f"| {name} | {number:,} | {found.seconds:.0f} | {number / found.seconds:,.0f} "
                    f"| {found.resident / 1e6:.0f} | {found.size / 1e6:.1f} |"
                )


if __name__ == "__main__":
    main()

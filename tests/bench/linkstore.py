"""Writes a typed power-law graph as claims into a data folder: `linkstore.py FOLDER [--links 100_000] [--seed 1]`.

Every node is a concept with a label, a name and a kind, every link an affirmed claim that articles state sentence by
sentence (`linkarticles`): some 37 triples a link, as many as articles that people wrote leave. FOLDER becomes a data
folder as `etiograph serve --data FOLDER` serves it; what is there already is kept. A process of its own makes the
triples while the store loads them, so that neither disk nor memory holds them twice, and counts them for the hash of
the content. `--print` writes them as N-Triples instead, and that hash to the standard error.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph

sys.path.insert(0, str(Path(__file__).parents[2]))

from linkarticles import RELATIONS, Articles
from powerlaw import Shape, power_law

from graph.checkpoints import mark_unpublished, publish
from graph.contenthash import ContentHash, Counted
from graph.layer import bundled, sorted_ntriples
from graph.linklog.log import LinkLog
from graph.records.kept import FOLDER

PER_NODE = 10
"""Links a node."""


def shape_of(links: int, seed: int = 1) -> Shape:
    """The shape of a graph with so many links."""
    return Shape(max(links // PER_NODE, 10), links, relations=len(RELATIONS), seed=seed)


def articles_of(shape: Shape) -> Articles:
    """The articles that state the links of the graph."""
    return Articles(power_law(shape), shape.nodes, shape.seed)


def lines_of(shape: Shape) -> Iterator[bytes]:
    """All that the store holds as N-Triples, each triple once, many lines at a time."""
    yield sorted_ntriples(bundled().triples)
    yield from articles_of(shape).lines()


def build(folder: Path, shape: Shape) -> int:
    """Make the data folder, unless it is there; how many triples it holds.

    Raises:
        subprocess.CalledProcessError: the triples could not be made.
    """
    if (folder / "current").exists():
        return len(pyoxigraph.Store.read_only(os.fspath(folder / "store")))
    folder.mkdir(parents=True, exist_ok=True)
    store = pyoxigraph.Store(os.fspath(folder / "store"))
    log = LinkLog(folder, store)
    mark_unpublished(folder)
    command = [sys.executable, __file__, "-", "--print", f"--links={shape.links}", f"--seed={shape.seed}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as making:
        assert making.stdout is not None
        assert making.stderr is not None
        store.bulk_load(input=making.stdout, format=pyoxigraph.RdfFormat.N_TRIPLES, lenient=True)
        said = making.stderr.read().decode()
    if making.returncode:
        raise subprocess.CalledProcessError(making.returncode, command, stderr=said)
    store.optimize()
    log.touch(bundled().triples)
    articles_of(shape).take_down(log)
    publish(store, folder, content=said.strip(), furnish=lambda of, making: _hand_over(log, of, making))
    return len(store)


def _hand_over(log: LinkLog, store: pyoxigraph.Store, making: Path) -> None:
    """Hand over the links alone: the log has heard of no claim's record, so who needs records makes them."""
    log.hand_over(store, making, len(bundled().triples))
    shutil.rmtree(making / FOLDER)


def main() -> None:
    """Build the data and say how long it took."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--links", type=int, default=100_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--print", action="store_true", help="write N-Triples to the output, and no folder")
    chosen = options.parse_args()
    shape = shape_of(chosen.links, chosen.seed)
    if chosen.print:
        content = ContentHash(0)
        for lines in lines_of(shape):
            sys.stdout.buffer.write(lines)
            content.add_counted(Counted.of(lines))
        sys.stderr.write(content.of(pyoxigraph.Store()))
        return
    began = time.monotonic()
    triples = build(chosen.folder, shape)
    sys.stdout.write(f"{triples:,} triples in {chosen.folder} after {time.monotonic() - began:.0f} s\n")


if __name__ == "__main__":
    main()

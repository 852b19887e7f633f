"""Measures a server with one worker on a store of made-up links: `overhttp.py FOLDER [--links 100_000] [--asked 200]`.

FOLDER is made by `linkstore` unless it is there. Timed are the start, from the command to the first answer, each time
anew; neighbours of concepts that have 50 or more, each asked once and then again, when the answer is kept, in turns
with a FastAPI server that sends as many ready-made bytes (`fastapi_peer`); chains between pairs, each asked once over
HTTP and, in this process, once of the same functions, in turns with the FastAPI server, which works for as long before
it sends as many bytes. Before each, the same is asked about others, untimed, so that
what is mapped from files has been touched by whoever is asked. Memory is the worker's own, and beside it what it has
mapped of files that no other process has, after each sort of question and two seconds later. Prints Markdown.
"""

import argparse
import http.client
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeVar
from urllib.parse import urlencode

import numpy as np

ROOT: Final = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT)]

from linkarticles import concept_id  # noqa: E402
from linkstore import build, shape_of  # noqa: E402
from processes import children, end, family, free_port, private, wait_for, written  # noqa: E402

from api.paths import path_fields  # noqa: E402
from api.questions import PathQuestion  # noqa: E402
from api.written import encode  # noqa: E402
from graph.adjacency.building import make_links  # noqa: E402
from graph.columnar.columnbuilding import main as make_columns  # noqa: E402
from graph.linkarrays import LinkArrays  # noqa: E402
from graph.records.building import build as make_records  # noqa: E402
from graph.storednetwork import StoredNetwork  # noqa: E402
from graph.tallying import make_tally  # noqa: E402

_Drawn = TypeVar("_Drawn")

SHOWN: Final = 50
HOPS: Final = 5
STARTS: Final = 7
BEFORE: Final = 50
"""Others that are asked about before anything is timed."""

_SETTLING: Final = 2.0
"""Seconds in which a server that is asked nothing gives memory back."""

_PATIENCE: Final = 600.0
_MAIN: Final = "from api.cli import main; main()"


class Connection:
    """One connection to a server of loopback, kept open."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)

    def timed(self, address: str) -> tuple[float, int, bytes]:
        """Milliseconds until all of the answer was there, its status and its body."""
        began = time.perf_counter()
        self._connection.request("GET", address)
        answer = self._connection.getresponse()
        body = answer.read()
        return (time.perf_counter() - began) * 1000, answer.status, body

    def get(self, address: str) -> tuple[float, bytes]:
        """The same of an answer that is no error."""
        taken, status, body = self.timed(address)
        if status != 200:
            raise RuntimeError(f"{address} answered {status}: {body[:300]!r}")
        return taken, body


@contextmanager
def serving(command: Sequence[str], port: int) -> Iterator["subprocess.Popen[bytes]"]:
    """A server that answers at the port."""
    process = subprocess.Popen([sys.executable, *command], env=_environment(), stdout=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/health/live", process, _PATIENCE)
        yield process
    finally:
        end(process)


def _environment() -> dict[str, str]:
    """That of an installed server, whose modules are compiled but once."""
    others = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**others, "PYTHONPATH": os.pathsep.join((str(ROOT), str(Path(__file__).parent)))}


def serve(folder: Path, port: int) -> list[str]:
    """The command that serves a data folder."""
    return ["-c", _MAIN, "serve", "--data", str(folder), "--port", str(port), "--workers", "1"]


def start(folder: Path, address: str) -> float:
    """Seconds from the command to its first answer, which is to this question."""
    port = free_port()
    began = time.perf_counter()
    command = [sys.executable, *serve(folder, port)]
    process = subprocess.Popen(command, env=_environment(), stdout=subprocess.DEVNULL)
    try:
        while True:
            try:
                Connection(port).get(address)
            except ConnectionError:
                time.sleep(0.002)
            else:
                return time.perf_counter() - began
    finally:
        end(process)


def neighbours(concept: int, evidence: str) -> str:
    """The address of the first neighbours of a concept."""
    return f"/v1/concepts/{concept_id(concept)}/neighbours?{urlencode({'limit': SHOWN, 'evidence': evidence})}"


def paths(source: int, target: int) -> str:
    """The address of the chains from one concept to another."""
    question = {"source": concept_id(source), "target": concept_id(target), "max_hops": HOPS}
    return f"/v1/paths?{urlencode(question)}"


def with_neighbours(arrays: LinkArrays, number: int, random: np.random.Generator) -> list[int]:
    """Nodes of the made-up graph that have enough neighbours."""
    links = arrays.affirmed
    degrees = np.diff(links.out_start) + np.diff(links.in_start)
    enough = [node for node in np.flatnonzero(degrees >= SHOWN).tolist() if "node-" in arrays.names.id(node)]
    chosen = random.permutation(len(enough))[:number].tolist()
    return [int(arrays.names.id(enough[place]).rpartition("-")[2]) for place in chosen]


def connected(network: StoredNetwork, nodes: int, number: int, random: np.random.Generator) -> list[tuple[int, int]]:
    """Pairs of which a chain leads from the first to the second."""
    arrays, pairs = network.arrays(), list[tuple[int, int]]()
    assert arrays is not None
    while len(pairs) < number:
        source, target = (int(node) for node in random.integers(0, nodes, 2))
        ends = [arrays.names.find(concept_id(node)) for node in (source, target)]
        if source != target and arrays.chains.find_shortest(int(ends[0] or 0), int(ends[1] or 0), max_hops=HOPS).chains:
            pairs.append((source, target))
    return pairs


def measure_neighbours(ours: Connection, peer: Connection, concepts: Sequence[int], evidence: str) -> None:
    """Print what neighbours cost when asked first and again, beside ready-made bytes."""
    first, again, ready, sizes = list[float](), list[float](), list[float](), list[int]()
    for concept in concepts:
        address = neighbours(concept, evidence)
        taken, body = ours.get(address)
        first.append(taken)
        sizes.append(len(body))
        peer.get(f"/?bytes={len(body)}")
        for _ in range(3):
            again.append(ours.get(address)[0])
            ready.append(peer.get(f"/?bytes={len(body)}")[0])
    floor = statistics.median(ready)
    what = f"{SHOWN} neighbours, evidence={evidence}, {statistics.median(sizes):,.0f} bytes"
    for name, times in (("asked first", first), ("asked again", again), ("FastAPI, ready-made bytes", ready)):
        say(f"| {what}: {name} | {ms(times)} | {floor / statistics.median(times):.2f} |")


def measure_paths(
    ours: Connection,
    peer: Connection,
    network: StoredNetwork,
    pairs: Sequence[tuple[int, int]],
    before: Sequence[tuple[int, int]],
) -> None:
    """Print what chains cost in this process and over HTTP, each asked first, and what HTTP adds, FastAPI's too."""
    inside, over, added, added_by_peer = list[float](), list[float](), list[float](), list[float]()
    for place, (source, target) in enumerate((*before, *pairs), start=-len(before)):
        question = PathQuestion(source=concept_id(source), target=concept_id(target), max_hops=HOPS)

        def ask(question: PathQuestion = question) -> bytes:
            return encode(path_fields(network, question))

        turns: list[Callable[[], float]] = [
            lambda: milliseconds(ask),
            lambda: ours.get(paths(source, target))[0],  # noqa: B023  # called before the next pair
        ]
        results = [turn() for turn in turns] if place % 2 else [turn() for turn in reversed(turns)][::-1]
        work = peer.get(f"/busy?bytes={len(ask())}&ms={results[0]}")[0]
        if place < 0:
            continue
        inside.append(results[0])
        over.append(results[1])
        added.append(results[1] - results[0])
        added_by_peer.append(work - results[0])
    again = [ours.get(paths(*pair))[0] for pair in pairs]
    say(f"| ten chains of at most {HOPS} hops, asked first: in-process | {ms(inside)} | |")
    say(f"| the same over HTTP | {ms(over)} | |")
    say(f"| what HTTP adds to a pair, median | {statistics.median(added):.2f} | |")
    say(f"| what FastAPI adds to as much work and as many bytes, median | {statistics.median(added_by_peer):.2f} | |")
    say(f"| the same over HTTP, asked again | {ms(again)} | |")


def measure_memory(port: int, process: "subprocess.Popen[bytes]", questions: Mapping[str, Sequence[str]]) -> None:
    """Print what each sort of question costs at most and what the worker then has of its own."""
    say("\n| asked | answers | slowest, ms | own + mapped, MB | later | most of a process that answers SPARQL |")
    say("|---|--:|--:|--:|--:|--:|")
    ours = Connection(port)
    for name, addresses in questions.items():
        taken = [ours.timed(address) for address in addresses]
        statuses = ", ".join(sorted({str(status) for _, status, _ in taken}))
        (worker,) = children(process.pid)
        sizes = [_own_and_mapped(worker)]
        time.sleep(_SETTLING)
        sizes.append(_own_and_mapped(worker))
        below = max((private(pid) for pid in family(worker) if pid != worker), default=0)
        slowest = max(row[0] for row in taken)
        say(f"| {name} | {statuses} | {slowest:,.0f} | {' | '.join(sizes)} | {below / 1e6:,.0f} |")


def _own_and_mapped(pid: int) -> str:
    return " + ".join(f"{size / 1e6:,.0f}" for size in (written(pid), private(pid) - written(pid)))


def main() -> None:
    """Measure everything."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--links", type=int, default=100_000)
    options.add_argument("--asked", type=int, default=200)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    shape = shape_of(chosen.links, chosen.seed)
    triples = build(chosen.folder, shape)
    network = StoredNetwork.open(chosen.folder)
    make_links(network.snapshot.path)
    make_records(network.snapshot.path)
    make_tally(network.snapshot.path)
    make_columns(network.snapshot.path)
    network.lexicon.prepare()
    arrays = network.arrays()
    assert arrays is not None
    random = np.random.default_rng(chosen.seed)
    others, concepts = parted(with_neighbours(arrays, BEFORE + chosen.asked, random))
    before, pairs = parted(connected(network, shape.nodes, BEFORE + chosen.asked, random))
    say(f"{triples:,} triples, {shape.links:,} links, {len(concepts)} concepts and {len(pairs)} pairs asked about\n")
    for name, address in (("neighbours", neighbours(concepts[0], "full")), ("paths", paths(*pairs[0]))):
        seconds = [start(chosen.folder, address) for _ in range(STARTS)]
        say(f"- start to first answer, {name}: {statistics.median(seconds):.2f} s (quickest {min(seconds):.2f})")
    say("\n| p50 / p99, ms | | share of ready-made |\n|---|--:|--:|")
    own, other = free_port(), free_port()
    peer = [os.fspath(Path(__file__).with_name("fastapi_peer.py")), str(other)]
    with serving(serve(chosen.folder, own), own), serving(peer, other):
        for concept in others:
            Connection(own).get(neighbours(concept, "full"))
        for evidence in ("full", "count"):
            measure_neighbours(Connection(own), Connection(other), concepts, evidence)
    with serving(serve(chosen.folder, own), own), serving(peer, other):
        measure_paths(Connection(own), Connection(other), network, pairs, before)
    with serving(serve(chosen.folder, own), own) as process:
        measure_memory(own, process, asked_of(network, concepts, pairs, arrays))


def parted(drawn: Sequence[_Drawn]) -> tuple[Sequence[_Drawn], Sequence[_Drawn]]:
    """Those asked about before anything is timed, and the others."""
    return drawn[:BEFORE], drawn[BEFORE:]


def asked_of(
    network: StoredNetwork, concepts: Sequence[int], pairs: Sequence[tuple[int, int]], arrays: LinkArrays
) -> dict[str, list[str]]:
    """Addresses by what they ask for."""
    hub = arrays.names.id(int(np.argmax(np.diff(arrays.affirmed.out_start) + np.diff(arrays.affirmed.in_start))))
    claim = network.links_from(concept_id(concepts[0])) + network.links_to(concept_id(concepts[0]))
    label = network.concept(concept_id(concepts[0])).label
    return {
        "health": ["/health/ready"],
        "concepts": [f"/v1/concepts/{concept_id(number)}" for number in concepts],
        "neighbours": [neighbours(number, "full") for number in concepts],
        "neighbours of the largest hub": [f"/v1/concepts/{hub}/neighbours?depth={depth}" for depth in (1, 2, 3)],
        "paths": [paths(*pair) for pair in pairs],
        "claims": ["/v1/claims?limit=50", f"/v1/claims/{claim[0].id}", f"/v1/claims?subject={hub}"],
        "a name, and one misspelled": [f"/v1/concepts?{urlencode({'q': name})}" for name in (label, label[1:])],
        "all concepts": ["/v1/concepts"],
        "articles": ["/v1/articles", "/v1/articles?offset=1000"],
        "an unknown article": ["/v1/claims?article=nothing"],
        "stats": ["/v1/stats"],
        "pages": ["/", f"/concepts/{hub}", f"/concepts/{concept_id(concepts[0])}"],
        "void": ["/.well-known/void"],
        "sparql": [f"/sparql?{urlencode({'query': 'SELECT (COUNT(*) AS ?n) { ?s a etio:Claim }'})}"],
    }


def ms(times: Sequence[float]) -> str:
    """Median and 99th percentile."""
    return f"{statistics.median(times):,.3g} / {float(np.quantile(times, 0.99, method='higher')):,.3g}"


def milliseconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()

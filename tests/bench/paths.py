"""Measures paths and neighbours on typed power-law graphs: `paths.py [--links 10_000_000 …] [--without PEER …]`.

The same questions about the same 200 random pairs, which a chain of at most five hops connects, go to the arrays of
`graph.adjacency`, mapped from their files, and to NetworkX, igraph, rustworkx, SciPy and GANDALF, each in a process of
its own that holds nothing else (`pathpeers.py`); only what each computes is timed. Each pair is asked once untimed of
ours, then in `--rounds` that take turns over all pairs, and the median of a pair counts. Right before a peer is asked
about a pair ours is asked once more, and how many times as long the peer takes is what holds whatever else the machine
does. A peer is given `--seconds` for a question and asked no further pair after that; one that is silent for as long is
ended and started again for the next question. Every answer is compared with ours. `make bench-paths` makes the
environment of the peers. Prints Markdown; `--json` also writes the figures, from which `pathplot.py` draws the picture.
"""

import argparse
import json
import os
import select
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np

ROOT: Final = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT)]

from pathpeers import CHAINS, MOST_HOPS, NEIGHBOURS, PEERS, RELATIONS  # noqa: E402
from powerlaw import Shape, power_law  # noqa: E402

from graph.adjacency.arrays import Adjacency, Links  # noqa: E402
from graph.adjacency.chains import ChainSearch  # noqa: E402
from graph.adjacency.walking import FORWARD, Rules  # noqa: E402

OURS: Final = "Etiograph"
QUESTIONS: Final = {
    "hop": f"one-hop neighbours, {NEIGHBOURS} of them with counts of articles",
    "shortest": "shortest path",
    "chains": f"ten shortest simple chains, at most {MOST_HOPS} hops",
    "filtered": "the same with a filter of relations and certainty",
    "three": "all chains of at most 3 hops",
}
_COMPARED: Final = ("shortest", "chains", "filtered")
"""The others count parallel links as several, or once, as each library does."""

MOST_OF_THREE: Final = 100_000
SIZES: Final = (10_000, 100_000, 1_000_000, 10_000_000)
PER_NODE: Final = 10
"""Links a node."""

_FILTER: Final = Rules(forward=RELATIONS, min_certainty=1)
_LOADING: Final = 900.0
"""Seconds that a peer has to make its graph."""


@dataclass(slots=True)
class Measured:
    """Milliseconds a pair, and what there is to say of them."""

    times: list[float] = field(default_factory=list)
    remark: str = ""
    ratios: list[float] = field(default_factory=list)
    """How many times as long as ours each pair took, in turns."""

    @property
    def p50(self) -> float:
        """The median."""
        return statistics.median(self.times)

    @property
    def p99(self) -> float:
        """What one pair of a hundred takes at least."""
        return float(np.quantile(self.times, 0.99, method="higher"))

    def __str__(self) -> str:
        if not self.times:
            return self.remark or "–"
        fewer = f" ({len(self.times)} pairs{'; ' + self.remark if self.remark else ''})" if self.remark else ""
        beside = f", {statistics.median(self.ratios):,.3g} ×" if self.ratios else ""
        return f"{self.p50:,.3g} / {self.p99:,.3g}{beside}{fewer}"


class Ours:
    """The arrays, mapped, and the search on them."""

    def __init__(self, folder: Path) -> None:
        self.adjacency = Adjacency.open(folder)
        self._search = ChainSearch(self.adjacency)

    def hop(self, source: int, _: int) -> int:
        """How many neighbours there are on the first page, each looked up with its relation and number of articles."""
        arrays = self.adjacency
        start = int(arrays.out_start[source])
        end = min(int(arrays.out_start[source + 1]), start + NEIGHBOURS)
        page = (arrays.out_node[start:end], arrays.relation[start:end], arrays.articles[start:end])
        return len(list(zip(*(part.tolist() for part in page), strict=True)))

    def shortest(self, source: int, target: int) -> int:
        """How many hops the shortest chain has."""
        return len(self._search.find_shortest(source, target).chains[0]) - 1

    def chains(self, source: int, target: int) -> list[int]:
        """How many hops each of the first chains has."""
        return self._lengths(source, target, FORWARD)

    def filtered(self, source: int, target: int) -> list[int]:
        """The same under the filter."""
        return self._lengths(source, target, _FILTER)

    def three(self, source: int, target: int) -> int:
        """How many chains of at most three hops there are."""
        return len(self._search.chains(source, target, max_hops=3, at_most=MOST_OF_THREE).chains)

    def _lengths(self, source: int, target: int, rules: Rules) -> list[int]:
        found = self._search.chains(source, target, rules, max_hops=MOST_HOPS, at_most=CHAINS)
        return [len(chain) - 1 for chain in found.chains] + ([-1] if found.truncated else [])


class Peer:
    """A library in a process of its own."""

    def __init__(self, python: Path, name: str, folder: Path) -> None:
        self.name = name
        self._process = subprocess.Popen(
            [os.fspath(python), os.fspath(Path(__file__).with_name("pathpeers.py")), name, os.fspath(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            text=False,
        )
        self._rest = b""
        self.loading = self._read(_LOADING)

    def ask(self, question: str, source: int, target: int, seconds: float) -> dict[str, object] | None:
        """The answer; None when there was none in time, and then there will be none to anything."""
        assert self._process.stdin is not None
        asked = {"question": question, "source": source, "target": target}
        try:
            self._process.stdin.write(json.dumps(asked).encode() + b"\n")
        except BrokenPipeError:
            return None
        return self._read(seconds)

    def close(self) -> None:
        """End it."""
        self._process.kill()
        with self._process:  # closes the pipes
            pass

    def _read(self, seconds: float) -> dict[str, object] | None:
        assert self._process.stdout is not None
        deadline = time.monotonic() + seconds
        while b"\n" not in self._rest:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self._process.stdout], [], [], left)[0]:
                return None
            part = os.read(self._process.stdout.fileno(), 1 << 16)
            if not part:
                return None
            self._rest += part
        line, _, self._rest = self._rest.partition(b"\n")
        answer: dict[str, object] = json.loads(line)
        return answer


def main() -> None:
    """Measure each size and print its tables."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--links", type=int, nargs="+", default=SIZES)
    options.add_argument("--pairs", type=int, default=200)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--seconds", type=float, default=60.0, help="that a peer has for a question")
    options.add_argument("--without", nargs="*", choices=tuple(PEERS), default=[])
    options.add_argument("--python", type=Path, default=Path(sys.executable), help="which has the peers")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--json", type=Path, help="where to write the figures")
    chosen = options.parse_args()
    figures: dict[str, object] = {}
    for number in chosen.links:
        with tempfile.TemporaryDirectory(prefix="paths-") as name:
            figures[str(number)] = measure(number, Path(name), chosen)
        if chosen.json:
            chosen.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


def measure(number: int, folder: Path, chosen: argparse.Namespace) -> dict[str, object]:
    """The figures for so many links, printed too."""
    nodes = max(number // PER_NODE, 10)
    links = power_law(Shape(nodes, number, seed=chosen.seed))
    began = time.perf_counter()
    made = Adjacency.of(nodes, links, tuple(f"relation-{place}" for place in range(24)))
    made.save(folder / "arrays")
    building = time.perf_counter() - began
    opening = statistics.median(_milliseconds(lambda: Adjacency.open(folder / "arrays")) for _ in range(5))
    ours = Ours(folder / "arrays")
    pairs = connected(ours, chosen.pairs, chosen.seed)
    say(f"\n## {number:,} links between {nodes:,} nodes, {len(pairs)} pairs\n")
    say(f"Built from arrays in {building:.2g} s ({number / building:,.0f} links a second), opened in {opening:.2g} ms.")
    say(f"{made.bytes / number:.1f} bytes a link.\n")
    answers: dict[str, list[object]] = {}
    table = {OURS: {name: _of_ours(ours, name, pairs, chosen.rounds, answers) for name in QUESTIONS}}
    loaded = {OURS: (opening / 1000, made.bytes)}
    _save(folder, links, nodes)
    for name in PEERS:
        if name not in chosen.without:
            table[name] = _of_peer(name, folder, ours, pairs, answers, chosen, loaded)
    show(table, loaded)
    return {
        "bytes a link": made.bytes / number,
        "links a second": number / building,
        "opening": opening,
        "peers": {
            name: {question: [found.p50, found.p99] for question, found in row.items() if found.times}
            for name, row in table.items()
        },
    }


def connected(ours: Ours, number: int, seed: int) -> list[tuple[int, int]]:
    """So many random pairs of which a chain of no more than `MOST_HOPS` leads from the first to the second."""
    random = np.random.default_rng(seed)
    sources = np.flatnonzero(np.diff(ours.adjacency.out_start))
    targets = np.flatnonzero(np.diff(ours.adjacency.in_start))
    search, pairs = ChainSearch(ours.adjacency), list[tuple[int, int]]()
    while len(pairs) < number:
        source, target = int(random.choice(sources)), int(random.choice(targets))
        if source != target and search.find_shortest(source, target, max_hops=MOST_HOPS).chains:
            pairs.append((source, target))
    return pairs


def _of_ours(
    ours: Ours, question: str, pairs: Sequence[tuple[int, int]], rounds: int, answers: dict[str, list[object]]
) -> Measured:
    ask: Callable[[int, int], object] = getattr(ours, question)
    answers[question] = [ask(*pair) for pair in pairs]
    taken = [[_milliseconds(lambda pair=pair: ask(*pair)) for pair in pairs] for _ in range(rounds)]  # type: ignore[misc]
    cut = sum(-1 in found for found in answers[question] if isinstance(found, list))
    return Measured(
        [statistics.median(times) for times in zip(*taken, strict=True)], f"{cut} cut by the budget" if cut else ""
    )


def _of_peer(
    name: str,
    folder: Path,
    ours: Ours,
    pairs: Sequence[tuple[int, int]],
    answers: dict[str, list[object]],
    chosen: argparse.Namespace,
    loaded: dict[str, tuple[float, int]],
) -> dict[str, Measured]:
    row: dict[str, Measured] = {}
    peer: Peer | None = None
    for question in QUESTIONS:
        if peer is None:
            peer = Peer(chosen.python, name, folder)
            if peer.loading is None:
                peer.close()
                say(f"{name}: no graph within {_LOADING:g} s, or it ended")
                return {question: Measured(remark="not ready") for question in QUESTIONS}
            loaded[name] = (float(str(peer.loading["ready"])), int(str(peer.loading["bytes"])))
        row[question] = found = Measured()
        deadline = time.monotonic() + chosen.seconds
        for pair, right in zip(pairs, answers[question], strict=True):
            if time.monotonic() > deadline:
                found.remark = f"{chosen.seconds:g} s were over"
                break
            beside = _milliseconds(partial(getattr(ours, question), *pair))
            answer = peer.ask(question, *pair, chosen.seconds)
            if answer is None:
                found.remark = f"> {chosen.seconds:g} s"
                peer.close()
                peer = None
                break
            if "none" in answer:
                break
            found.times.append(float(str(answer["milliseconds"])))
            found.ratios.append(found.times[-1] / beside)
            if question in _COMPARED and answer["answer"] != right and right != [-1]:
                found.remark = "≠"
                say(f"{name}, {question} of {pair}: {answer['answer']}, ours {right}")
    if peer is not None:
        peer.close()
    return row


def _save(folder: Path, links: Links, nodes: int) -> None:
    for name in ("subject", "object", "relation", "certainty", "articles"):
        np.save(folder / f"{name}.npy", getattr(links, name))
    (folder / "nodes.txt").write_text(str(nodes))


def show(table: dict[str, dict[str, Measured]], loaded: dict[str, tuple[float, int]]) -> None:
    """Print what was measured, p50 / p99 in milliseconds, and how many times as long as ours it took."""
    say(f"| p50 / p99, ms | {' | '.join(table)} |\n|---|{'--:|' * len(table)}")
    say(f"| ready, s | {' | '.join(f'{loaded[name][0]:.2g}' if name in loaded else '–' for name in table)} |")
    sizes = (f"{loaded[name][1] / 1e6:,.0f}" if name in loaded else "–" for name in table)
    say(f"| memory, MB | {' | '.join(sizes)} |")
    for question, about in QUESTIONS.items():
        say(f"| {about} | {' | '.join(str(row[question]) for row in table.values())} |")


def _milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()

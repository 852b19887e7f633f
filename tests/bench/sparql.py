"""Measures SPARQL on 3.5 million triples: `sparql.py [--folder DIR] [--rounds 7] [--without PEER …] [--only PART …]`.

The same questions go to Oxigraph in this process, to `etiograph serve` over HTTP, and to what else answers SPARQL:
rdflib-endpoint over the same snapshot and over rdflib's own store, and Virtuoso 7 where it is installed. All on
loopback, one question at a time, in rounds that take turns, quick ones ten times in a row; the median counts. Every
answer is compared with the engine's. Each repetition has another text, so that no cache of ours answers; a row of its
own says what a cached answer takes. Then two clients at once, then runaway queries. `make bench-sparql` makes the
environment of the peers. Data and Virtuoso's database are kept in the folder; removing it begins anew.
"""

import argparse
import statistics
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT)]

import hpo  # noqa: E402
import rivals  # noqa: E402
import virtuoso  # noqa: E402
from load import runaways, throughput  # noqa: E402
from questions import Content, Question, content, questions  # noqa: E402
from rivals import CACHED, ENGINE, FLOOR, MEMORY, OURS, OXRDFLIB, VIRTUOSO, Client, Engine, Failed, Rival, Slow  # noqa: E402
from tables import say, show  # noqa: E402

PEERS: Final = {"oxrdflib": OXRDFLIB, "memory": MEMORY, "virtuoso": VIRTUOSO}
PARTS: Final = ("table", "throughput", "runaways")
CAP: Final = 600.0
"""Seconds that a peer has for one question."""

QUICK: Final = 30.0
BURST: Final = 10
"""Who answers within `QUICK` milliseconds is asked so often in a row, so that what is measured is not the waking up."""

REPETITIONS: Final = 60.0
"""Seconds that a peer has for all repetitions of one question; one that needs half of it is asked once."""


@dataclass(slots=True)
class Measured:
    """What one rival took for one question: milliseconds of each repetition, and whether its answer was right."""

    times: list[float] = field(default_factory=list)
    size: int = 0
    remark: str = ""

    @property
    def median(self) -> float | None:
        """The median, None where there was no answer."""
        return statistics.median(self.times) if self.times else None


class Peers:
    """What we are compared with; one that was too slow is started again, for it cannot be stopped otherwise."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._starts: dict[str, Callable[[], AbstractContextManager[int]]] = {}
        self._paths: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {}
        self._running: dict[str, tuple[Client, ExitStack]] = {}

    def add(
        self,
        name: str,
        start: Callable[[], AbstractContextManager[int]],
        path: str = "/",
        parameters: tuple[tuple[str, str], ...] = (),
    ) -> None:
        """Start one."""
        say(f"starting {name}")
        self._starts[name], self._paths[name] = start, (path, parameters)
        self._start(name)

    def clients(self) -> dict[str, Client]:
        """The one client of each."""
        return {name: client for name, (client, _) in self._running.items()}

    def restart(self, name: str) -> None:
        """End it with what it was doing, and start it again."""
        self._running[name][1].close()
        self._start(name)

    def _start(self, name: str) -> None:
        own = self._stack.enter_context(ExitStack())
        port = own.enter_context(self._starts[name]())
        path, parameters = self._paths[name]
        self._running[name] = Client(port, path, name=name, parameters=parameters), own


def main() -> None:
    """Measure, and print Markdown."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--folder", type=Path, default=ROOT / "build" / "bench-sparql")
    options.add_argument("--share", type=float, default=hpo.SHARE, help="of HPO's diseases")
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--without", nargs="*", choices=tuple(PEERS), default=[])
    options.add_argument("--only", nargs="*", choices=PARTS, default=PARTS)
    options.add_argument("--python", type=Path, default=Path(sys.executable), help="with rdflib-endpoint installed")
    chosen = options.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    data, ntriples = chosen.folder / "data", chosen.folder / "data.nt"
    triples = hpo.build(data, ntriples, chosen.share)
    say(f"{triples:,} triples, {chosen.rounds} rounds")
    if "table" in chosen.only:
        with ExitStack() as stack:
            measured = table(stack, data, ntriples, chosen)
        show(questions(), measured)
    if "throughput" in chosen.only:
        throughput(data, chosen.rounds)
    if "runaways" in chosen.only:
        runaways(data)


def table(stack: ExitStack, data: Path, ntriples: Path, chosen: argparse.Namespace) -> dict[str, dict[str, Measured]]:
    """Measurements by question and rival."""
    engine = Engine(data)
    port, _ = stack.enter_context(rivals.ours(data))
    peers = Peers(stack)
    left_out = set(chosen.without)
    if not rivals.has_rdflib_endpoint(chosen.python):
        say(f"rdflib-endpoint is not installed for {chosen.python} (`make bench-sparql` does) and is left out")
        left_out |= {"oxrdflib", "memory"}
    if "oxrdflib" not in left_out:
        peers.add(OXRDFLIB, lambda: rivals.rdflib_endpoint(chosen.python, "oxrdflib", data))
    if "memory" not in left_out:
        peers.add(MEMORY, lambda: rivals.rdflib_endpoint(chosen.python, "memory", ntriples))
    if "virtuoso" not in left_out:
        if virtuoso.is_installed():
            start = lambda: virtuoso.virtuoso(chosen.folder / "virtuoso", ntriples)  # noqa: E731
            peers.add(VIRTUOSO, start, virtuoso.PATH, virtuoso.PARAMETERS)
        else:
            say("Virtuoso is not installed (apt install virtuoso-opensource) and is left out")
    static = Client(stack.enter_context(rivals.static()), "/", name=FLOOR)
    mine, cached = Client(port, "/sparql", name=OURS), Client(port, "/sparql", name=CACHED)
    measured: dict[str, dict[str, Measured]] = {}
    for question in questions():
        say(f"asking for: {question.about}")
        measured[question.name] = dict(_ask(question, chosen.rounds, engine, mine, cached, static, peers))
    return measured


def _ask(
    question: Question,
    rounds: int,
    engine: Engine,
    mine: Client,
    cached: Client,
    static: Client,
    peers: Peers,
) -> Iterator[tuple[str, Measured]]:
    """The rivals' measurements for one question: once untimed, which says how often the slow ones are asked."""
    numbers = iter(range(1, 1_000_000))
    right = content(question, engine.ask(question.text, question.accept, CAP))
    measured = {name: Measured() for name in (ENGINE, OURS, CACHED, FLOOR, *peers.clients())}
    left: dict[str, int] = {}
    for client in (mine, cached, *peers.clients().values()):
        left[client.name] = _first(measured[client.name], client, question, right, rounds, peers)
    size = len(mine.ask(question.text, question.accept, CAP))
    for turn in range(rounds):
        turns: list[Rival] = [engine, mine, cached]
        turns += [client for name, client in peers.clients().items() if left[name] > turn]
        for rival in (*turns, Bytes(static, size)):
            for _ in range(BURST):
                text = question.again(next(numbers)) if rival.name in (ENGINE, OURS) else question.text
                try:
                    milliseconds, _ = rivals.timed(rival, text, question.accept, CAP * 2)
                except (Failed, Slow) as error:
                    say(f"  {rival.name}, repeated: {error}")
                    break
                measured[rival.name].times.append(milliseconds)
                if milliseconds > QUICK:
                    break
    measured[ENGINE].size = right.size
    yield from measured.items()


class Bytes:
    """The static server asked for so many bytes."""

    name = FLOOR

    def __init__(self, client: Client, size: int) -> None:
        self._client = client
        self._size = size

    def ask(self, query: str, accept: str, seconds: float) -> bytes:  # noqa: ARG002 - it computes nothing
        """The bytes."""
        return self._client.get({"bytes": str(self._size)}, accept, seconds)[2]


def _first(measured: Measured, rival: Rival, question: Question, right: Content, rounds: int, peers: Peers) -> int:
    """How often it is asked again, after one question that was not counted unless it used up the time."""
    try:
        milliseconds, body = rivals.timed(rival, question.text, question.accept, CAP)
    except Slow:
        measured.remark = f"> {CAP:g} s"
        peers.restart(rival.name)
        return 0
    except Failed as error:
        measured.remark = "failed"
        say(f"  {rival.name}: {error}")
        return 0
    found = content(question, body)
    measured.size = found.size
    if found != right:
        measured.remark = "≠"
        say(f"  {rival.name} answers otherwise: {found.size} rows, the engine {right.size}")
    times = min(rounds, int(REPETITIONS * 1000 / milliseconds))
    if times < 2:
        measured.times.append(milliseconds)
        return 0
    return times


if __name__ == "__main__":
    main()

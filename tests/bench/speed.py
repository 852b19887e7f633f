"""Measures reading beside spaCy and medspaCy, on the same text: `speed.py [--articles N] [--rounds N]`.

Processor seconds of one core, the median of five rounds that take turns. The corpus is looked for in ../shared, or
where ETIOGRAPH_SHARED says; its articles are drawn with a fixed seed. `make bench` installs what it compares with into
an environment of its own. The ratios depend little on the machine, the figures do.
"""

import argparse
import gc
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from sharedfiles import corpus_rows, nih_corpus  # noqa: E402

from ingest.article import parse_article  # noqa: E402
from ingest.extract import extract  # noqa: E402
from ingest.mentions import MentionFinder  # noqa: E402
from ontology.article import Article  # noqa: E402
from ontology.lexicon import everything  # noqa: E402

SEED = 1
MATCHES = "etiograph: names in raw text, matching alone (matches)"
OCCURRENCES = "etiograph: with places and meanings (occurrences)"
MENTIONS = "etiograph: mentions, longest first (find)"
EXTRACTION = "etiograph: text to claims (extract)"
PHRASES = "spaCy: PhraseMatcher on raw text"
CONTEXT = "medspaCy: sentences, PhraseMatcher, ConText"
COMPARED = ((MATCHES, PHRASES), (OCCURRENCES, PHRASES), (MENTIONS, PHRASES), (EXTRACTION, CONTEXT))
Rivals = dict[str, Callable[[], object]]


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def drawn(count: int) -> list[Article]:
    """Articles of the corpus, drawn with a fixed seed."""
    rows = list(corpus_rows(nih_corpus()))
    chosen = random.Random(SEED).sample(rows, min(count, len(rows)))  # noqa: S311 - a sample, no secret
    return [parse_article(row["text"], id=f"article-{number}", format="text") for number, row in enumerate(chosen)]


def ours(articles: list[Article]) -> Rivals:
    """Our matching and our whole reading."""
    finder = MentionFinder(everything())
    return {
        MATCHES: lambda: [finder.matches(each.text) for each in articles],
        OCCURRENCES: lambda: [finder.occurrences(each.text) for each in articles],
        MENTIONS: lambda: [finder.find(each.text) for each in articles],
        EXTRACTION: lambda: [extract(each) for each in articles],
    }


def theirs(texts: list[str]) -> Rivals:
    """PhraseMatcher with all our names, and medspaCy's ConText over what it finds; {} where they are not installed."""
    try:
        import medspacy
        import spacy
        from spacy.matcher import PhraseMatcher
        from spacy.util import filter_spans
    except ImportError as error:
        say(f"Nothing to compare with ({error}); `make bench` installs it.")
        return {}
    names = sorted({text for text, _, _ in everything().names()})
    plain = spacy.blank("en")
    matcher = PhraseMatcher(plain.vocab, attr="LOWER")
    matcher.add("name", list(plain.tokenizer.pipe(names)))
    reader = spacy.blank("en")
    reader.add_pipe("sentencizer")
    context: Any = reader.add_pipe("medspacy_context")
    over = PhraseMatcher(reader.vocab, attr="LOWER")
    over.add("name", list(reader.tokenizer.pipe(names)))
    say(f"spaCy {spacy.__version__}, medspaCy {medspacy.__version__} with its {len(context.rules)} rules of ConText")

    def asserted(text: str) -> object:
        doc = reader.get_pipe("sentencizer")(reader.make_doc(text))
        doc.ents = filter_spans(over(doc, as_spans=True))
        return context(doc)

    return {
        PHRASES: lambda: [matcher(plain.make_doc(text)) for text in texts],
        CONTEXT: lambda: [asserted(text) for text in texts],
    }


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds of one run."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    articles = drawn(asked.articles)
    size = sum(len(each.text.encode()) for each in articles) / 1e6
    say(f"{len(articles)} articles, {size:.2f} MB, seed {SEED}; {len(list(everything().names()))} names")
    rivals = ours(articles) | theirs([each.text for each in articles])
    for work in rivals.values():
        work()  # once untimed: caches and tables
    gc.collect()
    gc.freeze()  # as the processes of an ingest do; it serves all alike
    taken: dict[str, list[float]] = {name: [] for name in rivals}
    for _ in range(asked.rounds):
        for name, work in rivals.items():
            taken[name].append(seconds(work))
    medians = {name: statistics.median(each) for name, each in taken.items()}
    say(f"\n| one core, median of {asked.rounds} | s | MB/s | articles/s |\n|---|---|---|---|")
    for name, median in medians.items():
        say(f"| {name} | {median:.3f} | {size / median:.2f} | {len(articles) / median:.0f} |")
    ratios = [(mine, other) for mine, other in COMPARED if other in medians]
    say("\n| how many times as fast | |\n|---|---|" if ratios else "")
    for mine, other in ratios:
        say(f"| {mine}, beside {other} | {medians[other] / medians[mine]:.1f} |")


if __name__ == "__main__":
    main()

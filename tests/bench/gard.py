"""Measures the signs that GARD pages list: `python tests/bench/gard.py CORPUS [--missed] [--wrong]`."""

import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from gardpages import Page, Score, pages, score  # noqa: E402
from sharedfiles import nih_corpus  # noqa: E402

from ingest.extract import extract  # noqa: E402


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(line + "\n")


def measured(page: Page) -> Score:
    """The score of one page."""
    total = Score()
    score(page, extract(page.article), total)
    return total


def main(arguments: list[str]) -> int:
    """Print what was found; 1 where a bar is missed."""
    named = next((word for word in arguments if not word.startswith("-")), None)
    corpus = Path(named) if named else nih_corpus()
    begun = time.perf_counter()
    total, count = Score(), 0
    with ProcessPoolExecutor(max_workers=2) as pool:
        for one in pool.map(measured, pages(corpus), chunksize=64):
            count += 1
            for name in Score.__slots__:
                setattr(total, name, getattr(total, name) + getattr(one, name))
    say(f"{count} pages, {total.listed} listed signs that are HPO names, {time.perf_counter() - begun:.0f} s")
    say(f"recall    {total.recall:.4f}  ({total.found} found with their frequency band)")
    say(f"precision {total.precision:.4f}  ({total.right} of {total.claimed} claims of the passages right)")
    say(f"signs that HPO does not name: {total.outside_hpo} claims, not counted")
    for flag, rows in (("--missed", total.missed), ("--wrong", total.wrong)):
        if flag in arguments:
            say(flag.strip("-"))
            for text, times in Counter(text for _, text in rows).most_common(60):
                say(f"{times:6} {text}   {next(page for page, other in rows if other == text)}")
    return int(total.recall < 0.95 or total.precision < 0.98)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

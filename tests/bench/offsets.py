"""Whether every quote of a corpus stands in the text of its row at its offsets.

    python tests/bench/offsets.py CORPUS

reads the rows (`.jsonl` or `.jsonl.gz`) by itself, not with the reader of corpora, and exits with 1 on any difference.
"""

import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from ingest.article import parse_article
from ingest.extract import extract


def rows(corpus: Path) -> Iterator[tuple[str, str]]:
    """Identifier and text of every row."""
    with (
        gzip.open(corpus, "rt", encoding="utf-8") if corpus.suffix == ".gz" else corpus.open(encoding="utf-8") as lines
    ):
        for line in lines:
            row = json.loads(line)
            yield row["id"], row["text"]


def main(corpus: str) -> int:
    """Print how many quotes were compared and where one differs."""
    compared = different = 0
    for identifier, text in rows(Path(corpus)):
        for claim in extract(parse_article(text, id=identifier, format="text")).claims:
            for statement in claim.evidence:
                compared += 1
                if text[statement.start : statement.end] != statement.quote:
                    different += 1
                    print(f"{identifier} {statement.start}-{statement.end} differs")  # noqa: T201 - a command
    print(f"{compared:,} quotes compared, {different:,} differ")  # noqa: T201 - a command
    return 1 if different or not compared else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

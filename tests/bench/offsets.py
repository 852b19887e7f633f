"""Whether every quote of a corpus stands in the text of its row at its offsets.

    python tests/bench/offsets.py [CORPUS]

reads the rows (`.jsonl` or `.jsonl.gz`) by itself, not with the reader of corpora, and exits with 1 on any difference.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from sharedfiles import corpus_rows, nih_corpus

from ingest.article import parse_article
from ingest.extract import extract


def main(arguments: list[str]) -> int:
    """Print how many quotes were compared and where one differs."""
    compared = different = 0
    for row in corpus_rows(Path(arguments[0]) if arguments else nih_corpus()):
        identifier, text = row["id"], row["text"]
        for claim in extract(parse_article(text, id=identifier, format="text")).claims:
            for statement in claim.evidence:
                compared += 1
                if text[statement.start : statement.end] != statement.quote:
                    different += 1
                    print(f"{identifier} {statement.start}-{statement.end} differs")  # noqa: T201 - a command
    print(f"{compared:,} quotes compared, {different:,} differ")  # noqa: T201 - a command
    return 1 if different or not compared else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The articles, gold claims and corpora that may not be redistributed: `../shared`, or where ETIOGRAPH_SHARED is."""

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path


def shared_folder() -> Path:
    """Where they are looked for, whether or not it is there."""
    return Path(os.environ.get("ETIOGRAPH_SHARED", Path(__file__).parents[2] / "shared"))


def nih_corpus() -> Path:
    """The corpus of NIH articles.

    Raises:
        SystemExit: it is not there; the message says what to set.
    """
    corpus = shared_folder() / "corpora" / "nih-articles.jsonl.gz"
    if not corpus.is_file():
        raise SystemExit(
            f"{corpus} is missing: set ETIOGRAPH_SHARED to the folder that holds corpora/, or name a corpus"
        )
    return corpus


def corpus_rows(corpus: Path) -> Iterator[dict[str, str]]:
    """Every row of a corpus, `.jsonl` or `.jsonl.gz`, read without the product's reader of corpora."""
    with (
        gzip.open(corpus, "rt", encoding="utf-8") if corpus.suffix == ".gz" else corpus.open(encoding="utf-8") as lines
    ):
        for line in lines:
            yield json.loads(line)

"""The names of a vocabulary as they are looked for: folded, with what each may mean and how it must be written.

What a name of several concepts means is decided by rank: a curated concept before one of an imported vocabulary, a
label before a lay name. An abbreviation counts only as it is written.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import orjson

from ingest import folding, words
from ingest.folding import fold
from ingest.sentences import tokens
from ingest.words import DETERMINERS, is_determiner
from ontology.compiled import fingerprint, kept
from ontology.errors import InvalidVocabulary
from ontology.lexicon import Lexicon
from ontology.terms import NameType

_RANK: Final = {NameType.EXACT: 0, NameType.LAY: 1, NameType.ABBREVIATION: 2, NameType.HIDDEN: 3}


@dataclass(frozen=True, slots=True)
class NameTable:
    """Folded names, sorted, each with the ids of the concepts it may mean, best first.

    `written` holds the exact spellings allowed of names, by position, that are nothing but abbreviations. `known` are
    the words of all names, lower case, from five letters on.
    """

    folded: list[str]
    concepts: list[list[str]]
    written: dict[int, frozenset[str]]
    known: frozenset[str]


def name_table(lexicon: Lexicon) -> NameTable:
    """The names of a lexicon, from the cache where the lexicon's own content came from there."""
    if lexicon.fingerprint is None:
        return _read(_made(lexicon))
    code = (Path(__file__), Path(folding.__file__), Path(words.__file__))
    return kept("names", fingerprint(code, lexicon.fingerprint), lambda: _made(lexicon), _read)


def name_words(name: str) -> str:
    """A name as it is compared: its folded words but for determiners, parted by spaces."""
    plain = name.replace("\u2019", "'")
    written = [span.of(plain) for span in tokens(plain)]
    # At the beginning a capital A is an article.
    first = [word for word in written[:1] if word.lower() not in DETERMINERS]
    return " ".join(fold(word) for word in first + [word for word in written[1:] if not is_determiner(word)])


def _read(content: bytes) -> NameTable:
    try:
        folded, concepts, written, known = orjson.loads(content)
        return NameTable(
            folded,
            concepts,
            {position: frozenset(spellings) for position, spellings in written},
            frozenset(known),
        )
    except (ValueError, TypeError) as error:
        raise InvalidVocabulary(f"unreadable cache entry: {error}") from error


def _made(lexicon: Lexicon) -> bytes:
    ranked: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    spellings: dict[str, set[str]] = defaultdict(set)
    spelled_out: set[str] = set()
    known: set[str] = set()
    for text, kind, curie in lexicon.names():
        known.update(re.findall(r"[a-z]{5,}", text.lower()))
        label = lexicon.concepts[curie].label
        entry = (lexicon.standing(curie), -1 if text == label else _RANK[kind], curie)
        abbreviation = kind is NameType.ABBREVIATION or (text.isupper() and len(text) <= 5)
        for folded in _forms(text, abbreviation=abbreviation):
            ranked[folded].append(entry)
            if abbreviation:
                spellings[folded] |= {text, text + "s"}
            else:
                spelled_out.add(folded)
    names = sorted(ranked)
    concepts = [list(dict.fromkeys(curie for _, _, curie in sorted(ranked[folded]))) for folded in names]
    written = [
        (position, sorted(spellings[folded])) for position, folded in enumerate(names) if folded not in spelled_out
    ]
    return orjson.dumps([names, concepts, written, sorted(known)])


def _forms(text: str, *, abbreviation: bool) -> Iterator[str]:
    folded = name_words(text)
    if folded:
        yield folded
        if "x ray" in folded and not abbreviation:
            yield folded.replace("x ray", "xray")

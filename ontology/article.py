"""Articles and what was read from one: the two values that pass from ingest to graph."""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from ontology.claim import Claim, Concept
from ontology.packing import Packed


@dataclass(frozen=True, slots=True)
class Source(Packed):
    """Bibliographic data of a publication; every field may be missing."""

    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    date: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article(Packed):
    """One article, its text exactly as its file decodes (front matter included): offsets count in it.

    Of a web page or an XML file it is the article alone, as an outline; `format` says how its blocks are read.
    `id` is the file's stem unless the front matter says otherwise. `restates` describes the publication whose
    facts the article puts in its own words.
    """

    id: str
    title: str
    text: str
    format: str
    source: Source = Source()
    licence: str | None = None
    restates: Source | None = None

    @property
    def sha256(self) -> str:
        """Hex digest of the text's UTF-8 bytes: the version of the article."""
        return _digest(self.text)


@dataclass(frozen=True, slots=True)
class Extraction(Packed):
    """What was read from one article.

    `concepts` holds every concept its claims speak of, by id; `claims` are sorted by id and carry evidence of
    this article alone. `extractor` is the version of the rules and the vocabulary that read it.
    """

    article: Article
    concepts: tuple[Concept, ...]
    claims: tuple[Claim, ...]
    sentences: int = 0
    extractor: str | None = None


@lru_cache(maxsize=4)  # each of an article's statements names its version
def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()

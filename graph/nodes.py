"""The IRIs and literals of the store: what stands for a claim, its evidence, an article, a heading path.

Every function here that makes an IRI has its inverse beside it. No blank nodes: what needs a node has an IRI made
from its content.
"""

import re
from functools import lru_cache
from hashlib import sha256
from typing import Final
from urllib.parse import quote, unquote

from pyoxigraph import DefaultGraph, Literal, NamedNode

from ontology.claim import Evidence
from ontology.terms import ETIO, PREFIXES, contract, expand

DEFAULT: Final = DefaultGraph()
"""Where all of ours is; a named graph is a user's own."""

ARTICLES: Final = f"{ETIO}article/"
CLAIMS: Final = f"{ETIO}claim/"
EVIDENCE: Final = f"{ETIO}evidence/"

_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_HEADING: Final = re.compile(r"(?:[^\\>]|\\.)*?(?= > |\Z)", re.DOTALL)


@lru_cache(maxsize=8192)
def term(curie: str) -> NamedNode:
    """The node of a CURIE or IRI.

    Raises:
        ValueError: its prefix is unknown or it does not make an IRI.
    """
    return NamedNode(expand(curie))


def curie(node: NamedNode) -> str:
    """The inverse of `term`."""
    return contract(node.value)


def decimal(value: float) -> Literal:
    """An `xsd:decimal` of at most four places, in the form the store keeps: 0.8, 1."""
    return Literal(f"{value:.4f}".rstrip("0").rstrip("."), datatype=NamedNode(PREFIXES["xsd"] + "decimal"))


@lru_cache(maxsize=1024)  # every statement names its article
def article_iri(article_id: str) -> str:
    """The article's IRI: its id, percent-encoded but for unreserved characters, under `ARTICLES`."""
    return ARTICLES + quote(article_id, safe="")


@lru_cache(maxsize=64)
def article_node(article_id: str) -> NamedNode:
    """The node of the article."""
    return NamedNode(article_iri(article_id))


def article_id(node: NamedNode) -> str:
    """The inverse of `article_node`."""
    return unquote(node.value.removeprefix(ARTICLES))


def restated_node(article_id: str) -> NamedNode:
    """The publication whose facts the article restates."""
    return NamedNode(article_iri(article_id) + "/restated")


@lru_cache(maxsize=64)
def version_node(article_id: str, digest: str) -> NamedNode:
    """The article as it was when its text had this SHA-256."""
    return NamedNode(f"{article_iri(article_id)}/version/{digest}")


def evidence_iri(claim_id: str, statement: Evidence) -> str:
    """The evidence's IRI: the first 16 hex digits of SHA-256 over claim, article, span, rule and mentions."""
    parts = (
        claim_id,
        statement.article,
        str(statement.start),
        str(statement.end),
        statement.rule,
        statement.subject_mention,
        statement.object_mention,
    )
    return EVIDENCE + sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def evidence_node(claim_id: str, statement: Evidence) -> NamedNode:
    """The node of the statement."""
    return NamedNode(evidence_iri(claim_id, statement))


def quote_node(evidence: NamedNode) -> NamedNode:
    """The selector that holds the quote."""
    return NamedNode(evidence.value + "#quote")


def quoted_evidence(quote: NamedNode) -> NamedNode:
    """The inverse of `quote_node`."""
    return NamedNode(quote.value.removesuffix("#quote"))


def position_node(evidence: NamedNode) -> NamedNode:
    """The selector that holds the offsets."""
    return NamedNode(evidence.value + "#position")


def heading_path(section: tuple[str, ...]) -> str:
    r"""The headings joined by " > ", with `\` and `>` in a heading escaped by `\`; not for an empty path."""
    return " > ".join(heading.replace("\\", "\\\\").replace(">", "\\>") for heading in section)


def headings(path: str) -> tuple[str, ...]:
    """The inverse of `heading_path`."""
    section, at = [], 0
    while True:
        match = _HEADING.match(path, at)
        if match is None:
            raise ValueError(f"not a path of headings: {path!r}")
        section.append(_ESCAPED.sub(r"\1", match.group()))
        if match.end() == len(path):
            return tuple(section)
        at = match.end() + len(" > ")

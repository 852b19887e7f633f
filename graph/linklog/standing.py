"""What stands in a store of a link or a concept, as the scan of the whole store (`graph.adjacency`) would find it."""

from collections import defaultdict
from typing import Final

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad

from graph import nodes
from graph.linklog.rows import Described, Figures
from graph.numbering import RELATIONS, kind_bits
from graph.rdf import CONCEPT, TYPE
from graph.reading import english
from ontology.claim import claim_id
from ontology.terms import PREFIXES, Certainty, Kind, Predicate, contract

NEGATED: Final = nodes.term("etio:negated")
CERTAINTY: Final = nodes.term("etio:certainty")
ARTICLES: Final = nodes.term("etio:articleCount")
BELIEF: Final = nodes.term("etio:belief")
LABEL: Final = nodes.term("skos:prefLabel")
PROVISIONAL: Final = nodes.term("etio:provisional")
KINDS: Final = {nodes.term(kind.iri): kind for kind in Kind}

Values = dict[NamedNode, list[object]]
"""What is said of a node, by property."""

_RELATIONS: Final = tuple(nodes.term(Predicate(name).iri) for name in RELATIONS)
_TEXTS: Final = frozenset((PREFIXES["xsd"] + "string", PREFIXES["rdf"] + "langString"))
_RANKS: Final = {certainty.value: certainty.rank for certainty in Certainty}
_WRITTEN_RANKS: Final = {certainty.value.encode(): certainty.rank for certainty in Certainty}
_MOST_ARTICLES: Final = 1 << 32


class Unclear(Exception):
    """What the store holds is not as our writers leave it, so only a scan can tell what comes of it."""


def values_of(store: pyoxigraph.Store, node: NamedNode) -> Values:
    """All that is said of a node, by property."""
    found: Values = defaultdict(list)
    for quad in store.quads_for_pattern(node, None, None, nodes.DEFAULT):
        found[quad.predicate].append(quad.object)
    return found


def claim_of(subject: str, relation: int, object: str, *, negated: bool) -> NamedNode:
    """The node of the claim that links these concepts (IRIs)."""
    return nodes.term(claim_id(contract(subject), Predicate(RELATIONS[relation]), contract(object), negated))


def affirmed(
    store: pyoxigraph.Store, subject: str, relation: int, object: str, *, said: Values | None = None
) -> Figures | None:
    """What is known of the plain link between two concepts (IRIs); None where it is not there.

    `said` is what its claim's node says, where that was read already.

    Raises:
        Unclear: its claim does not say all there is to know.
    """
    if Quad(NamedNode(subject), _RELATIONS[relation], NamedNode(object)) not in store:
        return None
    return figures(said or values_of(store, claim_of(subject, relation, object, negated=False)))


def figures(said: Values) -> Figures:
    """What a claim's node says of its link.

    Raises:
        Unclear: something is missing, stands twice or cannot be read.
    """
    certainty, articles, belief = (_single(said, name) for name in (CERTAINTY, ARTICLES, BELIEF))
    try:
        known = Figures(_RANKS[certainty], int(articles), float(belief))
    except (KeyError, ValueError) as error:
        raise Unclear from error
    if not 0 <= known.articles < _MOST_ARTICLES or not 0 <= known.belief <= 1:
        raise Unclear
    return known


def figures_in(lines: bytes) -> Figures:
    """What the N-Triples of a claim as a writer makes it say of its link; to derive it anew takes ten times as long."""
    return Figures(
        _WRITTEN_RANKS[_quoted_after(b'/certainty> "', lines)],
        int(_quoted_after(b'/articleCount> "', lines)),
        float(_quoted_after(b'/belief> "', lines)),
    )


def concept(store: pyoxigraph.Store, iri: str) -> Described | None:
    """What is known of a concept; None where it is none.

    Raises:
        Unclear: it has several labels, or one that is no text.
    """
    said = values_of(store, NamedNode(iri))
    types = said[TYPE]
    if CONCEPT not in types:
        return None
    labels = [label for label in said[LABEL] if isinstance(label, Literal) and label.datatype.value in _TEXTS]
    if len(labels) > 1 or len(labels) < len(said[LABEL]):
        raise Unclear
    return Described(
        label=next(iter(english(labels)), contract(iri)),
        kinds=kind_bits(KINDS[type_] for type_ in types if isinstance(type_, NamedNode) and type_ in KINDS),
        provisional=Literal(True) in said[PROVISIONAL],  # noqa: FBT003  # its value
    )


def _single(said: Values, name: NamedNode) -> str:
    values = said[name]
    if len(values) != 1 or not isinstance(values[0], Literal):
        raise Unclear
    return values[0].value


def _quoted_after(text: bytes, lines: bytes) -> bytes:
    start = lines.index(text) + len(text)
    return lines[start : lines.index(b'"', start)]

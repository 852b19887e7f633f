"""Neighbours as JSON put together from what lies written: the same bytes as `api.written` has them, sooner."""

from collections.abc import Iterator
from operator import attrgetter
from typing import Final

import orjson

from api import written
from api.questions import Linked
from api.settings import NOTICE
from graph.claimjson import EvidenceMode, pieces
from graph.knowledge import KnowledgeGraph
from graph.nodejson import NodeJson
from graph.numbering import PREDICATES
from graph.rankedlinks import SURE, WAYS, RankedLink, RankedLinks
from ontology.claim import Concept

_LED: Final = tuple(
    tuple(b',"predicate":%b,"direction":%b,"of":' % (orjson.dumps(predicate), orjson.dumps(way)) for way in WAYS)
    for predicate in PREDICATES
)
"""What comes between the two ends of a link, by relation and way."""

_FIGURES: Final = 5
"""The place of the figures among the parts of a link."""


def neighbourhood(network: KnowledgeGraph, of: Concept, found: RankedLinks, question: Linked) -> bytes:
    """The answer to a question about neighbours of a concept."""
    nodes = _nodes(network, found)
    claims = iter(network.claims_written([number for link in found.links for _, number in link.claims]))
    items: list[bytes] = []
    for link in found.links:
        items += _association(link, nodes[link.of], nodes[link.other], claims, question.evidence)
    in_order = sorted(nodes.values(), key=attrgetter("id"))
    page = {"limit": question.limit, "offset": question.offset, "total": found.total}
    asked = {"notice": NOTICE, "concept": written.node(of)}
    rest = {"facets": written.facets(found.facets), "truncated": found.truncated}
    parts = (
        *(orjson.dumps(page)[:-1], b',"items":[', b"".join(items)[1:], b"],", orjson.dumps(asked)[1:-1]),
        *(b',"nodes":[', b",".join([node.whole for node in in_order]), b"],", orjson.dumps(rest)[1:]),
    )
    return b"".join(parts)


def _nodes(network: KnowledgeGraph, found: RankedLinks) -> dict[int, NodeJson]:
    """The ends of the links by number."""
    numbers = [*{number for link in found.links for number in (link.other, link.of)}]
    nodes = dict(zip(numbers, found.arrays.names.jsons(numbers), strict=True))
    for number, node in nodes.items():
        if not node.has_kinds:
            nodes[number] = NodeJson.of(network.concepts[node.id.decode()])
    return nodes


def _association(
    link: RankedLink, of: NodeJson, other: NodeJson, claims: Iterator[bytes], mode: EvidenceMode
) -> list[bytes]:
    """The parts of the link, after a comma, with as many of the claims, the next ones, as it has."""
    subject, object_, figures, rest = pieces(next(claims), mode)
    from_, to = (of, other) if link.claims[0][0] else (other, of)
    parts = [
        *(b',{"concept":', other.whole, _LED[link.relation][link.way], of.whole, b',"distance":%d' % link.distance),
        *(figures, b',"claims":[', subject, from_.label, object_, to.label, rest),
    ]
    if len(link.claims) > 1:
        parts[_FIGURES] = _together(link, figures)
    for outward, _ in link.claims[1:]:
        subject, object_, _, rest = pieces(next(claims), mode)
        from_, to = (of, other) if outward else (other, of)
        parts += (b"},", subject, from_.label, object_, to.label, rest)
    parts.append(b"}]}")
    return parts


def _together(link: RankedLink, main: bytes) -> bytes:
    """The figures of several claims, of which these are those of the first."""
    together = {"certainty": link.sure, "belief": link.belief / SURE}
    return b"," + orjson.dumps(orjson.loads(b"{" + main[1:] + b"}") | together)[1:-1]

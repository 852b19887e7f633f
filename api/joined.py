"""Neighbours as JSON put together from what lies written: the same bytes as `api.written` has them, sooner."""

from collections.abc import Sequence
from itertools import islice
from operator import attrgetter
from typing import Final

import orjson

from api import written
from api.questions import Linked
from api.settings import NOTICE
from graph.claimjson import ClaimJson, EvidenceMode
from graph.knowledge import KnowledgeGraph
from graph.linkarrays import LinkArrays
from graph.nodejson import NodeJson
from graph.numbering import PREDICATES
from graph.rankedlinks import SURE, WAYS, RankedLink, RankedLinks
from ontology.claim import Concept

_LED: Final = tuple(
    tuple(b',"predicate":%b,"direction":%b,"of":' % (orjson.dumps(predicate), orjson.dumps(way)) for way in WAYS)
    for predicate in PREDICATES
)
"""What comes between the two ends of a link, by relation and way."""


def neighbourhood(network: KnowledgeGraph, of: Concept, found: RankedLinks, question: Linked) -> bytes:
    """The answer to a question about neighbours of a concept."""
    nodes = _Nodes(network, found.arrays)
    ends = [(nodes[link.of], nodes[link.other]) for link in found.links]
    claims = iter(network.claim_jsons([number for link in found.links for _, number in link.claims]))
    items = [
        _association(link, *both, [*islice(claims, len(link.claims))], question.evidence)
        for link, both in zip(found.links, ends, strict=True)
    ]
    page = {"limit": question.limit, "offset": question.offset, "total": found.total}
    asked = {"notice": NOTICE, "concept": written.node(of)}
    rest = {"facets": written.facets(found.facets), "truncated": found.truncated}
    parts = (
        *(orjson.dumps(page)[:-1], b',"items":[', b",".join(items), b"],", orjson.dumps(asked)[1:-1]),
        *(b',"nodes":[', b",".join(nodes.in_order()), b"],", orjson.dumps(rest)[1:]),
    )
    return b"".join(parts)


class _Nodes(dict[int, NodeJson]):
    """Some concepts by number."""

    def __init__(self, network: KnowledgeGraph, arrays: LinkArrays) -> None:
        super().__init__()
        self._network = network
        self._names = arrays.names

    def __missing__(self, number: int) -> NodeJson:
        found = NodeJson.find(self._names.json(number)) or NodeJson.of(self._network.concepts[self._names.id(number)])
        self[number] = found
        return found

    def in_order(self) -> list[bytes]:
        """All of them, by id."""
        return [node.whole for node in sorted(self.values(), key=attrgetter("id"))]


def _association(
    link: RankedLink, of: NodeJson, other: NodeJson, claims: Sequence[ClaimJson], mode: EvidenceMode
) -> bytes:
    shown = [
        claim.whole(of.label, other.label, mode) if outward else claim.whole(other.label, of.label, mode)
        for claim, (outward, _) in zip(claims, link.claims, strict=True)
    ]
    parts = (
        *(b'{"concept":', other.whole, _LED[link.relation][link.way], of.whole, b',"distance":%d' % link.distance),
        *(_figures(link, claims), b',"claims":[', b",".join(shown), b"]}"),
    )
    return b"".join(parts)


def _figures(link: RankedLink, claims: Sequence[ClaimJson]) -> bytes:
    """Those of its only claim, or those of several together."""
    main = claims[0].figures
    if len(claims) == 1:
        return main
    together = {"certainty": link.sure, "belief": link.belief / SURE}
    return b"," + orjson.dumps(orjson.loads(b"{" + main[1:] + b"}") | together)[1:-1]

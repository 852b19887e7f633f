"""Neighbours as JSON put together from what lies written: the same bytes as `api.written` has them, sooner."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

import orjson

from api import written
from api.questions import Linked
from api.settings import NOTICE
from graph.claimjson import ClaimJson, EvidenceMode
from graph.knowledge import KnowledgeGraph
from graph.linkarrays import IdsOf, LinkArrays
from graph.numbering import PREDICATES, kind_bits
from graph.rankedlinks import SURE, WAYS, RankedLink, RankedLinks
from ontology.claim import Concept
from ontology.terms import Kind

_KINDS: Final = {kind_bits([kind]): orjson.dumps([kind]) for kind in Kind}
"""The JSON of the kinds of a concept that is of one."""

_LED: Final = tuple(
    tuple(b',"predicate":%b,"direction":%b,"of":' % (orjson.dumps(predicate), orjson.dumps(way)) for way in WAYS)
    for predicate in PREDICATES
)
"""What comes between the two ends of a link, by relation and way."""


def neighbourhood(network: KnowledgeGraph, of: Concept, found: RankedLinks, question: Linked) -> bytes:
    """The answer to a question about neighbours of a concept."""
    nodes = _Nodes(network, found.arrays)
    ids = [link.claim_ids(nodes.ids) for link in found.links]
    claims = iter(network.claim_jsons([id for of_link in ids for id in of_link]))
    items = [
        _association(nodes, link, [*islice(claims, len(of_link))], question.evidence)
        for link, of_link in zip(found.links, ids, strict=True)
    ]
    page = {"limit": question.limit, "offset": question.offset, "total": found.total}
    asked = {"notice": NOTICE, "concept": written.node(of)}
    rest = {"facets": written.facets(found.facets), "truncated": found.truncated}
    parts = (
        *(orjson.dumps(page)[:-1], b',"items":[', b",".join(items), b"],", orjson.dumps(asked)[1:-1]),
        *(b',"nodes":[', b",".join(nodes.in_order()), b"],", orjson.dumps(rest)[1:]),
    )
    return b"".join(parts)


class _Nodes(dict[int, tuple[bytes, bytes]]):
    """Some concepts by number: each as JSON, and its label as JSON; read from the arrays where they know it all."""

    def __init__(self, network: KnowledgeGraph, arrays: LinkArrays) -> None:
        super().__init__()
        self.ids = IdsOf(arrays.names)
        self._network = network
        self._arrays = arrays

    def __missing__(self, number: int) -> tuple[bytes, bytes]:
        id = self.ids[number]
        kinds = _KINDS.get(int(self._arrays.kinds[number]))
        if kinds is None:  # which of several is the usual one is known of the concept alone
            concept = self._network.concepts[id]
            found = orjson.dumps(written.node(concept)), orjson.dumps(concept.label)
        else:
            label = orjson.dumps(self._arrays.names.label(number))
            found = b'{"id":%b,"label":%b,"kinds":%b}' % (orjson.dumps(id), label, kinds), label
        self[number] = found
        return found

    def in_order(self) -> Iterator[bytes]:
        """All of them, by id."""
        return (self[number][0] for _, number in sorted((self.ids[number], number) for number in self))


def _association(nodes: _Nodes, link: RankedLink, claims: Sequence[ClaimJson], mode: EvidenceMode) -> bytes:
    other, of = nodes[link.other], nodes[link.of]
    shown = [
        claim.whole(*((of[1], other[1]) if outward else (other[1], of[1])), mode)
        for claim, (outward, _) in zip(claims, link.claims, strict=True)
    ]
    parts = (
        *(b'{"concept":', other[0], _LED[link.relation][link.way], of[0], b',"distance":%d' % link.distance),
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

"""Which links and concepts changes of triples touch, and what has become of them in the end."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Final

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad, Triple

from graph import nodes
from graph.linklog import standing
from graph.linklog.rows import LinkRow, Rows
from graph.linklog.standing import Unclear, Values
from graph.numbering import RELATIONS
from graph.rdf import CONCEPT, OBJECT, SUBJECT, TYPE
from ontology.claim import claim_number
from ontology.terms import Predicate

MOST: Final = 300_000
"""Links and concepts that are looked at one by one; to scan all is better for more."""

_PREDICATE: Final = nodes.term("rdf:predicate")
_NUMBERS: Final = {nodes.term(Predicate(name).iri): number for number, name in enumerate(RELATIONS)}
_PARTS: Final = {SUBJECT: 0, _PREDICATE: 1, OBJECT: 2}
_OF_CLAIMS: Final = frozenset((*_PARTS, standing.NEGATED, standing.CERTAINTY, standing.ARTICLES, standing.BELIEF))
_OF_CONCEPTS: Final = frozenset((standing.LABEL, standing.PROVISIONAL))
_MOST_PARTS: Final = 64

Link = tuple[str, int, str]
"""Subject, relation, object: two IRIs and a number."""


@dataclass(slots=True)
class Touched:
    """What was touched since the last publication. `clear` is False where that cannot be told."""

    clear: bool = True
    links: set[Link] = field(default_factory=set)
    claims: dict[str, tuple[set[str], set[str], set[str]]] = field(default_factory=dict)
    """The subjects, relations and objects that a claim's node has had since, besides those that it has."""

    concepts: set[str] = field(default_factory=set)
    made: set[str] = field(default_factory=set)
    """Those among the concepts that may have been none before."""

    def __bool__(self) -> bool:
        return not self.clear or bool(self.links or self.claims or self.concepts)

    def look(self, statements: Iterable[Triple] | Iterable[Quad]) -> None:
        """Take down what statements that went or came are about; those of named graphs are about none of it."""
        for statement in statements:
            if isinstance(statement, Quad) and statement.graph_name != nodes.DEFAULT:
                continue
            subject, predicate, object_ = statement.subject, statement.predicate, statement.object
            if predicate in _NUMBERS:
                if isinstance(subject, NamedNode) and isinstance(object_, NamedNode):
                    self.links.add((subject.value, _NUMBERS[predicate], object_.value))
            elif predicate in _OF_CLAIMS:
                self._of_claim(subject, predicate, object_)
            elif isinstance(subject, NamedNode):
                if predicate in _OF_CONCEPTS or (predicate == TYPE and object_ in standing.KINDS):
                    self.concepts.add(subject.value)
                elif predicate == TYPE and object_ == CONCEPT:
                    self.concepts.add(subject.value)
                    self.made.add(subject.value)
        if len(self.links) + len(self.claims) + len(self.concepts) > MOST:
            self.clear = False

    def settle(self, store: pyoxigraph.Store, rows: Rows, *, from_nothing: bool) -> None:
        """Add a row for each: what it is now. `from_nothing`: the store was empty before all that was touched.

        Raises:
            Unclear: some of it is not as our writers leave it.
        """
        if not from_nothing:
            for concept in self.made:
                self.look(_around(store, NamedNode(concept)))
        if not self.clear:
            raise Unclear
        for concept in sorted(self.concepts):
            rows.concept(concept, standing.concept(store, concept))
        said: dict[Link, Values] = {}
        for claim in sorted(self.claims):
            self._settle_claim(store, rows, claim, said)
        for link in sorted(self.links):
            rows.link(_row(link, negated=False), standing.affirmed(store, *link, said=said.get(link)))

    def _of_claim(self, node: object, predicate: NamedNode, value: object) -> None:
        if isinstance(node, NamedNode) and node.value.startswith(nodes.CLAIMS):
            parts = self.claims.setdefault(node.value, (set(), set(), set()))
            if predicate in _PARTS and isinstance(value, NamedNode):
                parts[_PARTS[predicate]].add(value.value)
        elif not (isinstance(node, NamedNode) and node.value.startswith(nodes.EVIDENCE)):
            self.clear = False  # a claim that is not named as ours are, or might become one

    def _settle_claim(self, store: pyoxigraph.Store, rows: Rows, iri: str, affirmed: dict[Link, Values]) -> None:
        said = standing.values_of(store, NamedNode(iri))
        now = ({value.value for value in said[part] if isinstance(value, NamedNode)} for part in _PARTS)
        parts = [old | new for old, new in zip(self.claims[iri], now, strict=True)]
        link, negated = _named_so(iri, *parts)
        denied = said[standing.NEGATED]
        if any(not isinstance(value, Literal) or value != Literal(negated) for value in denied):
            raise Unclear
        if not negated:
            self.links.add(link)
            affirmed[link] = said
        elif denied and all(len(said[part]) == 1 for part in _PARTS):
            rows.link(_row(link, negated=True), standing.figures(said))
        elif any(said[part] for part in _OF_CLAIMS):
            raise Unclear
        else:
            rows.link(_row(link, negated=True), None)


def _row(link: Link, *, negated: bool) -> LinkRow:
    return LinkRow(*link, claim_number(standing.claim_of(*link, negated=negated).value), negated)


def _named_so(iri: str, subjects: set[str], relations: set[str], objects: set[str]) -> tuple[Link, bool]:
    """The link, and whether it is denied, that a claim's node is named after."""
    numbers = {_NUMBERS[node] for node in map(NamedNode, relations) if node in _NUMBERS}
    if len(subjects) * len(numbers) * len(objects) <= _MOST_PARTS:
        for subject, relation, object_ in product(subjects, numbers, objects):
            for negated in (False, True):
                if standing.claim_of(subject, relation, object_, negated=negated).value == iri:
                    return (subject, relation, object_), negated
    raise Unclear


def _around(store: pyoxigraph.Store, concept: NamedNode) -> Iterator[Quad]:
    """What links a concept, and claims that speak of it: they count once it is one."""
    for quad in store.quads_for_pattern(concept, None, None, nodes.DEFAULT):
        if quad.predicate in _NUMBERS:
            yield quad
    for quad in store.quads_for_pattern(None, None, concept, nodes.DEFAULT):
        if quad.predicate in _NUMBERS or quad.predicate in (SUBJECT, OBJECT):
            yield quad

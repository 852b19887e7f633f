"""Which concept of a snapshot a name means: identifiers are looked up in the store, names in their arrays.

The arrays are opened when the first name is asked for, or before, by `prepare`.
"""

from collections.abc import Mapping, Sequence
from threading import Lock
from typing import Final

from graph import nodes
from graph.naming.namebuilding import at_hand, names_of
from graph.naming.nameindex import NameIndex
from graph.rdf import MAPPINGS
from graph.snapshot import Snapshot
from graph.stored import find_node, subjects
from ontology.claim import Concept
from ontology.resolving import Hit, chosen, curie_of
from ontology.terms import Kind, MappingRelation

_EXACT: Final = nodes.term(MAPPINGS[MappingRelation.EXACT])


class StoredNames:
    """`ontology.resolving.Names` of a snapshot."""

    def __init__(self, snapshot: Snapshot, concepts: Mapping[str, Concept]) -> None:
        self._snapshot = snapshot
        self._concepts = concepts
        self._index: NameIndex | None = None
        self._opening = Lock()

    @property
    def prepared(self) -> bool:
        """Whether names are answered at once."""
        return self._index is not None

    @property
    def at_hand(self) -> bool:
        """Whether `prepare` takes but a moment; else some seconds for every hundred thousand names."""
        return self.prepared or at_hand(self._snapshot)

    def prepare(self) -> NameIndex:
        """The index of all names, opened the first time, or made where it is missing."""
        with self._opening:
            if self._index is None:
                self._index = names_of(self._snapshot, self._concepts)
            return self._index

    def identified(self, asked: str) -> tuple[Concept, ...]:
        """The concepts with this CURIE or IRI, or else with this exactly mapped CURIE, by id; () for other names."""
        curie = curie_of(asked.strip())
        if curie is None:
            return ()
        concept = self._concepts.get(curie)
        if concept is not None:
            return (concept,)
        node = find_node(curie)
        mapped = () if node is None else subjects(self._snapshot.store, _EXACT, node)
        found = (self._concepts.get(nodes.curie(known)) for known in mapped)
        return tuple(sorted((known for known in found if known is not None), key=lambda known: known.id))

    def find(self, name: str) -> tuple[Concept, ...]:
        """Every concept that the name may mean, by id."""
        return self.prepare().find(name)

    def begins(self, words: str) -> bool:
        """Whether a name begins with these words and goes on with others."""
        return self.prepare().begins(words)

    def get(self, asked: str) -> Concept:
        """The concept with this CURIE, IRI, exactly mapped CURIE or name.

        Raises:
            UnknownConcept: nothing is called so; carries up to three near names.
            AmbiguousName: more than one concept is.
        """
        return chosen(self, asked, self.identified(asked))

    def search(self, text: str, *, kinds: frozenset[Kind] = frozenset(), limit: int = 20) -> Sequence[Hit]:
        """Concepts with a name like `text`, best first."""
        return self.prepare().search(text, kinds=kinds, limit=limit)

    def listed(self, *, kinds: frozenset[Kind] = frozenset()) -> Sequence[Hit]:
        """Every concept with its label, by label in any case and id."""
        return self.prepare().listed(kinds=kinds)

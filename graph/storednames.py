"""Which concept of a snapshot a name means: identifiers are looked up in the store, names in a lexicon of all concepts.

The lexicon is made when the first name is asked for, or before, by `prepare`.
"""

from collections.abc import Mapping
from threading import Lock
from typing import Final

from graph import nodes
from graph.rdf import MAPPINGS
from graph.snapshot import Snapshot
from graph.stored import find_node, subjects
from ontology.claim import Concept
from ontology.lexicon import Hit, Lexicon, curie_of
from ontology.terms import Kind, MappingRelation

_EXACT: Final = nodes.term(MAPPINGS[MappingRelation.EXACT])


class StoredNames:
    """`graph.knowledge.Names` of a snapshot."""

    def __init__(self, snapshot: Snapshot, concepts: Mapping[str, Concept]) -> None:
        self._snapshot = snapshot
        self._concepts = concepts
        self._lexicon: Lexicon | None = None
        self._making = Lock()

    @property
    def prepared(self) -> bool:
        """Whether names are answered at once."""
        return self._lexicon is not None

    def prepare(self) -> Lexicon:
        """The lexicon of all concepts, made the first time."""
        with self._making:
            if self._lexicon is None:
                lexicon = Lexicon(self._snapshot.concepts())
                lexicon.find("")  # indexes the names
                self._lexicon = lexicon
            return self._lexicon

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

    def get(self, asked: str) -> Concept:
        """The concept with this CURIE, IRI, exactly mapped CURIE or name.

        Raises:
            UnknownConcept: nothing is called so; carries up to three near names.
            AmbiguousName: more than one concept is.
        """
        found = self.identified(asked)
        return found[0] if len(found) == 1 else self.prepare().get(asked)

    def search(self, text: str, *, kinds: frozenset[Kind] = frozenset(), limit: int = 20) -> tuple[Hit, ...]:
        """Concepts with a name like `text`, best first."""
        return self.prepare().search(text, kinds=kinds, limit=limit)

"""The nodes of a graph of KGX: which concept each is, numbered and kept in little memory.

A node keeps its id, as `ingest.foreign.prefixes` writes it; where that is an IRI, the CURIE finds it too. It is the
curated concept where that is mapped exactly to it or to one of its `same_as`; `xref` says less than that and counts
for nothing, and no name does.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from ingest.foreign.biolink import KINDS
from ingest.foreign.kgxrows import Row, one_line
from ingest.foreign.prefixes import compact, find_concept_id, namespaces
from ingest.foreign.skipped import Skipped
from ontology.claim import Concept, Name
from ontology.lexicon import curated
from ontology.terms import Kind, MappingRelation, NameType

COLUMNS: Final = ("id", "category")

LONGEST_ID: Final = 200
"""Characters of an id; a node with a longer one is skipped."""

LONGEST_NAME: Final = 1_000
"""Characters of a name; a node with a longer one is skipped."""

_NONE: Final = -1


class Nodes:
    """The concepts that the nodes are, by number. What is not understood is counted in `skipped`."""

    def __init__(self, rows: Iterable[Row], skipped: Skipped) -> None:
        self._numbers: dict[str, int] = {}
        self._others: dict[str, int] = {}
        self._ids: list[str] = []
        self._labels: list[str] = []
        self._kinds: list[tuple[Kind, ...]] = []
        self._skipped = skipped
        self._same = _ids_by_mapping()
        for row in rows:
            self._add(row)

    def number(self, id: str) -> int | None:
        """The number of the concept that the node with this id is; None where no node has it, -1 for none of ours."""
        number = self._others.get(id)
        return self._numbers.get(id) if number is None else number

    def __getitem__(self, number: int) -> Concept:
        id = self._ids[number]
        known, curie = curated().concepts.get(id), compact(id)
        names = () if curie == id else (Name(curie, NameType.HIDDEN),)
        return known or Concept(id, self._labels[number], self._kinds[number], names)

    def id(self, number: int) -> str:
        """The id of a concept."""
        return self._ids[number]

    def kinds(self, number: int) -> tuple[Kind, ...]:
        """The kinds of a concept, the usual one first."""
        return self._kinds[number]

    def _add(self, row: Row) -> None:
        id = row["id"]
        if self.number(id) is not None:
            self._skipped.add("a node given twice, of which the first row counts", id)
            return
        found = self._found(id, row)
        if found is None:
            self._others[id] = _NONE
            return
        number = self._numbers.setdefault(found.id, len(self._ids))
        if number == len(self._ids):
            self._ids.append(found.id)
            self._labels.append(found.label)
            self._kinds.append(found.kinds)
        if found.id != id:
            self._others[id] = number

    def _found(self, id: str, row: Row) -> Concept | None:
        """The concept that the node is; None, counted, where it is none of ours."""
        own = find_concept_id(id)
        category, name = row["category"], one_line(row.get("name", ""))
        meets = self._meets(own, row)
        if meets:
            return meets
        if id.partition(":")[0] not in namespaces():
            self._skipped.add("a node whose prefix is not known", id, detail=id.partition(":")[0] or "none")
        elif own is None or len(id) > LONGEST_ID:
            self._skipped.add(f"a node whose id makes no IRI, or has more than {LONGEST_ID} characters", id)
        elif own.startswith(("etio:", "etiop:")):
            self._skipped.add("a node with an id of Etiograph's that no concept has", id)
        elif not kinds_of(category):
            self._skipped.add("a node whose category is no kind", id, detail=category or "none given")
        elif len(name) > LONGEST_NAME:
            self._skipped.add(f"a node whose name has more than {LONGEST_NAME:,} characters", id)
        else:
            return Concept(own, name or id, kinds_of(category))
        return None

    def _meets(self, own: str | None, row: Row) -> Concept | None:
        """The curated concept that the node is, by itself or by one of its `same_as`."""
        if own is not None and (known := curated().concepts.get(self._same.get(own, own))):
            return known
        ids = filter(None, map(find_concept_id, filter(None, row.get("same_as", "").split("|"))))
        found = {met.id: met for id in ids if (met := curated().concepts.get(self._same.get(id, id)))}
        if len(found) > 1:
            self._skipped.add("same_as of a node that leads to several curated concepts, so to none", row["id"])
            return None
        return next(iter(found.values()), None)


@lru_cache(maxsize=1024)
def kinds_of(categories: str) -> tuple[Kind, ...]:
    """The kinds of a node of these categories, joined by `|`; none where none is ours."""
    return tuple(dict.fromkeys(kind for category in categories.split("|") for kind in KINDS.get(category, ())))


def _ids_by_mapping() -> dict[str, str]:
    """The curated concept that is the same as each concept of another vocabulary, where one is."""
    return {
        mapping.curie: concept.id
        for concept in curated().concepts.values()
        for mapping in concept.mappings
        if mapping.relation is MappingRelation.EXACT
    }

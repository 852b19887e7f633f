"""What a writer says of links and concepts while it writes, and hands over with every publication; records besides.

New articles say themselves what links they bring. Of what else changes it is taken down which links and concepts are
touched, and looked up before the publication what has become of them. What changes unseen is lost: then the arrays of
the next snapshot are made from its triples, and the log begins again after it. It is noticed where somebody writes and
does not say so, for the log has then heard of fewer lines than the content's hash (`graph.contenthash`). Records of
claims and concepts (`graph.records`) are made of what it hears.
"""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Final

import pyoxigraph
from pyoxigraph import NamedNode, Quad, Triple

from graph import nodes
from graph.checkpoints import find_pointer, is_unpublished
from graph.linklog.handed import hand_over
from graph.linklog.rows import Described, Figures, LinkRow, Rows
from graph.linklog.standing import Unclear, figures_in
from graph.linklog.touched import Touched
from graph.newclaim import NewClaim
from graph.numbering import RELATIONS, kind_bits
from graph.records.log import RecordLog
from ontology.claim import Claim, Concept, claim_number
from ontology.terms import Predicate

_NAME: Final = ".links.rows"
_NUMBERS: Final = {Predicate(name): number for number, name in enumerate(RELATIONS)}


class LinkLog:
    """The log of one data folder, whose only writer has it; `live` is its store as it is when the log begins."""

    def __init__(self, folder: Path, live: pyoxigraph.Store) -> None:
        self._folder = folder
        self._rows = Rows(folder / _NAME)
        self._rows.drop()
        self._touched = Touched()
        self._heard = 0
        pointer = find_pointer(folder)
        self._parent = None if pointer is None else pointer.name
        if pointer is None:
            self._lost = next(live.quads_for_pattern(None, None, None, None), None) is not None
        else:
            self._lost = is_unpublished(folder)
        self._records = RecordLog(folder, self._snapshot(), lost=self._lost)

    def add(
        self,
        live: pyoxigraph.Store,
        claims: Iterable[NewClaim],
        concepts: Iterable[Concept],
        *,
        lines: int,
    ) -> None:
        """Take down claims and concepts that are about to be stored and are not there yet.

        `lines` counts all that is about to be stored; the rest of it says nothing of links and concepts.
        """
        self._heard += lines
        if self._lost:
            return
        for concept in concepts:
            self.concept(concept)
            node = nodes.term(concept.id)
            if self._parent is not None and _is_mentioned(live, node):
                self._touched.made.add(node.value)
        for new in claims:
            claim = new.claim
            number = claim_number(new.id)
            link = LinkRow(claim.subject, _NUMBERS[claim.predicate], claim.object, number, claim.negated)
            self.link(link, figures_in(new.node))

    def concept(self, concept: Concept) -> None:
        """Take down a new concept."""
        self._rows.concept(concept.id, Described(concept.label, kind_bits(concept.kinds), concept.provisional))

    def link(self, link: LinkRow, figures: Figures) -> None:
        """Take down a new link."""
        self._rows.link(link, figures)

    def touch(self, statements: Collection[Triple] | Collection[Quad]) -> None:
        """Take down statements that go or come."""
        self._heard += len(statements)
        self._records.touch(statements)
        if not self._lost:
            self._touched.look(statements)
            self._lost = not self._touched.clear

    def record(self, records: Mapping[str, bytes | None]) -> None:
        """Take down the records of claims and concepts as they are now, by id."""
        self._records.add(records)

    def recorded(self, claim_id: str) -> Claim | None:
        """The claim as it is now; None where it has not been recorded since the last publication, or has changed."""
        return self._records.claim(claim_id)

    def lose(self) -> None:
        """Take down that something changes unseen."""
        self._lost = True
        self._rows.drop()
        self._records.lose()

    def hand_over(self, live: pyoxigraph.Store, snapshot: Path, changes: int) -> None:
        """Say in the folder of a snapshot of `live`, which is being made, what it has come from, and add its records.

        `changes` is how many lines have gone and come since the log began.
        """
        if self._heard != changes:
            self.lose()
        self._records.hand_over(live, snapshot)
        if self._lost:
            return
        parent = self._snapshot()
        try:
            self._touched.settle(live, self._rows, from_nothing=parent is None)
        except Unclear:
            return
        hand_over(self._rows, snapshot, parent=parent)

    def published(self, changes: int) -> None:
        """Begin again after the snapshot that is current now, which is as the live store is after so many changes."""
        self._heard = changes
        self._rows.drop()
        self._touched = Touched()
        self._lost = False
        pointer = find_pointer(self._folder)
        self._parent = None if pointer is None else pointer.name
        self._records.published(self._snapshot())

    def _snapshot(self) -> Path | None:
        """The folder of the parent."""
        return None if self._parent is None else self._folder / "snapshots" / self._parent


def _is_mentioned(live: pyoxigraph.Store, node: NamedNode) -> bool:
    """Whether anything is said of the node already."""
    quads = (live.quads_for_pattern(node, None, None), live.quads_for_pattern(None, None, node))
    return any(next(found, None) is not None for found in quads)

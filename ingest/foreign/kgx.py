"""A graph in KGX's exchange format as claims: what its edges say, each with the source that the edge names.

Nodes and edges are two files, tab-separated or JSON Lines, plain or `.gz`. The edges that one source has of one subject
become an article that says one sentence for each; the sentence is made from the edge and stands for it. Relations and
kinds are those of `ingest.foreign.biolink`; what they have no word for is counted, not guessed. Nodes keep their ids.
They are the curated concepts where those are mapped to them exactly, and never by name.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ingest.foreign.biolink import KINDS, relations
from ingest.foreign.kgxrows import Row, rows
from ontology.article import Article, Extraction, Source
from ontology.claim import Claim, Concept, Evidence, evidence_order
from ontology.lexicon import curated
from ontology.schema import schema
from ontology.terms import PREFIXES, SYMMETRIC, Certainty, MappingRelation, Predicate

EXTRACTOR: Final = "kgx-edges"
NODE_COLUMNS: Final = ("id", "category", "name")
EDGE_COLUMNS: Final = ("subject", "predicate", "object")
_INFERRED: Final = frozenset({"prediction", "statistical_association"})
"""Levels of knowledge whose edges are possible, not asserted."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One edge: what it says, in words too."""

    subject: Concept
    predicate: Predicate
    object: Concept
    negated: bool
    certainty: Certainty
    publications: str

    @property
    def sentence(self) -> str:
        """The edge in words."""
        denial = "It is denied that " if self.negated else ""
        by = f" ({self.publications})" if self.publications else ""
        return f"{denial}{self.subject.label} {self.predicate.reading} {self.object.label}{by}."


@dataclass(slots=True)
class Edges:
    """The edges of one graph.

    `skipped` counts, by reason, the nodes and edges that made nothing, once they were read; `examples` has the first
    of each reason.
    """

    nodes: Path
    edges: Path
    skipped: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)

    def extractions(self) -> tuple[Extraction, ...]:
        """An extraction an article, by the article's id; none where no edge was understood.

        Raises:
            UnreadableArticle: a file is no nodes or edges of KGX, or ends in the middle; it says where.
        """
        concepts = self._concepts()
        stated: defaultdict[str, dict[Statement, None]] = defaultdict(dict)
        sources: dict[str, str] = {}
        for row in rows(self.edges, EDGE_COLUMNS):
            statement = self._statement(row, concepts)
            if statement:
                source = row.get("primary_knowledge_source") or row.get("knowledge_source") or self.edges.name
                name = re.sub(r"[^A-Za-z0-9._-]+", "-", f"{source}-{statement.subject.id}")
                sources.setdefault(name, source)
                stated[name][statement] = None
        return tuple(_extraction(name, sources[name], statements) for name, statements in sorted(stated.items()))

    def _concepts(self) -> dict[str, Concept]:
        """Each node that is understood, by its id in the file."""
        same = _ids_by_mapping()
        found: dict[str, Concept] = {}
        for row in rows(self.nodes, NODE_COLUMNS):
            id = row["id"]
            categories = row.get("category", "").split("|")
            kinds = tuple(dict.fromkeys(kind for category in categories for kind in KINDS.get(category, ())))
            known = curated().concepts.get(same.get(id, id))
            if known:
                found[id] = known
            elif id.partition(":")[0] not in PREFIXES or ":" not in id:
                self._skip(f"a node whose prefix is not known: {id.partition(':')[0]}", id)
            elif id.startswith(("etio:", "etiop:")):
                self._skip("a node with an id of Etiograph's that no concept has", id)
            elif not kinds:
                self._skip(f"a node whose category is no kind: {row.get('category') or 'none given'}", id)
            else:
                found[id] = Concept(id, " ".join(row.get("name", "").split()) or id, kinds)
        return found

    def _statement(self, row: Row, concepts: Mapping[str, Concept]) -> Statement | None:
        said = " ".join(row[name] for name in EDGE_COLUMNS)
        predicate = relations().get(row["predicate"])
        subject, object = concepts.get(row["subject"]), concepts.get(row["object"])
        if predicate is None:
            self._skip(f"an edge whose predicate is no relation: {row['predicate']}", said)
            return None
        if subject is None or object is None:
            self._skip("an edge of which a node is missing, or was not understood", said)
            return None
        if predicate in SYMMETRIC and object.id < subject.id:
            subject, object = object, subject
        if subject.id == object.id:
            self._skip("an edge from a concept to itself", said)
            return None
        relation = schema()[predicate]
        if not ({*subject.kinds} & relation.domain and {*object.kinds} & relation.range):
            ends = f"{subject.kinds[0]} {predicate.reading} {object.kinds[0]}"
            self._skip(f"an edge between kinds that the relation does not join: {ends}", said)
            return None
        inferred = row.get("knowledge_level", "") in _INFERRED
        return Statement(
            subject=subject,
            predicate=predicate,
            object=object,
            negated=row.get("negated", "").lower() in ("true", "1"),
            certainty=Certainty.POSSIBLE if inferred else Certainty.ASSERTED,
            publications=", ".join(filter(None, row.get("publications", "").split("|"))),
        )

    def _skip(self, reason: str, example: str) -> None:
        self.skipped[reason] += 1
        self.examples.setdefault(reason, example)


def _extraction(name: str, source: str, statements: Iterable[Statement]) -> Extraction:
    title = f"Edges of {source}"
    text = f"{title}\n\n"
    found: defaultdict[tuple[str, Predicate, str, bool], list[Evidence]] = defaultdict(list)
    described: dict[str, Concept] = {}
    number = 0
    for statement in statements:
        subject, object, rule = statement.subject, statement.object, schema()[statement.predicate]
        quote, start, number = statement.sentence, len(text), number + 1
        described |= {subject.id: subject, object.id: object}
        found[subject.id, statement.predicate, object.id, statement.negated].append(
            Evidence(
                article=name,
                quote=quote,
                start=start,
                end=start + len(quote),
                rule="kgx-edge",
                extractor=EXTRACTOR,
                subject_mention=subject.label,
                object_mention=object.label,
                subject_kind=next(kind for kind in subject.kinds if kind in rule.domain),
                object_kind=next(kind for kind in object.kinds if kind in rule.range),
                section=("Edges",),
                certainty=statement.certainty,
            )
        )
        text += f"{quote}\n"
    claims = (Claim(*key, tuple(sorted(evidence, key=evidence_order))) for key, evidence in found.items())
    return Extraction(
        Article(id=name, title=title, text=text, format="text", source=Source(publisher=source)),
        tuple(described[id] for id in sorted(described)),
        tuple(sorted(claims, key=lambda claim: claim.id)),
        sentences=number,
        extractor=EXTRACTOR,
    )


def _ids_by_mapping() -> dict[str, str]:
    return {
        mapping.curie: concept.id
        for concept in curated().concepts.values()
        for mapping in concept.mappings
        if mapping.relation is MappingRelation.EXACT
    }

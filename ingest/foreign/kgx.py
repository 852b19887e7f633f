"""A graph in KGX's exchange format as claims: what its edges say, each with the source that the edge names.

Nodes and edges are two files, tab-separated or JSON Lines, plain or `.gz`. What one source says of one subject becomes
an article that says one sentence for each edge; the sentence is made from the edge and stands for it. Relations and
kinds are those of `ingest.foreign.biolink`; what they have no word for is counted, not guessed. Both files are read
whole before the first article is made, nodes are kept in memory and what the edges say in a temporary file.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final
from urllib.parse import quote

from ingest.foreign.biolink import relations
from ingest.foreign.kgxnodes import COLUMNS as NODE_COLUMNS
from ingest.foreign.kgxnodes import LONGEST_ID, Nodes
from ingest.foreign.kgxrows import FORMATS, Advance, Row, one_line, rows
from ingest.foreign.prefixes import compact
from ingest.foreign.skipped import Skipped
from ingest.foreign.sorting import Group, Said, Sorted, sort
from ontology.article import Article, Extraction, Source
from ontology.claim import Claim, Concept, Evidence, evidence_order
from ontology.errors import InvalidArgument
from ontology.schema import schema
from ontology.terms import SYMMETRIC, Certainty, Predicate

EXTRACTOR: Final = "kgx-edges"
EDGE_COLUMNS: Final = ("subject", "predicate", "object")

MOST_SENTENCES: Final = 1_000
"""Sentences of an article; what a source says of a subject beyond them is another article."""

LONGEST_LIST: Final = 1_000
"""Characters of the publications that a sentence names; it says how many more there are."""

_INFERRED: Final = frozenset({"prediction", "statistical_association"})
"""Levels of knowledge whose edges are possible, not asserted."""

_PREDICATES: Final = tuple(Predicate)


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
        doubt = "possibly " if self.certainty is Certainty.POSSIBLE else ""
        by = f" ({self.publications})" if self.publications else ""
        return f"{denial}{self.subject.label} {doubt}{self.predicate.reading} {self.object.label}{by}."


@dataclass(slots=True)
class Edges:
    """The edges of one graph; `name`, where it is "" that of the edges' file, stands for it in ids of articles.

    `skipped` counts, by reason, the nodes and edges that made nothing, once they were read.

    Raises:
        InvalidArgument: the name is too long or not printable.
    """

    nodes: Path
    edges: Path
    name: str = ""
    skipped: Skipped = field(default_factory=Skipped)

    def __post_init__(self) -> None:
        self.name = self.name or name_of(self.edges)
        if len(self.name) > LONGEST_ID or not self.name.isprintable():
            raise InvalidArgument("name", self.name, f"at most {LONGEST_ID} printable characters")

    @property
    def size(self) -> int:
        """Bytes of both files; those of one that is missing do not count."""
        return sum(path.stat().st_size for path in (self.nodes, self.edges) if path.exists())

    @contextmanager
    def read(self, *, advance: Advance | None = None) -> Iterator["Articles"]:
        """The articles, made one by one for as long as the block runs; none where no edge was understood.

        `advance` is told of the bytes read.

        Raises:
            UnreadableArticle: a file is no nodes or edges of KGX, or ends in the middle; it says where.
            OSError: the temporary file cannot be written.
        """
        nodes = Nodes(rows(self.nodes, NODE_COLUMNS, advance=advance), self.skipped)
        sources: dict[str, int] = {}
        said = self._said(nodes, sources, advance)
        with sort(said, most=MOST_SENTENCES) as groups:
            yield Articles(self.name, nodes, tuple(sources), groups)

    def _said(self, nodes: Nodes, sources: dict[str, int], advance: Advance | None) -> Iterator[Said]:
        for row in rows(self.edges, EDGE_COLUMNS, advance=advance):
            stated = self._stated(row, nodes)
            if stated is None:
                continue
            predicate, subject, object = stated
            source = row.get("primary_knowledge_source") or row.get("knowledge_source") or ""
            if len(source) > LONGEST_ID:
                self.skipped.add(f"an edge whose source has more than {LONGEST_ID} characters", _edge(row))
                continue
            yield (
                sources.setdefault(source, len(sources)),
                subject,
                _PREDICATES.index(predicate),
                object,
                row.get("negated", "").lower() in ("true", "1"),
                row.get("knowledge_level", "") in _INFERRED,
                _listed(row.get("publications", "")),
            )

    def _stated(self, row: Row, nodes: Nodes) -> tuple[Predicate, int, int] | None:
        """The relation and the numbers of subject and object; None, counted, where the edge says nothing of ours."""
        predicate = relations().get(row["predicate"])
        subject, object = nodes.number(row["subject"]), nodes.number(row["object"])
        if subject is None or object is None:
            missing = row["subject"] if subject is None else row["object"]
            self.skipped.add("an edge of which the file of nodes has no node", f"{missing} in {_edge(row)}")
        elif predicate is None:
            self.skipped.add("an edge whose predicate is no relation", _edge(row), detail=row["predicate"])
        elif subject < 0 or object < 0:
            self.skipped.add("an edge of which a node was not understood", _edge(row))
        elif subject == object:
            self.skipped.add("an edge from a concept to itself", _edge(row))
        else:
            if predicate in SYMMETRIC and nodes.id(object) < nodes.id(subject):
                subject, object = object, subject
            kinds, others, relation = nodes.kinds(subject), nodes.kinds(object), schema()[predicate]
            if {*kinds} & relation.domain and {*others} & relation.range:
                return predicate, subject, object
            ends = f"{kinds[0]} {predicate.reading} {others[0]}"
            self.skipped.add("an edge between kinds that the relation does not join", _edge(row), detail=ends)
        return None


@dataclass(frozen=True, slots=True)
class Articles:
    """The articles of a graph, made anew each time they are gone through."""

    name: str
    nodes: Nodes
    sources: tuple[str, ...]
    groups: Sorted

    def __len__(self) -> int:
        """How many articles there are."""
        return len(self.groups)

    def __iter__(self) -> Iterator[Extraction]:
        for group in self.groups:
            source, subject = self.sources[group.source], self.nodes[group.subject]
            yield _extraction(
                article_id(self.name, source, subject.id, part=group.part),
                f"{subject.label} in {source or self.name}: edges of the graph {self.name} in words",
                Source(title=f"the graph {self.name}", publisher=source or None),
                tuple(self._statements(group)),
            )

    def _statements(self, group: Group) -> Iterator[Statement]:
        for _, subject, predicate, object, negated, possible, publications in group.said:
            yield Statement(
                subject=self.nodes[subject],
                predicate=_PREDICATES[predicate],
                object=self.nodes[object],
                negated=bool(negated),
                certainty=Certainty.POSSIBLE if possible else Certainty.ASSERTED,
                publications=publications,
            )


def article_id(graph: str, source: str, subject: str, *, part: int = 1) -> str:
    """The id of the article that has what `source` says of `subject` in `graph`.

    It is graph, source and the subject's CURIE joined by `~`, the part after them where it is not the first; what is
    no letter, digit, `:`, `-`, `_` or `.` in one of them is percent-encoded, so that different ones never meet.
    """
    parts = [quote(each, safe=":").replace("~", "%7E") for each in (graph, source, compact(subject))]
    return "~".join([*parts, str(part)] if part > 1 else parts)


def name_of(edges: Path) -> str:
    """The name of a graph whose edges are in this file: the file's own without its ending."""
    ending = next((ending for ending in FORMATS if edges.name.lower().endswith(ending)), "")
    return edges.name[: len(edges.name) - len(ending)]


def _edge(row: Row) -> str:
    return " ".join(row[name] for name in EDGE_COLUMNS)


def _listed(publications: str) -> str:
    """The publications in words, as many as have room."""
    names = [name for each in publications.split("|") if (name := one_line(each))]
    listed: list[str] = []
    room = LONGEST_LIST
    for name in names:
        room -= len(name) + 2
        if room < 0:
            return ", ".join([*listed, f"{len(names) - len(listed)} more"])
        listed.append(name)
    return ", ".join(listed)


def _extraction(name: str, title: str, graph: Source, statements: tuple[Statement, ...]) -> Extraction:
    lines = [f"{title}\n\n"]
    at = len(lines[0])
    found: defaultdict[tuple[str, Predicate, str, bool], list[Evidence]] = defaultdict(list)
    described: dict[str, Concept] = {}
    digest = sha256()
    for statement in statements:
        subject, object, rule = statement.subject, statement.object, schema()[statement.predicate]
        sentence = statement.sentence
        described |= {subject.id: subject, object.id: object}
        digest.update(
            "\x1f".join((subject.id, object.id, *subject.kinds, "", *object.kinds, statement.certainty, "")).encode()
        )
        found[subject.id, statement.predicate, object.id, statement.negated].append(
            Evidence(
                article=name,
                quote=sentence,
                start=at,
                end=at + len(sentence),
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
        lines.append(f"{sentence}\n")
        at += len(lines[-1])
    claims = (Claim(*key, tuple(sorted(evidence, key=evidence_order))) for key, evidence in found.items())
    return Extraction(
        Article(id=name, title=title, text="".join(lines), format="text", restates=graph),
        tuple(described[id] for id in sorted(described)),
        tuple(sorted(claims, key=lambda claim: claim.id)),
        sentences=len(statements),
        extractor=f"{EXTRACTOR} {digest.hexdigest()[:16]}",
    )

"""Graphs in KGX's exchange format as articles, claims and concepts."""

import gzip
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from kgxfiles import CURATED, EDGES, EXACT, NODES, SOURCE, lines, table

from graph.gate import check
from graph.layer import bundled
from ingest.foreign import kgx, kgxrows, sorting
from ingest.foreign.biolink import relations
from ingest.foreign.kgx import Edges, article_id
from ingest.foreign.prefixes import OF_THINGS, compact, find_concept_id, namespaces
from ontology.article import Extraction
from ontology.errors import InvalidArgument, UnreadableArticle
from ontology.lexicon import curated
from ontology.terms import PREFIXES, Certainty, MappingRelation, Predicate

_GOOD = b'{"subject": "OMIM:1", "predicate": "biolink:causes", "object": "OMIM:2"}\n'
_HEADER = b"subject\tpredicate\tobject\n"


def articles(graph: Edges) -> tuple[Extraction, ...]:
    with graph.read() as found:
        assert len(found) == len(tuple(found))
        return tuple(found)


@pytest.fixture
def sample(tmp_path: Path) -> Edges:
    return Edges(table(tmp_path / "nodes.tsv", NODES), table(tmp_path / "sample.tsv", EDGES))


def test_what_a_source_says_of_a_subject_is_an_article_with_a_sentence_an_edge(sample: Edges) -> None:
    (extraction,) = articles(sample)
    assert extraction.article.id == "sample~infores:sample~OMIM:1"
    assert extraction.article.restates is not None
    assert (extraction.article.restates.title, extraction.article.restates.publisher) == ("the graph sample", SOURCE)
    assert extraction.article.text == (
        "Sample disease in infores:sample: edges of the graph sample in words\n\n"
        f"Sample disease has symptom {curated().concepts[CURATED].label} (PMID:7).\n"
        "Sample disease possibly causes Another.\n"
        "It is denied that Sample disease associated with Another.\n"
    )
    for claim in extraction.claims:
        for statement in claim.evidence:
            assert extraction.article.text[statement.start : statement.end] == statement.quote
    assert {
        (claim.subject, claim.predicate, claim.object, claim.negated, claim.certainty) for claim in extraction.claims
    } == {
        ("OMIM:1", Predicate.HAS_SYMPTOM, CURATED, False, Certainty.ASSERTED),
        ("OMIM:1", Predicate.CAUSES, "OMIM:2", False, Certainty.POSSIBLE),
        ("OMIM:1", Predicate.ASSOCIATED_WITH, "OMIM:2", True, Certainty.ASSERTED),
    }
    check(extraction, bundled())


def test_what_is_not_understood_is_counted_with_its_first_example(sample: Edges) -> None:
    articles(sample)
    assert [(skip.reason, skip.number, skip.first) for skip in sample.skipped] == [
        ("a node whose category is no kind: biolink:Gene", 1, "OMIM:3"),
        ("a node whose prefix is not known: ELSEWHERE", 1, "ELSEWHERE:1"),
        (
            "an edge between kinds that the relation does not join: Condition treats Condition",
            1,
            "OMIM:1 biolink:treats OMIM:2",
        ),
        ("an edge from a concept to itself", 1, "OMIM:1 biolink:causes OMIM:1"),
        ("an edge of which a node was not understood", 1, "OMIM:1 biolink:causes OMIM:3"),
        ("an edge of which the file of nodes has no node", 1, "HP:0 in OMIM:1 biolink:has_phenotype HP:0"),
        ("an edge whose predicate is no relation: biolink:related_to", 1, "OMIM:1 biolink:related_to OMIM:2"),
    ]


def test_reasons_without_end_are_counted_together(tmp_path: Path) -> None:
    nodes = [{"id": f"P{number}:1", "category": "biolink:Disease"} for number in range(600)]
    graph = Edges(table(tmp_path / "n.tsv", nodes), table(tmp_path / "e.tsv", EDGES[:1]))
    assert articles(graph) == ()
    skipped = {skip.reason: skip.number for skip in graph.skipped}
    assert skipped["a node whose prefix is not known: others"] == 100
    assert len(skipped) == 502


def test_a_predicate_that_is_only_near_is_none_of_ours() -> None:
    assert "biolink:contributes_to" not in relations()
    assert relations()["biolink:subclass_of"] is Predicate.IS_A


@pytest.mark.parametrize("packed", ["", ".gz"])
@pytest.mark.parametrize(("write", "ending"), [(table, ".tsv"), (lines, ".jsonl")])
def test_every_format_gives_the_same(
    sample: Edges, tmp_path: Path, write: Callable[[Path, Sequence[dict[str, str]]], Path], ending: str, packed: str
) -> None:
    same = Edges(write(tmp_path / f"n{ending}{packed}", NODES), write(tmp_path / f"sample{ending}{packed}", EDGES))
    assert same.name == "sample"
    assert articles(same) == articles(sample)
    assert list(same.skipped) == list(sample.skipped)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("e.tsv", b"subject\tobject\nOMIM:1\tOMIM:2\n", "line 1 lacks predicate; expected .* seen subject, object"),
        ("e.tsv", _HEADER + b"OMIM:1\tbiolink:cau", "line 2 has 2 columns, the first line 3"),
        ("e.tsv", _HEADER + b"OMIM:1\tbiolink:causes\tOMIM:2", "line 2 has no end: the file breaks off"),
        ("e.tsv.gz", gzip.compress(_HEADER + b"OMIM:1\tbiolink:causes\tOMIM:2", mtime=0), "line 2 has no end"),
        ("e.tsv", b"", "holds no rows"),
        ("e.jsonl", b"", "holds no rows"),
        ("e.tsv.gz", gzip.compress(b"", mtime=0), "holds no rows"),
        ("e.tsv.gz", b"", "holds no rows"),
        ("e.tsv", _HEADER, "holds no rows"),
        ("e.tsv", _HEADER + b"OMIM:1\t\xff\tOMIM:2\n", "line 2 is not UTF-8: invalid start byte at its byte 8"),
        ("e.jsonl", _GOOD + b'{"subject": "\xe9"}\n', "line 2 is not UTF-8"),
        ("e.jsonl", _GOOD + _GOOD[:-3], "line 2 is no JSON"),
        ("e.jsonl", b"[1]\n", "line 1 is no object"),
        ("e.jsonl", b'{"subject": "OMIM:1"}\n', "line 1 lacks predicate, object"),
        ("e.jsonl.gz", gzip.compress(_GOOD * 9, mtime=0)[:-9], "breaks off or is damaged after line"),
        ("e.jsonl.gz", gzip.compress(_GOOD * 9, mtime=0)[:-1], "breaks off or is damaged after line"),
        ("e.tsv.gz", b"no gzip", "breaks off or is damaged"),
        ("e.csv", b"subject,predicate,object\n", "expected a name that ends in .tsv, .jsonl"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(sample: Edges, tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableArticle, match=f"^{name}: .*{said}"):
        articles(Edges(sample.nodes, path))
    with pytest.raises(UnreadableArticle, match=f"^{name}: "):
        articles(Edges(path, sample.edges))


@pytest.mark.parametrize("cut", range(1, 160, 7))
def test_no_table_that_breaks_off_within_a_line_is_read(sample: Edges, tmp_path: Path, cut: int) -> None:
    whole = sample.edges.read_bytes()
    path = tmp_path / "cut.tsv"
    path.write_bytes(whole[:-cut].removesuffix(b"\n"))
    with pytest.raises(UnreadableArticle, match=r"line \d+ has"):
        articles(Edges(sample.nodes, path))


def test_a_line_without_end_is_refused_unread(sample: Edges, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kgxrows, "LONGEST_LINE", 1_000)
    path = tmp_path / "e.jsonl.gz"
    path.write_bytes(gzip.compress(_GOOD + b" " * 100_000, mtime=0))
    with pytest.raises(UnreadableArticle, match="line 2 is longer than 1,000 bytes"):
        articles(Edges(sample.nodes, path))


def test_a_folder_and_a_missing_file_are_said(sample: Edges, tmp_path: Path) -> None:
    (tmp_path / "folder.tsv").mkdir()
    for name, said in (("folder.tsv", "is no file"), ("none.tsv", "No such file")):
        with pytest.raises(UnreadableArticle, match=said):
            articles(Edges(sample.nodes, tmp_path / name))
        with pytest.raises(UnreadableArticle, match=said):
            articles(Edges(tmp_path / name, sample.edges))


def test_bytes_read_are_told_to_the_last(sample: Edges, tmp_path: Path) -> None:
    packed = Edges(sample.nodes, lines(tmp_path / "e.jsonl.gz", EDGES))
    told: list[int] = []
    with packed.read(advance=told.append):
        assert sum(told) == packed.size == sample.nodes.stat().st_size + packed.edges.stat().st_size


def test_ids_of_articles_are_as_different_as_what_they_are_made_of() -> None:
    made = [("a", "infores:x", "OMIM:1"), ("a", "infores/x", "OMIM:1"), ("a~infores:x", "", "OMIM:1"), ("a", "", "x~y")]
    assert [article_id(*each) for each in made] == [
        "a~infores:x~OMIM:1",
        "a~infores%2Fx~OMIM:1",
        "a%7Einfores:x~~OMIM:1",
        "a~~x%7Ey",
    ]
    assert article_id("a", "b", "OMIM:1", part=2) == "a~b~OMIM:1~2"
    assert article_id("a", "b", "http://purl.obolibrary.org/obo/CHEBI_7") == "a~b~CHEBI:7"


def test_what_is_said_twice_is_one_sentence_and_a_long_article_is_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kgx, "MOST_SENTENCES", 2)
    nodes = [{"id": f"OMIM:{number}", "category": "biolink:Disease", "name": f"D{number}"} for number in range(6)]
    said = [{"subject": "OMIM:0", "predicate": "biolink:causes", "object": f"OMIM:{each}"} for each in (5, 4, 5, 2, 1)]
    found = articles(Edges(table(tmp_path / "n.tsv", nodes), table(tmp_path / "g.tsv", said)))
    assert [one.article.id for one in found] == ["g~~OMIM:0", "g~~OMIM:0~2"]
    assert [{claim.object for claim in one.claims} for one in found] == [{"OMIM:4", "OMIM:5"}, {"OMIM:1", "OMIM:2"}]
    assert found[0].article.text == "D0 in g: edges of the graph g in words\n\nD0 causes D5.\nD0 causes D4.\n"


def test_a_change_that_no_sentence_shows_makes_another_version(sample: Edges, tmp_path: Path) -> None:
    (before,) = articles(sample)
    nodes = [{**node, "category": "biolink:Disease|biolink:PhenotypicFeature"} for node in NODES[:2]]
    (after,) = articles(Edges(table(tmp_path / "others.tsv", [*nodes, *NODES[2:]]), sample.edges))
    assert after.article == before.article
    assert after.extractor != before.extractor


def test_a_node_is_the_curated_concept_that_a_same_as_of_it_is_and_xref_counts_for_nothing(tmp_path: Path) -> None:
    phenotype = {"category": "biolink:PhenotypicFeature", "xref": "", "same_as": ""}
    nodes = [
        {"id": "OMIM:1", "category": "biolink:Disease", "xref": "", "same_as": ""},
        {"id": "MONDO:1", **phenotype, "same_as": f"ELSEWHERE:1|{EXACT}"},
        {"id": "MONDO:2", **phenotype, "xref": EXACT},
    ]
    said = [{"subject": "OMIM:1", "predicate": "biolink:has_phenotype", "object": node["id"]} for node in nodes[1:]]
    (found,) = articles(Edges(table(tmp_path / "n.tsv", nodes), table(tmp_path / "e.tsv", said)))
    assert sorted(claim.object for claim in found.claims) == sorted([CURATED, "MONDO:2"])


def test_a_node_that_is_the_same_as_two_curated_concepts_is_neither(tmp_path: Path) -> None:
    two = [mapping for mapping in exact_mappings() if mapping.startswith("HP:")][:2]
    nodes = [
        {"id": "OMIM:1", "category": "biolink:Disease", "same_as": ""},
        {"id": "MONDO:1", "category": "biolink:PhenotypicFeature", "same_as": "|".join(two)},
    ]
    said = [{"subject": "OMIM:1", "predicate": "biolink:has_phenotype", "object": "MONDO:1"}]
    graph = Edges(table(tmp_path / "n.tsv", nodes), table(tmp_path / "e.tsv", said))
    assert [claim.object for one in articles(graph) for claim in one.claims] == ["MONDO:1"]
    assert [(skip.reason, skip.first) for skip in graph.skipped] == [
        ("same_as of a node that leads to several curated concepts, so to none", "MONDO:1")
    ]


def exact_mappings() -> list[str]:
    found = {
        mapping.curie: concept.id
        for concept in curated().concepts.values()
        for mapping in concept.mappings
        if mapping.relation is MappingRelation.EXACT
    }
    return sorted(found)


def test_identifiers_of_prefixes_that_only_biolink_has_are_their_iris(tmp_path: Path) -> None:
    nodes = [
        {"id": "OMIM:1", "category": "biolink:Disease", "name": "D"},
        {"id": "CHEBI:15377", "category": "biolink:SmallMolecule", "name": "C"},
    ]
    said = [{"subject": "CHEBI:15377", "predicate": "biolink:causes", "object": "OMIM:1"}]
    (found,) = articles(Edges(table(tmp_path / "n.tsv", nodes), table(tmp_path / "e.tsv", said)))
    assert found.article.id == "e~~CHEBI:15377"
    assert [claim.subject for claim in found.claims] == ["http://purl.obolibrary.org/obo/CHEBI_15377"]
    check(found, bundled())


def test_what_is_no_thing_or_makes_no_iri_is_no_concept() -> None:
    given = ("rdf:type", "biolink:Disease", "ELSEWHERE:1", "OMIM:", "OMIM", "OMIM:a b", "OMIM:<x>", "", "http://a/b")
    assert [find_concept_id(each) for each in given] == [None] * len(given)
    assert find_concept_id("ORDO:Orphanet_586") == "ORPHA:586"
    assert find_concept_id("MESH:D000001") == "MESH:D000001"


def test_every_namespace_is_one_of_iris_and_none_of_ours_is_given_again() -> None:
    assert {*OF_THINGS} <= {*PREFIXES}
    for prefix, namespace in namespaces().items():
        assert (namespace == PREFIXES[prefix]) if prefix in PREFIXES else namespace[-1] in "/_#=:"
        known = find_concept_id(f"{prefix}:1")
        assert known is not None
        assert find_concept_id(compact(known)) == known


def test_a_node_given_twice_and_one_with_a_name_without_end_are_said(tmp_path: Path) -> None:
    nodes = [
        {"id": "OMIM:1", "category": "biolink:Disease", "name": "first"},
        {"id": "OMIM:1", "category": "biolink:Disease", "name": "second"},
        {"id": "OMIM:2", "category": "biolink:Disease", "name": "x" * 1_001},
        {"id": "OMIM:3", "category": "biolink:Disease", "name": "a\x00b\x85c"},
    ]
    said = [{"subject": "OMIM:1", "predicate": "biolink:causes", "object": "OMIM:3"}]
    graph = Edges(table(tmp_path / "n.tsv", nodes), table(tmp_path / "e.tsv", said))
    assert [one.article.text.splitlines()[-1] for one in articles(graph)] == ["first causes a b c."]
    assert [(skip.reason, skip.first) for skip in graph.skipped] == [
        ("a node given twice, of which the first row counts", "OMIM:1"),
        ("a node whose name has more than 1,000 characters", "OMIM:2"),
    ]


def test_a_sentence_names_as_many_publications_as_have_room(sample: Edges, tmp_path: Path) -> None:
    row = {**EDGES[0], "publications": "|".join(f"PMID:{10_000_000 + number}" for number in range(500))}
    (found,) = articles(Edges(sample.nodes, table(tmp_path / "e.tsv", [row])))
    line = found.article.text.splitlines()[-1]
    assert line.endswith("PMID:10000065, 434 more).")
    assert 1_000 < len(line) < 1_100


@pytest.mark.parametrize("name", ["x" * 201, "a\nb"])
def test_a_name_that_is_none_is_refused(sample: Edges, name: str) -> None:
    with pytest.raises(InvalidArgument, match="printable"):
        Edges(sample.nodes, sample.edges, name=name)


def test_where_the_temporary_file_has_no_room_it_is_said(sample: Edges, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sorting, "_SETTINGS", (*sorting._SETTINGS, "PRAGMA max_page_count = 2"))
    with pytest.raises(OSError, match="make room, or set TMPDIR"):
        articles(sample)

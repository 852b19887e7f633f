"""The table that is exported, the part that is chosen, and what holds for every format."""

import csv
import io
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from exporting import edges_of, exported, nodes_of, unzipped, whole_table
from graphworld import toy_layer
from nastygraph import CONCEPTS as NASTY
from nastygraph import DENIED, LABELS, nasty
from toygraph import CONCEPTS, POSSIBLE, merged, toy_extractions
from toystore import stored, with_arrays

from graph.export.formats import FORMATS, find_format, get_format
from graph.export.near import near
from graph.export.selection import along, everything, sorted_ids
from graph.export.table import EDGE_COLUMNS, NODE_COLUMNS, edge_of, node_of, table_of
from graph.neighbours import EVERYTHING, Filter, Negated, Pattern, find_neighbours
from graph.network import Network
from graph.paths import find_paths
from graph.rdf import canonical
from graph.store import Store
from graph.storednetwork import StoredNetwork
from ontology.claim import Concept
from ontology.errors import InvalidArgument
from ontology.terms import Certainty, Kind, Predicate

HEMOPTYSIS = "etio:hemoptysis"


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> StoredNetwork:
    folder = tmp_path_factory.mktemp("toy")
    with Store.open(folder, layer=toy_layer()) as store:
        store.replace(toy_extractions())
    return StoredNetwork.open(folder)


@pytest.fixture(scope="module")
def arrays(network: StoredNetwork, tmp_path_factory: pytest.TempPathFactory) -> StoredNetwork:
    """The same graph, its links in arrays."""
    folder = tmp_path_factory.mktemp("arrays")
    with Store.open(folder, layer=toy_layer()) as store:
        store.replace(toy_extractions())
    made = with_arrays(StoredNetwork.open(folder))
    assert (made.arrays() is None, network.arrays() is None) == (False, True)
    return made


@pytest.fixture(scope="module")
def awkward(tmp_path_factory: pytest.TempPathFactory) -> StoredNetwork:
    return nasty(tmp_path_factory.mktemp("nasty"))


def test_the_table_has_linked_concepts_and_affirmed_claims_alone(network: StoredNetwork, tmp_path: Path) -> None:
    rows = whole_table(network, tmp_path / "scratch")
    assert list(nodes_of(rows)) == [concept.id for concept in CONCEPTS]
    assert list(edges_of(rows)) == [claim.id for claim in network.claims.values() if not claim.negated]
    assert (len(rows.nodes), len(rows.edges)) == (8, 8)
    assert nodes_of(rows)["etio:alveolar-hemorrhage"] == {
        "label": "alveolar hemorrhage",
        "kind": "Mechanism",
        "kinds": "Mechanism|Condition",
        "kinds_json": '["Mechanism","Condition"]',
        "synonyms": "bleeding into the air sacs",
        "synonyms_json": '["bleeding into the air sacs"]',
        "provisional": False,
        "iri": "https://w3id.org/etiograph/alveolar-hemorrhage",
    }
    (often,) = (row for row in edges_of(rows).values() if "frequency" in row[2])
    assert often == (
        "etio:pneumonia",
        HEMOPTYSIS,
        {
            "label": "has symptom",
            "interaction": "has_symptom",
            "weight": POSSIBLE,
            "predicate": "has_symptom",
            "negated": False,
            "certainty": "possible",
            "frequency": "often",
            "belief": POSSIBLE,
            "article_count": 1,
            "articles": "coughing-up-blood",
            "articles_json": '["coughing-up-blood"]',
            "evidence_count": 1,
            "quote": "Pneumonia often causes coughing up blood, though not always.",
            "quote_article": "coughing-up-blood",
        },
    )


def test_values_are_of_the_types_that_the_columns_state_and_in_their_order(
    awkward: StoredNetwork, tmp_path: Path
) -> None:
    types = {"string": str, "int": int, "double": float, "boolean": bool}
    rows = whole_table(awkward, tmp_path, negated="include")
    for columns, values in (
        *((NODE_COLUMNS, node.values) for node in rows.nodes),
        *((EDGE_COLUMNS, edge.values) for edge in rows.edges),
    ):
        assert [name for name in columns if name in values] == list(values)
        assert all(type(value) is types[columns[name]] for name, value in values.items())
        assert "" not in values.values()
    assert not {"id", "source", "target"} & {*NODE_COLUMNS, *EDGE_COLUMNS}


def test_lists_stand_beside_themselves_as_json(awkward: StoredNetwork) -> None:
    values = node_of(awkward.concepts["etio:a!b"]).values
    assert values["synonyms"] == "two lines and a tab too|other|name 1"
    assert values["synonyms_json"] == '["two lines and a tab too","other|name 1"]'
    assert values["mappings"] == "closeMatch MESH:D000001|exactMatch UMLS:C0000001"


def test_control_characters_are_removed_and_line_breaks_become_spaces() -> None:
    odd = Concept("etio:odd", "two\nlines\x00 and\x0b <&> \ufffe", (Kind.SYMPTOM,))
    assert node_of(odd).values["label"] == "two lines and <&>"


def test_denied_claims_are_edges_only_where_they_are_asked_for(awkward: StoredNetwork, tmp_path: Path) -> None:
    affirmed, both, denied = (
        edges_of(whole_table(awkward, tmp_path / name, negated=name)) for name in ("exclude", "include", "only")
    )
    assert list(denied) == [DENIED.id]
    assert both == {key: (affirmed | denied)[key] for key in sorted(affirmed | denied)}
    assert {row[2]["negated"] for row in affirmed.values()} == {False}
    assert denied[DENIED.id][2]["negated"] is True
    only = whole_table(awkward, tmp_path / "again", negated="only")
    assert list(nodes_of(only)) == sorted({DENIED.subject, DENIED.object})


def test_a_concept_that_no_edge_touches_is_no_node_unless_there_are_no_edges(tmp_path: Path) -> None:
    awkward = nasty(tmp_path / "nasty")
    assert list(nodes_of(whole_table(awkward, tmp_path / "a"))) == sorted(concept.id for concept in NASTY)
    lonely = stored(tmp_path / "lonely", [Concept("etio:lonely", "lonely", (Kind.SYMPTOM,))], (), ())
    assert list(nodes_of(whole_table(lonely, tmp_path / "b"))) == ["etio:lonely"]


def test_ids_are_sorted_and_come_once(tmp_path: Path) -> None:
    ids = sorted_ids(["b", "a!b", "a", "é", "b"], tmp_path / "ids")
    assert (list(ids), list(ids), len(ids)) == (["a", "a!b", "b", "é"], ["a", "a!b", "b", "é"], 4)


@pytest.mark.parametrize("name", list(FORMATS))
def test_the_same_graph_gives_the_same_bytes(awkward: StoredNetwork, tmp_path: Path, name: str) -> None:
    first = exported(awkward, name)
    again = exported(nasty(tmp_path), name)
    assert first == again
    assert first


@pytest.mark.parametrize("name", [name for name, known in FORMATS.items() if known.write_table])
def test_a_graph_without_anything_is_exported_too(tmp_path: Path, name: str) -> None:
    assert exported(stored(tmp_path, (), (), ()), name)


def test_every_format_has_names_and_an_ending_of_its_own() -> None:
    endings = [known.suffix for known in FORMATS.values()]
    names = [word for known in FORMATS.values() for word in (known.name, known.media_type, *known.aliases)]
    assert (len(set(endings)), len(set(names))) == (len(endings), len(names))
    assert [find_format(f"My.Graph{known.suffix.upper()}") for known in FORMATS.values()] == list(FORMATS.values())
    assert [find_format(name) for name in ("x.zip", "x", "turtle")] == [None] * 3
    assert [get_format(name) for name in ("text/csv", "d3", "text/html;q=1, application/gexf+xml;q=0.5", "pdf")] == [
        FORMATS["csv"],
        FORMATS["nodelink"],
        FORMATS["gexf"],
        None,
    ]


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"predicates": frozenset({Predicate.HAS_SYMPTOM, Predicate.CAUSES}), "direction": "in"},
        {"direction": "out"},
        {"kinds": frozenset({Kind.SYMPTOM})},
        {"min_certainty": Certainty.ASSERTED},
        {"min_articles": 2},
        {"articles": frozenset({"coughing-up-blood"})},
        {"articles": frozenset({"coughing-up-blood"}), "min_certainty": Certainty.ASSERTED},
    ],
)
def test_a_part_is_what_the_neighbours_are(
    network: StoredNetwork, arrays: StoredNetwork, options: dict[str, object]
) -> None:
    for asked, depth, negated in product((network, arrays), (1, 2, 3), ("exclude", "include", "only")):
        compare_with_neighbours(asked, depth, negated, options)


def compare_with_neighbours(network: StoredNetwork, depth: int, negated: str, options: dict[str, object]) -> None:
    found = find_neighbours(network, HEMOPTYSIS, depth=depth, negated=negated, **options)  # type: ignore[arg-type]
    part = near(
        network,
        [HEMOPTYSIS],
        Pattern(options.get("direction", "both"), options.get("predicates", frozenset())),  # type: ignore[arg-type]
        depth=depth,
        kinds=options.get("kinds", frozenset()),  # type: ignore[arg-type]
        filter=Filter(
            negated=negated,  # type: ignore[arg-type]
            min_certainty=options.get("min_certainty", Certainty.UNLIKELY),  # type: ignore[arg-type]
            min_articles=options.get("min_articles", 1),  # type: ignore[arg-type]
            articles=options.get("articles", frozenset()),  # type: ignore[arg-type]
        ),
    )
    claims = {claim.id: claim for link in found for claim in link.claims}
    assert list(part.claims) == list(part.edges) == sorted(claims)
    assert set(part.concepts) == {HEMOPTYSIS} | {
        end for claim in claims.values() for end in (claim.subject, claim.object)
    }
    assert list(table_of(network, part).edges) == [edge_of(claims[id]) for id in sorted(claims)]
    assert not part.truncated


def test_parts_of_several_concepts_are_put_together(network: StoredNetwork) -> None:
    both = near(network, ["etio:pneumonia", "etio:anticoagulants"], Pattern(), filter=EVERYTHING)
    assert [network.concepts[id].label for id in both.concepts] == [
        "anticoagulants",
        "hemoptysis",
        "pneumonia",
        "pulmonary embolism",
    ]
    assert len(both.claims) == 2
    with pytest.raises(InvalidArgument, match="etio:nothing"):
        near(network, ["etio:nothing"], Pattern(), filter=EVERYTHING)


def test_no_more_links_are_followed_than_may_be_and_it_is_said(
    network: StoredNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.export.near.MOST_FOLLOWED", 5)
    part = near(network, [HEMOPTYSIS], Pattern(), depth=3, filter=EVERYTHING)
    assert part.truncated
    assert 3 <= len(part.claims) < 8


def test_chains_are_exported_with_the_claims_at_their_hops(awkward: StoredNetwork) -> None:
    found = find_paths(awkward, "etio:end", "etio:a")
    part = along(found.paths, ends=("etio:end", "etio:a"))
    shown = {claim.id: claim for path in found.paths for hop in path.hops for claim in hop.claims}
    assert list(part.claims) == sorted(shown)
    assert list(part.edges) == sorted(id for id, claim in shown.items() if not claim.negated)
    assert DENIED.id in part.claims
    assert list(part.concepts) == ["etio:a", "etio:a!b", "etio:end"]
    assert list(along((), ends=("b", "a")).concepts) == ["a", "b"]


def test_a_claim_of_some_articles_is_exported_as_these_say_it(network: StoredNetwork) -> None:
    wanted = Filter(articles=frozenset({"coughing-up-blood"}))
    part = near(network, [HEMOPTYSIS], Pattern(), filter=wanted)
    (row,) = [edge for edge in table_of(network, part).edges if edge.source == "etio:pneumonia"]
    assert row.values["articles"] == "coughing-up-blood"


def test_memory_and_disk_give_the_same_rows(network: StoredNetwork, tmp_path: Path) -> None:
    extractions = toy_extractions()
    memory = Network.build(
        map(canonical, CONCEPTS), merged(extractions), [extraction.article for extraction in extractions]
    )
    rows = everything(network.snapshot.store, tmp_path / "scratch")
    assert edges_of(table_of(memory, rows)) == edges_of(table_of(network, rows))
    assert nodes_of(table_of(memory, rows)) == nodes_of(table_of(network, rows))


@pytest.mark.parametrize("negated", ["exclude", "include", "only"])
def test_links_in_arrays_tell_the_same_whole(awkward: StoredNetwork, tmp_path: Path, negated: Negated) -> None:
    store, arrays = awkward.snapshot.store, with_arrays(awkward).arrays()
    assert arrays is not None
    parts = [
        everything(store, tmp_path / "store", negated=negated),
        everything(store, tmp_path / "arrays", negated=negated, arrays=arrays),
    ]
    first, second = ((list(part.concepts), list(part.claims), list(part.edges)) for part in parts)
    assert first == second
    assert len(first[1]) == {"exclude": 22, "include": 23, "only": 1}[negated]


def test_text_that_looks_like_a_value_stays_text(awkward: StoredNetwork) -> None:
    read = {
        row["source"]: row["source_label"] for row in csv.DictReader(io.StringIO(exported(awkward, "csv").decode()))
    }
    labels = dict(zip((concept.id for concept in NASTY), LABELS, strict=True))
    for label in ("None", "null", "nan", "=1+1", "007", "TRUE", "end", "End"):
        (id,) = (id for id, known in labels.items() if known == label)
        assert read[id] == label


def test_archives_have_no_clock_and_no_way_out(awkward: StoredNetwork) -> None:
    for name in ("neo4j", "kgx-tsv", "kgx-jsonl", "obsidian"):
        for file in unzipped(exported(awkward, name)):
            assert "/" not in file
            assert "\\" not in file


def test_a_claim_with_a_narrowed_statement_keeps_its_id(awkward: StoredNetwork) -> None:
    claim = next(claim for claim in awkward.claims.values() if len(claim.articles) == 2)
    part = replace(near(awkward, [claim.subject], Pattern(), filter=EVERYTHING), articles=frozenset(claim.articles[:1]))
    assert part.narrowed(claim).id == claim.id
    assert part.narrowed(claim).articles == claim.articles[:1]

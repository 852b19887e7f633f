import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import networkx as nx
import orjson
import pytest
import rdflib
from graphworld import toy_layer
from rdflib.compare import to_isomorphic
from toygraph import CONCEPTS, POSSIBLE, merged

from graph.export.cytoscape import cytoscape
from graph.export.formats import FORMATS, FormatName, export_part, export_whole
from graph.export.graphml import graphml
from graph.export.part import Part, around, whole
from graph.export.table import EDGE_COLUMNS, NODE_COLUMNS, table
from graph.network import Network
from graph.store import Snapshot, Store
from ontology.article import Extraction
from ontology.claim import Claim, Concept
from ontology.errors import InvalidArgument
from ontology.terms import Kind, Predicate

HEMOPTYSIS = "etio:hemoptysis"


@pytest.fixture
def snapshot(tmp_path: Path, toy: tuple[Extraction, ...]) -> Iterator[Snapshot]:
    with Store.open(tmp_path, layer=toy_layer()) as store:
        store.replace(toy)
    with Snapshot.open(tmp_path) as snapshot:
        yield snapshot


@pytest.fixture
def network(toy: tuple[Extraction, ...]) -> Network:
    return Network.build(CONCEPTS, merged(toy), [extraction.article for extraction in toy])


def test_the_table_has_linked_concepts_and_affirmed_claims_alone(network: Network) -> None:
    rows = table(whole(network))
    assert [node.id for node in rows.nodes] == [concept.id for concept in CONCEPTS]
    assert [edge.id for edge in rows.edges] == [claim.id for claim in network.claims.values() if not claim.negated]
    assert dict(rows.nodes[0].values) == {
        "label": "alveolar hemorrhage",
        "kinds": "Mechanism|Condition",
        "synonyms": "bleeding into the air sacs",
        "provisional": False,
    }
    (often,) = (edge for edge in rows.edges if "frequency" in edge.values)
    assert (often.source, often.target, dict(often.values)) == (
        "etio:pneumonia",
        HEMOPTYSIS,
        {
            "predicate": "has_symptom",
            "certainty": "possible",
            "frequency": "often",
            "belief": POSSIBLE,
            "article_count": 1,
            "articles": "coughing-up-blood",
            "quote": "Pneumonia often causes coughing up blood, though not always.",
        },
    )


def test_a_concept_that_no_edge_touches_is_no_node(network: Network) -> None:
    lonely = Concept("etio:lonely", "lonely", (Kind.SYMPTOM,))
    more = Network.build((*CONCEPTS, lonely), network.claims.values(), network.articles.values())
    assert lonely.id not in {node.id for node in table(whole(more)).nodes}
    assert [node.id for node in table(Part((lonely,), (), ())).nodes] == [lonely.id]


def test_networkx_reads_the_graphml_with_types_and_edge_ids(network: Network) -> None:
    written = export_part(whole(network), "graphml")
    read: nx.MultiDiGraph[str] = nx.MultiDiGraph(nx.read_graphml(io.BytesIO(written), force_multigraph=True))
    rows = table(whole(network))
    assert {node: read.nodes[node] for node in read.nodes} == {node.id: dict(node.values) for node in rows.nodes}
    assert sorted(read.edges(keys=True, data=True), key=lambda edge: str(edge[2])) == [
        (edge.source, edge.target, edge.id, dict(edge.values)) for edge in rows.edges
    ]
    assert written.count(b"<key ") == len(NODE_COLUMNS) + len(EDGE_COLUMNS)


def test_cytoscape_json_holds_the_same_rows(network: Network) -> None:
    rows = table(whole(network))
    assert orjson.loads(cytoscape(rows)) == {
        "data": {"name": "etiograph"},
        "elements": {
            "nodes": [{"data": {"id": node.id, **node.values}} for node in rows.nodes],
            "edges": [
                {"data": {"id": edge.id, "source": edge.source, "target": edge.target, **edge.values}}
                for edge in rows.edges
            ],
        },
    }


def test_control_characters_are_removed_and_line_breaks_become_spaces() -> None:
    odd = Concept("etio:odd", "two\nlines\x00 and\x0b <&> \ufffe", (Kind.SYMPTOM,))
    rows = table(Part((odd,), (), ()))
    assert rows.nodes[0].values["label"] == "two lines and <&>"
    read = nx.read_graphml(io.BytesIO(graphml(rows)))
    assert read.nodes["etio:odd"]["label"] == "two lines and <&>"


@pytest.mark.parametrize("name", list(FORMATS))
def test_the_same_graph_gives_the_same_bytes(snapshot: Snapshot, name: FormatName) -> None:
    first, second = (export_whole(snapshot, name) for _ in range(2))
    assert first == second
    assert first


def test_nquads_of_everything_are_those_the_hash_is_of(snapshot: Snapshot) -> None:
    assert export_whole(snapshot, "nquads") == snapshot.nquads()


def test_turtle_and_nquads_say_the_same(snapshot: Snapshot) -> None:
    turtle = rdflib.Graph().parse(data=export_whole(snapshot, "turtle"), format="turtle")
    lines = rdflib.Graph().parse(data=snapshot.nquads(), format="nt")
    assert to_isomorphic(turtle) == to_isomorphic(lines)
    assert len(turtle) == len(snapshot.nquads().splitlines())


def test_the_turtle_has_its_prefixes_first_and_by_name(network: Network) -> None:
    lines = export_part(whole(network), "turtle").decode().splitlines()
    head = [line for line in lines if line.startswith("@prefix")]
    assert lines[: len(head)] == head == sorted(head)


def test_a_part_is_what_the_neighbours_are(network: Network) -> None:
    part = around(network, [HEMOPTYSIS], predicates=frozenset({Predicate.HAS_SYMPTOM}))
    assert [concept.label for concept in part.concepts] == ["hemoptysis", "pneumonia", "pulmonary embolism"]
    assert [(claim.subject, claim.predicate) for claim in part.claims] == [
        (claim.subject, Predicate.HAS_SYMPTOM)
        for claim in network.claims.values()
        if claim.predicate is Predicate.HAS_SYMPTOM
    ]
    assert [article.id for article in part.articles] == ["coughing-up-blood"]


def test_a_part_in_rdf_is_part_of_the_whole(snapshot: Snapshot, network: Network) -> None:
    part = set(export_part(around(network, [HEMOPTYSIS], negated="include"), "nquads").splitlines())
    assert part < set(snapshot.nquads().splitlines())
    assert sum(b"#type> <https://w3id.org/etiograph/Claim>" in line for line in part) == 4


def test_parts_of_several_concepts_are_put_together(network: Network) -> None:
    both = around(network, ["etio:pneumonia", "etio:anticoagulants"])
    assert [concept.label for concept in both.concepts] == [
        "anticoagulants",
        "hemoptysis",
        "pneumonia",
        "pulmonary embolism",
    ]
    assert len(both.claims) == 2


def test_an_unknown_concept_is_refused(network: Network) -> None:
    with pytest.raises(InvalidArgument, match="etio:nothing"):
        around(network, ["etio:nothing"])


def test_a_quote_with_markup_survives_every_format(network: Network) -> None:
    claim = next(iter(network.claims.values()))
    evidence = tuple(replace(row, quote='5 < 6 & "so" on') for row in claim.evidence)
    marked = Claim(claim.subject, claim.predicate, claim.object, claim.negated, evidence)
    rows = table(Part(whole(network).concepts, (marked,), ()))
    (edge,) = nx.read_graphml(io.BytesIO(graphml(rows)), force_multigraph=True).edges(data=True)
    (drawn,) = orjson.loads(cytoscape(rows))["elements"]["edges"]
    assert (edge[2]["quote"], drawn["data"]["quote"]) == ('5 < 6 & "so" on',) * 2

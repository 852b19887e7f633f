"""The RDF formats, read back by rdflib and compared with what the store holds."""

from pathlib import Path

import pytest
import rdflib
from exporting import exported
from lxml import etree
from nastygraph import nasty
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse
from rdflib.compare import to_isomorphic

from graph.export.near import near
from graph.export.selection import Selection
from graph.neighbours import EVERYTHING, Pattern
from graph.nodes import article_node
from graph.store import Store
from graph.storednetwork import StoredNetwork
from graph.updating.delta import as_stored

pytestmark = pytest.mark.filterwarnings("ignore:.*(ConjunctiveGraph|Dataset):DeprecationWarning")  # of rdflib itself

EX = "http://example.org/"


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> StoredNetwork:
    return nasty(tmp_path_factory.mktemp("nasty"))


@pytest.fixture(scope="module")
def part(network: StoredNetwork) -> Selection:
    return near(network, ["etio:a!b"], Pattern(), depth=2, filter=EVERYTHING)


def graph_of(content: bytes, format: str) -> rdflib.Graph:
    return rdflib.Graph(bind_namespaces="none").parse(data=content, format=format)


@pytest.mark.parametrize("name", ["turtle", "jsonld"])
@pytest.mark.parametrize("whole", [True, False])
def test_rdflib_reads_the_same_triples(network: StoredNetwork, part: Selection, name: str, whole: bool) -> None:
    selection = None if whole else part
    expected = graph_of(exported(network, "nquads", selection), "nt")
    read = graph_of(exported(network, name, selection), {"jsonld": "json-ld"}.get(name, name))
    assert set(read) == set(expected)
    assert len(read) > 100


def test_rdf_xml_says_the_same_without_control_characters(network: StoredNetwork) -> None:
    content = exported(network, "rdfxml")
    etree.fromstring(content)
    expected = graph_of(exported(network, "nquads").replace(b"\\u0000", b"").replace(b"\\u000B", b""), "nt")
    assert set(graph_of(content, "xml")) == set(expected)
    assert len(content.split(b"xmlns:etio=")) == 2


def test_trig_has_a_graph_for_the_statements_of_each_article(network: StoredNetwork) -> None:
    quads = list(parse(exported(network, "trig"), format=RdfFormat.TRIG))
    lines = list(parse(exported(network, "nquads"), format=RdfFormat.N_QUADS))
    assert {quad.triple for quad in quads} == {quad.triple for quad in lines}
    assert len(quads) == len(lines)
    named = {quad.graph_name for quad in quads if isinstance(quad.graph_name, NamedNode)}
    assert named == {article_node(article) for article in network.articles}
    for quad in quads:
        is_statement = str(quad.subject).startswith("<https://w3id.org/etiograph/evidence/")
        assert isinstance(quad.graph_name, NamedNode) == is_statement
        if quad.predicate.value.endswith("hasSource"):
            assert quad.graph_name == quad.object
    dataset = rdflib.Dataset()
    dataset.parse(data=exported(network, "trig"), format="trig")
    assert len(dataset) == len(lines)


def test_prefixes_come_first_and_by_name(network: StoredNetwork) -> None:
    for name in ("turtle", "trig"):
        lines = exported(network, name).decode().splitlines()
        head = [line for line in lines if line.startswith("@prefix")]
        assert lines[: len(head)] == head == sorted(head)
        assert "\n@prefix claim: <https://w3id.org/etiograph/claim/> .\n" in "\n".join(head)


def test_nquads_of_everything_are_those_the_hash_is_of(network: StoredNetwork) -> None:
    assert exported(network, "nquads") == network.snapshot.nquads()


def test_a_part_in_rdf_is_part_of_the_whole(network: StoredNetwork, part: Selection) -> None:
    lines = set(exported(network, "nquads", part).splitlines())
    assert lines < set(network.snapshot.nquads().splitlines())
    assert sum(b"#type> <https://w3id.org/etiograph/Claim>" in line for line in lines) == len(part.claims)


def test_a_user_s_own_graphs_and_blank_nodes_are_exported_where_the_format_has_them(tmp_path: Path) -> None:
    own = NamedNode(EX + "own")
    extra = [
        Quad(NamedNode(EX + "s"), NamedNode(EX + "p"), Literal("hallo", language="de"), own),
        Quad(NamedNode(EX + "s"), NamedNode(EX + "123"), Literal("in\rXML\x0c]]>")),
        Quad(NamedNode(EX + "s"), NamedNode(EX + "a"), BlankNode("1b")),
        Quad(BlankNode("1b"), NamedNode(EX + "a"), Literal(" \r\n]]> ")),
    ]
    with Store.open_as_it_is(tmp_path) as store, store.revision():
        store.apply((), as_stored(extra))
    network = StoredNetwork.open(tmp_path)
    for name, format in (("nquads", "nquads"), ("trig", "trig"), ("jsonld", "json-ld")):
        dataset = rdflib.Dataset()
        dataset.parse(data=exported(network, name), format=format)
        found = dataset.graph(rdflib.URIRef(own.value))
        assert list(found) == [(rdflib.URIRef(EX + "s"), rdflib.URIRef(EX + "p"), rdflib.Literal("hallo", lang="de"))]
    everything = graph_of(
        b"\n".join(line for line in exported(network, "nquads").splitlines() if b"own>" not in line), "nt"
    )
    assert to_isomorphic(graph_of(exported(network, "turtle"), "turtle")) == to_isomorphic(everything)
    xml = exported(network, "rdfxml")
    everything.remove((None, rdflib.URIRef(EX + "123"), None))
    assert to_isomorphic(graph_of(xml, "xml")) == to_isomorphic(everything)
    assert b"<!-- left out: http://example.org/123 -->" in xml

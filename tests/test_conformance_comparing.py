"""The runner of the W3C suites tells right answers from wrong ones."""

from itertools import permutations

import pytest
from conformance.answers import Rows, Triples, Truth, read
from conformance.cases import Case, Kind
from conformance.comparing import same, same_order, valued
from conformance.judging import Outcome, compared
from pyoxigraph import BlankNode, Literal, NamedNode

A, B, P = NamedNode("a:a"), NamedNode("a:b"), NamedNode("a:p")
ONE, OTHER, THIRD, FOURTH = (BlankNode(name) for name in ("one", "other", "third", "fourth"))
XSD = "http://www.w3.org/2001/XMLSchema#"
CASE = Case("sparql11", "none", "none", Kind.QUERY)


def typed(written: str, datatype: str) -> Literal:
    return Literal(written, datatype=NamedNode(XSD + datatype))


def test_rows_are_the_same_in_any_order_and_as_often() -> None:
    assert same([(A,), (B,), (A,)], [(B,), (A,), (A,)])
    assert not same([(A,), (B,), (A,)], [(B,), (A,), (B,)])
    assert not same([(A,), (A,)], [(A,)])
    assert not same([(A, None)], [(None, A)])
    assert same_order([(A,), (B,)], [(A,), (B,)])
    assert not same_order([(A,), (B,)], [(B,), (A,)])


def test_blank_nodes_are_the_same_under_one_renaming() -> None:
    assert same([(ONE, OTHER), (OTHER, ONE)], [(THIRD, FOURTH), (FOURTH, THIRD)])
    assert not same([(ONE, OTHER)], [(THIRD, THIRD)])
    assert not same([(ONE, A), (ONE, B)], [(ONE, A), (OTHER, B)])
    assert not same([(ONE,)], [(A,)])


def test_a_ring_of_six_is_not_two_rings_of_three() -> None:
    nodes = [BlankNode() for _ in range(6)]
    ring = [(nodes[at], P, nodes[(at + 1) % 6]) for at in range(6)]
    rings = [(nodes[at], P, nodes[at - at % 3 + (at + 1) % 3]) for at in range(6)]
    assert not same(ring, rings)
    for order in list(permutations(nodes))[::97]:
        other = dict(zip(nodes, order, strict=True))
        assert same(ring, [(other[start], P, other[end]) for start, _, end in ring])


@pytest.mark.parametrize(
    ("left", "right", "alike"),
    [
        (typed("1.0", "decimal"), typed("1", "decimal"), True),
        (typed("+01", "integer"), typed("1", "integer"), True),
        (typed("1", "integer"), typed("1", "decimal"), False),
        (typed("1.5e3", "double"), typed("1500", "double"), True),
        (typed("INF", "double"), typed("-INF", "double"), False),
        (typed("1", "boolean"), typed("true", "boolean"), True),
        (typed("x", "integer"), typed("x", "integer"), True),
        (typed("2000-01-01+00:00", "date"), typed("2000-01-01Z", "date"), True),
        (Literal("a", language="en-GB"), Literal("a", language="en-gb"), True),
        (Literal("1"), typed("1", "integer"), False),
    ],
)
def test_literals_are_compared_by_value_within_a_datatype(left: Literal, right: Literal, alike: bool) -> None:
    assert (valued((left,)) == valued((right,))) is alike


def test_an_answer_says_whether_it_passes_by_form_or_by_value_only() -> None:
    hoped = Rows(("x",), ((typed("1.0", "decimal"),),))
    assert compared(CASE, hoped, hoped) == (Outcome.PASSED, "")
    assert compared(CASE, hoped, Rows(("x",), ((typed("1", "decimal"),),))) == (Outcome.BY_VALUE, "")
    assert compared(CASE, hoped, Rows(("x",), ((typed("2", "decimal"),),)))[0] is Outcome.FAILED
    assert compared(CASE, hoped, Rows(("y",), ((typed("1.0", "decimal"),),)))[0] is Outcome.FAILED
    assert compared(CASE, hoped, Truth(value=True))[0] is Outcome.FAILED
    assert compared(CASE, Truth(value=True), Truth(value=False))[0] is Outcome.FAILED


def test_every_format_of_rows_reads_as_the_same_answer() -> None:
    term = b'{"x":{"type":"uri","value":"a:a"}}'
    xml = (
        b'<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="y"/><variable name="x"/></head>'
        b'<results><result><binding name="x"><uri>a:a</uri></binding></result></results></sparql>'
    )
    bodies = {
        "application/sparql-results+json": b'{"head":{"vars":["y","x"]},"results":{"bindings":[' + term + b"]}}",
        "application/sparql-results+xml": xml,
        "text/tab-separated-values; charset=utf-8": b"?y\t?x\n\t<a:a>\n",
    }
    assert {name: read(body, name, "a:") for name, body in bodies.items()} == dict.fromkeys(
        bodies, Rows(("x", "y"), ((A, None),))
    )
    assert read(b"y,x\r\n,a:a\r\n", "text/csv", "a:") == Rows(("x", "y"), ((Literal("a:a"), None),))
    assert read(b"<a> <p> <b> .", "text/turtle", "a:") == Triples(frozenset({(A, P, B)}))
    with pytest.raises(ValueError, match="unknown media type"):
        read(b"", "text/html", "a:")

"""What is judged from values is judged as the SHACL engine judges the triples, and lines say what the triples say."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import pytest
from drawn import drawn
from graphworld import extractions, toy_layer
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Triple

from graph import gate
from graph.foreseen import all_conform
from graph.gate import check
from graph.nodes import term
from graph.prepared import ntriples
from graph.rdf import claim_triples, own_triples
from graph.rdflibgraph import rdflib_graph
from graph.said import Said, Value, lines_of, triples_of
from ontology.article import Extraction
from ontology.errors import InvalidClaims
from ontology.shapes import violations

LAYER = toy_layer()
CURATED = {node: LAYER.by_subject[node] for node in LAYER.concepts}
XSD = "http://www.w3.org/2001/XMLSchema#"
ODD: tuple[Value | tuple[Value, ...] | None, ...] = (
    None,
    "",
    "two\nlines",
    "asserted",
    "f" * 64,
    0,
    1,
    -1,
    20,
    True,
    False,
    Literal("possible", language="en"),
    Literal("1.5", datatype=NamedNode(XSD + "decimal")),
    Literal("x", datatype=NamedNode(XSD + "integer")),
    term("HP:0040283"),
    term("HP:0002094"),
    term("etio:causes"),
    term("etio:Condition"),
    term("etio:Claim"),
    term("skos:Concept"),
    ("asserted", "possible"),
    (term("skos:Concept"), term("etio:Condition")),
    (term("skos:Concept"), term("etio:Mood")),
)


def said_by(extraction: Extraction) -> list[Said]:
    """All that is asked about before the extraction is stored."""
    asked: list[Said] = []

    def ask(said: Iterable[Said], _: object) -> bool:
        asked.extend(said)
        return True

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gate, "all_conform", ask)
        check(extraction, LAYER)
    return asked


def triples(said: list[Said]) -> set[Triple]:
    return triples_of(said).union(*CURATED.values())


@given(extractions())
@drawn(20)
def test_what_extractors_make_is_judged_without_its_triples(extraction: Extraction) -> None:
    said = said_by(extraction)
    assert all_conform(said, CURATED)
    assert violations(rdflib_graph(triples(said))) == ()


@given(extractions().filter(lambda extraction: extraction.claims), st.data())
@drawn(60)
def test_what_is_not_refused_from_values_is_not_refused_from_triples(
    extraction: Extraction, data: st.DataObject
) -> None:
    said = said_by(extraction)
    for _ in range(data.draw(st.integers(1, 2))):
        place = data.draw(st.integers(0, len(said) - 1))
        each = said[place]
        match data.draw(st.sampled_from(["drop", "again", "value", "value", "value", "value"])):
            case "drop":
                del said[place]
            case "again":
                said.append(Said(data.draw(st.sampled_from(said)).node, each.values))
            case _:
                name = data.draw(st.sampled_from(sorted(each.values)))
                said[place] = Said(each.node, {**each.values, name: data.draw(values_in(each.values, name, said))})
    report = violations(rdflib_graph(triples(said)))
    assert not report or not all_conform(said, CURATED), report


def values_in(
    values: Mapping[str, Value | tuple[Value, ...] | None], name: str, said: list[Said]
) -> st.SearchStrategy[Value | tuple[Value, ...] | None]:
    """Something odd, what another property has, or another node."""
    others = [value for other, value in values.items() if other != name]
    return st.sampled_from([*ODD, *others, *(each.node for each in said)])


@given(extractions().filter(lambda extraction: extraction.claims), st.data())
@drawn(20)
def test_what_is_refused_is_reported_as_the_engine_reports_it(extraction: Extraction, data: st.DataObject) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gate, "all_conform", lambda *_: False)
        changed = data.draw(broken(extraction))
        expected = reported(changed)
    assert reported(changed) == expected


def broken(extraction: Extraction) -> st.SearchStrategy[Extraction]:
    """The extraction with a fault in one statement, claim or concept that types allow."""
    claim = extraction.claims[0]
    statement = claim.evidence[0]
    statements = [
        replace(statement, rule=""),
        replace(statement, frequency_class="HP:0002094"),
        replace(statement, frequency_class="HP:0040290"),
    ]
    claims = [replace(claim, object=claim.subject), *(replace(claim, evidence=(one,)) for one in statements)]
    concepts = [
        (replace(one, label=""), replace(one, kinds=()), replace(one, id=claim.id)) for one in extraction.concepts
    ]
    return st.sampled_from(
        [
            extraction,
            *(replace(extraction, claims=(one, *extraction.claims[1:])) for one in claims),
            *(replace(extraction, concepts=(one, *extraction.concepts)) for several in concepts for one in several),
            *(replace(extraction, concepts=one[:1] + extraction.concepts[1:]) for one in concepts[:1]),
            replace(extraction, claims=(replace(claim, subject=claim.id), *extraction.claims[1:])),
        ]
    )


def reported(extraction: Extraction) -> tuple[str, ...]:
    try:
        check(extraction, LAYER)
    except InvalidClaims as error:
        return error.report
    return ()


@given(extractions())
@drawn(20)
def test_lines_are_what_the_engine_writes_of_the_triples(extraction: Extraction) -> None:
    stated = check(extraction, LAYER)
    assert sorted(lines_of(stated.own)) == lines(own_triples(extraction))
    for claim, said in zip(extraction.claims, stated.claims, strict=True):
        assert sorted(lines_of(said)) == lines(claim_triples(claim))


@given(st.text(st.characters(codec="utf-8")))
def test_any_text_is_written_as_the_engine_writes_it(text: str) -> None:
    said = Said(term("etio:flu"), {"skos:definition": text})
    assert lines_of([said]) == lines(triples_of([said]))


@pytest.mark.parametrize("text", ["".join(map(chr, range(0x300))), "\ufffe\uffff\U0001fffe\U0010ffff\u2028"])
def test_every_escape_is_the_engine_s(text: str) -> None:
    said = Said(term("etio:flu"), {"skos:definition": text, "etio:start": -5, "etio:negated": False})
    assert sorted(lines_of([said])) == lines(triples_of([said]))


def lines(found: set[Triple]) -> list[str]:
    return sorted(line + "\n" for line in ntriples(found).decode().split("\n") if line)

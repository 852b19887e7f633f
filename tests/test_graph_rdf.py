import re

import pytest
import rdflib
from graphworld import articles, claims, extractions
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode
from toygraph import BLOOD, CLOTS, CONCEPTS, POSSIBLE, merged, toy_extractions

from graph import nodes
from graph.layer import sorted_ntriples
from graph.rdf import (
    article_triples,
    canonical,
    claim_triples,
    concept_triples,
    evidence_triples,
    provisional_concept,
)
from graph.rdflibgraph import rdflib_graph
from graph.reading import Descriptions, read_article, read_claim, read_concept
from ontology.article import Article, Extraction
from ontology.claim import Claim, Concept, Mapping, Name
from ontology.errors import StoreError
from ontology.terms import Certainty, Kind, MappingRelation, NameType, Predicate


@st.composite
def concepts(draw: st.DrawFn) -> Concept:
    text = st.text(st.characters(codec="utf-8"), min_size=1, max_size=10)
    return Concept(
        id=draw(st.sampled_from(["etio:pulmonary-embolism", "HP:0002094", "ICD10CM:J18.9", "etiop:x-ray_of_it"])),
        label=draw(text),
        kinds=tuple(draw(st.lists(st.sampled_from(Kind), min_size=1, max_size=4, unique=True))),
        names=tuple(draw(st.lists(st.builds(Name, text, st.sampled_from(NameType)), max_size=5, unique=True))),
        mappings=tuple(
            draw(
                st.lists(
                    st.builds(
                        Mapping, st.sampled_from(MappingRelation), st.sampled_from(["HP:0002105", "UMLS:C0019079"])
                    ),
                    max_size=3,
                    unique=True,
                )
            )
        ),
        definition=draw(st.none() | text),
        provisional=draw(st.booleans()),
    )


@given(concepts())
def test_a_concept_comes_back_from_rdf_in_canonical_order(concept: Concept) -> None:
    triples = Descriptions(concept_triples(concept))
    assert read_concept(triples, nodes.term(concept.id)) == canonical(concept)
    assert canonical(canonical(concept)) == canonical(concept)


@given(articles())
def test_an_article_comes_back_from_rdf_as_it_was(article: Article) -> None:
    triples = Descriptions(article_triples(article))
    assert read_article(triples, nodes.article_node(article.id)) == article


@given(st.data())
def test_a_claim_comes_back_from_rdf_with_all_its_evidence(data: st.DataObject) -> None:
    article = data.draw(articles())
    claim = data.draw(claims(article))
    triples = claim_triples(claim)
    for statement in claim.evidence:
        triples |= evidence_triples(claim.id, statement, article)
    back = read_claim(Descriptions(triples), nodes.term(claim.id))
    assert (back, back.evidence) == (claim, claim.evidence)


@given(st.lists(st.text("a >\\\n", max_size=5), min_size=1, max_size=4))
def test_a_heading_path_comes_back_whatever_the_headings_hold(section: list[str]) -> None:
    assert nodes.headings(nodes.heading_path(tuple(section))) == tuple(section)


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_an_article_id_comes_back_from_its_iri(article_id: str) -> None:
    assert nodes.article_id(nodes.article_node(article_id)) == article_id


@given(extractions())
def test_no_triple_has_a_blank_node_and_every_literal_survives_rdflib(extraction: Extraction) -> None:
    triples = article_triples(extraction.article)
    for claim in extraction.claims:
        triples |= claim_triples(claim)
    assert {type(triple.subject) for triple in triples} == {NamedNode}
    graph = rdflib_graph(triples)
    titles = {str(value) for value in graph.objects(None, rdflib.DCTERMS.title)}
    assert extraction.article.title in titles
    assert len(graph) == len(triples)


@pytest.mark.parametrize(
    ("value", "written"), [(0.8, "0.8"), (1.0, "1"), (0.7318, "0.7318"), (0.0, "0"), (0.56, "0.56"), (0.1 + 0.2, "0.3")]
)
def test_a_decimal_is_written_as_the_store_keeps_it(value: float, written: str) -> None:
    assert nodes.decimal(value).value == written


def test_an_affirmed_claim_is_a_plain_link_and_a_denied_one_is_not() -> None:
    toy = merged(toy_extractions())
    links = {
        (triple.subject.value, triple.predicate.value, triple.object.value)
        for claim in toy
        for triple in claim_triples(claim)
        if isinstance(triple.subject, NamedNode)
        and isinstance(triple.object, NamedNode)
        and triple.predicate.value in {predicate.iri for predicate in Predicate}
    }
    etio = "https://w3id.org/etiograph/"
    assert links == {
        (f"{etio}{subject}", f"{etio}{predicate}", f"{etio}{object_}")
        for subject, predicate, object_ in [
            ("alveolar-hemorrhage", "causes", "hemoptysis"),
            ("anticoagulants", "treats", "pulmonary-embolism"),
            ("ct-pulmonary-angiography", "diagnoses", "pulmonary-embolism"),
            ("pneumonia", "hasSymptom", "hemoptysis"),
            ("pulmonary-embolism", "causes", "reduced-pulmonary-blood-flow"),
            ("pulmonary-embolism", "hasSymptom", "hemoptysis"),
            ("pulmonary-infarction", "causes", "alveolar-hemorrhage"),
            ("reduced-pulmonary-blood-flow", "causes", "pulmonary-infarction"),
        ]
    }


def test_evidence_is_written_as_web_annotation_selectors_with_context_and_provenance() -> None:
    (claim,) = (claim for claim in toy_extractions()[0].claims if claim.frequency == "often")
    (statement,) = claim.evidence
    node = nodes.evidence_node(claim.id, statement).value
    written = sorted_ntriples(evidence_triples(claim.id, statement, BLOOD)).decode()
    short = written.replace("https://w3id.org/etiograph/", "etio:").replace("http://www.w3.org/ns/oa#", "oa:")
    short = short.replace(node.replace("https://w3id.org/etiograph/", "etio:"), "E").replace(BLOOD.sha256, "SHA256")
    short = re.sub(r"\^\^<[^>]*integer>", "", short)
    assert short.splitlines() == [
        "<E#position> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <oa:TextPositionSelector> .",
        '<E#position> <oa:end> "136" .',
        '<E#position> <oa:start> "76" .',
        "<E#quote> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <oa:TextQuoteSelector> .",
        '<E#quote> <oa:exact> "Pneumonia often causes coughing up blood, though not always." .',
        '<E#quote> <oa:prefix> "y make a person cough up blood. " .',
        '<E#quote> <oa:suffix> " Blood thinners do not cause hem" .',
        "<E> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <etio:Evidence> .",
        "<E> <oa:hasSelector> <E#position> .",
        "<E> <oa:hasSelector> <E#quote> .",
        "<E> <oa:hasSource> <etio:article/coughing-up-blood> .",
        "<E> <http://www.w3.org/ns/prov#wasDerivedFrom> <etio:article/coughing-up-blood/version/SHA256> .",
        '<E> <etio:certainty> "possible" .',
        '<E> <etio:certaintyCue> "not always" .',
        '<E> <etio:extractor> "toy 1" .',
        '<E> <etio:frequency> "often" .',
        "<E> <etio:objectKind> <etio:Symptom> .",
        '<E> <etio:objectMention> "coughing up blood" .',
        '<E> <etio:rule> "toy" .',
        "<E> <etio:subjectKind> <etio:Condition> .",
        '<E> <etio:subjectMention> "Pneumonia" .',
    ]


def test_a_claims_node_carries_its_roll_ups() -> None:
    (claim,) = (claim for claim in toy_extractions()[0].claims if claim.frequency == "often")
    lines = sorted_ntriples(claim_triples(claim)).decode().splitlines()
    said = {
        line.split("> ", 2)[1].rsplit("/", 1)[1]: line.split("> ", 2)[2].removesuffix(" .")
        for line in lines
        if "/etiograph/claim/" in line and "rdf-syntax" not in line
    }
    evidence = nodes.evidence_node(claim.id, claim.evidence[0])
    assert said == {
        "articleCount": '"1"^^<http://www.w3.org/2001/XMLSchema#integer>',
        "belief": f'"{POSSIBLE}"^^<http://www.w3.org/2001/XMLSchema#decimal>',
        "certainty": '"possible"',
        "evidence": str(evidence),
        "frequency": '"often"',
        "negated": '"false"^^<http://www.w3.org/2001/XMLSchema#boolean>',
    }


def test_a_provisional_concept_follows_from_its_evidence_alone() -> None:
    minted = "etiop:x-ray_of_the_sinuses"
    (known,) = (claim for claim in toy_extractions()[1].claims if claim.predicate is Predicate.DIAGNOSES)
    test = Claim(minted, Predicate.DIAGNOSES, known.object, negated=False, evidence=known.evidence * 2)
    care = Claim(known.object, Predicate.WARRANTS, minted, negated=False, evidence=known.evidence)
    assert provisional_concept(minted, [care, test]) == Concept(
        minted, "x-ray of the sinuses", (Kind.TEST, Kind.CONDITION), provisional=True
    )


def test_a_node_with_two_values_where_one_is_due_is_named_in_the_error() -> None:
    other = Article(id="lung-clots", title="Other", text="x", format="text")
    twice = article_triples(CLOTS) | article_triples(other)
    with pytest.raises(StoreError, match=r"lung-clots has 2 values of dcterms:title, expected one; ingest"):
        read_article(Descriptions(twice), nodes.article_node("lung-clots"))


def test_the_usual_kind_stays_first() -> None:
    infarction = next(concept for concept in CONCEPTS if concept.id == "etio:pulmonary-infarction")
    reverse = Concept(infarction.id, infarction.label, infarction.kinds[::-1])
    read = [read_concept(Descriptions(concept_triples(one)), nodes.term(one.id)).kinds for one in (infarction, reverse)]
    assert read == [(Kind.CONDITION, Kind.MECHANISM), (Kind.MECHANISM, Kind.CONDITION)]


def test_certainty_of_the_toy_claims_is_known() -> None:
    counts = dict.fromkeys(Certainty, 0)
    for claim in merged(toy_extractions()):
        counts[claim.certainty] += 1
    assert counts == {Certainty.ASSERTED: 6, Certainty.POSSIBLE: 3, Certainty.UNLIKELY: 0}

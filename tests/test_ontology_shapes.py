"""Each shape has a graph that conforms and graphs that do not, told in one line each."""

import pytest
import rdflib

from ontology.shapes import violations

PREFIXES = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix etio: <https://w3id.org/etiograph/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix HP: <http://purl.obolibrary.org/obo/HP_> .
"""

CONCEPTS = """
etio:flu a skos:Concept, etio:Condition ; skos:prefLabel "influenza" .
etio:fever a skos:Concept, etio:Symptom ; skos:prefLabel "fever" .
"""

ARTICLE = f"""
<https://w3id.org/etiograph/article/a> a etio:Article ; dcterms:title "Flu" ; etio:format "text" ;
    etio:text "Flu may cause fever." ; etio:sha256 "{"0" * 64}" .
"""

CLAIM = """
<https://w3id.org/etiograph/claim/c> a etio:Claim ; rdf:subject etio:flu ; rdf:predicate etio:hasSymptom ;
    rdf:object etio:fever ; etio:negated false ; etio:certainty "possible" ; etio:belief 0.56 ; etio:articleCount 1 ;
    etio:evidence <https://w3id.org/etiograph/evidence/e> .
etio:flu etio:hasSymptom etio:fever .
"""

EVIDENCE = f"""
<https://w3id.org/etiograph/evidence/e> a etio:Evidence ; oa:hasSource <https://w3id.org/etiograph/article/a> ;
    oa:hasSelector <https://w3id.org/etiograph/evidence/e#quote>, <https://w3id.org/etiograph/evidence/e#position> ;
    prov:wasDerivedFrom <https://w3id.org/etiograph/article/a/version/{"0" * 64}> ;
    etio:certainty "possible" ; etio:certaintyCue "may" ; etio:rule "test" ; etio:extractor "1" ;
    etio:subjectMention "Flu" ; etio:objectMention "fever" ;
    etio:subjectKind etio:Condition ; etio:objectKind etio:Symptom .
<https://w3id.org/etiograph/evidence/e#quote> a oa:TextQuoteSelector ; oa:exact "Flu may cause fever" .
<https://w3id.org/etiograph/evidence/e#position> a oa:TextPositionSelector ; oa:start 0 ; oa:end 19 .
"""

GRAPH = PREFIXES + CONCEPTS + ARTICLE + CLAIM + EVIDENCE


def _violations(turtle: str) -> tuple[str, ...]:
    return violations(rdflib.Graph().parse(data=turtle, format="turtle"))


def test_a_claim_with_its_evidence_article_and_concepts_conforms() -> None:
    assert _violations(GRAPH) == ()


def test_an_empty_graph_conforms() -> None:
    assert _violations(PREFIXES) == ()


C = "etio:claim/c: "
E = "etio:evidence/e: "
A = "etio:article/a: "


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # concepts
        (
            'etio:fever a skos:Concept, etio:Symptom ;',
            'etio:fever a skos:Concept ;',
            ("etio:fever: a concept needs at least one of the ten kinds, and no other type",),
        ),
        (
            'etio:fever a skos:Concept, etio:Symptom ;',
            'etio:fever a skos:Concept, etio:Symptom, etio:Mood ;',
            ("etio:fever: a concept needs at least one of the ten kinds, and no other type (found 'etio:Mood')",),
        ),
        (
            'skos:prefLabel "fever"',
            'skos:prefLabel "fever", "pyrexia"',
            ("etio:fever: a concept needs exactly one preferred label, a plain string",),
        ),
        # articles
        ('dcterms:title "Flu" ;', "", (A + "an article needs exactly one title",)),
        ('etio:text "Flu may cause fever." ;', "", (A + "an article needs exactly one text",)),
        ('etio:format "text" ;', "", (A + "an article needs exactly one format",)),
        (
            f'etio:sha256 "{"0" * 64}"',
            'etio:sha256 "0"',
            (A + "an article needs the SHA-256 of its text, 64 hex digits (found '0')",),
        ),
        # claims
        ("rdf:subject etio:flu ;", "", (C + "a claim needs exactly one subject, a described concept",)),
        (
            "rdf:object etio:fever ;",
            "rdf:object etio:chills ;",
            (
                C + "a claim needs exactly one object, a described concept (found 'etio:chills')",
                C + "affirmed, but its plain triple is missing",
            ),
        ),
        (
            "rdf:object etio:fever ;",
            "rdf:object etio:flu ;",
            (
                C + "a claim is not about a concept and itself; drop it (found 'etio:flu')",
                C + "affirmed, but its plain triple is missing",
            ),
        ),
        (
            "rdf:predicate etio:hasSymptom ;",
            "rdf:predicate etio:loves ;",
            (
                C + "a claim needs exactly one predicate, one of the fourteen relations (found 'etio:loves')",
                C + "affirmed, but its plain triple is missing",
            ),
        ),
        ("etio:negated false ;", "", (C + "a claim is negated or not: exactly one true or false",)),
        (
            "etio:negated false ;",
            'etio:negated "no" ;',
            (C + "a claim is negated or not: exactly one true or false (found 'no')",),
        ),
        (
            'etio:certainty "possible" ; etio:belief',
            'etio:certainty "maybe" ; etio:belief',
            (C + "a claim needs exactly one certainty: asserted, possible or unlikely (found 'maybe')",),
        ),
        (
            "etio:negated false ;",
            'etio:negated false ; etio:frequency "often", "rarely" ;',
            (C + "a claim has at most one frequency, a word of the author's",),
        ),
        (
            "etio:belief 0.56",
            "etio:belief 1.56",
            (C + "a claim needs exactly one belief between 0 and 1 (found '1.56')",),
        ),
        (
            "etio:articleCount 1",
            "etio:articleCount 0",
            (C + "a claim needs the number of articles that state it (found '0')",),
        ),
        (
            "etio:evidence <https://w3id.org/etiograph/evidence/e> .",
            "a etio:Claim .",
            (C + "a claim needs at least one statement of evidence", E + "evidence belongs to exactly one claim"),
        ),
        ("etio:flu etio:hasSymptom etio:fever .", "", (C + "affirmed, but its plain triple is missing",)),
        ("etio:negated false ;", "etio:negated true ;", (C + "denied, yet its plain triple is stated",)),
        # evidence
        (
            "oa:hasSource <https://w3id.org/etiograph/article/a> ;",
            "",
            (E + "evidence needs exactly one article as its source",),
        ),
        ("/version/", "/draft/", (
            E + "evidence needs the version of the article it was derived from "
            f"(found 'etio:article/a/draft/{'0' * 64}')",
        )),
        ('etio:rule "test" ;', "", (E + "evidence needs the rule that found it",)),
        ('etio:extractor "1" ;', "", (E + "evidence needs the version of the extractor that found it",)),
        ('etio:subjectMention "Flu" ;', "", (E + "evidence needs the words for its subject",)),
        ('etio:objectMention "fever" ;', "", (E + "evidence needs the words for its object",)),
        (
            "etio:subjectKind etio:Condition ;",
            "etio:subjectKind etio:Mood ;",
            (E + "evidence needs the kind of its subject, one of the ten (found 'etio:Mood')",),
        ),
        ("etio:objectKind etio:Symptom .", "a etio:Evidence .", (
            E + "evidence needs the kind of its object, one of the ten",
        )),
        (
            'etio:certaintyCue "may" ;',
            "etio:frequencyClass HP:0002105 ;",
            (E + "a frequency class is one of HPO's, HP:0040279 to HP:0040285 (found 'HP:0002105')",),
        ),
        (
            'etio:certainty "possible" ; etio:certaintyCue',
            'etio:certainty "maybe" ; etio:certaintyCue',
            (E + "evidence needs exactly one certainty: asserted, possible or unlikely (found 'maybe')",),
        ),
        # selectors
        (
            'a oa:TextQuoteSelector ; oa:exact "Flu may cause fever" .',
            "a oa:TextQuoteSelector .",
            (
                "etio:evidence/e#quote: a quote is exactly one text that is not empty",
                E + "evidence needs exactly one quote",
            ),
        ),
        (
            'oa:exact "Flu may cause fever"',
            'oa:exact ""',
            ("etio:evidence/e#quote: a quote is exactly one text that is not empty (found '')",),
        ),
        (
            "oa:start 0 ; oa:end 19",
            "oa:start 19 ; oa:end 19",
            ("etio:evidence/e#position: a position starts before it ends (found '19')",),
        ),
        (
            "oa:start 0 ;",
            "oa:start -1 ;",
            ("etio:evidence/e#position: a position starts at exactly one offset, 0 or more (found '-1')",),
        ),
        (
            "oa:start 0 ;",
            "",
            (
                "etio:evidence/e#position: a position starts at exactly one offset, 0 or more",
                E + "evidence needs exactly one position",
            ),
        ),
        ("; oa:end 19", "", ("etio:evidence/e#position: a position ends at exactly one offset",)),
    ],
)  # fmt: skip
def test_what_violates_a_shape_is_told(old: str, new: str, expected: tuple[str, ...]) -> None:
    assert GRAPH.count(old) == 1
    assert _violations(GRAPH.replace(old, new)) == expected


def test_a_plain_triple_may_stand_where_one_claim_denies_and_another_affirms_it() -> None:
    denial = (CLAIM + EVIDENCE).replace("claim/c", "claim/d").replace("evidence/e", "evidence/f")
    assert _violations(GRAPH + denial.replace("etio:negated false", "etio:negated true")) == ()


def test_an_article_of_three_hundred_claims_is_checked() -> None:
    many = PREFIXES + CONCEPTS + ARTICLE
    for number in range(300):
        many += (CLAIM + EVIDENCE).replace("claim/c", f"claim/c{number}").replace("evidence/e", f"evidence/e{number}")
    graph = rdflib.Graph().parse(data=many, format="turtle")
    assert violations(graph) == ()

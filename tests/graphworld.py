"""Invented articles for laws: any few of these concepts in any relations, any text that holds the quotes."""

from hypothesis import strategies as st
from toygraph import CONCEPTS

from graph.layer import Layer
from graph.rdf import concept_triples
from ontology.article import Article, Extraction, Source
from ontology.claim import Claim, Concept, Evidence, Mapping, Name, claim_id, evidence_order
from ontology.terms import Certainty, Kind, MappingRelation, NameType, Predicate

OUTSIDE = (
    Concept(
        "HP:0002094",
        "Dyspnea",
        (Kind.SYMPTOM,),
        (Name("shortness of breath", NameType.LAY),),
        (Mapping(MappingRelation.EXACT, "UMLS:C0013404"),),
        "Difficult breathing.",
    ),
    Concept("ICD10CM:J18.9", "pneumonia of any kind", (Kind.CONDITION,)),
)
MINTED = ("etiop:x-ray_of_the_sinuses", "etiop:tiny_vessels_break")
IDS = (*(concept.id for concept in CONCEPTS[:4]), *(concept.id for concept in OUTSIDE), *MINTED)

words = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
maybe = st.none() | st.text(st.characters(codec="utf-8"), max_size=12)
sources = st.builds(Source, title=maybe, author=maybe, publisher=maybe, date=maybe, url=maybe)


def toy_layer() -> Layer:
    """A vocabulary layer of the toy graph's concepts alone."""
    return Layer.of(triple for concept in CONCEPTS for triple in concept_triples(concept))


@st.composite
def articles(draw: st.DrawFn, ids: st.SearchStrategy[str] = words) -> Article:
    return Article(
        id=draw(ids),
        title=draw(words),
        text=draw(st.text(st.characters(codec="utf-8"), min_size=8, max_size=40)),
        format=draw(st.sampled_from(["text", "markdown"])),
        source=draw(sources),
        licence=draw(maybe),
        restates=draw(st.none() | sources),
    )


@st.composite
def statements(draw: st.DrawFn, article: Article) -> Evidence:
    start = draw(st.integers(0, len(article.text) - 1))
    end = draw(st.integers(start + 1, len(article.text)))
    return Evidence(
        article=article.id,
        quote=article.text[start:end],
        start=start,
        end=end,
        rule=draw(words),
        extractor=draw(words),
        subject_mention=draw(words),
        object_mention=draw(words),
        subject_kind=draw(st.sampled_from(Kind)),
        object_kind=draw(st.sampled_from(Kind)),
        section=tuple(draw(st.lists(st.text("a >\\\n", max_size=5), max_size=3))),
        certainty=draw(st.sampled_from(Certainty)),
        certainty_cue=draw(maybe),
        frequency=draw(maybe),
        frequency_class=draw(st.sampled_from([None, "HP:0040281", "HP:0040284"])),
        qualifier=draw(maybe),
    )


@st.composite
def claims(draw: st.DrawFn, article: Article) -> Claim:
    subject, object_ = draw(st.lists(st.sampled_from(IDS), min_size=2, max_size=2, unique=True))
    evidence = draw(
        st.lists(
            statements(article),
            min_size=1,
            max_size=3,
            unique_by=lambda row: (row.start, row.end, row.rule, row.subject_mention, row.object_mention),
        )
    )
    predicate, negated = draw(st.sampled_from(Predicate)), draw(st.booleans())
    return Claim(subject, predicate, object_, negated, tuple(sorted(evidence, key=evidence_order)))


@st.composite
def extractions(draw: st.DrawFn, ids: st.SearchStrategy[str] = words) -> Extraction:
    article = draw(articles(ids))
    found = draw(
        st.lists(
            claims(article),
            max_size=4,
            unique_by=lambda claim: claim_id(claim.subject, claim.predicate, claim.object, claim.negated),
        )
    )
    used = {end for claim in found for end in (claim.subject, claim.object)}
    described = tuple(concept for concept in (*OUTSIDE, *CONCEPTS) if concept.id in used)
    return Extraction(article, described, tuple(sorted(found, key=lambda claim: claim.id)))

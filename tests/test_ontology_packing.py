"""Values are the same on the other side of a process's border, and as frozen as before."""

import pickle
from dataclasses import FrozenInstanceError

import pytest

from ontology.article import Article, Extraction, Source
from ontology.claim import Claim, Concept, Evidence, Mapping, Name
from ontology.terms import Certainty, Kind, MappingRelation, NameType, Predicate

STATEMENT = Evidence(
    article="flu",
    quote="Flu often causes fever.",
    start=5,
    end=28,
    rule="causes",
    extractor="rules",
    subject_mention="Flu",
    object_mention="fever",
    subject_kind=Kind.CONDITION,
    object_kind=Kind.SYMPTOM,
    section=("Signs", "Early"),
    certainty=Certainty.POSSIBLE,
    frequency="often",
)
EXTRACTION = Extraction(
    Article(id="flu", title="Flu", text="Flu\n\nFlu often causes fever.", format="text", source=Source(publisher="A")),
    (
        Concept(
            "etio:flu",
            "flu",
            (Kind.CONDITION,),
            names=(Name("grippe", NameType.LAY),),
            mappings=(Mapping(MappingRelation.EXACT, "DOID:8469"),),
            definition="An infection.",
        ),
        Concept("etiop:fever", "fever", (Kind.SYMPTOM,), provisional=True),
    ),
    (Claim("etio:flu", Predicate.CAUSES, "etiop:fever", negated=True, evidence=(STATEMENT,)),),
    sentences=1,
    extractor="rules",
)


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_an_extraction_is_the_same_after_it_crossed(protocol: int) -> None:
    crossed = pickle.loads(pickle.dumps(EXTRACTION, protocol))  # noqa: S301  # our own
    assert crossed == EXTRACTION
    assert crossed.claims[0].evidence == EXTRACTION.claims[0].evidence
    assert crossed.concepts[0].names == EXTRACTION.concepts[0].names
    with pytest.raises(FrozenInstanceError):
        crossed.sentences = 2


def test_no_names_of_fields_cross() -> None:
    assert b"subject_mention" not in pickle.dumps(EXTRACTION)

"""What a text names beside what it claims: as the extraction reads names, and only where one concept is meant."""

import re

import pytest
from explorerworld import store_explorer
from fastapi.testclient import TestClient
from toygraph import CONCEPTS

from api.app import create_app
from api.pages.named import named_in
from api.pages.reading import Mention, beside
from api.settings import Settings
from graph.naming.nameindex import NameIndex
from ingest.blocks import RawBlock, RawKind
from ontology.claim import Concept, Name
from ontology.lexicon import Lexicon
from ontology.resolving import Names
from ontology.terms import Kind, NameType

LEG = Concept("etio:leg", "leg", (Kind.ANATOMY,))
SWELLING = Concept("etio:leg-swelling", "leg swelling", (Kind.SYMPTOM,))
COLD = Concept("etio:common-cold", "common cold", (Kind.CONDITION,), (Name("URI", NameType.ABBREVIATION),))
URINE = Concept("etio:urine", "urine", (Kind.AGENT,), (Name("URI", NameType.ABBREVIATION),))
KNOWN = (*CONCEPTS, LEG, SWELLING, COLD, URINE)


@pytest.fixture(params=[Lexicon, NameIndex.of], ids=["in memory", "in arrays"])
def names(request: pytest.FixtureRequest) -> Names:
    """Whatever holds the names."""
    made: Names = request.param(KNOWN)
    return made


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Haemoptysis is coughing up blood.", ["Haemoptysis hemoptysis", "coughing up blood hemoptysis"]),
        ("Blood clots in the lung", ["Blood clots in the lung pulmonary-embolism"]),
        ("a blood clot in the lung, in a leg", ["blood clot in the lung pulmonary-embolism", "leg leg"]),
        ("PE is treated; pe is none", ["PE pulmonary-embolism"]),
        (
            "Pulmonary infarctions, lung\ninfarction",
            ["Pulmonary infarctions pulmonary-infarction", "lung\ninfarction pulmonary-infarction"],
        ),
        ("pulmonary, infarction", []),
        ("An URI is a cold or what is in urine", ["urine urine"]),
        ("", []),
    ],
)
def test_names_are_read_as_the_extraction_reads_them(names: Names, text: str, named: list[str]) -> None:
    before = "Pneumonia, outside of the block. "
    whole = before + text
    found = named_in(names, whole, [RawBlock(RawKind.PARAGRAPH, len(before), len(whole))])
    assert [f"{whole[each.start : each.end]} {each.concept.removeprefix('etio:')}" for each in found] == named
    assert not any(each.stated for each in found)


def test_what_is_claimed_goes_before_what_is_only_named() -> None:
    stated = (Mention(0, 30, "a"), Mention(5, 8, "b"), Mention(40, 50, "c"))
    free = [Mention(start, end, "x", stated=False) for start, end in ((30, 40), (50, 52))]
    touching = [Mention(start, end, "x", stated=False) for start, end in ((20, 32), (29, 31), (39, 41), (10, 60))]
    assert beside(stated, [*touching, *free]) == (*stated[:2], free[0], stated[2], free[1])


def test_an_article_shows_both_the_named_more_quietly(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("explorer")
    store_explorer(folder)
    with TestClient(create_app(Settings(data=folder))) as client:
        page = client.get("/articles/lung-clots").text
    words = re.findall(r'<a href="/concepts/([^"]+)" class="(named|mention)">([^<]+)</a>', page)
    assert ("etio:pulmonary-embolism", "mention", "pulmonary embolism") in words
    assert [word for word in words if word[1] == "named"] == [("etio:treatment", "named", "treatment")]

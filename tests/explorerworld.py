"""The toy graph with what an explorer must bear: a red flag, a denial that is contradicted, names that are markup."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from toygraph import EXTRACTOR, toy_concept, toy_extractions

from graph.store import Store
from ontology.article import Article, Extraction, Source
from ontology.claim import Claim, Concept, Evidence
from ontology.terms import Kind, Predicate

MARKUP: Final = Concept("etio:markup-sign", '<script>alert("x")</script><b>', (Kind.SYMPTOM,))
CARE: Final = Concept("etio:see-a-doctor", "see a doctor", (Kind.CARE_ACTION,))

WARNINGS: Final = Article(
    id="warnings",
    title="Warnings <i>& such</i>",
    text=(
        "# Warnings <i>& such</i>\n\n"
        "## What to watch for\n\n"
        "- Hemoptysis calls for a doctor.\n"
        "- Blood thinners do cause hemoptysis.\n\n"
        'A pulmonary embolism shows <script>alert("x")</script><b> <img src=x onerror=alert(1)>.\n'
    ),
    format="markdown",
    source=Source(publisher="<u>Press</u>", url="javascript:alert(1)"),
)


def _claim(subject: Concept, predicate: Predicate, object: Concept, quote: str, mentions: tuple[str, str]) -> Claim:
    start = WARNINGS.text.index(quote)
    row = Evidence(
        article=WARNINGS.id,
        quote=quote,
        start=start,
        end=start + len(quote),
        rule="toy",
        extractor=EXTRACTOR,
        subject_mention=mentions[0],
        object_mention=mentions[1],
        subject_kind=subject.kinds[0],
        object_kind=object.kinds[0],
    )
    return Claim(subject.id, predicate, object.id, negated=False, evidence=(row,))


def explorer_extractions() -> Iterable[Extraction]:
    """The three articles with what they say."""
    blood, thinners, clot = map(toy_concept, ("hemoptysis", "anticoagulants", "pulmonary-embolism"))
    rows = (
        (blood, Predicate.WARRANTS, CARE, "Hemoptysis calls for a doctor.", ("Hemoptysis", "a doctor")),
        (thinners, Predicate.CAUSES, blood, "Blood thinners do cause hemoptysis.", ("Blood thinners", "hemoptysis")),
        (
            clot,
            Predicate.HAS_SYMPTOM,
            MARKUP,
            f"A pulmonary embolism shows {MARKUP.label} <img src=x onerror=alert(1)>.",
            ("pulmonary embolism", MARKUP.label),
        ),
    )
    claims = tuple(sorted((_claim(*row) for row in rows), key=lambda claim: claim.id))
    concepts = tuple(sorted((blood, thinners, clot, MARKUP, CARE), key=lambda concept: concept.id))
    return [*toy_extractions(), Extraction(WARNINGS, concepts, claims, len(claims))]


def store_explorer(folder: Path) -> None:
    """Put them with the bundled vocabulary into a data folder, and publish them."""
    with Store.open(folder) as store:
        store.replace(explorer_extractions())

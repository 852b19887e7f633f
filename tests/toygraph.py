"""The toy graph of the README and the tests: two tiny articles, eight concepts, nine claims.

Every quote stands in its article's text; its offsets are computed from the text.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from ontology.article import Article, Extraction, Source
from ontology.claim import Claim, Concept, Evidence, Name, evidence_order
from ontology.reliability import weights
from ontology.terms import Certainty, Kind, NameType, Predicate

EXTRACTOR = "toy 1"

ASSERTED, POSSIBLE, UNLIKELY = (
    round(weights().statement("toy", certainty), 4)
    for certainty in (Certainty.ASSERTED, Certainty.POSSIBLE, Certainty.UNLIKELY)
)
"""The belief of a claim that one statement of the toy rule makes, by its certainty."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One row of the table below: a claim by the keys of `CONCEPTS` and the words that state it."""

    subject: str
    predicate: Predicate
    object: str
    quote: str
    mentions: tuple[str, str]
    rule: str = "toy"
    negated: bool = False
    certainty: Certainty = Certainty.ASSERTED
    cue: str | None = None
    frequency: str | None = None
    qualifier: str | None = None


CONCEPTS: tuple[Concept, ...] = (
    Concept(
        "etio:alveolar-hemorrhage",
        "alveolar hemorrhage",
        (Kind.MECHANISM, Kind.CONDITION),
        (Name("bleeding into the air sacs", NameType.LAY),),
    ),
    Concept(
        "etio:anticoagulants",
        "anticoagulants",
        (Kind.TREATMENT,),
        (Name("blood thinners", NameType.LAY),),
    ),
    Concept(
        "etio:ct-pulmonary-angiography",
        "CT pulmonary angiography",
        (Kind.TEST,),
        (Name("CTPA", NameType.ABBREVIATION),),
    ),
    Concept(
        "etio:hemoptysis",
        "hemoptysis",
        (Kind.SYMPTOM,),
        (Name("coughing up blood", NameType.LAY), Name("haemoptysis")),
    ),
    Concept("etio:pneumonia", "pneumonia", (Kind.CONDITION,)),
    Concept(
        "etio:pulmonary-embolism",
        "pulmonary embolism",
        (Kind.CONDITION,),
        (Name("PE", NameType.ABBREVIATION), Name("blood clot in the lung", NameType.LAY)),
    ),
    Concept(
        "etio:pulmonary-infarction",
        "pulmonary infarction",
        (Kind.CONDITION, Kind.MECHANISM),
        (Name("lung infarction"),),
    ),
    Concept(
        "etio:reduced-pulmonary-blood-flow",
        "reduced pulmonary blood flow",
        (Kind.MECHANISM,),
    ),
)

CLOTS = Article(
    id="lung-clots",
    title="How a clot in the lung leads to bleeding",
    text=(
        "How a clot in the lung leads to bleeding\n"
        "\n"
        "A pulmonary embolism reduces the flow of blood through the lung. This reduced blood flow can cause a "
        "pulmonary infarction. The infarction leads to bleeding into the air sacs, and that bleeding causes "
        "hemoptysis.\n"
        "\n"
        "Diagnosis and treatment\n"
        "\n"
        "CT pulmonary angiography detects a pulmonary embolism. Anticoagulants treat it.\n"
    ),
    format="text",
    source=Source(title="How a clot in the lung leads to bleeding", publisher="Toy Press", date="2024-05-01"),
    licence="CC BY 4.0",
)

BLOOD = Article(
    id="coughing-up-blood",
    title="Coughing up blood",
    text=(
        "# Coughing up blood\n"
        "\n"
        "A pulmonary embolism may make a person cough up blood. Pneumonia often causes coughing up blood, though "
        "not always. Blood thinners do not cause hemoptysis by themselves.\n"
    ),
    format="markdown",
    source=Source(title="Coughing up blood"),
)

STATEMENTS: tuple[tuple[Article, tuple[Statement, ...]], ...] = (
    (
        CLOTS,
        (
            Statement(
                "pulmonary-embolism",
                Predicate.CAUSES,
                "reduced-pulmonary-blood-flow",
                "A pulmonary embolism reduces the flow of blood through the lung.",
                ("pulmonary embolism", "reduces the flow of blood through the lung"),
            ),
            Statement(
                "reduced-pulmonary-blood-flow",
                Predicate.CAUSES,
                "pulmonary-infarction",
                "This reduced blood flow can cause a pulmonary infarction.",
                ("reduced blood flow", "pulmonary infarction"),
                certainty=Certainty.POSSIBLE,
                cue="can",
            ),
            Statement(
                "pulmonary-infarction",
                Predicate.CAUSES,
                "alveolar-hemorrhage",
                "The infarction leads to bleeding into the air sacs, and that bleeding causes hemoptysis.",
                ("The infarction", "bleeding into the air sacs"),
            ),
            Statement(
                "alveolar-hemorrhage",
                Predicate.CAUSES,
                "hemoptysis",
                "The infarction leads to bleeding into the air sacs, and that bleeding causes hemoptysis.",
                ("that bleeding", "hemoptysis"),
            ),
            Statement(
                "ct-pulmonary-angiography",
                Predicate.DIAGNOSES,
                "pulmonary-embolism",
                "CT pulmonary angiography detects a pulmonary embolism.",
                ("CT pulmonary angiography", "pulmonary embolism"),
            ),
            Statement(
                "anticoagulants",
                Predicate.TREATS,
                "pulmonary-embolism",
                "Anticoagulants treat it.",
                ("Anticoagulants", "it"),
            ),
        ),
    ),
    (
        BLOOD,
        (
            Statement(
                "pulmonary-embolism",
                Predicate.HAS_SYMPTOM,
                "hemoptysis",
                "A pulmonary embolism may make a person cough up blood.",
                ("pulmonary embolism", "cough up blood"),
                certainty=Certainty.POSSIBLE,
                cue="may",
            ),
            Statement(
                "pneumonia",
                Predicate.HAS_SYMPTOM,
                "hemoptysis",
                "Pneumonia often causes coughing up blood, though not always.",
                ("Pneumonia", "coughing up blood"),
                certainty=Certainty.POSSIBLE,
                cue="not always",
                frequency="often",
            ),
            Statement(
                "anticoagulants",
                Predicate.CAUSES,
                "hemoptysis",
                "Blood thinners do not cause hemoptysis by themselves.",
                ("Blood thinners", "hemoptysis"),
                negated=True,
                qualifier="by themselves",
            ),
        ),
    ),
)


def toy_concept(name: str) -> Concept:
    """The toy concept whose id ends in `name`."""
    (concept,) = (concept for concept in CONCEPTS if concept.id == f"etio:{name}")
    return concept


def toy_claim(article: Article, statement: Statement) -> Claim:
    """The claim of one row with its one piece of evidence; the quote must stand in the text exactly once."""
    assert article.text.count(statement.quote) == 1, statement.quote
    start = article.text.index(statement.quote)
    subject, target = toy_concept(statement.subject), toy_concept(statement.object)
    evidence = Evidence(
        article=article.id,
        quote=statement.quote,
        start=start,
        end=start + len(statement.quote),
        rule=statement.rule,
        extractor=EXTRACTOR,
        subject_mention=statement.mentions[0],
        object_mention=statement.mentions[1],
        subject_kind=subject.kinds[0],
        object_kind=target.kinds[0],
        section=("Diagnosis and treatment",) if statement.predicate in (Predicate.DIAGNOSES, Predicate.TREATS) else (),
        certainty=statement.certainty,
        certainty_cue=statement.cue,
        frequency=statement.frequency,
        qualifier=statement.qualifier,
    )
    return Claim(subject.id, statement.predicate, target.id, statement.negated, (evidence,))


def toy_extraction(article: Article, statements: Iterable[Statement]) -> Extraction:
    """What the rows say of one article: claims by id, and the concepts they speak of."""
    claims = tuple(sorted((toy_claim(article, row) for row in statements), key=lambda claim: claim.id))
    used = {end for claim in claims for end in (claim.subject, claim.object)}
    return Extraction(article, tuple(concept for concept in CONCEPTS if concept.id in used), claims, len(claims))


def toy_extractions() -> tuple[Extraction, ...]:
    """The two articles as extracted, by id of the article."""
    found = (toy_extraction(article, statements) for article, statements in STATEMENTS)
    return tuple(sorted(found, key=lambda extraction: extraction.article.id))


def merged(extractions: Iterable[Extraction]) -> tuple[Claim, ...]:
    """The claims of all, each once with all its evidence, by id."""
    claims = sorted((claim for extraction in extractions for claim in extraction.claims), key=lambda claim: claim.id)
    whole = []
    for _, group in groupby(claims, key=lambda claim: claim.id):
        same = tuple(group)
        evidence = tuple(sorted((row for claim in same for row in claim.evidence), key=evidence_order))
        first = same[0]
        whole.append(Claim(first.subject, first.predicate, first.object, first.negated, evidence))
    return tuple(whole)


def claim_between(
    subject: str,
    predicate: Predicate,
    object: str,
    *,
    negated: bool = False,
    certainty: Certainty = Certainty.ASSERTED,
    articles: Iterable[str] = ("more",),
    frequency: str | None = None,
    frequency_class: str | None = None,
) -> Claim:
    """A claim beside the toy graph's between two concepts of these names, said once in each of the articles."""
    evidence = tuple(
        Evidence(
            article=article,
            quote="x",
            start=0,
            end=1,
            rule="toy",
            extractor=EXTRACTOR,
            subject_mention="x",
            object_mention="x",
            subject_kind=Kind.CONDITION,
            object_kind=Kind.SYMPTOM,
            certainty=certainty,
            frequency=frequency,
            frequency_class=frequency_class,
        )
        for article in articles
    )
    return Claim(f"etio:{subject}", predicate, f"etio:{object}", negated, evidence)

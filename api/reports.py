"""What the commands that work on articles and stores found, as shapes of the wire."""

from collections.abc import Iterable

from pydantic import Field

from api.evaluation import Evaluation, Figures
from api.gold import GoldClaim, StatedClaim
from api.ingesting import Report
from api.models import Wire
from api.reliability import Bin, calibration_error, judged_bins
from ingest.foreign.skipped import Skip
from ontology.calibration import COLUMNS
from ontology.terms import Predicate


class IngestReport(Wire):
    """What an ingest did."""

    articles: int
    sentences: int
    claims: int
    new_concepts: int
    rejected: tuple[str, ...] = Field(description="What was not read or not stored, and why.")
    unchanged: int = Field(description="Articles that the store had already, as they are.")


class SkipOut(Wire):
    """Rows of a foreign graph that made no claim, all for one reason."""

    reason: str
    number: int
    first: str = Field(description="The first of them.")


class ImportReport(IngestReport):
    """What an import did."""

    skipped: tuple[SkipOut, ...] = Field(description="What made no claim, by reason, most frequent first.")


class FiguresOut(Wire):
    """How extracted claims fare against gold claims; shares of nothing are 0."""

    gold: int
    stated: int
    found: int = Field(description="Gold claims that were found: same concepts, relation, direction and polarity.")
    right: int = Field(description="Extracted claims that a gold claim matches.")
    recall: float
    precision: float
    f1: float
    link_recall: float = Field(description="Concepts alone count.")
    link_precision: float


class CompareOut(Wire):
    """A claim on one side only: a miss or an extra."""

    article: str
    subject: str
    predicate: Predicate
    object: str
    negated: bool
    quote: str
    linked: bool | None = Field(default=None, description="The two concepts were linked, but otherwise.")


class BinOut(Wire):
    """Claims whose belief lies above `low` and not above `high`, and the share of them that is right."""

    low: float
    high: float
    claims: int
    belief: float = Field(description="Their mean belief.")
    precision: float = Field(description="The share that a gold claim matches.")


class ReliabilityOut(Wire):
    """Claimed belief against measured precision."""

    bins: tuple[BinOut, ...]
    expected_calibration_error: float


class EvaluationOut(Wire):
    """Figures in all, by article and by relation."""

    overall: FiguresOut
    articles: dict[str, FiguresOut]
    predicates: dict[str, FiguresOut]
    reliability: ReliabilityOut
    misses: tuple[CompareOut, ...] | None = None
    extras: tuple[CompareOut, ...] | None = None


def report_out(report: Report) -> IngestReport:
    """What an ingest did."""
    return IngestReport(
        articles=report.articles,
        sentences=report.sentences,
        claims=report.claims,
        new_concepts=report.new_concepts,
        rejected=tuple(str(error) for error in report.rejected),
        unchanged=report.unchanged,
    )


def import_out(report: Report, skipped: Iterable[Skip]) -> ImportReport:
    """What an import did, with what it did not understand."""
    listed = tuple(SkipOut(reason=skip.reason, number=skip.number, first=skip.first) for skip in skipped)
    return ImportReport(**report_out(report).model_dump(), skipped=listed)


def evaluation_out(evaluation: Evaluation, *, misses: bool, extras: bool) -> EvaluationOut:
    """The figures, with the claims that differ where asked for."""
    return EvaluationOut(
        overall=_figures(evaluation.overall),
        articles={article: _figures(figures) for article, figures in evaluation.articles.items()},
        predicates={predicate.value: _figures(figures) for predicate, figures in evaluation.predicates.items()},
        reliability=_reliability(judged_bins(evaluation)),
        misses=tuple(_compared(miss.claim, linked=miss.linked) for miss in evaluation.misses) if misses else None,
        extras=tuple(_compared(claim) for claim in evaluation.extras) if extras else None,
    )


def _reliability(bins: tuple[Bin, ...]) -> ReliabilityOut:
    rows = (BinOut(low=b.low, high=b.high, claims=b.claims, belief=b.belief, precision=b.precision) for b in bins)
    return ReliabilityOut(bins=tuple(rows), expected_calibration_error=calibration_error(bins))


def sheet(evaluation: Evaluation) -> str:
    """Every statement of the extracted claims with its verdict, as `ontology.calibration` reads it."""
    verdicts = [(claim, 1) for claim in evaluation.right] + [(claim, 0) for claim in evaluation.extras]
    rows = sorted(
        (claim.article, row.start, row.end, claim.id, row.rule, row.certainty.value, verdict)
        for claim, verdict in verdicts
        for row in claim.statements
    )
    lines = ["\t".join(COLUMNS)]
    lines += [
        f"{article}\t{claim}\t{start}\t{end}\t{rule}\t{certainty}\t{verdict}"
        for article, start, end, claim, rule, certainty, verdict in rows
    ]
    return "\n".join(lines) + "\n"


def _figures(figures: Figures) -> FiguresOut:
    return FiguresOut(
        gold=figures.gold,
        stated=figures.stated,
        found=figures.found,
        right=figures.right,
        recall=round(figures.recall, 4),
        precision=round(figures.precision, 4),
        f1=round(figures.f1, 4),
        link_recall=round(figures.link_recall, 4),
        link_precision=round(figures.link_precision, 4),
    )


def _compared(claim: GoldClaim | StatedClaim, *, linked: bool | None = None) -> CompareOut:
    return CompareOut(
        article=claim.article,
        subject=claim.subject[0],
        predicate=claim.predicate,
        object=claim.object[0],
        negated=claim.negated,
        quote=claim.quote,
        linked=linked,
    )

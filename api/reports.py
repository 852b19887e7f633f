"""What the commands that work on articles and stores found, as shapes of the wire."""

from api.evaluation import Evaluation, Figures
from api.gold import GoldClaim, StatedClaim
from api.models import CompareOut, EvaluationOut, FiguresOut, IngestReport
from api.pipeline import Report


def report_out(report: Report) -> IngestReport:
    """What an ingest did."""
    return IngestReport(
        articles=report.articles,
        sentences=report.sentences,
        claims=report.claims,
        new_concepts=report.new_concepts,
        rejected=tuple(str(error) for error in report.rejected),
    )


def evaluation_out(evaluation: Evaluation, *, misses: bool, extras: bool) -> EvaluationOut:
    """The figures, with the claims that differ where asked for."""
    return EvaluationOut(
        overall=_figures(evaluation.overall),
        articles={article: _figures(figures) for article, figures in evaluation.articles.items()},
        predicates={predicate.value: _figures(figures) for predicate, figures in evaluation.predicates.items()},
        misses=tuple(_compared(miss.claim, linked=miss.linked) for miss in evaluation.misses) if misses else None,
        extras=tuple(_compared(claim) for claim in evaluation.extras) if extras else None,
    )


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

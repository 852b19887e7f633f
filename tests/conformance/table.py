"""How many tests of each kind pass, as the table of the README."""

from collections.abc import Iterator, Mapping, Sequence

from conformance.cases import Case, Kind
from conformance.judging import Outcome, Verdict
from conformance.known import Place, causes
from conformance.manifests import OUTSIDE

_SUITES = {"sparql10": "1.0", "sparql11": "1.1"}


def rendered(verdicts: Mapping[Place, Sequence[Verdict]], cases: Sequence[Case]) -> str:
    """The table in Markdown, and under it the failures of the served store by name."""
    return "\n".join([*_table(verdicts, cases), "", *_failures()]) + "\n"


def unexplained(verdicts: Sequence[Verdict], listed: Mapping[str, str]) -> list[str]:
    """Failures that are not listed, and listed ones that pass."""
    failed = {one.case.id: one.seen for one in verdicts if not one.passed}
    return [
        *(f"{case} fails: {seen}" for case, seen in failed.items() if case not in listed),
        *(f"{case} is listed as failing and passes" for case in listed if case not in failed),
    ]


def _table(verdicts: Mapping[Place, Sequence[Verdict]], cases: Sequence[Case]) -> Iterator[str]:
    yield "| SPARQL | tests | over HTTP | engine called directly |"
    yield "|---|---|---|---|"
    for suite, version in _SUITES.items():
        for kind in Kind:
            listed = [case for case in cases if (case.suite, case.kind) == (suite, kind) and case.group not in OUTSIDE]
            if listed:
                cells = (_cell(verdicts[place], suite, kind, len(listed)) for place in (Place.SERVED, Place.ENGINE))
                yield f"| {version} | {kind.value} | {' | '.join(cells)} |"
    for group, why in OUTSIDE.items():
        outside = sum(case.group == group for case in cases)
        yield f"| 1.1 | {group} ({outside}) | not run: {why} | |"


def _cell(verdicts: Sequence[Verdict], suite: str, kind: Kind, total: int) -> str:
    run = [one for one in verdicts if (one.case.suite, one.case.kind) == (suite, kind)]
    if not run:
        return "–"
    passed = sum(one.passed for one in run)
    by_value = sum(one.outcome is Outcome.BY_VALUE for one in run)
    return f"{passed}/{total}" + (f" ({by_value} by value)" if by_value else "")


def _failures() -> Iterator[str]:
    for cause in causes():
        failing = cause.cases[Place.SERVED]
        if failing:
            yield f"- **{cause.name}**: {cause.why}. {', '.join(f'`{name}`' for name in failing)}"

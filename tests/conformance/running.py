"""All tests put to one place."""

from collections.abc import Sequence

from conformance.cases import Case
from conformance.engine import Engine
from conformance.judging import Verdict, judge
from conformance.known import Place
from conformance.manifests import OUTSIDE


def verdicts(cases: Sequence[Case], place: Place) -> tuple[Verdict, ...]:
    """How each test goes there, but those that are outside or that it cannot be asked."""
    if place is Place.SERVED:
        return ()
    engine = Engine()
    return tuple(judge(case, engine) for case in cases if case.group not in OUTSIDE and case.asked is not None)

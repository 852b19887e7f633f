"""All tests put to one place."""

import os
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from conformance.cases import Case, Kind
from conformance.conversing import converse
from conformance.describing import describe
from conformance.engine import Engine
from conformance.judging import Verdict, judge
from conformance.known import Place
from conformance.manifests import OUTSIDE
from conformance.served import Served, served


def verdicts(suites: Path, cases: Sequence[Case], place: Place) -> tuple[Verdict, ...]:
    """How each test goes there, but those that are outside or that it cannot be asked."""
    inside = [case for case in cases if case.group not in OUTSIDE]
    if place is Place.ENGINE:
        engine = Engine()
        return tuple(judge(case, engine) for case in inside if case.asked is not None)
    with TemporaryDirectory(dir=memory()) as folder, served(Path(folder)) as target:
        found = {case.id: _put(suites, case, target) for case in sorted(inside, key=_data)}
    return tuple(found[case.id] for case in inside)


def memory() -> str | None:
    """Where files are kept in memory: some 600 writes wait for a disk three times as long as for everything else."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108


def _data(case: Case) -> tuple[bool, str]:
    """Tests that only ask come first, those of the same data together, so that each is sent once."""
    asks = case.kind in (Kind.QUERY, Kind.RESULTS, Kind.QUERY_SYNTAX, Kind.NO_QUERY_SYNTAX)
    return not asks, repr(case.data) if asks else ""


def _put(suites: Path, case: Case, target: Served) -> Verdict:
    match case.kind:
        case Kind.PROTOCOL | Kind.GRAPH_STORE:
            return converse(suites, case, target)
        case Kind.DESCRIPTION:
            return describe(case, target)
        case _:
            return judge(case, target)

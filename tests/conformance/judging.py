"""Whether a target passes a test, and why not."""

from dataclasses import dataclass
from enum import Enum

from pyoxigraph import DefaultGraph

from conformance.answers import Answer, Row, Rows, Triples, Truth, expected, read, wanted
from conformance.cases import Case, Kind
from conformance.comparing import same, same_order, valued
from conformance.documents import dataset_quads
from conformance.targets import Malformed, Refused, Target, asked_text


class Outcome(Enum):
    """How a test went."""

    PASSED = "passed"
    BY_VALUE = "passed, literals in another form of the same value"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Verdict:
    """An outcome and, where it failed, what was seen."""

    case: Case
    outcome: Outcome
    seen: str = ""

    @property
    def passed(self) -> bool:
        """Whether it counts as passed."""
        return self.outcome is not Outcome.FAILED


def judge(case: Case, target: Target) -> Verdict:
    """How a target does in a test of query, result formats, update or syntax."""
    assert case.asked is not None
    asked, base = asked_text(case.asked), case.asked.iri
    target.fill(case.data)
    try:
        match case.kind:
            case Kind.QUERY | Kind.RESULTS:
                assert case.expected is not None
                reply = target.answer(asked, base, wanted(case.expected))
                return _verdict(
                    case, *compared(case, expected(case.expected), read(reply.body, reply.media_type, base))
                )
            case Kind.UPDATE:
                target.update(asked, base)
                return _verdict(case, *_tables(_rows(case), tuple(target.contents())))
            case Kind.QUERY_SYNTAX | Kind.NO_QUERY_SYNTAX:
                target.answer(asked, base, wanted(None))
            case Kind.UPDATE_SYNTAX | Kind.NO_UPDATE_SYNTAX:
                target.update(asked, base)
            case _:
                raise AssertionError(case.kind)
    except Malformed as error:
        good = case.kind in (Kind.NO_QUERY_SYNTAX, Kind.NO_UPDATE_SYNTAX)
        return (
            Verdict(case, Outcome.PASSED) if good else Verdict(case, Outcome.FAILED, f"said to be malformed: {error}")
        )
    except Refused as error:
        understood = case.kind in (Kind.QUERY_SYNTAX, Kind.UPDATE_SYNTAX)
        return Verdict(case, Outcome.PASSED) if understood else Verdict(case, Outcome.FAILED, f"refused: {error}")
    except (SyntaxError, ValueError) as error:
        return Verdict(case, Outcome.FAILED, f"unreadable answer: {error}")
    if case.kind in (Kind.NO_QUERY_SYNTAX, Kind.NO_UPDATE_SYNTAX):
        return Verdict(case, Outcome.FAILED, "accepted though malformed")
    return Verdict(case, Outcome.PASSED)


def compared(case: Case, hoped: Answer, found: Answer) -> tuple[Outcome, str]:
    """How an answer compares with the one that is expected."""
    match hoped, found:
        case Truth(), Truth():
            return (Outcome.PASSED if hoped == found else Outcome.FAILED), f"answered {found.value}"
        case Rows(), Rows():
            if hoped.variables != found.variables:
                return Outcome.FAILED, f"variables {found.variables} for {hoped.variables}"
            if case.lax:
                return _lax(hoped.rows, found.rows)
            return _tables(hoped.rows, found.rows, ordered=hoped.ordered)
        case Triples(), Triples():
            return _tables(tuple(hoped.rows), tuple(found.rows))
        case _:
            return Outcome.FAILED, f"answered with {type(found).__name__} for {type(hoped).__name__}"


def _tables(hoped: tuple[Row, ...], found: tuple[Row, ...], *, ordered: bool = False) -> tuple[Outcome, str]:
    equal = same_order if ordered else same
    if equal(hoped, found):
        return Outcome.PASSED, ""
    if equal([valued(row) for row in hoped], [valued(row) for row in found]):
        return Outcome.BY_VALUE, ""
    return Outcome.FAILED, f"expected {_shown(hoped, found)}, found {_shown(found, hoped)}"


def _lax(hoped: tuple[Row, ...], found: tuple[Row, ...]) -> tuple[Outcome, str]:
    """REDUCED admits any number of copies from one to all."""
    fits = set(hoped) == set(found) and all(found.count(row) <= hoped.count(row) for row in found)
    return (Outcome.PASSED if fits else Outcome.FAILED), f"found {_shown(found, ())}"


def _rows(case: Case) -> tuple[Row, ...]:
    return tuple(
        (quad.subject, quad.predicate, quad.object, None if quad.graph_name == DefaultGraph() else quad.graph_name)  # type: ignore[misc]
        for quad in set(dataset_quads(case.after))
    )


def _shown(rows: tuple[Row, ...], others: tuple[Row, ...]) -> str:
    """The first rows that are not among the others."""
    alone = [row for row in rows if row not in others] or list(rows)
    shown = "; ".join(" ".join("–" if term is None else str(term) for term in row) for row in alone[:3])
    return f"{len(rows)} rows ({shown}{' …' if len(alone) > 3 else ''})"


def _verdict(case: Case, outcome: Outcome, seen: str) -> Verdict:
    return Verdict(case, outcome, seen if outcome is Outcome.FAILED else "")

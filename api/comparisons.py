"""Differentials, common causes and conflicts in words, for the terminal."""

from collections.abc import Iterable

from api.common import Commons
from api.conflicts import Conflicts, SideOut
from api.differentialmodels import CandidateOut, DifferentialOut, FitOut
from api.models import Association, Node
from api.telling import tell_notice, tell_sentence
from api.terminal import Screen
from graph.knowledge import KnowledgeGraph
from graph.wording import VERBS

_MOST_TESTS = 3


def tell_differential(screen: Screen, network: KnowledgeGraph, answer: DifferentialOut) -> None:
    """Print what calls for care, then the conditions, each with the sentences for and against it."""
    screen.line(answer.statement, "dim")
    screen.line()
    if answer.red_flags:
        screen.line("Red flags", "bold red")
        for flag in answer.red_flags:
            _care(screen, network, flag)
        screen.line()
    unknown = [finding for finding in answer.present if not finding.conditions]
    if unknown:
        screen.line(f"No condition is said to show: {_labels(unknown)}.")
        screen.line()
    for candidate in answer.items:
        _candidate(screen, network, candidate)
    if answer.total > len(answer.items):
        screen.line(f"{len(answer.items)} of {answer.total} conditions; more with --limit")
    if answer.truncated:
        screen.line("There are too many claims of the commonest findings; not all were looked at.")
    tell_notice(screen)


def tell_common(screen: Screen, answer: Commons) -> None:
    """Print what several concepts have in common, each with its chains told by their quotes."""
    if not answer.items:
        before = "leads to all of" if answer.side == "causes" else "is led to by all of"
        screen.line(f"No article says what {before} {_labels(answer.concepts)}.")
    for item in answer.items:
        terms = " × ".join(f"{name} {value:g}" for name, value in item.score_terms.items())
        screen.parts((f"{item.rank}. {item.concept.label}", "bold"), (f"  {item.score:g} = {terms}", "dim"))
        for chain in item.chains:
            for sentence in chain.explanation or ():
                screen.line(sentence, indent=3)
        screen.line()
    if answer.total > len(answer.items):
        screen.line(f"{len(answer.items)} of {answer.total} {answer.side}; more with --limit")
    if answer.truncated:
        screen.line("There are too many links; not all were looked at.")
    tell_notice(screen)


def tell_conflicts(screen: Screen, answer: Conflicts) -> None:
    """Print what articles disagree about, each side with all its sentences."""
    if not answer.items:
        about = f" about {answer.concept.label}" if answer.concept else ""
        screen.line(f"No article contradicts another{about}.")
    for conflict in answer.items:
        words = (conflict.subject.label, VERBS[conflict.predicate].fact, conflict.object.label)
        screen.parts((" ".join(words), "bold"), (f"  {conflict.type}", "dim"))
        for side in conflict.sides:
            screen.line(_opinion(side), indent=3)
            for row in side.claim.evidence or ():
                screen.line(f"“{row.quote}”  {row.article}", indent=6)
        screen.line()
    if answer.total > len(answer.items):
        screen.line(f"{len(answer.items)} of {answer.total} conflicts; more with --limit")
    tell_notice(screen)


def _candidate(screen: Screen, network: KnowledgeGraph, candidate: CandidateOut) -> None:
    terms = " × ".join(f"{name} {value:g}" for name, value in candidate.score_terms.items())
    screen.parts(
        (f"{candidate.rank}. {candidate.condition.label}", "bold"), (f"  {candidate.score:g} = {terms}", "dim")
    )
    for flag in candidate.red_flags:
        _care(screen, network, flag)
    for row in candidate.explains:
        _finding(screen, network, "explains", row)
    if candidate.unexplained:
        screen.line(f"does not explain {_labels(candidate.unexplained)}", indent=3)
    for against in candidate.against:
        said = "would show, though absent:" if against.reason == "absent" else "is denied to show"
        _finding(screen, network, said, against)
    for telling in candidate.tests[:_MOST_TESTS]:
        apart = f", tells it from {_labels(telling.tells_from)}" if telling.tells_from else ""
        screen.line(f"test: {telling.test.concept.label}{apart}", indent=3)
        tell_sentence(screen, network.claims[telling.test.claims[0].id], indent=6)
    screen.line()


def _finding(screen: Screen, network: KnowledgeGraph, said: str, row: FitOut) -> None:
    through = "" if row.match == "same" else f" ({row.match}: {row.through.label})"
    screen.parts((f"{said} ", ""), (f"{row.finding.label}{through}", ""), (f"  {row.weight:g}", "dim"), indent=3)
    for claim in (*row.claims[:1], *(row.is_a or ())):
        tell_sentence(screen, network.claims[claim.id], indent=6)


def _care(screen: Screen, network: KnowledgeGraph, flag: Association) -> None:
    screen.line(f"• {flag.of.label} calls for: {flag.concept.label}", indent=2)
    tell_sentence(screen, network.claims[flag.claims[0].id], indent=6)


def _labels(nodes: Iterable[Node]) -> str:
    return ", ".join(node.label for node in nodes)


def _opinion(side: SideOut) -> str:
    if side.frequencies:
        return ", ".join(side.frequencies) + (f" ({side.frequency_class})" if side.frequency_class else "")
    return f"{'denied' if side.claim.negated else 'affirmed'} ({side.claim.certainty})"

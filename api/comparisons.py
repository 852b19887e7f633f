"""Conflicts in words, for the terminal."""

from api.conflicts import Conflicts, SideOut
from api.telling import tell_notice
from api.terminal import Screen
from graph.wording import VERBS


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


def _opinion(side: SideOut) -> str:
    if side.frequencies:
        return ", ".join(side.frequencies) + (f" ({side.frequency_class})" if side.frequency_class else "")
    return f"{'denied' if side.claim.negated else 'affirmed'} ({side.claim.certainty})"

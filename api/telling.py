"""Cards, chains and links in words, for the terminal."""

from api.cards import Card, reads
from api.evaluation import Evaluation, Figures
from api.gold import GoldClaim, StatedClaim
from api.models import Paths
from api.nopath import tell_no_path
from api.reliability import Bin, calibration_error, judged_bins
from api.settings import NOTICE
from api.terminal import Screen
from graph.knowledge import KnowledgeGraph
from graph.neighbours import Neighbour
from graph.quoting import surest
from graph.wording import VERBS
from ontology.article import Article
from ontology.claim import Claim, Concept
from ontology.terms import MappingRelation

_SIGN = {MappingRelation.EXACT: "=", MappingRelation.CLOSE: "≈", MappingRelation.BROAD: "<"}


def tell_card(screen: Screen, found: Card) -> None:
    """Print a concept's card."""
    tell_concept(screen, found.concept)
    for section in found.sections:
        screen.line()
        screen.line(section.title, "bold red" if section.name == "red-flags" else "bold")
        for link in section.links:
            tell_link(screen, link, named=link.of != found.concept)
        if section.more:
            screen.line(f"… and {section.more:,} more", "dim", indent=2)
    if found.denied:
        screen.line()
        screen.line("What articles deny", "bold")
        for link in found.denied:
            tell_link(screen, link, named=False)
    if not found.sections and not found.denied:
        screen.line()
        screen.line("No article says anything of it yet.")
    tell_notice(screen)


def tell_concept(screen: Screen, concept: Concept) -> None:
    """Print what a concept is and what it is called."""
    screen.parts((concept.label, "bold"), (f"  {', '.join(concept.kinds)}  {concept.id}", "dim"))
    if concept.definition:
        screen.line(concept.definition, indent=2)
    if concept.synonyms:
        screen.line("also called: " + "; ".join(concept.synonyms), indent=2)
    if concept.mappings:
        screen.line("; ".join(f"{_SIGN[row.relation]} {row.curie}" for row in concept.mappings), "dim", indent=2)
    if concept.provisional:
        screen.line("in no vocabulary: named in an article's own words", "dim", indent=2)


def tell_links(screen: Screen, of: Concept, found: tuple[Neighbour, ...]) -> None:
    """Print what a concept is linked to."""
    if not found:
        screen.line(f"No article links {of.label} to anything that was asked for.")
    for link in found:
        tell_link(screen, link, named=True)
    tell_notice(screen)


def tell_paths(screen: Screen, network: KnowledgeGraph, answer: Paths, *, explain: bool = False) -> None:
    """Print chains, each hop with its sentence and each chain with the terms of its score, or told by its quotes."""
    if answer.no_path:
        tell_no_path(screen, answer, answer.no_path)
    for path in answer.items:
        screen.parts((f"{path.rank}. ", "bold"), (f"{path.text}.", "bold"))
        if explain:
            for sentence in path.explanation or ():
                screen.line(sentence, indent=3)
            screen.line()
            continue
        for hop in path.hops:
            first = hop.claims[0]
            words = (network.concepts[hop.subject].label, VERBS[hop.predicate].fact, network.concepts[hop.object].label)
            screen.parts((" ".join(words), ""), (f" ({first.certainty})", "dim"), indent=3)
            for claim in hop.claims:
                tell_sentence(screen, network.claims[claim.id], indent=6, denied=claim.negated)
        terms = " × ".join(f"{name} {value:g}" for name, value in path.score_terms.items())
        screen.line(f"score {path.score:g} = {terms}; weakest: hop {path.weakest.hop}", "dim", indent=3)
        screen.line()
    if answer.total > len(answer.items):
        screen.line(f"{len(answer.items)} of {answer.total} chains; more with --k")
    if answer.truncated:
        screen.line("The search stopped at its limit; there may be more chains.")
    if answer.pruned:
        hidden = ", ".join(f"{count} by {reason}" for reason, count in answer.pruned.items())
        screen.line(f"hidden by filters: {hidden}", "dim")
    tell_notice(screen)


def tell_article(screen: Screen, network: KnowledgeGraph, article: Article, claims: tuple[Claim, ...]) -> None:
    """Print an article's data, its text as it is, and what it says in the order of the text."""
    screen.parts((article.title, "bold"), (f"  {article.id}", "dim"))
    for source, of in ((article.source, ""), (article.restates, "restates: ")):
        if source is not None:
            known = (source.title, source.author, source.publisher, source.date, source.url)
            screen.line(of + "; ".join(value for value in known if value), "dim", indent=2)
    screen.line()
    for paragraph in article.text.splitlines():
        screen.line(paragraph)
    screen.line()
    screen.line(f"{len(claims)} claims", "bold")
    for claim in claims:
        subject, object_ = network.concepts[claim.subject].label, network.concepts[claim.object].label
        words = f"{subject} {'NOT ' if claim.negated else ''}{claim.predicate} {object_}"
        screen.parts(("• ", ""), (words, "bold"), (f" ({claim.certainty})", "dim"), indent=2)
        tell_sentence(screen, claim, indent=6)
    tell_notice(screen)


def tell_evaluation(screen: Screen, evaluation: Evaluation, *, misses: bool, extras: bool) -> None:
    """Print figures, and the claims that differ where asked for."""
    if misses:
        for miss in evaluation.misses:
            _compared(screen, "other relation" if miss.linked else "missed", miss.claim)
    if extras:
        for extra in evaluation.extras:
            _compared(screen, "extra", extra)
    headings = ("", "gold", "stated", "recall", "precision", "F1", "link recall", "link precision")
    groups = (evaluation.articles.items(), evaluation.predicates.items(), [("all", evaluation.overall)])
    rows = [(name, figures) for group in groups for name, figures in group]
    screen.table(headings, [_figures(name, figures) for name, figures in rows], numbers=frozenset(headings[1:]))
    screen.line()
    tell_reliability(screen, judged_bins(evaluation))


def tell_reliability(screen: Screen, bins: tuple[Bin, ...]) -> None:
    """Print claimed belief against measured precision, and how far they are apart."""
    columns = ("belief", "claims", "mean belief", "precision")
    screen.table(columns, [_bin(each) for each in bins], numbers=frozenset(columns[1:]))
    screen.line(f"expected calibration error {calibration_error(bins):.3f}")


def tell_link(screen: Screen, link: Neighbour, *, named: bool) -> None:
    """Print a link with a sentence of each of its claims; `named` says what it is a link of."""
    claim = link.claims[0]
    said = ", ".join(filter(None, [claim.certainty.value, claim.frequency]))
    denied = "denied: " if claim.negated else ""
    before = f"{denied}{link.of.label} {reads(link)} " if named else f"{denied}{reads(link)} "
    screen.parts(("• ", ""), (before, "dim"), (link.concept.label, "bold"), (f" ({said})", "dim"), indent=2)
    for each in link.claims:
        tell_sentence(screen, each, indent=6, denied=each.negated and not claim.negated)


def tell_sentence(screen: Screen, claim: Claim, *, indent: int, denied: bool = False) -> None:
    """Print the surest statement of a claim, where it stands, and how many more there are."""
    row = surest(claim)
    more = len(claim.evidence) - 1
    before = "denied: " if denied else ""
    tail = f"  {row.article}" + (f" (and {more} more)" if more else "")
    screen.parts((f"{before}“{row.quote}”", ""), (tail, "dim"), indent=indent)


def tell_notice(screen: Screen) -> None:
    """Print that what was printed is no advice."""
    screen.line()
    screen.line(NOTICE, "dim")


def _bin(row: Bin) -> tuple[object, ...]:
    known = (f"{row.belief:.3f}", f"{row.precision:.3f}") if row.claims else ("", "")
    return (f"{row.low:.1f}–{row.high:.1f}", row.claims, *known)


def _compared(screen: Screen, verdict: str, claim: GoldClaim | StatedClaim) -> None:
    words = f"{claim.subject[0]} {'NOT ' if claim.negated else ''}{claim.predicate} {claim.object[0]}"
    screen.parts((f"{verdict}: ", "bold"), (words, ""), (f"  {claim.article}: “{claim.quote}”", "dim"))


def _figures(name: str, figures: Figures) -> tuple[object, ...]:
    shares = (figures.recall, figures.precision, figures.f1, figures.link_recall, figures.link_precision)
    return (name, figures.gold, figures.stated, *(f"{share:.3f}" for share in shares))

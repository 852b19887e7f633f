"""The graph as some articles alone tell it: their claims, each with what they say of it and nothing else."""

from collections.abc import Iterable
from typing import Final

from graph.knowledge import KnowledgeGraph
from graph.neighbours import Filter
from graph.network import Network
from ontology.errors import InvalidArgument

MOST_CLAIMS: Final = 20_000
"""How many claims these articles may state together; they are read into memory."""


def told_by(network: KnowledgeGraph, articles: frozenset[str], *, besides: Iterable[str] = ()) -> Network:
    """The network of what these articles state and deny, and the concepts `besides`, whether they speak of them or not.

    Certainty, belief and number of articles of a claim are those that these articles give it.

    Raises:
        InvalidArgument: an id of no article, or articles that state too much.
    """
    for article in sorted(articles):
        if article not in network.articles:
            raise InvalidArgument("article", article, "the id of an article in the graph")
    stated = sorted({claim for article in articles for claim in network.stated_in(article)})
    if len(stated) > MOST_CLAIMS:
        raise InvalidArgument(
            "article",
            ", ".join(sorted(articles)[:3]),
            f"articles that state no more than {MOST_CLAIMS:,} claims together; these state {len(stated):,}",
        )
    network.read_ahead(stated)
    alone = Filter(articles=articles)
    claims = [claim for claim in (alone.narrow(network.claims[id]) for id in stated) if claim is not None]
    concepts = {end for claim in claims for end in (claim.subject, claim.object)} | set(besides)
    return Network.build(
        (network.concepts[id] for id in sorted(concepts)),
        claims,
        (network.articles[id] for id in sorted(articles)),
        hash=network.hash,
    )

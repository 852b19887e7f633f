"""Random small graphs for tests of laws, and graphs in memory that have their arrays too."""

from typing import Final

from hypothesis import strategies as st
from toygraph import claim_between

from graph.linkarrays import LinkArrays
from graph.network import Network
from ontology.article import Article
from ontology.claim import Concept
from ontology.terms import Certainty, Kind, Predicate

RELATIONS: Final = (
    Predicate.CAUSES,
    Predicate.HAS_SYMPTOM,
    Predicate.MIMICS,
    Predicate.IS_A,
    Predicate.ASSOCIATED_WITH,
    Predicate.WARRANTS,
)
ARTICLES: Final = tuple(Article(id=name, title=name, text="x", format="text") for name in ("first", "second"))
SMALL: Final = (
    Concept("etio:a", "same", (Kind.CONDITION, Kind.SYMPTOM)),
    Concept("etio:b", "Same", (Kind.SYMPTOM,)),
    Concept("etio:c", "same", (Kind.MECHANISM,)),
    Concept("etio:d", "other", (Kind.CONDITION,), provisional=True),
    Concept("etiop:e", "another", (Kind.TEST, Kind.CONDITION)),
)


class Ranked(Network):
    """A graph in memory that has its arrays too."""

    @classmethod
    def like(cls, network: Network) -> "Ranked":
        """The same graph."""
        return cls(network.concepts.values(), network.claims.values(), network.articles.values())

    def arrays(self) -> LinkArrays:
        """Made anew for every question."""
        return LinkArrays.of(self.concepts.values(), self.links())


@st.composite
def networks(draw: st.DrawFn, *, concepts: tuple[Concept, ...] = SMALL) -> Network:
    """A few claims between these concepts."""
    ids = [concept.id for concept in concepts if concept.id.startswith("etio:")]
    name = st.sampled_from([id.removeprefix("etio:") for id in ids])
    relation = st.sampled_from(RELATIONS)
    rows = draw(st.lists(st.tuples(name, relation, name, st.booleans()), max_size=30, unique=True))
    certainty, places = st.sampled_from(Certainty), st.sets(st.sampled_from(["first", "second"]), min_size=1)
    claims = [
        claim_between(a, predicate, b, negated=negated, certainty=draw(certainty), articles=sorted(draw(places)))
        for a, predicate, b, negated in rows
    ]
    return Network.build(concepts, claims, ARTICLES)

"""What `/graph` draws: the question in its address, and the links that answer it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import quote, urlencode

from pydantic import Field

from api.claims import known_articles
from api.questions import Text, Walked
from api.relations import chosen_relations
from graph.knowledge import KnowledgeGraph
from graph.neighbourhood import near
from graph.neighbours import Filter, Neighbour, Pattern
from graph.stretches import Facets, Neighbourhood, Stretch
from ontology.claim import Concept

VIEW: Final = "/graph"
AT_FIRST: Final = 100
"""Links around the concept in the middle that are shown at first, and that are added at once."""
MOST_LINKS: Final = 2_000
"""The most that are shown at all."""
OF_EXPANDED: Final = 50
"""Links of a concept that was expanded."""
MOST_EXPANDED: Final = 30
_A_PAGE: Final = 500
"""Links that `/v1/concepts/{id}/neighbours` answers at once."""


class GraphQuestion(Walked):
    """What `/graph` takes of a neighbourhood: a concept with the filters of neighbours, and what is expanded."""

    concept: Text | None = None
    negated: Literal["exclude", "include", "only"] = "include"
    expanded: list[Text] = Field(default=[], max_length=MOST_EXPANDED)
    limit: int = Field(default=AT_FIRST, ge=1, le=MOST_LINKS)
    chosen: str | None = Field(default=None, max_length=1_000)

    def parameters(self, **changed: object) -> list[tuple[str, str]]:
        """The question as parameters of the page, with these changed; what is as usual is left out."""
        values: list[tuple[str, str]] = []
        for name, field in GraphQuestion.model_fields.items():
            value = changed.get(name, getattr(self, name))
            if isinstance(value, list | tuple):
                values += [(name, str(each)) for each in value]
            elif value != field.get_default():
                values.append((name, str(value)))
        return values

    def address(self, **changed: object) -> str:
        """The page's address for the question, with these parameters changed."""
        return f"{VIEW}?{urlencode(self.parameters(**changed), safe=':/')}"

    def filters(self) -> list[tuple[str, str]]:
        """The filters as parameters of the REST interface; what is as usual there is left out."""
        usual = Walked()
        values: list[tuple[str, str]] = []
        for name in Walked.model_fields:
            value = getattr(self, name)
            if isinstance(value, list):
                values += [(name, str(each)) for each in value]
            elif name != "depth" and value != getattr(usual, name):
                values.append((name, str(value)))
        return values


@dataclass(frozen=True, slots=True)
class Around:
    """A concept, what of it is shown, and the address of the REST interface that answers the same."""

    concept: Concept
    found: Neighbourhood
    depth: int
    limit: int

    def addresses(self, question: GraphQuestion) -> Iterator[str]:
        """Where the same links are answered, the first page first."""
        depth = [("depth", str(self.depth))] if self.depth > 1 else []
        for offset in range(0, max(1, min(self.limit, self.found.total)), _A_PAGE):
            page = [("limit", str(min(_A_PAGE, self.limit - offset))), *([("offset", str(offset))] if offset else [])]
            values = urlencode([*depth, *question.filters(), *page], safe=":/")
            yield f"/v1/concepts/{quote(self.concept.id, safe=':')}/neighbours?{values}"


@dataclass(frozen=True, slots=True)
class Drawn:
    """The concept in the middle, those that are expanded, and what there is to choose from without the filters."""

    middle: Around
    expanded: tuple[Around, ...]
    facets: Facets
    articles: Mapping[str, str]
    """Article → title: those that state what is shown, and those that the filter names."""

    @property
    def links(self) -> tuple[Neighbour, ...]:
        """Every link that is shown, once."""
        once: dict[frozenset[str], Neighbour] = {}
        for around in (self.middle, *self.expanded):
            for link in around.found.links:
                once.setdefault(frozenset(claim.id for claim in link.claims), link)
        return tuple(once.values())

    @property
    def is_whole(self) -> bool:
        """Whether every link that passes the filters is shown."""
        return all(len(around.found.links) == around.found.total for around in (self.middle, *self.expanded))


def look_around(network: KnowledgeGraph, concept: Concept, question: GraphQuestion) -> Drawn:
    """What is drawn around the concept.

    Raises:
        UnknownConcept, AmbiguousName: of what is expanded, a name of no concept, or of several.
        UnknownArticle: an id of no article.
        InvalidArgument: a relation that there is not.
    """
    known_articles(network, question.article)
    middle = _around(network, concept, question, depth=question.depth, limit=question.limit)
    others = {network.lexicon.get(name).id: None for name in question.expanded}
    expanded = tuple(
        _around(network, network.concept(id), question, depth=1, limit=OF_EXPANDED)
        for id in others
        if id != concept.id or question.limit < OF_EXPANDED
    )
    choices = near(
        network,
        concept.id,
        (Pattern(question.direction),),
        Stretch(limit=question.limit),
        depth=question.depth,
        filter=Filter(negated=question.negated),
    )
    shown = (*choices.links, *middle.found.links, *(link for around in expanded for link in around.found.links))
    used = {article for link in shown for claim in link.claims for article in claim.articles} | set(question.article)
    titles = {id: network.articles[id].title for id in sorted(used)}
    return Drawn(middle, expanded, choices.facets, titles)


def _around(network: KnowledgeGraph, concept: Concept, question: GraphQuestion, *, depth: int, limit: int) -> Around:
    relations = chosen_relations(question.predicate, question.direction)
    found = near(
        network,
        concept.id,
        (Pattern(relations.direction, relations.predicates),),
        Stretch(limit=limit),
        kinds=frozenset(question.kind),
        depth=depth,
        filter=question.filter,
    )
    return Around(concept, found, depth, limit)

"""Articles that state the links of a made-up graph, one sentence a statement, and what a store holds of them.

Every `TOGETHER` links, in the order they were drawn, have an article; what several state is said again in the next
one, where the last is followed by the first. Lines are N-Triples, made by filling in a text: to make them of objects,
as `graph.rdf` does, takes many times as long. A test proves both equal.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Final

import numpy as np

from graph import nodes, numbering
from graph.adjacency.arrays import Links
from graph.linklog.log import LinkLog
from graph.linklog.rows import Figures, LinkRow
from graph.rdf import CONTEXT, article_triples, concept_triples
from ontology.article import Article, Source
from ontology.claim import Concept, Name, claim_id, claim_number
from ontology.lexicon import everything
from ontology.names import name_key
from ontology.reliability import EVERY_RULE, FAMILIES, weights
from ontology.terms import Certainty, Kind, Predicate

TOGETHER: Final = 20
RELATIONS: Final = tuple(Predicate)
KINDS: Final = (Kind.CONDITION, Kind.SYMPTOM, Kind.MECHANISM, Kind.TREATMENT)
EXTRACTOR: Final = "made-up"
_CERTAINTIES: Final = {certainty.rank: certainty.value for certainty in Certainty}
_NUMBERS: Final = {relation: numbering.PREDICATES.index(relation) for relation in RELATIONS}
_PREDICATES: Final = tuple(str(nodes.term(relation.iri)) for relation in RELATIONS)
_KINDS: Final = tuple(str(nodes.term(kind.iri)) for kind in KINDS)
_MOST_STATING: Final = 2


def _filled_in(node: str, **values: str) -> str:
    """Lines to be filled in: of `node` these values, `__` in the name of a property standing for its colon."""
    names = ((str(nodes.term(name.rstrip("_").replace("__", ":"))), value) for name, value in values.items())
    return "".join(f"{node} {name} {value} .\n" for name, value in names)


def _a(type_: str) -> str:
    return str(nodes.term(type_))


def _typed(value: str, type_: str) -> str:
    return f'"{value}"^^{nodes.term(type_)}'


_CLAIM: Final = (
    _filled_in(
        "<{node}>",
        rdf__type=_a("etio:Claim"),
        rdf__subject="{subject}",
        rdf__predicate="{predicate}",
        rdf__object="{object}",
        etio__negated=_typed("false", "xsd:boolean"),
        etio__certainty='"{certainty}"',
        etio__belief="{belief}",
        etio__articleCount=_typed("{articles}", "xsd:integer"),
    )
    + "{subject} {predicate} {object} .\n"
)
_EVIDENCE: Final = (
    _filled_in("<{claim}>", etio__evidence="<{node}>")
    + _filled_in(
        "<{node}>",
        rdf__type=_a("etio:Evidence"),
        oa__hasSource="<{source}>",
        oa__hasSelector="<{node}#quote>",
        oa__hasSelector_="<{node}#position>",
        prov__wasDerivedFrom="<{version}>",
        etio__certainty='"{certainty}"',
        etio__rule='"{rule}"',
        etio__extractor=f'"{EXTRACTOR}"',
        etio__subjectMention='"{subject_mention}"',
        etio__objectMention='"{object_mention}"',
        etio__subjectKind="{subject_kind}",
        etio__objectKind="{object_kind}",
    )
    + _filled_in(
        "<{node}#quote>",
        rdf__type=_a("oa:TextQuoteSelector"),
        oa__exact='"{quote}"',
        oa__prefix='"{before}"',
        oa__suffix='"{after}"',
    )
    + _filled_in(
        "<{node}#position>",
        rdf__type=_a("oa:TextPositionSelector"),
        oa__start=_typed("{start}", "xsd:integer"),
        oa__end=_typed("{end}", "xsd:integer"),
    )
)


def concept_id(number: int) -> str:
    """The id of a node's concept."""
    return f"etio:node-{number:08}"


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of an article: the link that it states, by its place, and where it stands."""

    link: int
    rule: str
    quote: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends, exclusive."""
        return self.start + len(self.quote)


class Articles:
    """The articles that state these links between so many concepts; always the same ones."""

    def __init__(self, links: Links, concepts: int, seed: int) -> None:
        self.links = links
        self._chance = np.random.default_rng(seed)
        words = sorted({word for text, _, _ in everything().names() for word in name_key(text).split()})
        drawn = self._chance.integers(0, len(words), (concepts, 5)).tolist()
        self.labels = [f"{words[a]} {words[b]} {words[c]}" for a, b, c, _, _ in drawn]
        self._others = [f"{words[a]} {words[b]}" for _, _, _, a, b in drawn]
        self._iris = [str(nodes.term(concept_id(number))) for number in range(concepts)]
        known = weights()
        self._rules = sorted(known.rules.keys() - {EVERY_RULE, *FAMILIES})
        self._beliefs = [known.rule(rule) for rule in self._rules]

    @property
    def number(self) -> int:
        """How many articles there are."""
        return -(-len(self.links) // TOGETHER)

    @cached_property
    def _columns(self) -> tuple[list[int], ...]:
        links = self.links
        stating = np.minimum(links.articles, _MOST_STATING) if self.number > 1 else np.ones(len(links), np.uint16)
        rules = np.rint(links.belief * 10_000).astype(np.int64) % len(self._rules)
        columns = (links.subject, links.relation, links.object, links.certainty, stating, rules)
        return tuple(column.tolist() for column in columns)

    def concept(self, number: int) -> Concept:
        """What a node stands for."""
        return Concept(
            concept_id(number), self.labels[number], (KINDS[number % len(KINDS)],), (Name(self._others[number]),)
        )

    def article(self, number: int) -> tuple[Article, tuple[Said, ...]]:
        """An article and its sentences."""
        said, start = [], 0
        for link, again in self._stated(number):
            quote = self._sentence(link)
            said.append(Said(link, self._rule(link, again=again), quote, start))
            start += len(quote) + 1
        text = " ".join(sentence.quote for sentence in said) + "\n"
        article = Article(
            id=f"made-up-{number:07}", title=f"Made-up article {number}", text=text, format="text", source=Source()
        )
        return article, tuple(said)

    def take_down(self, log: LinkLog) -> None:
        """Say of every concept and link what a writer says that stores the articles."""
        for number in range(len(self.labels)):
            log.concept(self.concept(number))
        for link in range(len(self.links)):
            subject, relation, object_ = (column[link] for column in self._columns[:3])
            number, claim = _NUMBERS[RELATIONS[relation]], claim_number(self.claim(link))
            log.link(
                LinkRow(concept_id(subject), number, concept_id(object_), claim, negated=False), self.figures(link)
            )

    def lines(self) -> Iterator[bytes]:
        """All that a store holds of the graph as N-Triples, each triple once, many lines at a time."""
        for number in range(len(self.labels)):
            yield "".join(f"{triple} .\n" for triple in concept_triples(self.concept(number))).encode()
        for number in range(self.number):
            article, said = self.article(number)
            lines = [f"{triple} .\n" for triple in article_triples(article, extractor=EXTRACTOR)]
            version = nodes.version_node(article.id, article.sha256).value
            lines += [self._evidence(article, version, sentence) for sentence in said]
            lines += [self._claim(link) for link in self._own(number)]
            yield "".join(lines).encode()

    def _own(self, number: int) -> range:
        number %= self.number
        return range(number * TOGETHER, min((number + 1) * TOGETHER, len(self.links)))

    def _stated(self, number: int) -> Iterator[tuple[int, bool]]:
        """The links of an article, each with whether the article before states it too."""
        stating = self._columns[4]
        yield from ((link, False) for link in self._own(number))
        yield from ((link, True) for link in self._own(number - 1) if stating[link] > 1)

    def _sentence(self, link: int) -> str:
        subject, relation, object_ = (column[link] for column in self._columns[:3])
        return f"{self.labels[subject]} {RELATIONS[relation].reading} {self.labels[object_]}."

    def _rule(self, link: int, *, again: bool) -> str:
        return self._rules[self._columns[5][link] - again]

    def claim(self, link: int) -> str:
        """The CURIE of the claim that a link is."""
        subject, relation, object_ = (column[link] for column in self._columns[:3])
        return claim_id(concept_id(subject), RELATIONS[relation], concept_id(object_), negated=False)

    def figures(self, link: int) -> Figures:
        """What is known of a link."""
        certainty, stating, rule = (column[link] for column in self._columns[3:])
        doubt = math.prod(1 - self._beliefs[rule - again] for again in range(stating))
        return Figures(certainty, stating, round(1 - doubt, 4))

    def _claim(self, link: int) -> str:
        subject, relation, object_ = (column[link] for column in self._columns[:3])
        known = self.figures(link)
        return _CLAIM.format(
            node=_iri(self.claim(link)),
            subject=self._iris[subject],
            predicate=_PREDICATES[relation],
            object=self._iris[object_],
            certainty=_CERTAINTIES[known.certainty],
            belief=nodes.decimal(known.belief),
            articles=known.articles,
        )

    def _evidence(self, article: Article, version: str, said: Said) -> str:
        subject, _, object_, certainty = (column[said.link] for column in self._columns[:4])
        claim, start, end, text = self.claim(said.link), said.start, said.end, article.text
        mentions = self.labels[subject], self.labels[object_]
        parts = (claim, article.id, str(start), str(end), said.rule, *mentions)
        return _EVIDENCE.format(
            claim=_iri(claim),
            node=nodes.EVIDENCE + sha256("\x1f".join(parts).encode()).hexdigest()[:16],
            source=nodes.ARTICLES + article.id,
            version=version,
            certainty=_CERTAINTIES[certainty],
            rule=said.rule,
            subject_mention=mentions[0],
            object_mention=mentions[1],
            subject_kind=_KINDS[subject % len(KINDS)],
            object_kind=_KINDS[object_ % len(KINDS)],
            quote=said.quote,
            before=text[max(0, start - CONTEXT) : start],
            after=text[end : end + CONTEXT].replace("\n", "\\n"),
            start=start,
            end=end,
        )


def _iri(claim: str) -> str:
    return nodes.CLAIMS + claim.rpartition("/")[2]

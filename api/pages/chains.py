"""A chain drawn from left to right: a box a concept, an arrow a link, and under every arrow the sentence behind it."""

from api.html import Html, tag
from api.models import HopOut, PathOut
from api.showing import hedge, show_concept, show_kinds, show_sentences, show_standing
from graph.knowledge import KnowledgeGraph
from graph.wording import verb
from ontology.claim import Concept


def show_chain(network: KnowledgeGraph, path: PathOut) -> Html:
    """One chain: in words, drawn, and how its score comes about."""
    steps = [
        _step(network, network.concepts[node.id], hop, weakest=path.weakest.hop == number and len(path.hops) > 1)
        for number, (node, hop) in enumerate(zip(path.nodes, path.hops, strict=False), start=1)
    ]
    end = tag("li", tag("div", _box(network, network.concepts[path.nodes[-1].id]), class_="way"), class_="step end")
    title = f"chain-{path.rank}"
    return tag(
        "article",
        tag("h2", f"{path.rank}. {path.text}.", id=title),
        tag("ol", *steps, end, class_="steps"),
        _ranked(path),
        class_="chain",
        aria_labelledby=title,
    )


def _step(network: KnowledgeGraph, concept: Concept, hop: HopOut, *, weakest: bool) -> Html:
    claims = [network.claims[claim.id] for claim in hop.claims]
    words = verb(claims[0], inverted=hop.inverted)
    arrow = tag("span", tag("span", words), class_=f"arrow {hedge(claims[0].certainty)}")
    return tag(
        "li",
        tag("div", _box(network, concept), arrow, class_="way"),
        tag(
            "div",
            *(show_sentences(network, claim) for claim in claims),
            tag(
                "p",
                show_standing(claims[0]),
                tag("span", "weakest link", class_="badge") if weakest else "",
                class_="standing",
            ),
            class_="because",
        ),
        class_="step",
    )


def _box(network: KnowledgeGraph, concept: Concept) -> Html:
    return tag("span", show_concept(network, concept), show_kinds(concept.kinds[:1]), class_="node")


def _ranked(path: PathOut) -> Html:
    terms = (
        tag("tr", tag("th", name.replace("_", " "), scope="row"), tag("td", f"{value:g}"))
        for name, value in path.score_terms.items()
    )
    total = tag("tr", tag("th", "score, their product", scope="row"), tag("td", f"{path.score:g}"))
    weakest = (
        f"Its weakest link is number {path.weakest.hop}, believed {path.weakest.belief:g}."
        if len(path.hops) > 1
        else ""
    )
    return tag(
        "details",
        tag("summary", "Why it ranks here"),
        tag("table", tag("tbody", *terms, total)),
        tag("p", weakest) if weakest else "",
        tag("div", tag("button", "Copy this chain as SPARQL", type="button", data_copy=path.sparql), class_="tools"),
    )

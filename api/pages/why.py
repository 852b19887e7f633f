"""`/`: why one thing leads to another. Two concepts in, ranked chains out, with what the filters hid."""

from collections.abc import Mapping
from itertools import islice
from types import MappingProxyType
from typing import Final, get_args
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from pydantic import Field

from api.html import Html, join, tag
from api.models import Paths
from api.pages.chains import show_chain
from api.pages.forms import choice, choices, concept_field, concept_fields, number_field
from api.pages.frame import answer, asked, failure, notice, page
from api.pages.nopath import show_no_path, without
from api.pages.queries import of_claims
from api.pages.redflags import show_red_flags
from api.pages.taking import take
from api.paths import ask_paths
from api.questions import PathQuestion
from api.showing import kind_name, many
from graph.knowledge import KnowledgeGraph
from graph.paths import MAX_HOPS, MAX_PATHS
from graph.ranks import RankName
from graph.wording import VERBS
from ontology.errors import EtiographError
from ontology.terms import Certainty, Kind

router = APIRouter(include_in_schema=False)

VIEW: Final = "/"
EXAMPLE: Final = {"source": "pulmonary embolism", "target": "hemoptysis"}
"""The question of a first visit."""

_HIDDEN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "negated": "that articles deny",
        "predicate": "of other relations",
        "avoid": "that touch what is to be avoided",
        "min_certainty": "less certain than asked for",
        "min_articles": "in fewer articles than asked for",
    }
)
"""The links that a filter hid, in words."""

_FEW: Final = 30
"""Articles that the filters offer to choose from."""

_HIDDEN_CHAINS: Final[Mapping[str, str]] = MappingProxyType(
    {"via": "that do not pass the concepts asked for", "via_kinds": "that pass no concept of the kinds asked for"}
)


class WhyQuestion(PathQuestion):
    """A question of paths that shows few at first."""

    k: int = Field(default=3, ge=1, le=MAX_PATHS)


@router.get(VIEW)
async def why(request: Request) -> Response:
    """The form, and the chains from `source` to `target`; those of the example where neither is given."""
    return await answer(request, VIEW, lambda network: _why(request, network))


def _why(request: Request, network: KnowledgeGraph) -> Response:
    first = not any(request.query_params.get(name, "").strip() for name in EXAMPLE)
    status = 200
    try:
        question = asked(request, WhyQuestion, **(EXAMPLE if first else {}))
        found = ask_paths(network, question)
        ends = f"{found.source.label} → {found.target.label}"
        content = _answer(request, network, question, found)
    except EtiographError as error:
        ends = " → ".join(filter(None, (request.query_params.get(name, "") for name in EXAMPLE)))
        content, status = failure(error)
        if first:  # a graph of other things knows neither
            content, status = join(), 200
    return page(
        f"Why? {ends}",
        tag("h1", "Why? ", tag("span", ends)),
        tag(
            "p",
            "Etiograph is a graph of what health articles say: which condition causes what, shows which symptom, is "
            "found by which test and treated how. Ask how one thing leads to another.",
            class_="lead",
        ),
        _form(request, network, EXAMPLE if first else {}),
        content,
        _figures(network),
        view=VIEW,
        status=status,
    )


def _answer(request: Request, network: KnowledgeGraph, question: WhyQuestion, found: Paths) -> Html:
    source, target = network.concepts[found.source.id], network.concepts[found.target.id]
    values = parameters(question)
    claims = dict.fromkeys(claim.id for path in found.items for hop in path.hops for claim in hop.claims)
    return join(
        notice(),
        show_red_flags(network, (source, target)),
        show_no_path(found, found.no_path, values) if found.no_path else tag("p", _count(found), class_="count"),
        _drawn(question, values) if found.items else "",
        *(show_chain(network, path) for path in found.items),
        _more(found, values),
        _hidden(found, values),
        take(
            request,
            rest="/v1/paths",
            values=values,
            sparql=of_claims(claims) if claims else None,
            exported=[(name, value) for name, value in values if name != "evidence"],
        ),
    )


def parameters(question: WhyQuestion) -> list[tuple[str, str]]:
    """The question as the parameters of `/v1/paths`; what is as usual there is left out."""
    usual = PathQuestion(source="x", target="x")
    values: list[tuple[str, str]] = []
    for name in PathQuestion.model_fields:
        value = getattr(question, name)
        if isinstance(value, list):
            values += [(name, str(each)) for each in value]
        elif value != getattr(usual, name) or name in EXAMPLE:
            values.append((name, str(value).lower() if isinstance(value, bool) else str(value)))
    return values


def _drawn(question: WhyQuestion, values: list[tuple[str, str]]) -> Html:
    same = [*((name, value) for name, value in values if name != "k"), ("k", str(question.k))]
    return tag("p", tag("a", "Draw these chains as one graph", href="/graph?" + urlencode(same)))


def _count(found: Paths) -> str:
    shown = len(found.items)
    said = many(shown, "chain") if shown == found.total else f"{shown:,} of {many(found.total, 'chain')}"
    return f"{said}, the best first" if shown > 1 else said


def _more(found: Paths, values: list[tuple[str, str]]) -> Html | str:
    shown = len(found.items)
    if shown >= min(found.total, MAX_PATHS):
        return ""
    more = [(name, value) for name, value in values if name != "k"]
    most = min(MAX_PATHS, max(10, 3 * shown))
    link = tag("a", f"Show {min(most, found.total):,}", href="/?" + urlencode([*more, ("k", str(most))]))
    return tag("p", f"{found.total - shown:,} more. ", link)


def _hidden(found: Paths, values: list[tuple[str, str]]) -> Html | str:
    rows = [_reason(reason, count, values) for reason, count in found.pruned.items()]
    if found.truncated:
        rows.append(tag("li", "The search stopped at its limit; there may be more chains, as long as these or longer."))
    if not rows:
        return ""
    return tag(
        "section",
        tag("h2", "What is not shown", id="hidden"),
        tag("ul", *rows),
        class_="hidden",
        aria_labelledby="hidden",
    )


def _reason(reason: str, count: int, values: list[tuple[str, str]]) -> Html:
    chains = _HIDDEN_CHAINS.get(reason)
    said = f"{many(count, 'chain')} {chains}" if chains else f"{many(count, 'link')} {_HIDDEN.get(reason, reason)}"
    rest = without(values, (reason,))
    if len(rest) == len(values):
        return tag("li", said)
    return tag("li", f"{said}. ", tag("a", "Drop this filter", href="/?" + urlencode(rest)))


def _form(request: Request, network: KnowledgeGraph, example: Mapping[str, str]) -> Html:
    given = request.query_params

    def value(name: str, usual: str = "") -> str:
        return given.get(name) or example.get(name) or usual

    def several(name: str) -> list[str]:
        return [each for each in given.getlist(name) if each.strip()]

    filters = (
        number_field("max_hops", "Links at most", value("max_hops", str(MAX_HOPS)), least=1, most=MAX_HOPS),
        number_field("k", "Chains", value("k", "3"), least=1, most=MAX_PATHS),
        choice("rank", "Best by", [(name, name) for name in get_args(RankName)], value("rank", "explanation")),
        choice(
            "directed",
            "Direction",
            [("true", "from cause to effect"), ("false", "every link both ways")],
            value("directed", "true"),
        ),
        choice(
            "min_certainty",
            "Certainty at least",
            [(each.value, each.value) for each in reversed(Certainty)],
            value("min_certainty", Certainty.UNLIKELY.value),
        ),
        number_field("min_articles", "Articles at least", value("min_articles", "1"), least=1, most=1_000_000),
        concept_fields("via", "Through", several("via")),
        concept_fields("avoid", "Not through", several("avoid")),
        choices("predicate", "Only these relations", _relations(), several("predicate")),
        choices("via_kind", "Through some", [(kind.value, kind_name(kind)) for kind in Kind], several("via_kind")),
        choices("article", "Only what these articles tell", _articles(network, several("article")), several("article")),
    )
    changed = any(given.get(name) for name in PathQuestion.model_fields if name not in EXAMPLE)
    return tag(
        "form",
        tag(
            "div",
            concept_field("source", "From", value("source")),
            tag("span", "→", class_="to", aria_hidden="true"),
            concept_field("target", "To", value("target")),
            tag("button", "Show why", type="submit", class_="main"),
            class_="question",
        ),
        tag(
            "details",
            tag("summary", "Filters"),
            tag("div", *filters, class_="filters"),
            open="" if changed else None,
        ),
        action="/",
        method="get",
        class_="ask-why",
    )


def _articles(network: KnowledgeGraph, asked: list[str]) -> list[tuple[str, str]]:
    """Ids and titles: of all articles where they are few, else of those asked for."""
    offered = islice(network.articles, _FEW + 1)
    known = [id for id in dict.fromkeys(asked) if id in network.articles]
    ids = list(offered)
    return [(id, network.articles[id].title) for id in (ids if len(ids) <= _FEW else known)]


def _relations() -> list[tuple[str, str]]:
    return [(predicate.value, verb.fact) for predicate, verb in VERBS.items()]


def _figures(network: KnowledgeGraph) -> Html:
    figures = network.sizes()
    denied = f" ({figures.denied:,} denied)" if figures.denied else ""
    return tag(
        "p",
        "In the graph: ",
        tag("a", many(figures.articles, "article"), href="/articles"),
        f" with {many(figures.claims, 'claim')}{denied}; ",
        tag("a", "all figures", href="/v1/stats"),
        " as JSON.",
        class_="soft",
    )

"""`/differential`: findings in, conditions out, each with what it explains, what not, and which test would tell."""

import json
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from api.differential import DifferentialQuestion, ask_differential
from api.differentialmodels import STATEMENT, CandidateOut, DifferentialOut, FitOut, TellingOut
from api.html import Html, join, tag
from api.models import Association, Node
from api.pages.forms import concept_fields
from api.pages.frame import answer, asked, failure, notice, page, paging
from api.pages.queries import of_claims
from api.pages.taking import of_shown, take
from api.showing import address_of, many, show_concept, show_sentences, show_standing
from graph.knowledge import KnowledgeGraph
from ontology.errors import EtiographError

router = APIRouter(include_in_schema=False)

VIEW: Final = "/differential"
AT_ONCE: Final = 10
_MOST_TESTS: Final = 3
_EXAMPLE: Final = (("present", "coughing up blood"), ("present", "chest pain"), ("absent", "fever"))


@router.get(VIEW)
async def differential(request: Request) -> Response:
    """The form and, where findings are given, the conditions that articles say show them."""
    return await answer(request, VIEW, lambda network: _differential(request, network))


def _differential(request: Request, network: KnowledgeGraph) -> Response:
    status = 200
    content: Html | str = tag("p", tag("a", "An example", href=f"{VIEW}?{urlencode(_EXAMPLE)}"))
    if any(name in request.query_params for name in ("present", "absent")):
        try:
            question = asked(request, DifferentialQuestion, limit=str(AT_ONCE))
            content = _answer(request, network, question)
        except EtiographError as error:
            content, status = failure(error)
    return page(
        "Differential",
        tag("h1", "Differential"),
        tag("p", "Which conditions, after what articles say, would show these findings?", class_="lead"),
        _form(request),
        content,
        view=VIEW,
        status=status,
    )


def _answer(request: Request, network: KnowledgeGraph, question: DifferentialQuestion) -> Html:
    found = ask_differential(network, question)
    values = [*(("present", name) for name in question.present), *(("absent", name) for name in question.absent)]
    claims = dict.fromkeys(_claims(found))
    body = json.dumps(question.model_dump(mode="json", exclude_defaults=True))
    return join(
        notice(),
        tag("p", STATEMENT, class_="soft"),
        _red_flags(network, found.red_flags),
        _unknown(found),
        tag("p", f"{many(found.total, 'condition')} would show some of this, the best first", class_="count")
        if found.items
        else tag("p", "No condition is said to show any of these findings."),
        *(_candidate(network, candidate) for candidate in found.items),
        tag("p", "There are too many claims of the commonest findings; not all were looked at.")
        if found.truncated
        else "",
        paging(VIEW, values, offset=question.offset, limit=question.limit, total=found.total),
        take(request, rest="/v1/differential", body=body, sparql=of_claims(claims), exported=of_shown(claims))
        if found.items
        else "",
    )


def _claims(found: DifferentialOut) -> Iterator[str]:
    """The ids of all claims that are shown, some of them several times."""
    shown = [*found.red_flags]
    for candidate in found.items:
        shown += [*candidate.red_flags, *(telling.test for telling in candidate.tests[:_MOST_TESTS])]
        for fit in (*candidate.explains, *candidate.against):
            yield from (claim.id for claim in (*fit.claims, *(fit.is_a or ())))
    for association in shown:
        yield from (claim.id for claim in association.claims)


def _red_flags(network: KnowledgeGraph, flags: tuple[Association, ...]) -> Html | str:
    if not flags:
        return ""
    return tag(
        "section",
        tag("h2", "Red flags", id="flags"),
        tag("ul", *(_flag(network, flag) for flag in flags)),
        class_="red-flags",
        aria_labelledby="flags",
    )


def _flag(network: KnowledgeGraph, flag: Association) -> Html:
    ends = (tag("a", each.label, href=address_of(each.id)) for each in (flag.of, flag.concept))
    return tag("li", tag("p", *_between(ends, " calls for ")), _because(network, [claim.id for claim in flag.claims]))


def _unknown(found: DifferentialOut) -> Html | str:
    unknown = [finding for finding in found.present if not finding.conditions]
    return tag("p", "No condition is said to show: ", *_links(unknown), ".") if unknown else ""


def _candidate(network: KnowledgeGraph, candidate: CandidateOut) -> Html:
    condition = network.concepts[candidate.condition.id]
    terms = " × ".join(f"{name} {value:g}" for name, value in candidate.score_terms.items())
    rows = [_fit(network, "explains", fit) for fit in candidate.explains]
    if candidate.unexplained:
        rows.append(
            tag(
                "li",
                tag("p", tag("span", "does not explain", class_="verdict no"), " ", *_links(candidate.unexplained)),
            )
        )
    for against in candidate.against:
        said = "would show, though absent" if against.reason == "absent" else "is denied to show"
        rows.append(_fit(network, said, against))
    rows += [_test(network, telling) for telling in candidate.tests[:_MOST_TESTS]]
    care = _care(candidate.red_flags)
    return tag(
        "article",
        tag("h2", f"{candidate.rank}. ", show_concept(network, condition)),
        tag("p", f"score {candidate.score:g} = {terms}", class_="soft"),
        care,
        tag("ul", *rows, class_="links"),
        class_="chain candidate",
    )


def _care(flags: tuple[Association, ...]) -> Html | str:
    if not flags:
        return ""
    return tag("p", tag("span", "Calls for ", class_="no"), *_links([flag.concept for flag in flags]))


def _fit(network: KnowledgeGraph, said: str, fit: FitOut) -> Html:
    through = [] if fit.match == "same" else [f" ({fit.match}: ", *_links([fit.through]), ")"]
    claims = [claim.id for claim in (*fit.claims, *(fit.is_a or ()))]
    return tag(
        "li",
        tag(
            "p",
            tag("span", said, class_="verdict" if said == "explains" else "verdict no"),
            " ",
            *_links([fit.finding]),
            *through,
        ),
        tag("p", show_standing(network.claims[claims[0]]), class_="standing"),
        _because(network, claims),
    )


def _test(network: KnowledgeGraph, telling: TellingOut) -> Html:
    apart = [" tells it from ", *_links(telling.tells_from)] if telling.tells_from else []
    return tag(
        "li",
        tag("p", tag("span", "test", class_="verdict"), " ", *_links([telling.test.concept]), *apart),
        _because(network, [claim.id for claim in telling.test.claims]),
    )


def _because(network: KnowledgeGraph, claims: list[str]) -> Html:
    quotes = (show_sentences(network, network.claims[claim]) for claim in claims)
    return tag("details", tag("summary", "its sentence" if len(claims) == 1 else "its sentences"), *quotes)


def _links(nodes: Iterable[Node]) -> list[Html | str]:
    return _between((tag("a", node.label, href=address_of(node.id)) for node in nodes), ", ")


def _between(links: Iterable[Html], words: str) -> list[Html | str]:
    shown: list[Html | str] = []
    for link in links:
        shown += [words, link] if shown else [link]
    return shown


def _form(request: Request) -> Html:
    given = request.query_params
    fields = (
        concept_fields(name, label, [value for value in given.getlist(name) if value.strip()])
        for name, label in (("present", "Present"), ("absent", "Looked for and absent"))
    )
    return tag(
        "form",
        tag("div", *fields, class_="findings"),
        tag("button", "Show conditions", type="submit", class_="main"),
        action=VIEW,
        method="get",
        class_="ask-why",
    )

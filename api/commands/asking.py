"""`ask`, `paths` and `neighbours`: questions to the graph, each answer with its sentences."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from api.commands.options import AsJson, Data, Kinds, LeastCertainty, Name, Relations
from ontology.terms import Certainty, Kind

if TYPE_CHECKING:
    from graph.storednetwork import StoredNetwork


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.command()(ask)
    app.command()(paths)
    app.command()(neighbours)


def ask(name: Name, *, data: Data = None, as_json: AsJson = False) -> None:
    """Show a concept's card: red flags first, causes, symptoms, tests, treatments and more, each with its sentence."""
    from api.cards import card
    from api.telling import tell_card
    from api.terminal import Screen, print_json
    from api.wire import card_out

    network = open_network(data)
    found = card(network, network.lexicon.get(name))
    if as_json:
        print_json(card_out(network, found))
    else:
        tell_card(Screen(), found)


def paths(
    source: Annotated[str, typer.Argument(metavar="A", help="Where the chain begins: a concept.")],
    target: Annotated[str, typer.Argument(metavar="B", help="Where it ends: a concept.")],
    *,
    max_hops: Annotated[int, typer.Option("--max-hops", help="Longest chain, 1 to 8 links.")] = 8,
    k: Annotated[int, typer.Option("--k", help="At most so many chains, 1 to 50.")] = 10,
    predicate: Relations = None,
    via: Annotated[list[str] | None, typer.Option("--via", help="A concept the chain passes; repeatable.")] = None,
    via_kind: Annotated[
        list[Kind] | None, typer.Option("--via-kind", help="A kind it passes a concept of; repeatable.")
    ] = None,
    avoid: Annotated[list[str] | None, typer.Option("--avoid", help="A concept it must not touch; repeatable.")] = None,
    min_certainty: LeastCertainty = Certainty.UNLIKELY,
    min_articles: Annotated[
        int, typer.Option("--min-articles", help="Only claims stated by at least so many articles.")
    ] = 1,
    article: Annotated[
        list[str] | None, typer.Option("--article", help="Only what this article tells, by id; repeatable.")
    ] = None,
    directed: Annotated[
        bool, typer.Option("--directed/--undirected", help="Walk claims from subject to object only, or both ways.")
    ] = True,
    rank: Annotated[
        Literal["explanation", "length", "belief", "specificity"],
        typer.Option("--rank", help="What makes a chain better."),
    ] = "explanation",
    explain: Annotated[
        bool, typer.Option("--explain", help="Tell each chain by its quotes, one sentence a hop, without scores.")
    ] = False,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Show how A leads to B: explanatory chains, best first, one sentence per hop."""
    from api.paths import ask_paths
    from api.questions import PathQuestion
    from api.telling import tell_paths
    from api.terminal import Screen, print_json

    network = open_network(data)
    question = PathQuestion.model_construct(
        source=source,
        target=target,
        max_hops=max_hops,
        k=k,
        predicate=predicate or [],
        via=via or [],
        via_kind=via_kind or [],
        avoid=avoid or [],
        min_certainty=min_certainty,
        min_articles=min_articles,
        article=article or [],
        directed=directed,
        rank=rank,
        evidence="full",
    )
    answer = ask_paths(network, question)
    if as_json:
        print_json(answer)
    else:
        tell_paths(Screen(), network, answer, explain=explain)


def neighbours(
    name: Name,
    *,
    predicate: Relations = None,
    kind: Kinds = None,
    direction: Annotated[
        Literal["out", "in", "both"],
        typer.Option("--direction", help="Links with the concept as subject (out), as object (in), or both."),
    ] = "both",
    depth: Annotated[int, typer.Option("--depth", help="How many links to follow, 1 to 3.")] = 1,
    negated: Annotated[
        Literal["exclude", "include", "only"],
        typer.Option("--negated", help="What articles deny: left out, included, or it alone."),
    ] = "exclude",
    min_certainty: LeastCertainty = Certainty.UNLIKELY,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """List what a concept is linked to, nearest and best believed first, each with its sentence."""
    from api.relations import chosen_relations
    from api.telling import tell_links
    from api.terminal import Screen, print_json
    from api.written import neighbourhood
    from graph.neighbours import find_neighbours
    from graph.stretches import Stretch, cut

    network = open_network(data)
    concept = network.lexicon.get(name)
    relations = chosen_relations(predicate or [], direction)
    found = find_neighbours(
        network,
        concept.id,
        direction=relations.direction,
        predicates=relations.predicates,
        kinds=frozenset(kind or ()),
        depth=depth,
        negated=negated,
        min_certainty=min_certainty,
    )
    if as_json:
        print_json(neighbourhood(concept, cut(found, Stretch()), limit=len(found), offset=0, mode="full"))
    else:
        tell_links(Screen(), concept, found)


def open_network(data: "Data") -> "StoredNetwork":
    """The graph that is published in the data folder."""
    from api.settings import load_settings
    from graph.storednetwork import StoredNetwork

    return StoredNetwork.open(load_settings(data=data).data)

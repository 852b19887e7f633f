"""`differential`, `common`, `conflicts`: what articles say set against each other, each answer with its sentences."""

from typing import Annotated, Literal

import typer

from api.commands.asking import open_network
from api.commands.options import AsJson, Data, Kinds, LeastCertainty
from ontology.terms import Certainty


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.command()(differential)
    app.command()(common)
    app.command()(conflicts)


def differential(
    *,
    present: Annotated[
        list[str], typer.Option("--present", metavar="NAME", help="A finding that is there; repeatable.")
    ],
    absent: Annotated[
        list[str] | None,
        typer.Option("--absent", metavar="NAME", help="One that was looked for and is not there; repeatable."),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=500, help="At most so many conditions.")] = 5,
    min_certainty: LeastCertainty = Certainty.UNLIKELY,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Rank conditions by the findings that articles say they show; it ranks literature, not patients."""
    from api.comparisons import tell_differential
    from api.differential import DifferentialQuestion, ask_differential
    from api.terminal import Screen, print_json

    network = open_network(data)
    question = DifferentialQuestion.model_construct(
        present=present, absent=absent or [], limit=limit, min_certainty=min_certainty, evidence="full"
    )
    answer = ask_differential(network, question)
    if as_json:
        print_json(answer)
    else:
        tell_differential(Screen(), network, answer)


def common(
    names: Annotated[
        list[str],
        typer.Argument(metavar="NAME NAME...", help="Two concepts or more: names in any case, CURIEs or IRIs."),
    ],
    *,
    effects: Annotated[
        bool, typer.Option("--effects", help="What all of them lead to, instead of what leads to all of them.")
    ] = False,
    max_hops: Annotated[int, typer.Option("--max-hops", help="Longest chain, 1 to 4 links.")] = 3,
    kind: Kinds = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=500, help="At most so many.")] = 5,
    min_certainty: LeastCertainty = Certainty.UNLIKELY,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """List the common causes, or effects, of several concepts, with the chain to each, told by its quotes."""
    from api.common import CommonQuestion, ask_common
    from api.comparisons import tell_common
    from api.terminal import Screen, print_json

    question = CommonQuestion.model_construct(
        concept=names,
        side="effects" if effects else "causes",
        max_hops=max_hops,
        kind=kind or [],
        limit=limit,
        min_certainty=min_certainty,
        evidence="full",
    )
    answer = ask_common(open_network(data), question)
    if as_json:
        print_json(answer)
    else:
        tell_common(Screen(), answer)


def conflicts(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Only what is said of this concept: name, CURIE or IRI.")
    ] = None,
    *,
    type: Annotated[
        Literal["polarity", "frequency"] | None,
        typer.Option("--type", help="Affirmed and denied (polarity), or said to hold differently often (frequency)."),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=500, help="At most so many.")] = 20,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """List what articles disagree about, every side with its sentence; which side is right is not said."""
    from api.comparisons import tell_conflicts
    from api.conflicts import ConflictQuestion, ask_conflicts
    from api.terminal import Screen, print_json

    network = open_network(data)
    answer = ask_conflicts(network, ConflictQuestion(concept=name, type=[type] if type else [], limit=limit))
    if as_json:
        print_json(answer)
    else:
        tell_conflicts(Screen(), answer)

"""`conflicts`: questions that set what articles say against each other, each answer with its sentences."""

from typing import Annotated, Literal

import typer

from api.commands.asking import open_network
from api.commands.options import AsJson, Data


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.command()(conflicts)


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

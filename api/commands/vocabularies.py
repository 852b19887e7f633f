"""`vocabulary`: other people's vocabularies in this installation."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from api.commands.options import AsJson
from ontology.terms import Kind

if TYPE_CHECKING:
    from api.terminal import Screen
    from api.vocabularies import Addition

_SHOWN: Final = 5
"""Examples shown of each finding; --json has all."""

_FILES: Final = ".obo, .json (OBO Graphs), .ttl, .rdf, .jsonld or .nt (SKOS)"


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    vocabulary = typer.Typer(
        help="Add, list or remove vocabularies that are recognised beside the curated one.", no_args_is_help=True
    )
    vocabulary.command("add")(add_vocabularies)
    vocabulary.command("list")(list_vocabularies)
    vocabulary.command("remove")(remove_vocabulary)
    app.add_typer(vocabulary, name="vocabulary")


def add_vocabularies(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help=f"Vocabularies: {_FILES}.")],
    *,
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="What to call it; by default the file's name.")
    ] = None,
    kind: Annotated[Kind | None, typer.Option("--kind", help="Kind of the terms whose kind nothing tells.")] = None,
    as_json: AsJson = False,
) -> None:
    """Add vocabularies to the installation and report what clashes.

    Names of the curated vocabulary, of HPO and of ICD-10-CM keep their meaning. Articles that are in a store already
    are read with the new names when they are ingested again.
    """
    from api.progress import Status, progress_bar
    from api.terminal import Screen, print_json
    from api.vocabularies import add, additions_out

    with progress_bar() as show:
        found = add(files, name=name, kind=kind, progress=lambda done, size: show(Status(0, done / size, "vocabulary")))
    if as_json:
        print_json(additions_out(found))
        return
    screen = Screen()
    for addition in found:
        _tell(screen, addition)


def list_vocabularies(*, as_json: AsJson = False) -> None:
    """List the vocabularies that were added, in the order in which their names count."""
    from api.terminal import Screen, print_json
    from api.vocabularies import vocabularies_out

    found = vocabularies_out()
    if as_json:
        print_json(found)
        return
    rows = (
        (item.name, item.concepts, item.names, ", ".join(f"{kind} {number}" for kind, number in item.kinds.items()))
        for item in found.items
    )
    if found.items:
        Screen().table(("name", "concepts", "names", "kinds"), rows, numbers=frozenset({"concepts", "names"}))
    else:
        Screen().line(f"No vocabulary was added; {found.folder} has none.")


def remove_vocabulary(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of a vocabulary; `vocabulary list` has them.")],
) -> None:
    """Remove a vocabulary from the installation; its concepts stay in stores whose claims speak of them."""
    from api.terminal import Screen
    from ontology.installed import remove

    remove(name)
    Screen().line(f"removed {name}")


def _tell(screen: "Screen", addition: "Addition") -> None:
    from api.vocabularies import counted

    vocabulary = addition.vocabulary
    state = "added" if addition.changed else "already there, unchanged"
    known = len(vocabulary.concepts) - addition.gained
    screen.parts((vocabulary.name, "bold"), (f": {state} ({vocabulary.format}, {addition.terms:,} terms)", ""))
    screen.line(
        f"{addition.gained:,} new concepts; {known:,} go into known ones or have no name of their own", indent=2
    )
    for each in addition.imports:
        screen.line(f"import not followed: {each}", indent=2)
    for finding, number in counted(addition.notes):
        examples = [note for note in addition.notes if note.finding is finding][:_SHOWN]
        shown = "; ".join(
            f"“{note.name}” ({note.term}{f' is {note.other}' if note.other else ''})" for note in examples
        )
        more = "; …" if number > len(examples) else ""
        screen.line(f"{number:,} × {finding}: {shown}{more}", indent=2)

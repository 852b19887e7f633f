"""`import`: existing knowledge graphs into the same store."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from api.commands.options import AsJson, Data
from ontology.article import Extraction

Workers = Annotated[
    int | None,
    typer.Option("--workers", min=1, max=64, help="Processes that prepare articles; one for each processor."),
]


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    group = typer.Typer(help="Put existing knowledge graphs into the store, each statement with its source.")
    group.callback()(lambda: None)
    group.command("hpo")(import_hpo)
    group.command("kgx")(import_kgx)
    app.add_typer(group, name="import", no_args_is_help=True)


def import_hpo(*, workers: Workers = None, data: Data = None, as_json: AsJson = False) -> None:
    """Put HPO's annotations into the store: which disease has which sign, how often, and who says so.

    Every reference becomes an article with a sentence for each of its rows, made from the row. What the store already
    has is passed over: after a stop the same command continues.
    """
    from ingest.foreign.hpo import Annotations

    annotations = Annotations.installed()

    def skipped() -> Iterable[str]:
        for reason, number in annotations.skipped.most_common():
            yield f"{number:,} {'row' if number == 1 else 'rows'} made no claim: {reason}"

    _store(annotations.extractions, skipped, workers=workers, data=data, as_json=as_json)


def import_kgx(
    nodes: Annotated[Path, typer.Argument(metavar="NODES", help="Nodes: .tsv or .jsonl, or either with .gz.")],
    edges: Annotated[Path, typer.Argument(metavar="EDGES", help="Edges: .tsv or .jsonl, or either with .gz.")],
    *,
    workers: Workers = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Put a graph in KGX's exchange format into the store: nodes and edges in the words of the Biolink Model.

    What one source says of one subject becomes an article with a sentence for each edge, made from the edge. What has
    no word in Etiograph's model is counted, not guessed. Both files are read whole before anything is stored; after
    a stop the same command continues.
    """
    from ingest.foreign.kgx import Edges

    graph = Edges(nodes, edges)

    def skipped() -> Iterable[str]:
        for reason, number in graph.skipped.most_common():
            yield f"{number:,} made no claim: {reason} (first: {graph.examples[reason]})"

    _store(graph.extractions, skipped, workers=workers, data=data, as_json=as_json)


def _store(
    read: Callable[[], Sequence[Extraction]],
    skipped: Callable[[], Iterable[str]],
    *,
    workers: int | None,
    data: Path | None,
    as_json: bool,
) -> None:
    """Read, store, and tell what came of it and what was not understood."""
    from api.commands.reading import tell_report
    from api.importing import import_extractions
    from api.intake import Stopped
    from api.progress import progress_bar
    from api.settings import load_settings
    from api.terminal import Screen

    folder = load_settings(data=data).data
    screen = Screen(error=True)
    try:
        with progress_bar() as progress:
            report = import_extractions(folder, read(), workers=workers, progress=progress)
    except Stopped as stopped:
        tell_report(stopped.report, as_json=as_json)
        screen.line("etiograph: stopped; what is summed up here is stored, the same command continues")
        raise typer.Exit(130) from None
    tell_report(report, as_json=as_json)
    for line in skipped():
        screen.line(line)
    if report.rejected:
        raise typer.Exit(1)

"""`import`: existing knowledge graphs into the same store."""

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.options import AsJson, Data
from graph.importing.formats import ENDINGS, FORMATS

if TYPE_CHECKING:
    from api.importing import Extractions
    from api.intake import Report
    from api.progress import Progress
    from ingest.foreign.skipped import Skipped

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
    group.command("rdf")(import_rdf)
    app.add_typer(group, name="import", no_args_is_help=True)


def import_hpo(*, workers: Workers = None, data: Data = None, as_json: AsJson = False) -> None:
    """Put HPO's annotations into the store: which disease has which sign, how often, and who says so.

    Every reference becomes an article with a sentence for each of its rows, made from the row. What the store already
    has is passed over: after a stop the same command continues. Rows that made no claim are counted on standard error
    by reason, each with its first example; with --json they are "skipped": reason, number and first.
    """
    from ingest.foreign.hpo import Annotations

    annotations = Annotations.installed()

    def read(_: "Progress") -> "AbstractContextManager[Extractions]":
        return nullcontext(annotations.extractions())

    _store(read, annotations.skipped, workers=workers, data=data, as_json=as_json, ahead=True)


def import_kgx(
    nodes: Annotated[Path, typer.Argument(metavar="NODES", help="Nodes: .tsv or .jsonl, or either with .gz.")],
    edges: Annotated[Path, typer.Argument(metavar="EDGES", help="Edges: .tsv or .jsonl, or either with .gz.")],
    *,
    name: Annotated[
        str | None,
        typer.Option(
            help="What the graph is called in the ids of its articles; by default the name of EDGES without its "
            "ending. Another file under the same name replaces its articles, which only a name given here may do."
        ),
    ] = None,
    workers: Workers = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Put a graph in KGX's exchange format into the store: nodes and edges in the words of the Biolink Model.

    What one source says of one subject becomes an article (of a thousand sentences at most, then another) with a
    sentence for each edge, made from the edge. Its id is NAME~SOURCE~SUBJECT: files of different names add to each
    other, also where they have the same source. After a change of the file give --name to replace what changed;
    articles of subjects that it no longer has stay.

    A node is the curated concept that is mapped exactly to it or to one of its same_as; xref and names count for
    nothing. What has no word in Etiograph's model is counted on standard error by reason, each with its first
    example; with --json that is "skipped": reason, number and first.

    Both files are read whole before anything is stored. A table whose last line has no end is refused, as is any line
    that breaks off and any damaged .gz; a file that was cut just after a line, and is not packed, looks whole. After a
    stop the same command continues.
    """
    from api.progress import Status
    from ingest.foreign.kgx import Edges

    graph = Edges(nodes, edges, name=name or "")

    def read(progress: "Progress") -> "AbstractContextManager[Extractions]":
        size, done = max(graph.size, 1), 0

        def advance(number: int) -> None:
            nonlocal done
            done += number
            progress(Status(0, done / size, "checking"))

        return graph.read(advance=advance)

    _store(read, graph.skipped, workers=workers, data=data, as_json=as_json, replace=name is not None)


def import_rdf(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help=f"{', '.join(ENDINGS)}, or any of them with .gz.")
    ],
    *,
    graph: Annotated[
        str | None,
        typer.Option(
            "--graph",
            metavar="IRI",
            help="Where triples go that are in no named graph; `default` for the default graph, where the claims are.",
        ),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Have the files in place of what the graphs held, not beside it.")
    ] = False,
    format: Annotated[
        str | None, typer.Option("--format", metavar="NAME", help=f"Whatever the names say: {', '.join(FORMATS)}.")
    ] = None,
    base: Annotated[
        str | None,
        typer.Option("--base", metavar="IRI", help="What relative IRIs are relative to; by default the graph's IRI."),
    ] = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Put RDF files into the store, all of them or none, to be queried beside the claims.

    Named graphs of a file stay what they are. Other triples of N-Quads and TriG go into the default graph, those of
    the other formats into a named graph of the file's own, which importing the file again makes anew. What would leave
    ontology, vocabulary or claims in the default graph inconsistent is refused, as in a SPARQL update. Nothing that a
    file mentions is fetched.
    """
    from api.progress import progress_bar
    from api.rdfimport import RdfStopped, import_sources, rdf_out, tell_rdf
    from api.settings import load_settings
    from api.terminal import Screen, print_json
    from graph.importing.sources import source

    default = graph == "default"
    named = None if default else graph
    sources = [source(path, format=format, graph=named, default=default, base=base) for path in files]
    settings = load_settings(data=data)
    try:
        with progress_bar() as progress:
            found = import_sources(
                settings.data, sources, replace=replace, memory=settings.write_memory, progress=progress
            )
    except RdfStopped as stopped:
        Screen(error=True).line(f"etiograph: {stopped}")
        raise typer.Exit(130) from None
    if as_json:
        print_json(rdf_out(found))
    else:
        tell_rdf(Screen(), found)


def _store(
    read: "Callable[[Progress], AbstractContextManager[Extractions]]",
    skipped: "Skipped",
    *,
    workers: int | None,
    data: Path | None,
    as_json: bool,
    replace: bool = True,
    ahead: bool = False,
) -> None:
    """Read, store, and tell what came of it and what was not understood; processes are begun `ahead` of the reading."""
    from api.importing import import_extractions, preparing
    from api.ingesting import processors
    from api.intake import Stopped
    from api.progress import progress_bar
    from api.settings import load_settings
    from api.terminal import Screen

    folder = load_settings(data=data).data
    screen = Screen(error=True)
    with ExitStack() as stack:
        try:
            processes = (workers or processors()) if ahead else 1
            pool = stack.enter_context(preparing(processes)) if processes > 1 else None
            with progress_bar() as progress:
                extractions = stack.enter_context(read(progress))
        except KeyboardInterrupt:
            screen.line("etiograph: stopped before anything was stored")
            raise typer.Exit(130) from None
        try:
            with progress_bar() as progress:
                report = import_extractions(
                    folder, extractions, workers=workers, progress=progress, replace=replace, pool=pool
                )
        except Stopped as stopped:
            _tell(stopped.report, skipped, as_json=as_json)
            screen.line("etiograph: stopped; what is summed up here is stored, the same command continues")
            raise typer.Exit(130) from None
    _tell(report, skipped, as_json=as_json)
    if report.rejected:
        raise typer.Exit(1)


def _tell(report: "Report", skipped: "Skipped", *, as_json: bool) -> None:
    from api.commands.reading import say_rejected, tell_report
    from api.reports import import_out
    from api.terminal import Screen, print_json

    if as_json:
        say_rejected(report.rejected)
        print_json(import_out(report, skipped))
    else:
        tell_report(report, as_json=False)
    screen = Screen(error=True)
    for skip in skipped:
        screen.line(f"{skip.number:,} made no claim: {skip.reason} (first: {skip.first})")

"""`export`: the graph, or a part of it, as a file for other programs."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import typer

from api.commands.options import Data, Kinds, Relations
from ontology.terms import Certainty, Kind

Tell = Callable[[int, int], None]

_LINE_EVERY: Final = 10.0
FORMATS: Final = (
    "turtle, trig, nquads, jsonld, rdfxml, graphml, gexf, cytoscape, cx2, nodelink, dot, mermaid, neo4j, cypher, "
    "kgx-tsv, kgx-jsonl, csv, tsv, parquet, obsidian"
)
"""Named here too, for `--help` need not import what writes them; a test compares."""


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command()(export)


def export(
    *,
    format: Annotated[
        str | None,
        typer.Option("--format", metavar="FORMAT", help=f"One of: {FORMATS}. If not given, the ending of FILE tells."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE", dir_okay=False, help="File to write; standard output if not given or -."
        ),
    ] = None,
    concept: Annotated[
        list[str] | None,
        typer.Option("--concept", metavar="NAME", help="Only what is around this concept; repeatable."),
    ] = None,
    depth: Annotated[int | None, typer.Option("--depth", help="How many links around it, 0 to 3. [default: 1]")] = None,
    direction: Annotated[
        Literal["out", "in", "both"] | None,
        typer.Option("--direction", help="Links with it as subject (out), as object (in), or both. [default: both]"),
    ] = None,
    predicate: Relations = None,
    kind: Kinds = None,
    negated: Annotated[
        Literal["exclude", "include", "only"] | None,
        typer.Option(
            "--negated", help="What articles deny: left out, included as edges, or it alone. [default: exclude]"
        ),
    ] = None,
    min_certainty: Annotated[
        Certainty | None,
        typer.Option("--min-certainty", help="Only claims whose surest statement is at least so sure."),
    ] = None,
    min_articles: Annotated[
        int | None, typer.Option("--min-articles", help="Only claims stated by at least so many articles.")
    ] = None,
    article: Annotated[
        list[str] | None,
        typer.Option("--article", metavar="ID", help="Count only what this article states; repeatable."),
    ] = None,
    claim: Annotated[
        list[str] | None,
        typer.Option("--claim", metavar="ID", help="Only this claim, affirmed or denied; repeatable."),
    ] = None,
    source: Annotated[
        str | None, typer.Option("--source", metavar="A", help="Only the chains from this concept to --target.")
    ] = None,
    target: Annotated[str | None, typer.Option("--target", metavar="B", help="Where the chains end.")] = None,
    max_hops: Annotated[
        int | None, typer.Option("--max-hops", help="Longest chain, 1 to 8 links. [default: 8]")
    ] = None,
    k: Annotated[int | None, typer.Option("--k", help="At most so many chains, 1 to 50. [default: 10]")] = None,
    via: Annotated[list[str] | None, typer.Option("--via", help="A concept the chains pass; repeatable.")] = None,
    via_kind: Annotated[
        list[Kind] | None, typer.Option("--via-kind", help="A kind they pass a concept of; repeatable.")
    ] = None,
    avoid: Annotated[
        list[str] | None, typer.Option("--avoid", help="A concept they must not touch; repeatable.")
    ] = None,
    directed: Annotated[
        bool | None,
        typer.Option(
            "--directed/--undirected",
            help="Walk claims from subject to object only, or both ways. [default: directed]",
            show_default=False,
        ),
    ] = None,
    rank: Annotated[
        Literal["explanation", "length", "belief", "specificity"] | None,
        typer.Option("--rank", help="What makes a chain better. [default: explanation]"),
    ] = None,
    data: Data = None,
) -> None:
    """Write the graph or a part of it, in a format for other programs.

    A part is what is around some concepts (with --depth 0 they alone), the chains between two, what some articles
    state, or some claims. Of the filters --predicate, --min-certainty and --min-articles go with --concept and with
    --source; --max-hops, --k, --via, --via-kind, --avoid, --undirected and --rank with --source alone; the others with
    --concept. With --article alone go
    --negated, --min-certainty and --min-articles, with --claim only --article, for the whole only --negated. The file
    appears when it is complete.
    """
    from api.exportparts import find_selection
    from api.exportquestions import ExportQuestion
    from api.settings import load_settings
    from graph.export.formats import export as write_export
    from graph.export.formats import find_format, get_format
    from graph.storednetwork import StoredNetwork

    chosen = find_format(output.name) if format is None and output is not None else get_format(format or "")
    if chosen is None:
        asked = format or ("-" if output is None else output.name)
        expected = f"expected one of {FORMATS}, or a FILE whose ending tells"
        raise typer.BadParameter(f"{asked!r}: {expected}", param_hint="--format")
    given: dict[str, Any] = {
        "concept": concept, "depth": depth, "direction": direction, "predicate": predicate, "kind": kind,
        "negated": negated, "min_certainty": min_certainty, "min_articles": min_articles, "article": article,
        "claim": claim, "source": source, "target": target, "max_hops": max_hops, "k": k, "via": via,
        "via_kind": via_kind, "avoid": avoid, "directed": directed, "rank": rank,
    }  # fmt: skip
    question = ExportQuestion.model_construct(**{name: value for name, value in given.items() if value is not None})
    network = StoredNetwork.open(load_settings(data=data).data)
    selection = find_selection(network, question)
    if selection is not None and selection.truncated:
        sys.stderr.write("etiograph: more belongs to this part than is looked for; the export has what was found\n")
    with _ended_in_order(), _outlet(output) as write, _progress() as tell:
        write_export(network, chosen, write, selection=selection, negated=question.negated, watch=tell)


@contextmanager
def _ended_in_order() -> Iterator[None]:
    """Whoever asks this process to end has it remove what is not complete first."""

    def end(number: int, _: object) -> None:
        raise SystemExit(128 + number)

    former = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, former)


@contextmanager
def _outlet(file: Path | None) -> Iterator[Callable[[bytes], object]]:
    """What takes the bytes: standard output, or a file that has its name once it is complete."""
    if file is None or str(file) == "-":
        yield sys.stdout.buffer.write
        sys.stdout.buffer.flush()
        return
    new = file.with_name(f".{file.name}.{os.getpid()}.new")
    try:
        with new.open("wb") as made:
            yield made.write
        new.replace(file)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(file)) from error
    finally:
        with suppress(OSError):
            new.unlink(missing_ok=True)


@contextmanager
def _progress() -> Iterator[Tell]:
    """Shows how many edges are done: a bar on a terminal, else a line now and then."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn("edges"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    told = time.monotonic()
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("edges", total=None)

        def tell(done: int, of: int) -> None:
            nonlocal told
            if done % 256 == 0:
                bar.update(task, completed=done, total=of)
                if not console.is_terminal and time.monotonic() - told >= _LINE_EVERY:
                    told = time.monotonic()
                    sys.stderr.write(f"etiograph: {done:,} of {of:,} edges\n")
                    sys.stderr.flush()

        yield tell

"""`import`: existing knowledge graphs into the same store."""

from typing import Annotated

import typer

from api.commands.options import AsJson, Data


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    group = typer.Typer(help="Put existing knowledge graphs into the store, each statement with its source.")
    group.callback()(lambda: None)
    group.command("hpo")(import_hpo)
    app.add_typer(group, name="import", no_args_is_help=True)


def import_hpo(
    *,
    workers: Annotated[
        int | None,
        typer.Option("--workers", min=1, max=64, help="Processes that prepare articles; one for each processor."),
    ] = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Put HPO's annotations into the store: which disease has which sign, how often, and who says so.

    Every reference becomes an article with a sentence for each of its rows, made from the row. What the store already
    has is passed over: after a stop the same command continues.
    """
    from api.commands.reading import tell_report
    from api.importing import import_extractions
    from api.intake import Stopped
    from api.progress import progress_bar
    from api.settings import load_settings
    from api.terminal import Screen
    from ingest.foreign.hpo import Annotations

    folder = load_settings(data=data).data
    annotations = Annotations.installed()
    screen = Screen(error=True)
    try:
        with progress_bar() as progress:
            extractions = annotations.extractions()
            report = import_extractions(folder, extractions, workers=workers, progress=progress)
    except Stopped as stopped:
        tell_report(stopped.report, as_json=as_json)
        screen.line("etiograph: stopped; what is summed up here is stored, the same command continues")
        raise typer.Exit(130) from None
    tell_report(report, as_json=as_json)
    for reason, number in annotations.skipped.most_common():
        screen.line(f"{number:,} {'row' if number == 1 else 'rows'} made no claim: {reason}")
    if report.rejected:
        raise typer.Exit(1)

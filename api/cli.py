"""The `etiograph` command.

Exit code 0 means done, 1 that something could not be done (one line on standard error says what and what would
help), 2 that the command was not understood.
"""

from typing import Annotated, Any, Final

import typer
from typer.core import TyperGroup

from api.commands import (
    asking,
    comparing,
    exporting,
    importing,
    keeping,
    querying,
    reading,
    serving,
    tokens,
    vocabularies,
)
from api.version import VERSION
from ontology.errors import EtiographError

HELP: Final = "Turns health articles into a knowledge graph that can be questioned; every answer shows its sentence."


class Commands(TyperGroup):
    """The group of all commands; an error of ours or of the file system is one line on standard error, exit code 1."""

    def invoke(self, ctx: Any) -> Any:
        """What the command returns."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise
        except OSError as error:
            _say(f"{error.filename}: {error.strerror}" if error.filename else str(error))
            raise typer.Exit(1) from error
        except EtiographError as error:
            _say(str(error))
            raise typer.Exit(1) from error


def command_line() -> typer.Typer:
    """All commands with their help."""
    app = typer.Typer(
        name="etiograph",
        cls=Commands,
        help=HELP,
        epilog="Reports what articles say; not medical advice.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(help=HELP)(_options)
    for module in (serving, reading, importing, asking, comparing, querying, exporting, keeping, tokens, vocabularies):
        module.register(app)
    return app


def _say(problem: str) -> None:
    from api.terminal import Screen

    Screen(error=True).parts(("etiograph: ", "bold red"), (problem, ""))


def _tell_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"etiograph {VERSION}")
        raise typer.Exit


def _options(
    *,
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and stop.", is_eager=True, callback=_tell_version)
    ] = False,
) -> None:
    """Take the options that stand before a command."""


def main() -> None:
    """Run the command line."""
    command_line()(prog_name="etiograph")

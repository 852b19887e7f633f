"""The `etiograph` command.

Exit code 0 means done, 1 that something could not be done (one line on standard error says what and what would
help), 2 that the command was not understood.
"""

from typing import Any

import typer
from typer.core import TyperGroup

from api.commands import asking, keeping, querying, reading, serving
from api.terminal import Screen
from ontology.errors import EtiographError


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
        help="Turns health articles into a knowledge graph that can be questioned; every answer shows its sentence.",
        epilog="Reports what articles say; not medical advice.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_version)
    for module in (serving, reading, asking, querying, keeping):
        module.register(app)
    return app


def _say(problem: str) -> None:
    Screen(error=True).parts(("etiograph: ", "bold red"), (problem, ""))


def _version(
    version: bool = typer.Option(False, "--version", help="Print the version and stop.", is_eager=True),  # noqa: FBT003
) -> None:
    if version:
        from importlib.metadata import version as installed

        typer.echo(f"etiograph {installed('etiograph')}")
        raise typer.Exit


def main() -> None:
    """Run the command line."""
    command_line()()

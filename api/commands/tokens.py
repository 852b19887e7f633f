"""`token`: who may write over HTTP."""

from typing import Annotated

import typer

from api.commands.options import AsJson, Data
from api.scopes import Scope

TokenName = Annotated[str, typer.Argument(metavar="NAME", help="What the token is called, such as its user's name.")]


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    tokens = typer.Typer(help="Create, list or revoke the tokens that writing over HTTP needs.", no_args_is_help=True)
    tokens.command("create")(create_token)
    tokens.command("list")(list_tokens)
    tokens.command("revoke")(revoke_token)
    app.add_typer(tokens, name="token")


def create_token(
    name: TokenName,
    *,
    scope: Annotated[
        Scope,
        typer.Option(
            "--scope",
            help="What it allows: update (SPARQL updates and the graph store), ingest (articles), admin (both).",
        ),
    ],
    data: Data = None,
) -> None:
    """Create a token and print it as the last line; it is shown this once and only its hash is kept.

    A running server takes it at once. Send it as `Authorization: Bearer TOKEN`, or as the password of any user.
    """
    from api.settings import load_settings
    from api.terminal import Screen
    from api.tokens import Tokens

    token = Tokens(load_settings(data=data).data).create(name, scope)
    Screen().line(f"token {name} for {scope}; it is not shown again")
    typer.echo(token)


def list_tokens(*, data: Data = None, as_json: AsJson = False) -> None:
    """List the tokens by name, with what they allow and since when; never the tokens themselves."""
    from api.models import Page
    from api.settings import load_settings
    from api.terminal import Screen, print_json
    from api.tokens import TokenOut, Tokens

    known = Tokens(load_settings(data=data).data).all()
    if as_json:
        items = tuple(TokenOut(name=token.name, scope=token.scope, created=token.created) for token in known)
        print_json(Page[TokenOut](limit=len(items), offset=0, total=len(items), items=items))
    else:
        rows = ((token.name, token.scope, token.created) for token in known)
        Screen().table(("name", "scope", "created"), rows, numbers=frozenset())


def revoke_token(name: TokenName, *, data: Data = None) -> None:
    """Revoke a token; a running server refuses it at once."""
    from api.settings import load_settings
    from api.terminal import Screen
    from api.tokens import Tokens

    Tokens(load_settings(data=data).data).revoke(name)
    Screen().line(f"revoked {name}")

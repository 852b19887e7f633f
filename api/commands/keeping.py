"""`check`, `stats` and `articles`: what is in the store, and whether it is sound."""

from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.asking import open_network
from api.commands.options import AsJson, Data

if TYPE_CHECKING:
    from api.models import Stats

ArticleId = Annotated[str, typer.Argument(metavar="ID", help="Id of an article; `articles list` has them.")]


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.command()(check)
    app.command()(stats)
    articles = typer.Typer(help="List, show or remove articles.", no_args_is_help=True)
    articles.command("list")(list_articles)
    articles.command("show")(show_article)
    articles.command("remove")(remove_article)
    app.add_typer(articles, name="articles")


def check(*, data: Data = None, as_json: AsJson = False) -> None:
    """Check shapes, quotes, links and recomputed figures of the store; exit code 1 on any violation."""
    from api.checking import check as find
    from api.settings import load_settings
    from api.terminal import Screen, print_json
    from graph.store import Snapshot

    with Snapshot.open(load_settings(data=data).data) as snapshot:
        found = find(snapshot)
    if as_json:
        print_json(found)
    else:
        screen = Screen()
        for row in found.violations:
            screen.line(row)
        looked = f"{found.articles} articles, {found.claims} claims, {found.evidence} sentences"
        screen.line(f"{looked}: {len(found.violations) or 'no'} violations")
    if found.violations:
        raise typer.Exit(1)


def stats(*, data: Data = None, as_json: AsJson = False) -> None:
    """Show how much the store holds."""
    from api.about import count
    from api.terminal import Screen, print_json

    found = count(open_network(data))
    if as_json:
        print_json(found)
    else:
        Screen().table(("what", "number"), _figures(found), numbers=frozenset({"number"}))


def list_articles(*, data: Data = None, as_json: AsJson = False) -> None:
    """List the articles in the store by id."""
    from api.models import ArticleOut, Page
    from api.terminal import Screen, print_json
    from api.wire import article_out

    network = open_network(data)
    items = tuple(article_out(article, len(network.stated_in(key))) for key, article in network.articles.items())
    if as_json:
        print_json(Page[ArticleOut](limit=len(items), offset=0, total=len(items), items=items))
    else:
        rows = ((item.id, item.claims, item.characters, item.title) for item in items)
        Screen().table(("id", "claims", "characters", "title"), rows, numbers=frozenset({"claims", "characters"}))


def show_article(id: ArticleId, *, data: Data = None, as_json: AsJson = False) -> None:
    """Show an article: where it is from, its text and what is read from it."""
    from api.articles import claims_of, get_article
    from api.telling import tell_article
    from api.terminal import Screen, print_json
    from api.wire import article_text

    network = open_network(data)
    article = get_article(network, id)
    claims = claims_of(network, article)
    if as_json:
        print_json(article_text(article, len(claims)))
    else:
        tell_article(Screen(), network, article, claims)


def remove_article(id: ArticleId, *, data: Data = None) -> None:
    """Remove an article; the store is then as if it had never been read."""
    from api.pipeline import remove
    from api.settings import load_settings
    from api.terminal import Screen

    remove(load_settings(data=data).data, id)
    Screen().line(f"removed {id}")


def _figures(found: "Stats") -> list[tuple[str, object]]:
    rows: list[tuple[str, object]] = [
        ("articles", found.articles),
        ("concepts", found.concepts),
        ("concepts in no vocabulary", found.provisional_concepts),
        ("claims", found.claims),
        ("claims denied", found.denied_claims),
        ("sentences behind them", found.evidence),
    ]
    rows += [(f"claims {name}", number) for name, number in found.claims_by_predicate.items()]
    rows += [(f"claims that are {name}", number) for name, number in found.claims_by_certainty.items()]
    rows += [(f"concepts of kind {name}", number) for name, number in found.concepts_by_kind.items()]
    return rows

"""`ingest`, `extract` and `evaluate`: from articles to claims."""

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from api.commands.options import AsJson, Data, OptionalTexts, Texts
from ontology.errors import EtiographError, NothingToRead, UnreadableArticle

if TYPE_CHECKING:
    from api.ingesting import Report


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.command()(ingest)
    app.command()(extract)
    app.command()(evaluate)


def ingest(
    paths: Texts,
    *,
    workers: Annotated[
        int | None,
        typer.Option("--workers", min=1, max=64, help="Processes that read articles; one for each processor."),
    ] = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Read articles into the store. What cannot be read is reported and skipped, and the exit code is 1.

    What the store already has is passed over: after a stop the same command continues.
    """
    from api.ingesting import Stopped, ingest_paths
    from api.progress import progress_bar
    from api.settings import load_settings
    from api.terminal import Screen

    folder = load_settings(data=data).data
    try:
        with progress_bar() as progress:
            report = ingest_paths(folder, paths, workers=workers, progress=progress)
    except Stopped as stopped:
        tell_report(stopped.report, as_json=as_json)
        Screen(error=True).line("etiograph: stopped; what is summed up here is stored, the same command continues")
        raise typer.Exit(130) from None
    tell_report(report, as_json=as_json)
    if report.rejected:
        raise typer.Exit(1)


def extract(
    paths: OptionalTexts = None,
    *,
    format: Annotated[
        Literal["jsonl", "table"], typer.Option("--format", help="One claim a line as JSON, or a table for reading.")
    ] = "jsonl",
    explain: Annotated[
        bool, typer.Option("--explain", help="Print how each sentence was read, and why what was not read was not.")
    ] = False,
    text: Annotated[
        str | None, typer.Option("--text", metavar="TEXT", help="With --explain: sentences to read, instead of files.")
    ] = None,
    sentence: Annotated[
        int | None,
        typer.Option("--sentence", metavar="N", min=1, help="With --explain: only the Nth sentence or list item."),
    ] = None,
    grep: Annotated[
        str | None,
        typer.Option("--grep", metavar="TEXT", help="With --explain: only sentences with this in them, in any case."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="With --explain: print JSON instead of text.")] = False,
) -> None:
    """Print the claims of articles, without a store, in the order of the texts."""
    if not explain and (text, sentence, grep, as_json) != (None, None, None, False):
        raise typer.BadParameter("--text, --sentence, --grep and --json go with --explain")
    if not paths and text is None:
        raise typer.BadParameter("Missing argument 'PATH...'.")
    if explain:
        _explain(paths or [], text=text, sentence=sentence, grep=grep, as_json=as_json)
        return
    from api.lines import claim_lines
    from api.pipeline import concepts_of, merged, read
    from api.progress import progress_bar
    from api.terminal import Screen, print_bytes

    with progress_bar() as progress:
        found = read(paths or (), progress=progress)
    lines = claim_lines(merged(found.extractions), concepts_of(found.extractions))
    if format == "jsonl":
        print_bytes(line.encode() + b"\n" for line in lines)
    else:
        rows = (
            (
                line.subject.label,
                ("not " if line.negated else "") + line.predicate,
                line.object.label,
                line.certainty,
                line.evidence[0].article,
                line.evidence[0].quote,
            )
            for line in lines
        )
        Screen().table(("subject", "relation", "object", "certainty", "article", "sentence"), rows, numbers=frozenset())
    say_rejected(found.rejected)
    if found.rejected:
        raise typer.Exit(1)


def _explain(paths: list[str], *, text: str | None, sentence: int | None, grep: str | None, as_json: bool) -> None:
    """Print how the sentences asked for were read, one article at a time."""
    from api.explaining import tell_explanations
    from api.explanations import explanations_out
    from api.terminal import Screen, print_json
    from ingest.article import parse_article, read_articles
    from ingest.explanation import Explanation, explain
    from ontology.article import Article

    rejected: list[UnreadableArticle] = []
    found = 0

    def explained() -> Iterator[tuple[Article, Explanation]]:
        nonlocal found
        given = () if text is None else (parse_article(text, id="text", format="text"),)
        for article in chain(given, read_articles(paths)):
            if not isinstance(article, Article):
                rejected.append(article)
                continue
            for each in explain(article):
                quote = article.text[each.start : each.end]
                wanted = grep is None or grep.casefold() in f"{each.unit.text}\n{quote}".casefold()
                if wanted and sentence in (None, each.number):
                    found += 1
                    yield article, each

    if as_json:
        print_json(explanations_out(explained()))
    else:
        tell_explanations(Screen(), explained())
    say_rejected(rejected)
    if not found and not rejected:
        asked = f"a sentence {sentence}" if sentence else "a sentence"
        asked += f" with {grep!r} in it" if grep is not None else ""
        raise NothingToRead(" ".join(paths) or "--text", f"{asked} was asked for, and none is read there")
    if rejected:
        raise typer.Exit(1)


def evaluate(
    paths: Texts,
    *,
    gold: Annotated[Path, typer.Option("--gold", metavar="FILE", help="Gold claims, JSON lines.", dir_okay=False)],
    misses: Annotated[bool, typer.Option("--misses", help="List the gold claims that were not found.")] = False,
    extras: Annotated[bool, typer.Option("--extras", help="List the claims that no gold claim matches.")] = False,
    sheet: Annotated[
        Path | None,
        typer.Option("--sheet", metavar="FILE", help="Write a verdict for every statement there, to measure weights."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Compare the claims of articles with gold claims: recall, precision and F1, in all and per relation.

    The second table holds claimed belief against measured precision; it means something where the gold is complete.
    """
    from api.evaluation import score
    from api.gold import read_claims, read_gold
    from api.lines import claim_lines
    from api.pipeline import concepts_of, merged, read
    from api.progress import progress_bar
    from api.reports import evaluation_out
    from api.reports import sheet as judged_sheet
    from api.telling import tell_evaluation
    from api.terminal import Screen, print_json

    try:
        with gold.open(encoding="utf-8") as lines:
            wanted = read_gold(lines)
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableArticle(str(gold), getattr(error, "strerror", None) or "not UTF-8 text") from error
    with progress_bar() as progress:
        found = read(paths, progress=progress)
    rows = claim_lines(merged(found.extractions), concepts_of(found.extractions))
    evaluation = score(wanted, read_claims(row.model_dump(mode="json") for row in rows))
    unread = sorted({claim.article for claim in wanted} - {extraction.article.id for extraction in found.extractions})
    if unread:
        Screen(error=True).line(f"etiograph: not among the articles read, counted as missed: {', '.join(unread)}")
    if sheet is not None:
        sheet.write_text(judged_sheet(evaluation), encoding="utf-8")
    if as_json:
        print_json(evaluation_out(evaluation, misses=misses, extras=extras))
    else:
        tell_evaluation(Screen(), evaluation, misses=misses, extras=extras)
    say_rejected(found.rejected)
    if found.rejected:
        raise typer.Exit(1)


def tell_report(report: "Report", *, as_json: bool) -> None:
    """What was rejected, on standard error, then the summary."""
    from api.reports import report_out
    from api.terminal import Screen, print_json

    say_rejected(report.rejected)
    if as_json:
        print_json(report_out(report))
        return
    figures = {
        "articles": report.articles,
        "sentences": report.sentences,
        "claims": report.claims,
        "new concepts": report.new_concepts,
        "rejected": len(report.rejected),
        "unchanged": report.unchanged,
    }
    Screen().table(tuple(figures), [tuple(figures.values())], numbers=frozenset(figures))


def say_rejected(rejected: Iterable[EtiographError]) -> None:
    """One line on standard error for each."""
    from api.terminal import Screen

    screen = Screen(error=True)
    for error in rejected:
        screen.parts(("etiograph: ", "bold red"), (str(error), ""))

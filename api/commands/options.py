"""Options that several commands share, each described once."""

from pathlib import Path
from typing import Annotated, Final

import typer

from ontology.terms import Certainty, Kind, Predicate

Data = Annotated[
    Path | None,
    typer.Option(
        "--data",
        metavar="DIR",
        help="Folder of the store. [env var: ETIOGRAPH_DATA; default: .etiograph]",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
Name = Annotated[str, typer.Argument(metavar="NAME", help="A concept: name in any case, CURIE or IRI.")]
_ARTICLES: Final = (
    "Articles: files (.txt, .md, .html, .xml of journals), corpora (.jsonl, .jsonl.gz), folders, "
    "http(s) addresses, or - for standard input."
)
Texts = Annotated[list[str], typer.Argument(metavar="PATH...", help=_ARTICLES)]
OptionalTexts = Annotated[list[str] | None, typer.Argument(metavar="PATH...", help=_ARTICLES)]
Kinds = Annotated[list[Kind] | None, typer.Option("--kind", help="Only concepts of this kind; repeatable.")]
Relations = Annotated[
    list[str] | None,
    typer.Option(
        "--predicate",
        metavar="RELATION",
        help=f"Only this relation or its inverse; repeatable. One of: {', '.join(Predicate)}.",
    ),
]
LeastCertainty = Annotated[
    Certainty, typer.Option("--min-certainty", help="Only claims whose surest statement is at least so sure.")
]

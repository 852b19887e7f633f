"""A graph with a crowd in it: one condition with many symptoms, some of them named to do harm, in a store on disk."""

from pathlib import Path
from typing import Final

from toystore import stored

from ontology.article import Article, Source
from ontology.claim import Claim, Concept, Evidence
from ontology.terms import Kind, Predicate

HUB: Final = "etio:crowd"
HOSTILE: Final = '<img src=x onerror="alert(1)"><b>bold</b>'
SENTENCE: Final = f"A crowd shows {HOSTILE} & more."
_TEXT: Final = "A crowd shows many a thing."


def store_crowd(folder: Path, *, leaves: int) -> None:
    """Put the hub, so many leaves and what one article says of them into a data folder."""
    text = f"{SENTENCE}\n{_TEXT}\n"
    article = Article(id="crowds", title=f"Of crowds {HOSTILE}", text=text, format="text", source=Source())
    hub = Concept(HUB, "crowd", (Kind.CONDITION,))
    names = [HOSTILE, *(f"thing {number}" for number in range(1, leaves))]
    things = [Concept(f"etio:thing-{number}", name, (Kind.SYMPTOM,)) for number, name in enumerate(names)]
    claims = [_claim(thing, SENTENCE if thing.label == HOSTILE else _TEXT, text) for thing in things]
    stored(folder, [hub, *things], claims, [article])


def _claim(thing: Concept, quote: str, text: str) -> Claim:
    start = text.index(quote)
    evidence = Evidence(
        article="crowds",
        quote=quote,
        start=start,
        end=start + len(quote),
        rule="toy",
        extractor="toy 1",
        subject_mention="crowd",
        object_mention="thing",
        subject_kind=Kind.CONDITION,
        object_kind=Kind.SYMPTOM,
    )
    return Claim(HUB, Predicate.HAS_SYMPTOM, thing.id, negated=False, evidence=(evidence,))

"""A graph of everything that breaks files: what its concepts are called, what is quoted, and how it is linked."""

from pathlib import Path

from toystore import stored

from graph.storednetwork import StoredNetwork
from ontology.article import Article, Source
from ontology.claim import Claim, Concept, Evidence, Mapping, Name
from ontology.terms import Certainty, Kind, MappingRelation, NameType, Predicate

LABELS = (
    'say "hi": a|b; c, d',
    "two\nlines\tand a tab",
    "emoji 😀 – Ünï \u200d 漢字",
    "None",
    "null",
    "nan",
    "long " + "x" * 10_000,
    "<b>bold</b> & <script>alert(1)</script> &amp;",
    "=1+1",
    "007",
    "end",
    "back\\slash \\N ends with \\",
    "`code` [[x|y]] #quot; #35; %%{init}%% {a}",
    "it's 'single' -- > --x",
    "  spaces around  ",
    "TRUE",
    "control \x00\x0b\x7f characters",
    "End",
    "../../etc/passwd",
    "1.5",
)
IDS = ("etio:end", "etio:a!b", "etio:a", "etiop:x_(y)", "HP:0000001", *(f"etio:n-{number}" for number in range(15)))

CONCEPTS = tuple(
    Concept(
        id,
        label,
        (Kind.MECHANISM, Kind.CONDITION) if number % 3 else (Kind.SYMPTOM,),
        (Name(f"other|name {number}", NameType.LAY), Name(label[:50] + " too")) if number % 2 else (),
        (Mapping(MappingRelation.EXACT, "UMLS:C0000001"), Mapping(MappingRelation.CLOSE, "MESH:D000001"))
        if number % 4 == 1
        else (),
        f'A "definition" of <{number}>:\nwith a second line.' if number % 5 == 0 else None,
        provisional=id.startswith("etiop:"),
    )
    for number, (id, label) in enumerate(zip(IDS, LABELS, strict=True))
)

ARTICLES = tuple(
    Article(
        id=id,
        title=f"About {id}",
        text="".join(f"{label} is said to be so, {number}.\n" for number, label in enumerate(LABELS)),
        format="text",
        source=Source(title="=cmd|' /C calc'!A0"),
    )
    for id in ("first", "slash/colon: a|b", "None")
)


def _said(article: Article, number: int, certainty: Certainty, frequency: str | None) -> Evidence:
    label = LABELS[number % len(LABELS)]
    start = article.text.index(f"{label} is said")
    return Evidence(
        article=article.id,
        quote=article.text[start : start + len(label) + 8],
        start=start,
        end=start + len(label) + 8,
        rule="toy",
        extractor="toy 1",
        subject_mention=label[:4] or "x",
        object_mention="so",
        subject_kind=Kind.CONDITION,
        object_kind=Kind.SYMPTOM,
        certainty=certainty,
        frequency=frequency,
    )


def _claim(number: int, subject: str, predicate: Predicate, object: str, *, negated: bool = False) -> Claim:
    certainty = tuple(Certainty)[number % 3]
    rows = [_said(ARTICLES[number % 3], number, certainty, 'often; "very"' if number % 4 == 0 else None)]
    if number % 5 == 0:
        rows.append(_said(ARTICLES[(number + 1) % 3], number + 1, Certainty.POSSIBLE, None))
    evidence = tuple(sorted(rows, key=lambda row: (row.article, row.start)))
    return Claim(subject, predicate, object, negated, evidence)


CLAIMS = (
    *(_claim(number, IDS[number], Predicate.CAUSES, IDS[number + 1]) for number in range(len(IDS) - 1)),
    _claim(30, IDS[0], Predicate.HAS_SYMPTOM, IDS[1]),  # beside another link of the same two
    _claim(31, IDS[1], Predicate.CAUSES, IDS[0]),
    _claim(32, IDS[2], Predicate.ASSOCIATED_WITH, IDS[2]),  # a loop
    _claim(33, IDS[0], Predicate.CAUSES, IDS[1], negated=True),
)
DENIED = CLAIMS[-1]


def nasty(folder: Path) -> StoredNetwork:
    """The graph in a real store, with a concept more that nothing is said of."""
    lonely = Concept("etio:lonely", "lonely", (Kind.SYMPTOM,))
    return stored(folder, (*CONCEPTS, lonely), CLAIMS, ARTICLES)

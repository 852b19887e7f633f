"""The questions of `sparql-queries.yaml`, and whether two answers to one say the same."""

import json
import re
from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Final

import yaml
from pyoxigraph import RdfFormat, parse

from ontology.terms import PREFIXES

QUERIES: Final = Path(__file__).with_name("sparql-queries.yaml")
ROWS: Final = "application/sparql-results+json"
TRIPLES: Final = "text/turtle"
_PLACES: Final = 6
_XSD: Final = PREFIXES["xsd"]


@dataclass(frozen=True, slots=True)
class Question:
    """One query, complete with its prefixes; `compare` is None where every column must be equal everywhere."""

    name: str
    about: str
    group: str
    text: str
    compare: tuple[str, ...] | None

    @property
    def accept(self) -> str:
        """The media type that is asked for."""
        return TRIPLES if re.search(r"^CONSTRUCT", self.text, re.MULTILINE) else ROWS

    def again(self, number: int) -> str:
        """The same query in a text that no cache has seen."""
        return f"{self.text}# {number}\n"


@dataclass(frozen=True, slots=True)
class Content:
    """What an answer says: the number of its rows or triples, and those with how often each stands there."""

    size: int
    rows: frozenset[tuple[Hashable, int]]


@cache
def questions() -> tuple[Question, ...]:
    """All of them, in the order of the file."""
    rows = yaml.safe_load(QUERIES.read_text(encoding="utf-8"))
    return tuple(
        Question(
            name=row["name"],
            about=row["about"],
            group=row["group"],
            text=with_prefixes(row["query"]),
            compare=None if "compare" not in row else tuple(row["compare"]),
        )
        for row in rows
    )


def with_prefixes(query: str) -> str:
    """The query after declarations of the prefixes that it uses."""
    used = sorted(prefix for prefix in PREFIXES if re.search(rf"(?<![\w<]){prefix}:", query))
    return "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in used) + query


def content(question: Question, body: bytes) -> Content:
    """What the answer says of what must be equal everywhere; numbers are compared to six places."""
    if question.accept == TRIPLES:
        triples = {str(triple) for triple in parse(body, format=RdfFormat.TURTLE)}
        return Content(len(triples), frozenset((triple, 1) for triple in triples))
    rows = json.loads(body)["results"]["bindings"]
    count = Counter(
        tuple(sorted((name, _value(value)) for name, value in row.items() if _is_compared(question, name)))
        for row in rows
    )
    return Content(len(rows), frozenset(count.items()) if question.compare != () else frozenset())


def _is_compared(question: Question, name: str) -> bool:
    return question.compare is None or name in question.compare


def _value(value: dict[str, str]) -> str:
    """The value, numbers rounded and truth values as words, whatever type they are given."""
    type_ = value.get("datatype", "").removeprefix(_XSD)
    if type_ in ("integer", "decimal", "double", "float", "int", "boolean"):
        text = {"true": "1", "false": "0"}.get(value["value"], value["value"])
        try:
            return str(round(Decimal(text), _PLACES).normalize())
        except InvalidOperation:
            return text
    return value["value"]

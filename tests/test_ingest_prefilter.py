"""The filter over many expressions: what it may drop is what cannot match, on made-up and on real text."""

import gzip
import json
import re
from itertools import islice
from pathlib import Path

import pytest
from drawn import drawn
from hypothesis import given
from hypothesis import strategies as st

from ingest.article import parse_article, read_blocks
from ingest.document import read_document
from ingest.headings import find_heading_rule, heading_rules
from ingest.matching import find_matches
from ingest.prefilter import Prefilter, lowered, required
from ingest.trigger_table import Example, examples, triggers

_PATTERNS = (*(trigger.regex.compiled for trigger in triggers()), *(rule.pattern for rule in heading_rules()))
_WORDS = sorted({word for pattern in _PATTERNS for literals in required(pattern) for word in literals})
_FILTER = Prefilter((pattern.pattern, pattern) for pattern in _PATTERNS)


def _dropped(text: str) -> list[str]:
    """The patterns that match `text` though the filter says that they cannot."""
    kept = _FILTER.possible(text)
    return [pattern.pattern for pattern in _PATTERNS if pattern.search(lowered(text)) and pattern.pattern not in kept]


@pytest.mark.parametrize(
    ("pattern", "sets"),
    [
        ("(?:leads?|led) to", [{"lead to", "leads to", "led to"}]),
        (r"(?:can |may )*cause\w* of", [{"cause"}, {" of"}]),
        ("the [a-z]+ side", [{"the "}, {" side"}]),
        ("colou?r", [{"color", "colour"}]),
        ("(?:was )?[a-z]*", []),
        ("(?:due|owing) to|[a-z]+", []),
        ("x{2,3}(?!y)ray", [{"ray"}]),
        ("(?i)CAUSED", [{"caused"}]),
    ],
)
def test_required_are_the_words_without_which_an_expression_cannot_match(pattern: str, sets: list[set[str]]) -> None:
    assert [set(each) for each in required(re.compile(pattern))] == sets


def test_a_letter_that_matches_another_where_case_is_ignored_counts_as_that_one() -> None:
    pattern = re.compile("risk", re.IGNORECASE)
    text = "a rıſ\u212a"
    assert pattern.search(text)
    assert [literal in lowered(text) for literals in required(pattern) for literal in literals] == [True]


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.trigger)
def test_no_row_is_dropped_from_any_example_that_it_matches(example: Example) -> None:
    assert _dropped(example.text) == []


@drawn(150)
@given(st.lists(st.sampled_from([*_WORDS, "the", "cough", "and", "also", "can", ",", ":"]), max_size=12))
def test_no_row_is_dropped_from_words_of_the_tables_in_any_order(words: list[str]) -> None:
    text = " ".join(words)
    assert _dropped(text) == _dropped(text.upper()) == []


@pytest.fixture(scope="module")
def sentences(shared: Path) -> list[str]:
    """Some three hundred sentences from all over the corpus."""
    with gzip.open(shared / "corpora" / "nih-articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in islice(lines, 0, None, 250)]
    articles = (parse_article(text, id="sample", format="text") for text in texts)
    units = [unit.text for each in articles for unit in read_document(each, read_blocks(each.text, format="text"))]
    return units[:: max(1, len(units) // 300)]


def test_no_row_is_dropped_from_sentences_of_real_articles(sentences: list[str]) -> None:
    dropped = [
        (pattern.pattern, text)
        for text in sentences
        for possible in [set(_FILTER.possible(text))]
        for pattern in _PATTERNS
        if pattern.pattern not in possible and pattern.search(lowered(text))
    ]
    assert dropped == []


def _tried(text: str) -> list[tuple[str, int]]:
    """(row, where) of all matches, when every row is tried."""
    text = lowered(text)
    return sorted(
        (trigger.id, match.start()) for trigger in triggers() for match in trigger.regex.compiled.finditer(text)
    )


def _found(text: str) -> list[tuple[str, int]]:
    return sorted((match.trigger.id, match.words.start) for group in find_matches(text) for match in group)


def test_the_filtered_rows_answer_as_if_every_row_were_tried(sentences: list[str]) -> None:
    for text in (*(example.text for example in examples()), *sentences):
        assert _found(text) == _tried(text)


def test_the_first_heading_rule_is_the_first_that_matches() -> None:
    for rule in heading_rules():
        heading = rule.example[0]
        assert find_heading_rule(heading) == next(row for row in heading_rules() if row.pattern.search(heading))

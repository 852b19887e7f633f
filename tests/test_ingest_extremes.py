"""Text that no author writes is read to its end: long, dense, without a full stop, or made of one sign."""

import pytest

from ingest.article import parse_article
from ingest.blocks import LONGEST_BLOCK, RawBlock, RawKind, parted
from ingest.extract import extract
from ingest.sentences import LONGEST_SENTENCE, Span, sentences
from ingest.trigger_table import triggers
from ingest.triggers import Trigger

LENGTH = 30_000


@pytest.mark.parametrize(
    "words",
    [
        "a",
        " ",
        ".",
        ":",
        "(",
        "* ",
        "\u2014 ",
        "cough, ",
        "can also often not ",
        "not ",
        "people who have ",
        "cough, such as ",
        "acute or chronic ",
        "lung irritates ",
        "and causes fever ",
        "\n- cough",
        "\n\nSymptoms include:",
        "\n\n## Cough\n\nSmoke causes it.",
        "It causes fever. ",
        "pulmonary embolism (PE) ",
    ],
)
def test_it_is_read_to_its_end_and_every_quote_stands_in_it(words: str) -> None:
    text = "Pneumonia\n\nIt causes " + words * (LENGTH // 10 // len(words))
    found = extract(parse_article(text, id="made-up", format="text"))
    quotes = [each for claim in found.claims for each in claim.evidence]
    assert [each.quote for each in quotes] == [text[each.start : each.end] for each in quotes]


def test_a_sentence_without_end_is_parted_at_a_comma_or_at_a_word() -> None:
    text = "cough and fever, " * (LENGTH // 17)
    parts = sentences(text)
    assert max(part.end - part.start for part in parts) <= LONGEST_SENTENCE
    assert {part.of(text)[-6:] for part in parts} == {"fever,"}
    assert "".join(part.of(text) + " " for part in parts) == text
    assert sentences("x" * (LONGEST_SENTENCE + 1)) == (Span(0, LONGEST_SENTENCE), Span(LONGEST_SENTENCE, 2_001))


def test_a_block_without_end_is_parted_at_the_end_of_a_sentence() -> None:
    text = "Smoke causes a cough. " * (LENGTH // 22)
    whole = RawBlock(RawKind.PARAGRAPH, 0, len(text))
    parts = list(parted(text, [whole]))
    assert max(part.end - part.start for part in parts) <= LONGEST_BLOCK
    assert "".join(text[part.start : part.end] for part in parts) == text
    assert {text[part.end - 7 : part.end].strip() for part in parts} == {"cough."}


def test_a_long_paragraph_reads_as_its_sentences_do() -> None:
    text = "Flu\n\n" + "Smoke causes a cough. " * (LENGTH // 22)
    article = parse_article(text, id="long", format="text")
    found = extract(article)
    assert found.sentences == LENGTH // 22
    assert [len(claim.evidence) for claim in found.claims] == [LENGTH // 22]


@pytest.mark.parametrize("trigger", triggers(), ids=lambda trigger: trigger.id)
def test_every_row_gets_to_the_end_of_words_that_tempt_it(trigger: Trigger) -> None:
    for words in ("can also often not ", "people with ", "is a ", ", ", "if you have ", "the risk of "):
        text = words * (LONGEST_SENTENCE // len(words))
        assert all(match.end() <= len(text) for match in trigger.regex.compiled.finditer(text))

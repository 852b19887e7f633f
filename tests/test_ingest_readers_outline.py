"""The stored text of web pages and XML files: what it looks like, and that its blocks come back from it alone."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.blocks import RawBlock, RawKind
from ingest.readers.outline import Passage, blocks, outline

HEADING, ITEM, PARAGRAPH = RawKind.HEADING, RawKind.ITEM, RawKind.PARAGRAPH


def test_each_block_is_one_line_with_an_empty_line_between() -> None:
    written = outline(
        [
            Passage(HEADING, "Asthma", 1),
            Passage(PARAGRAPH, "Airways\n narrow.\u00a0"),
            Passage(ITEM, "du\u00adst", 1),
            Passage(ITEM, "of mites", 2),
            Passage(PARAGRAPH, " \u200b "),
        ]
    )
    assert written.text == "# Asthma\n\nAirways narrow.\n\n- dust\n\n  - of mites\n"
    assert written.blocks == (
        RawBlock(HEADING, 2, 8, 1),
        RawBlock(PARAGRAPH, 10, 25),
        RawBlock(ITEM, 29, 33, 1),
        RawBlock(ITEM, 39, 47, 2),
    )


@pytest.mark.parametrize("words", ["# of cases", "- 5 degrees", "###### x"])
def test_a_paragraph_like_a_heading_or_an_item_stays_one(words: str) -> None:
    written = outline([Passage(PARAGRAPH, words)])
    assert written.text == f" {words}\n"
    assert blocks(written.text) == written.blocks == (RawBlock(PARAGRAPH, 1, 1 + len(words)),)


def test_a_list_run_into_a_paragraph_is_parted_and_an_item_is_not() -> None:
    written = outline([Passage(PARAGRAPH, "Signs include - fever - a cough"), Passage(ITEM, "Rest - in bed", 1)])
    assert [(block.kind, written.text[block.start : block.end]) for block in blocks(written.text)] == [
        (PARAGRAPH, "Signs include"),
        (ITEM, "fever"),
        (ITEM, "a cough"),
        (ITEM, "Rest - in bed"),
    ]
    assert blocks(written.text) == written.blocks


@pytest.mark.parametrize("text", ["", "\n", " \n\u00a0\n"])
def test_white_space_has_no_blocks(text: str) -> None:
    assert blocks(text) == ()


def test_nothing_to_write_is_an_empty_text() -> None:
    assert outline([Passage(HEADING, "\u00ad", 2)]) == outline([])
    assert outline([]).text == ""


WORDS = st.text(alphabet=st.sampled_from("ab#- \t\n\r\u2028\u0085\u00a0\u200b\u0301\u05d0\u202e."))


@given(st.lists(st.builds(Passage, st.sampled_from(RawKind), WORDS, st.integers(-1, 9))))
def test_the_blocks_read_back_are_those_that_were_written(passages: list[Passage]) -> None:
    written = outline(passages)
    assert blocks(written.text) == written.blocks
    # A list may be parted at its dashes, which are then between its blocks.
    said = "".join(written.text[block.start : block.end] for block in written.blocks)
    given_words = "".join("".join(passage.words.replace("\u200b", "").split()) for passage in passages)
    assert re.sub(r"[-\s]", "", said) == given_words.replace("-", "")


@given(st.text(alphabet=st.sampled_from("a#- \n\r\t\u2028\u00a0")))
def test_any_text_has_blocks_without_white_space_around_them(text: str) -> None:
    for block in blocks(text):
        words = text[block.start : block.end]
        assert words == words.strip() != ""
        assert "\n" not in words

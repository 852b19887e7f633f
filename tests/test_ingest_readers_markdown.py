"""What the Markdown reader takes for blocks, and that their offsets count in the file."""

from itertools import pairwise
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.markdown import blocks


def shown(text: str) -> list[str]:
    """Each block as `heading 2: words`, `item 1: words` or `paragraph: words`, line breaks as `/`."""
    found: list[str] = []
    for block in blocks(text):
        words = text[block.start : block.end].replace("\r\n", "/").replace("\n", "/")
        found.append(f"{block.kind}{f' {block.level}' if block.level else ''}: {words}")
    return found


def test_headings_paragraphs_and_nested_lists_become_blocks_in_order() -> None:
    text = dedent("""\
        Asthma
        ======

        Airways narrow.
        Breathing is hard.

        ## Causes ##

        - dust
          from mites
          1. at home
        - smoke

          Even a little of it.
        - # Odd
        """)
    assert shown(text) == [
        "heading 1: Asthma",
        "paragraph: Airways narrow./Breathing is hard.",
        "heading 2: Causes",
        "item 1: dust/  from mites",
        "item 2: at home",
        "item 1: smoke",
        "paragraph: Even a little of it.",
        "heading 1: Odd",
    ]


def test_table_cells_are_paragraphs_even_when_they_say_the_same() -> None:
    text = "| test | finds |\n|---|---|\n| CT | clot |\n| CT | a \\| b |\n"
    assert shown(text) == [
        "paragraph: test",
        "paragraph: finds",
        "paragraph: CT",
        "paragraph: clot",
        "paragraph: CT",
        "paragraph: a \\| b",
    ]
    starts = [block.start for block in blocks(text)]
    assert starts == sorted(set(starts))


def test_quotations_are_paragraphs_without_the_first_mark() -> None:
    assert shown("> Rest helps.\n\n> > So does\n> > water.\n") == [
        "paragraph: Rest helps.",
        "paragraph: So does/> > water.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        "```\ncode\n```\n",
        "    indented code\n",
        "<div>\nhtml\n</div>\n",
        "<!-- comment -->\n",
        "---\n",
        "![only an image](x.png)\n",
        "[link]: https://example.org\n",
        "---\ntitle: only front matter\n---\n",
    ],
)
def test_what_is_no_prose_yields_nothing(text: str) -> None:
    assert blocks(text) == ()


def test_emphasis_around_a_whole_block_is_left_out_and_inside_it_stays() -> None:
    assert shown("**Causes**\n\n*so* and *so*\n\n- __Dust__\n") == [
        "paragraph: Causes",
        "paragraph: *so* and *so*",
        "item 1: Dust",
    ]


def test_front_matter_yields_no_block_but_counts_in_offsets() -> None:
    text = "---\nid: asthma\n---\n# Asthma\n"
    (block,) = blocks(text)
    assert (block.start, block.end) == (21, 27)
    assert text[21:27] == "Asthma"


@pytest.mark.parametrize("text", ["\ufeff# Asthma\n", "# Asthma\r\n", "\ufeff---\r\nid: a\r\n---\r\n# Asthma\r\n"])
def test_byte_order_mark_and_carriage_returns_count_in_offsets(text: str) -> None:
    assert shown(text) == ["heading 1: Asthma"]


@given(st.text(alphabet="aB .:\n\r-*1)#>|_[]()`\t\\", max_size=80))
def test_blocks_are_trimmed_and_ordered(text: str) -> None:
    found = blocks(text)
    assert all(text[block.start : block.end].strip() == text[block.start : block.end] != "" for block in found)
    assert all(left.end <= right.start for left, right in pairwise(found))

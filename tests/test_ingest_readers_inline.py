"""Lists whose bullets were left as dashes in one line: where the items begin and end."""

import pytest

from ingest.blocks import RawKind
from ingest.readers.text import blocks

_P, _I = RawKind.PARAGRAPH, RawKind.ITEM


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Gout hurts. Its signs include - a red toe - warm skin",
            [(_P, "Gout hurts. Its signs include"), (_I, "a red toe"), (_I, "warm skin")],
        ),
        (
            "Ask about: - Stiff joints - Sore knees If a joint is hot, it may be inflamed.",
            [
                (_P, "Ask about:"),
                (_I, "Stiff joints"),
                (_I, "Sore knees"),
                (_P, "If a joint is hot, it may be inflamed."),
            ],
        ),
        (
            "These tests are done: - Eye chart : A wall chart. Glasses may stay on. - Slit lamp : A bright beam.",
            [
                (_P, "These tests are done:"),
                (_I, "Eye chart : A wall chart. Glasses may stay on."),
                (_I, "Slit lamp : A bright beam."),
            ],
        ),
        (
            "Gout may follow: - Beer. - Shellfish. The pain is treated with: - Ice. - Rest.",
            [
                (_P, "Gout may follow:"),
                (_I, "Beer."),
                (_I, "Shellfish."),
                (_P, "The pain is treated with:"),
                (_I, "Ice."),
                (_I, "Rest."),
            ],
        ),
        ("- ice - rest\n", [(_I, "ice"), (_I, "rest")]),
        ("A toe swells - often overnight - and hurts.", [(_P, "A toe swells - often overnight - and hurts.")]),
        ("Attacks last 3 - 10 days - or less.", [(_P, "Attacks last 3 - 10 days - or less.")]),
    ],
)  # fmt: skip
def test_a_list_is_parted_at_its_dashes_and_an_insertion_is_not(text: str, expected: list[tuple[RawKind, str]]) -> None:
    assert [(block.kind, text[block.start : block.end]) for block in blocks(text)] == expected


def test_a_list_that_never_ends_a_sentence_is_gone_through_once() -> None:
    text = "Signs include - " + "a rash If b c " * 20_000
    assert [block.kind for block in blocks(text)] == [_P, _I]

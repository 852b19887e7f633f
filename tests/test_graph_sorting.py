from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.sorting import PIECE, SortedLines

lines = st.binary(max_size=6).map(lambda line: line.replace(b"\n", b"").replace(b"\r", b"") + b"\n")


def in_order(folder: Path, content: bytes, step: int, piece: int = PIECE) -> bytes:
    sorted_lines = SortedLines(folder, piece=piece)
    for at in range(0, len(content), step):
        sorted_lines.write(content[at : at + step])
    return b"".join(sorted_lines.chunks())


@given(st.lists(lines, max_size=40), st.integers(1, 9), st.integers(1, 60))
def test_lines_come_back_in_the_order_of_their_bytes_whatever_the_pieces(
    tmp_path_factory: pytest.TempPathFactory, given: list[bytes], step: int, piece: int
) -> None:
    found = in_order(tmp_path_factory.mktemp("order"), b"".join(given), step, piece)
    assert found == b"".join(sorted(given))


def test_what_fits_into_memory_makes_no_file(tmp_path: Path) -> None:
    assert in_order(tmp_path / "order", b"b\na\n", 3) == b"a\nb\n"
    assert not (tmp_path / "order").exists()


def test_a_part_that_is_too_large_is_cut_in_turn_and_nothing_stays(tmp_path: Path) -> None:
    numbers = [f"{number * 7919 % 20_000:06}\n".encode() for number in range(20_000)]
    lines = SortedLines(tmp_path / "order", piece=500)
    for at in range(0, 20_000, 50):
        lines.write(b"".join(numbers[at : at + 50]))
    chunks = list(lines.chunks())
    assert b"".join(chunks) == b"".join(sorted(numbers))
    assert max(map(len, chunks)) <= 2 * 500
    assert [path for path in (tmp_path / "order").rglob("*") if path.is_file()] == []


def test_the_same_line_over_and_over_ends(tmp_path: Path) -> None:
    assert in_order(tmp_path / "order", b"same\n" * 1_000, 50, 50) == b"same\n" * 1_000

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import sorting
from graph.sorting import SortedLines

lines = st.binary(max_size=6).map(lambda line: line.replace(b"\n", b"").replace(b"\r", b"") + b"\n")


def in_order(folder: Path, content: bytes, step: int) -> bytes:
    sorted_lines = SortedLines(folder)
    for at in range(0, len(content), step):
        sorted_lines.write(content[at : at + step])
    return b"".join(sorted_lines.chunks())


@given(st.lists(lines, max_size=40), st.integers(1, 9), st.integers(1, 60))
def test_lines_come_back_in_the_order_of_their_bytes_whatever_the_pieces(
    tmp_path_factory: pytest.TempPathFactory, given: list[bytes], step: int, piece: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sorting, "PIECE", piece)
        found = in_order(tmp_path_factory.mktemp("order"), b"".join(given), step)
    assert found == b"".join(sorted(given))


def test_what_fits_into_memory_makes_no_file(tmp_path: Path) -> None:
    assert in_order(tmp_path / "order", b"b\na\n", 3) == b"a\nb\n"
    assert not (tmp_path / "order").exists()

"""A process knows the memory that is its own."""

import mmap
from pathlib import Path

from graph.ownmemory import give_back, own_memory

SIZE = 64 << 20


def test_what_is_written_counts_and_what_is_mapped_from_a_file_does_not(tmp_path: Path) -> None:
    path = tmp_path / "mapped"
    path.write_bytes(b"x" * SIZE)
    before = own_memory()
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        assert mapped.find(b"y") == -1
        assert own_memory() - before < SIZE // 2
    own = bytearray(b"x") * SIZE
    assert own_memory() - before > SIZE // 2
    del own
    give_back()
    assert own_memory() - before < SIZE // 2

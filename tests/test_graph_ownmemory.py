"""A process knows the memory that is its own; asked of a new one, which has nothing freed to take memory from."""

import subprocess
import sys
from pathlib import Path

SIZE = 64 << 20
MEASURED = """
import mmap, sys
from graph.ownmemory import give_back, own_memory

size = int(sys.argv[2])
before = own_memory()
with open(sys.argv[1], "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
    assert mapped.find(b"y") == -1
    print(own_memory() - before)
own = bytearray(b"x") * size
print(own_memory() - before)
del own
give_back()
print(own_memory() - before)
"""


def test_what_is_written_counts_and_what_is_mapped_from_a_file_does_not(tmp_path: Path) -> None:
    path = tmp_path / "mapped"
    path.write_bytes(b"x" * SIZE)
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(path), str(SIZE)], capture_output=True, check=True, text=True
    )
    mapped, written, freed = map(int, done.stdout.split())
    assert mapped < SIZE // 2
    assert written > SIZE // 2
    assert freed < SIZE // 2

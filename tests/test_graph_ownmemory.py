"""A process knows the memory that is its own; asked of a new one, which has nothing freed to take memory from."""

import ctypes
import subprocess
import sys
from pathlib import Path

import pytest

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


IN_THREADS = """
import ctypes, sys, threading
from graph.ownmemory import keep_together

if sys.argv[1] == "together":
    keep_together()
library = ctypes.CDLL(None)
together = threading.Barrier(4)


def take():
    library.malloc(1000)
    together.wait()


threads = [threading.Thread(target=take) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
library.malloc_info(0, ctypes.c_void_p.in_dll(library, "stdout"))
library.fflush(None)
"""


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_info"), reason="the C library does not tell of its heaps")
@pytest.mark.parametrize(("how", "heaps"), [("apart", range(2, 6)), ("together", range(1, 2))])
def test_threads_take_memory_from_one_heap(how: str, heaps: range) -> None:
    done = subprocess.run([sys.executable, "-c", IN_THREADS, how], capture_output=True, check=True, text=True)
    assert done.stdout.count("<heap nr=") in heaps

"""Virtuoso 7 on loopback, in a folder of its own: `apt install virtuoso-opensource`, or passed over.

Its database is loaded once from the N-Triples and kept in the folder. One graph holds all; the limits on rows and time
of its default configuration are lifted, and its buffers hold the whole of it.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from processes import end, free_port, wait_for

GRAPH: Final = "urn:etiograph:bench"
PATH: Final = "/sparql"
PARAMETERS: Final = (("default-graph-uri", GRAPH),)
_LINES: Final = 500_000
_INI: Final = """[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
ErrorLogLevel = 3
FileExtend = 200
MaxCheckpointRemap = 2000
Striping = 0
TempStorage = TempDatabase

[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
MaxCheckpointRemap = 2000
Striping = 0

[Parameters]
ServerPort = 127.0.0.1:{sql}
LiteMode = 0
DisableUnixSocket = 1
MaxClientConnections = 10
CheckpointInterval = 0
O_DIRECT = 0
CaseMode = 2
MaxStaticCursorRows = 5000
AllowOSCalls = 0
DirsAllowed = {folder}
SingleCPU = 0
MaxQueryMem = 2G
VectorSize = 1000
MaxVectorSize = 1000000
AdjustVectorSize = 0
ThreadsPerQuery = 4
AsyncQueueMaxThreads = 10
NumberOfBuffers = 170000
MaxDirtyBuffers = 130000

[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
MaxClientConnections = 10
EnabledDavVSP = 0
ServerThreads = 10
MaxKeepAlives = 10
KeepAliveTimeout = 600

[Client]
SQL_PREFETCH_ROWS = 100
SQL_PREFETCH_BYTES = 16000
SQL_QUERY_TIMEOUT = 0
SQL_TXN_TIMEOUT = 0

[SPARQL]
ResultSetMaxRows = 10000000
MaxQueryCostEstimationTime = 100000
MaxQueryExecutionTime = 600
"""


def is_installed() -> bool:
    """Whether its server and its client are there."""
    return shutil.which("virtuoso-t") is not None and shutil.which("isql-vt") is not None


@contextmanager
def virtuoso(folder: Path, ntriples: Path) -> Iterator[int]:
    """The HTTP port of a Virtuoso that holds these triples."""
    loaded = folder / "loaded"
    if not loaded.exists():
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    sql, http = free_port(), free_port()
    (folder / "bench.ini").write_text(_INI.format(folder=folder.absolute(), sql=sql, http=http), encoding="utf-8")
    command = ["virtuoso-t", "+foreground", "+configfile", "bench.ini"]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{http}{PATH}", process, 120)
        if not loaded.exists():
            _load(folder.absolute(), ntriples, sql)
            loaded.touch()
        yield http
    finally:
        end(process)


def _load(folder: Path, ntriples: Path, port: int) -> None:
    parts = folder / "parts"
    parts.mkdir()
    with ntriples.open("rb") as lines:
        number = 0
        while some := [line for _, line in zip(range(_LINES), lines, strict=False)]:
            (parts / f"{number:03}.nt").write_bytes(b"".join(some))
            number += 1
    _isql(port, f"ld_dir('{parts}', '*.nt', '{GRAPH}');")
    loaders = [_start(port, "rdf_loader_run();") for _ in range(min(os.cpu_count() or 1, 4))]
    for loader in loaders:
        loader.wait()
    _isql(port, "checkpoint;")
    failed = _isql(port, "SELECT ll_file, ll_error FROM DB.DBA.load_list WHERE ll_error IS NOT NULL;")
    if ".nt" in failed:
        raise RuntimeError(f"Virtuoso could not load: {failed}")
    shutil.rmtree(parts)


def _start(port: int, statement: str) -> "subprocess.Popen[bytes]":
    command = ["isql-vt", f"127.0.0.1:{port}", "dba", "dba", f"exec={statement}"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL)


def _isql(port: int, statement: str) -> str:
    command = ["isql-vt", f"127.0.0.1:{port}", "dba", "dba", f"exec={statement}"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout

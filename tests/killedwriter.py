"""A writer of the toy graph that is killed at a step, once its first article is published."""

import os
import signal
import subprocess
import sys
from pathlib import Path

_TESTS = Path(__file__).parent
_WRITER = """
import os, signal, sys
from pathlib import Path
from graphworld import toy_layer
from toygraph import toy_extractions
from graph import checkpoints, store as graph_store
from graph.linklog.log import LinkLog
from graph.prepared import prepare
from graph.records.log import RecordLog

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

layer = toy_layer()
store = graph_store.Store.open(Path(sys.argv[1]), layer=layer)
first, second = (prepare(extraction, layer) for extraction in toy_extractions())
store.put([first])
store.publish()
place, name = sys.argv[2].split(".")
places = {"store": graph_store, "checkpoints": checkpoints, "LinkLog": LinkLog, "RecordLog": RecordLog}
setattr(places[place], name, die)
store.put([second])
store.remove(second.id) if sys.argv[3] == "and back" else store.publish()
"""


def kill_writer_at(folder: Path, step: str, *, end: str = "and there") -> None:
    """Have a writer put the second article too, and with "and back" remove it, and die when it comes to the step."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(_TESTS), str(_TESTS.parent)])}
    ended = subprocess.run([sys.executable, "-c", _WRITER, str(folder), step, end], env=environment, check=False)
    assert ended.returncode == -signal.SIGKILL

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

TRIES = """
import json, os, socket, sys, threading
from graph.sandbox import seal

late = threading.Event()
found = {}

def attempt(name, call):
    try:
        call()
        found[name] = "done"
    except OSError as error:
        found[name] = os.strerror(error.errno)

def in_a_thread():
    late.wait()
    attempt("socket of a thread that ran before", lambda: socket.socket())

thread = threading.Thread(target=in_a_thread)
thread.start()
inherited = socket.socket()
sealed = seal()
late.set()
thread.join()
attempt("socket", lambda: socket.socket())
attempt("unix socket", lambda: socket.socket(socket.AF_UNIX))
attempt("socketpair", lambda: socket.socketpair())
attempt("connect of a socket from before", lambda: inherited.connect(("127.0.0.1", int(sys.argv[2]))))
attempt("exec", lambda: os.execv("/bin/true", ["true"]))
attempt("file", lambda: open(sys.argv[1], "rb").close())
print(json.dumps([sealed, found]))
"""


def test_a_sealed_process_opens_files_but_no_socket_and_no_program(tmp_path: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("only Linux can seal a process")
    file = tmp_path / "file"
    file.touch()
    ran = subprocess.run([sys.executable, "-c", TRIES, file, "9"], capture_output=True, check=True)
    refused = "Operation not permitted"
    assert json.loads(ran.stdout) == [
        True,
        {
            "socket of a thread that ran before": refused,
            "socket": refused,
            "unix socket": refused,
            "socketpair": refused,
            "connect of a socket from before": refused,
            "exec": refused,
            "file": "done",
        },
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="processes die with their parent on Linux alone")
@pytest.mark.parametrize(("parent", "code"), [("os.getppid()", 0), ("None", 0), ("2**22 + 1", -signal.SIGKILL)])
def test_a_process_whose_parent_has_ended_already_ends_too(parent: str, code: int) -> None:
    started = f"import os; from graph.sandbox import die_with_parent; die_with_parent({parent})"
    assert subprocess.run([sys.executable, "-c", started], check=False).returncode == code

"""A FastAPI server that sends `/?bytes=N` ready-made bytes: `fastapi_peer.py PORT`. What an answer costs at least.

`/busy?bytes=N&ms=T` first keeps a thread busy for as long as an answer takes to be found.
"""

import sys
import time

from fastapi import FastAPI, Response
from granian import Granian
from granian.constants import Interfaces, RuntimeModes
from granian.log import LogLevels

BODIES: dict[int, bytes] = {}

app = FastAPI()


@app.get("/")
async def ready_made(bytes: int) -> Response:
    """So many bytes, made once."""
    return Response(BODIES.setdefault(bytes, b"x" * bytes), media_type="application/json")


@app.get("/busy")
def found(bytes: int, ms: float) -> Response:
    """The same after so many milliseconds of work."""
    until = time.perf_counter() + ms / 1000
    while time.perf_counter() < until:
        pass
    return Response(BODIES.setdefault(bytes, b"x" * bytes), media_type="application/json")


def main() -> None:
    """Serve until ended, with the server and settings of `etiograph serve`."""
    server = Granian(
        "fastapi_peer:app",
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.ASGI,
        runtime_mode=RuntimeModes.st,
        websockets=False,
        log_level=LogLevels.warning,
    )
    server.serve()


if __name__ == "__main__":
    main()

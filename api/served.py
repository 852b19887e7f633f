"""The application of a server process."""

import gc
from typing import Final

from fastapi import FastAPI

from api.app import create_app

_YOUNG: Final = (50_000, 20, 100)
"""Things made before Python looks for garbage among them, and such looks before it looks among older ones too.

An answer makes some ten thousand things and leaves next to no garbage; claims that are kept for later answers are old.
To look through all of these takes as long as an answer, and comes upon one out of a hundred.
"""


def serve_app() -> FastAPI:
    """The application, with all that was loaded for it left out of what Python looks through for garbage."""
    app = create_app()
    gc.freeze()
    gc.set_threshold(*_YOUNG)
    gc.enable()
    return app

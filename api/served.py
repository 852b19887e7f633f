"""The application of a server process."""

import gc

from fastapi import FastAPI

from api.app import create_app


def serve_app() -> FastAPI:
    """The application, with all that was loaded for it left out of what Python looks through for garbage."""
    app = create_app()
    gc.freeze()
    gc.enable()
    return app

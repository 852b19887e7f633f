"""The application of a server process."""

from fastapi import FastAPI

from api.app import create_app
from graph.ownmemory import look_seldom_for_garbage


def serve_app() -> FastAPI:
    """The application, with all that was loaded for it left out of what Python looks through for garbage."""
    app = create_app()
    look_seldom_for_garbage()
    return app

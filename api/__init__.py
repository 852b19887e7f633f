"""The faces: HTTP, SPARQL and the command line.

The only package that knows FastAPI and pydantic; `api.pipeline` is the only module where ingest and graph meet.
"""

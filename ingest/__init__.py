"""Text to claims: read, view, document, mentions, triggers, arguments, assertion, assembly.

Each stage is a module of its own; `ingest.extract` runs them in order. Imports `ontology` and nothing else of ours.
"""

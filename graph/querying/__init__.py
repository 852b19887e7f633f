"""SPARQL queries: asked of processes that can be killed, answered as streams, within limits."""

"""What a write token allows."""

from enum import StrEnum


class Scope(StrEnum):
    """What a token allows: changes by SPARQL and in the graph store, ingesting articles, or both."""

    UPDATE = "update"
    INGEST = "ingest"
    ADMIN = "admin"

    def covers(self, wanted: "Scope") -> bool:
        """Whether it allows what `wanted` does."""
        return self in (wanted, Scope.ADMIN)

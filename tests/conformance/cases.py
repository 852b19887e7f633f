"""What a test of the suites says: data, what is asked, what must come back."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path


class Kind(Enum):
    """What a test tries."""

    QUERY = "query evaluation"
    RESULTS = "result formats"
    UPDATE = "update evaluation"
    QUERY_SYNTAX = "query syntax"
    NO_QUERY_SYNTAX = "query syntax, malformed"
    UPDATE_SYNTAX = "update syntax"
    NO_UPDATE_SYNTAX = "update syntax, malformed"
    PROTOCOL = "protocol"
    GRAPH_STORE = "graph store protocol"
    DESCRIPTION = "service description"


@dataclass(frozen=True, slots=True)
class Document:
    """A file of a suite and the IRI it stands at, which is the base of what it holds."""

    path: Path
    iri: str


@dataclass(frozen=True, slots=True)
class Dataset:
    """Documents of the default graph, and of the named graphs by their IRIs."""

    default: tuple[Document, ...] = ()
    named: tuple[tuple[str, Document], ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A test: `suite` and `group` are folders, `asked` the query or update (protocol tests have none).

    `expected` is what a query must answer, `after` what an update must leave; `lax` admits fewer copies of a row.
    """

    suite: str
    group: str
    name: str
    kind: Kind
    data: Dataset = Dataset()
    asked: Document | None = None
    expected: Document | None = None
    after: Dataset = Dataset()
    lax: bool = False

    @property
    def id(self) -> str:
        """The name by which it is listed, unique over both suites."""
        return f"{self.suite}/{self.group}/{self.name}"

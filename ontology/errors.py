"""Every error the project raises on purpose.

    EtiographError
    ├── UnreadableArticle        a file or stream that is no article: says which and why
    │   └── NothingToRead        a missing path, or a folder with no article in it
    ├── UnknownConcept           no concept has this name; carries suggestions
    ├── AmbiguousName            several concepts have this name; carries the candidates
    ├── UnknownArticle           no article has this id; carries suggestions
    ├── UnknownClaim             no claim has this id
    ├── InvalidArgument          a value outside its range
    ├── InvalidClaims            claims that violate the shapes; carries the report
    ├── InvalidVocabulary        a vocabulary file that contradicts itself
    ├── QueryError               a SPARQL query that cannot be answered
    │   ├── QuerySyntaxError     malformed; carries line and column where known
    │   ├── QueryRefused         SERVICE, an update, or another thing this endpoint does not do
    │   ├── QueryTimeout         stopped at its limit of time or memory
    │   └── Busy                 too many wait already; carries when to ask again
    ├── InvalidUpdate            an update that would break what the store must hold; carries the report
    ├── UnreadableGraph          triples that are not what their media type says; carries line and column where known
    ├── UnknownGraph             no named graph has this IRI
    └── StoreError               the data folder cannot be used
        ├── StoreMissing         nothing was ingested there yet
        └── StoreInUse           another process is writing to it

Messages say what was seen, where, and what would do. `api.problems` maps each to an HTTP status in one table.
"""


class EtiographError(Exception):
    """The root; never raised itself."""


class UnreadableArticle(EtiographError):
    """`source` cannot be read as an article, for `reason`."""

    def __init__(self, source: str, reason: str) -> None:
        self.source = source
        self.reason = reason
        super().__init__(f"{source}: {reason}")


class NothingToRead(UnreadableArticle):
    """A path that does not exist, or a folder without articles."""


class UnknownConcept(EtiographError):
    """No concept is called `name`; `suggestions` are the nearest names, best first."""

    def __init__(self, name: str, suggestions: tuple[str, ...] = ()) -> None:
        self.name = name
        self.suggestions = suggestions
        super().__init__(f"unknown concept {name!r}" + _did_you_mean(suggestions))


class AmbiguousName(EtiographError):
    """Several concepts are called `name`; `candidates` are their ids and labels."""

    def __init__(self, name: str, candidates: tuple[tuple[str, str], ...]) -> None:
        self.name = name
        self.candidates = candidates
        listed = ", ".join(f"{label} ({curie})" for curie, label in candidates)
        super().__init__(f"{name!r} may mean any of: {listed}; ask for one by its id")


class UnknownArticle(EtiographError):
    """No article has the id `article`; `suggestions` are the nearest ids."""

    def __init__(self, article: str, suggestions: tuple[str, ...] = ()) -> None:
        self.article = article
        self.suggestions = suggestions
        super().__init__(f"unknown article {article!r}" + _did_you_mean(suggestions))


class UnknownClaim(EtiographError):
    """No claim has the id `claim`."""

    def __init__(self, claim: str) -> None:
        self.claim = claim
        super().__init__(f"unknown claim {claim!r}")


class InvalidArgument(EtiographError):
    """`argument` has a value it cannot have; the message says which values it can."""

    def __init__(self, argument: str, value: object, expected: str) -> None:
        self.argument = argument
        self.value = value
        self.expected = expected
        super().__init__(f"{argument}={value!r}: expected {expected}")


class InvalidClaims(EtiographError):
    """What was offered to the store violates the shapes; `report` says where, one line a violation."""

    def __init__(self, source: str, report: tuple[str, ...]) -> None:
        self.source = source
        self.report = report
        super().__init__(f"{source}: {len(report)} violation(s) of the shapes: " + "; ".join(report[:5]))


class InvalidVocabulary(EtiographError):
    """A vocabulary file that cannot be used; the message names file and concept."""


class QueryError(EtiographError):
    """A SPARQL query that cannot be answered."""


class QuerySyntaxError(QueryError):
    """A malformed query; `line` and `column` count from 1 where the parser gave them."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        self.line = line
        self.column = column
        super().__init__(message)


class QueryRefused(QueryError):
    """A query this endpoint does not run, whatever its form."""


class QueryTimeout(QueryError):
    """A query that was stopped at its limit of time or memory."""


class InvalidUpdate(EtiographError):
    """An update after which ontology, vocabulary and claims would no longer be consistent.

    `report` says where, one line a violation. Nothing was changed.
    """

    def __init__(self, report: tuple[str, ...]) -> None:
        self.report = report
        super().__init__(
            f"nothing was changed, for ontology, vocabulary and claims would no longer be consistent: {len(report)} "
            "violation(s): " + "; ".join(report[:5])
        )


class UnreadableGraph(EtiographError):
    """Triples that are not what their media type says; `line` and `column` count from 1 where the parser gave them."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        self.line = line
        self.column = column
        super().__init__(message)


class UnknownGraph(EtiographError):
    """No named graph of the store is called `graph`."""

    def __init__(self, graph: str) -> None:
        self.graph = graph
        super().__init__(f"there is no graph <{graph}>")


class Busy(QueryError):
    """Too many queries wait for a turn already; `retry_after` is in how many seconds to ask again."""

    def __init__(self, message: str, retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__(message)


class StoreError(EtiographError):
    """The data folder cannot be used as asked."""


class StoreMissing(StoreError):
    """Nothing was ingested into this folder yet."""


class StoreInUse(StoreError):
    """Another process is writing to this folder."""


def _did_you_mean(suggestions: tuple[str, ...]) -> str:
    if not suggestions:
        return ""
    return " (did you mean " + " or ".join(repr(name) for name in suggestions[:3]) + "?)"

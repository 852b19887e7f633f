"""The tests of the service description: they are stated in a sentence each."""

from collections.abc import Callable
from typing import Final

from pyoxigraph import BlankNode, NamedNode, RdfFormat, parse
from realserver import Got, send

from conformance.cases import Case
from conformance.documents import RDF, Described, Term
from conformance.judging import Outcome, Verdict
from conformance.served import Served

SD: Final = "http://www.w3.org/ns/sparql-service-description#"

_LANGUAGES: Final = frozenset(SD + name for name in ("SPARQL10Query", "SPARQL11Query", "SPARQL11Update"))
_FEATURES: Final = frozenset(
    SD + name
    for name in ("DereferencesURIs", "UnionDefaultGraph", "RequiresDataset", "EmptyGraphs", "BasicFederatedQuery")
)


def describe(case: Case, target: Served) -> Verdict:
    """How a served store does in a test of the service description."""
    address = f"{target.address}/sparql"
    got = send("GET", address, headers={"Accept": "text/turtle, application/rdf+xml;q=0.9"})
    try:
        wrong = _TESTS[case.name](_described(got, address), address)
    except (SyntaxError, ValueError) as error:
        wrong = f"status {got.status}, {got.headers.get('content-type')}: {error}"
    return Verdict(case, Outcome.PASSED if wrong is None else Outcome.FAILED, wrong or "")


def _described(got: Got, address: str) -> Described:
    media_type = got.headers.get("content-type", "").partition(";")[0]
    format = RdfFormat.from_media_type(media_type)
    if got.status != 200 or format is None:
        raise ValueError("no RDF")
    return Described(parse(got.body, format=format, base_iri=address))


def _is_rdf(read: Described, address: str) -> str | None:  # noqa: ARG001
    return None if read.subjects(RDF + "type", NamedNode(SD + "Service")) else "nothing is a sd:Service"


def _names_endpoint(read: Described, address: str) -> str | None:
    return None if read.subjects(SD + "endpoint", NamedNode(address)) else f"no sd:endpoint is {address}"


def _conforms(read: Described, address: str) -> str | None:
    """What the recommendation says of the properties of a service and of its datasets (sections 3.2 to 3.4)."""
    (service,) = read.subjects(SD + "endpoint", NamedNode(address))
    if service not in read.subjects(RDF + "type", NamedNode(SD + "Service")):
        return "what has the endpoint is no sd:Service"
    if len(read.all(service, SD + "endpoint")) != 1:
        return "several endpoints"
    for name, known in (("supportedLanguage", _LANGUAGES), ("feature", _FEATURES)):
        odd = [one for one in read.all(service, SD + name) if not (isinstance(one, NamedNode) and one.value in known)]
        if odd:
            return f"sd:{name} {odd[0]} is none that the recommendation defines"
    for name in ("resultFormat", "inputFormat", "extensionFunction", "extensionAggregate", "defaultEntailmentRegime"):
        if not all(isinstance(one, NamedNode) for one in read.all(service, SD + name)):
            return f"a sd:{name} is no IRI"
    if not read.all(service, SD + "supportedLanguage") or not read.all(service, SD + "resultFormat"):
        return "no sd:supportedLanguage or no sd:resultFormat"
    return next((wrong for one in read.all(service, SD + "defaultDataset") if (wrong := _dataset(read, one))), None)


def _dataset(read: Described, dataset: Term) -> str | None:
    if dataset not in read.subjects(RDF + "type", NamedNode(SD + "Dataset")):
        return "sd:defaultDataset is no sd:Dataset"
    graphs = read.all(dataset, SD + "defaultGraph")
    if len(graphs) > 1 or not all(isinstance(one, NamedNode | BlankNode) for one in graphs):
        return "sd:defaultGraph is not one graph"
    for graph in read.all(dataset, SD + "namedGraph"):
        names = read.all(graph, SD + "name")
        if len(names) != 1 or not isinstance(names[0], NamedNode):
            return "a sd:namedGraph has not one sd:name"
    return None


_TESTS: Final[dict[str, Callable[[Described, str], str | None]]] = {
    "returns-rdf": _is_rdf,
    "has-endpoint-triple": _names_endpoint,
    "conforms-to-schema": _conforms,
}

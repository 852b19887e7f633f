"""What a SPARQL endpoint says of itself, as triples: the service description, and the examples with their target.

After SPARQL 1.1 Service Description. What the engine does otherwise than SPARQL 1.1 says is told in words, since the
vocabulary has none for it. No blank nodes: the parts have IRIs that begin with the endpoint's.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from graph.describing.example import EXAMPLES, examples, prefix_triples
from graph.describing.void import DATASET
from graph.nodes import term

_FORMATS: Final = "http://www.w3.org/ns/formats/"
_GRAPHS: Final = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML", "N-Quads", "TriG")
_RESULTS: Final = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_SIMPLE: Final = NamedNode("http://www.w3.org/ns/entailment/Simple")

DEPARTURES: Final = (
    'Lexical forms of numbers, dates and truth values are normalised in the store: "01"^^xsd:integer comes back as 1.',
    "Dates without a time zone are unequal to every date that has one.",
    "BNODE(text) in BIND makes the same blank node in every solution.",
    "GRAPH ?g around aggregates, VALUES, MINUS and the like is answered for up to 100 named graphs.",
    "There is no federation: a query or update that contains the word SERVICE is refused, and so is LOAD.",
)
"""Where queries are answered otherwise than SPARQL 1.1 says, and what is refused."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the parts of a server are, as absolute IRIs."""

    query: str
    update: str
    store: str
    void: str
    examples: str
    dumps: tuple[str, ...]


def service_description(
    addresses: Addresses, statistics: Iterable[Triple], *, named_graphs: Sequence[str], limits: str
) -> set[Triple]:
    """The description of the query and the update service over their one dataset.

    `statistics` are triples of the VoID dataset, which is the default graph; `limits` are told in words.
    """
    query, update = NamedNode(f"{addresses.query}#service"), NamedNode(f"{addresses.update}#service")
    dataset, default = NamedNode(f"{addresses.query}#dataset"), NamedNode(DATASET)
    triples = set(statistics)
    for service, endpoint, language in (
        (query, addresses.query, "sd:SPARQL11Query"),
        (update, addresses.update, "sd:SPARQL11Update"),
    ):
        triples |= _stated(
            service,
            [
                ("rdf:type", term("sd:Service")),
                ("sd:endpoint", NamedNode(endpoint)),
                ("sd:supportedLanguage", term(language)),
                ("sd:feature", term("sd:EmptyGraphs")),
                ("sd:defaultEntailmentRegime", _SIMPLE),
                ("sd:defaultDataset", dataset),
            ],
        )
    triples |= _stated(
        query,
        [
            *(("sd:resultFormat", NamedNode(_FORMATS + name)) for name in (*_RESULTS, *_GRAPHS)),
            *(("rdfs:comment", Literal(text)) for text in (limits, *DEPARTURES)),
            ("rdfs:seeAlso", NamedNode(addresses.void)),
            ("rdfs:seeAlso", NamedNode(addresses.examples)),
        ],
    )
    triples |= _stated(
        update,
        [
            *(("sd:inputFormat", NamedNode(_FORMATS + name)) for name in _GRAPHS),
            ("rdfs:comment", Literal("Needs a token, and so does writing by the Graph Store Protocol.")),
            ("rdfs:seeAlso", NamedNode(addresses.store)),
        ],
    )
    triples |= _stated(dataset, [("rdf:type", term("sd:Dataset")), ("sd:defaultGraph", default)])
    triples |= _stated(default, [("rdf:type", term("sd:Graph"))])
    for number, name in enumerate(sorted(named_graphs), start=1):
        node, graph = (NamedNode(f"{addresses.query}#{part}-{number}") for part in ("named-graph", "graph"))
        triples.add(Triple(dataset, term("sd:namedGraph"), node))
        triples |= _stated(
            node,
            [("rdf:type", term("sd:NamedGraph")), ("sd:name", NamedNode(name)), ("sd:graph", graph)],
        )
        triples |= _stated(graph, [("rdf:type", term("sd:Graph"))])
    return triples


def void_at(addresses: Addresses, triples: Iterable[Triple]) -> set[Triple]:
    """The VoID description with where the graph can be asked and had."""
    return set(triples) | _stated(
        NamedNode(DATASET),
        [
            ("rdf:type", term("void:Dataset")),
            ("void:sparqlEndpoint", NamedNode(addresses.query)),
            *(("void:dataDump", NamedNode(dump)) for dump in addresses.dumps),
        ],
    )


def examples_at(addresses: Addresses) -> set[Triple]:
    """The example queries, each with the endpoint it is for, and the prefixes."""
    triples = prefix_triples()
    for example in examples():
        path = EXAMPLES / f"{example.name}.ttl"
        triples |= {quad.triple for quad in parse(path=path, format=RdfFormat.TURTLE)}
        triples |= _stated(NamedNode(example.iri), [("schema:target", NamedNode(addresses.query))])
    return triples


def _stated(node: NamedNode, values: Iterable[tuple[str, NamedNode | Literal]]) -> set[Triple]:
    return {Triple(node, term(name), value) for name, value in values}

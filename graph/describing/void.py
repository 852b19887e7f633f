"""The VoID description of a graph: its counts (`graph.describing.profile`) as triples.

It describes everything in the default graph but itself. No blank nodes; the IRIs of its parts are made from what they
are about, so that the same graph has the same description. A part of a class has its properties, and a part of a
property the classes and datatypes of the objects, as the query editors of SIB read them.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from graph.columnar.columns import Columns
from graph.describing.profile import ClassCount, ClassProperty, Links, Profile, PropertyCount, profile
from graph.nodes import term
from ontology.terms import ETIO, PREFIXES, MappingRelation

DATASET: Final = f"{ETIO}void"
"""The IRI of the dataset; of its parts, what it begins with."""

_EXT: Final = "http://ldf.fi/void-ext#"
_VOCABULARIES: Final = (
    "HP",
    "DOID",
    "MONDO",
    "UBERON",
    "MAXO",
    "SYMP",
    "UMLS",
    "MESH",
    "SNOMEDCT",
    "ICD10CM",
    "OMIM",
    "ORPHA",
    "DECIPHER",
)
_USED: Final = ("etio", "skos", "dcterms", "oa", "prov", "rdf", "rdfs", "owl", "sh")
_MAPPINGS: Final = tuple(PREFIXES["skos"] + relation.value for relation in MappingRelation)

_Value = NamedNode | Literal


def void_triples(columns: Columns) -> set[Triple]:
    """The description of the graph whose columns these are."""
    counted = profile(columns, link_properties=_MAPPINGS, namespaces=[PREFIXES[prefix] for prefix in _VOCABULARIES])
    return description(counted)


def description(counted: Profile) -> set[Triple]:
    """The counts as triples."""
    node = NamedNode(DATASET)
    triples = _stated(
        node,
        [
            ("rdf:type", term("void:Dataset")),
            ("dcterms:title", Literal("Etiograph")),
            (
                "dcterms:description",
                Literal(
                    "What health articles say, as claims with the sentences they rest on, and the vocabulary they are "
                    "put in. Counted over the whole default graph, this description left out."
                ),
            ),
            ("dcterms:license", NamedNode("http://www.apache.org/licenses/LICENSE-2.0")),
            (
                "dcterms:rights",
                Literal("The licence is of the vocabulary; dcterms:license of an article is of its text."),
            ),
            ("void:uriSpace", Literal(ETIO)),
            ("void:triples", _number(counted.triples)),
            ("void:entities", _number(counted.subjects)),
            ("void:distinctSubjects", _number(counted.subjects)),
            ("void:distinctObjects", _number(counted.objects)),
            ("void:properties", _number(len(counted.properties))),
            ("void:classes", _number(len(counted.classes))),
            *(("void:vocabulary", NamedNode(PREFIXES[prefix])) for prefix in _USED),
            *(("void:propertyPartition", _part("property", one.property)) for one in counted.properties),
            *(("void:classPartition", _part("class", one.name)) for one in counted.classes),
            *(("void:subset", _linkset(one)) for one in counted.links),
        ],
    )
    for one in counted.properties:
        triples |= _property(one)
    for each in counted.classes:
        triples |= _class(each)
    for links in counted.links:
        triples |= _links(links)
    return triples


def _property(one: PropertyCount) -> set[Triple]:
    return _stated(
        _part("property", one.property),
        [
            ("rdf:type", term("void:Dataset")),
            ("void:property", NamedNode(one.property)),
            ("void:triples", _number(one.triples)),
            ("void:distinctSubjects", _number(one.subjects)),
            ("void:distinctObjects", _number(one.objects)),
        ],
    )


def _class(one: ClassCount) -> set[Triple]:
    parts = {each.property: _part("class", one.name, each.property) for each in one.properties}
    triples = _stated(
        _part("class", one.name),
        [
            ("rdf:type", term("void:Dataset")),
            ("void:class", NamedNode(one.name)),
            ("void:entities", _number(one.entities)),
            ("void:properties", _number(len(one.properties))),
            *(("void:propertyPartition", part) for part in parts.values()),
        ],
    )
    for each in one.properties:
        triples |= _class_property(one.name, each)
    return triples


def _class_property(of_class: str, one: ClassProperty) -> set[Triple]:
    node = _part("class", of_class, one.property)
    triples = _stated(
        node,
        [
            ("rdf:type", term("void:Dataset")),
            ("void:property", NamedNode(one.property)),
            ("void:triples", _number(one.triples)),
            ("void:distinctSubjects", _number(one.subjects)),
        ],
    )
    triples |= _objects(node, (of_class, one.property), one.classes, ("void:classPartition", "void:class"))
    names = (f"{_EXT}datatypePartition", f"{_EXT}datatype")
    return triples | _objects(node, (of_class, one.property), one.datatypes, names)


def _objects(node: NamedNode, path: tuple[str, str], counts: Mapping[str, int], names: tuple[str, str]) -> set[Triple]:
    triples: set[Triple] = set()
    for name, count in counts.items():
        part = _part("class", *path, name)
        triples |= _stated(node, [(names[0], part)])
        triples |= _stated(
            part,
            [
                ("rdf:type", term("void:Dataset")),
                (names[1], NamedNode(name)),
                ("void:triples", _number(count)),
            ],
        )
    return triples


def _links(one: Links) -> set[Triple]:
    target = _part("vocabulary", one.namespace)
    return _stated(
        _linkset(one),
        [
            ("rdf:type", term("void:Linkset")),
            ("void:linkPredicate", NamedNode(one.property)),
            ("void:subjectsTarget", NamedNode(DATASET)),
            ("void:objectsTarget", target),
            ("void:triples", _number(one.triples)),
            ("void:distinctSubjects", _number(one.subjects)),
            ("void:distinctObjects", _number(one.objects)),
        ],
    ) | _stated(target, [("rdf:type", term("void:Dataset")), ("void:uriSpace", Literal(one.namespace))])


def _linkset(one: Links) -> NamedNode:
    return _part("links", one.property, one.namespace)


def _part(sort: str, *of: str) -> NamedNode:
    return NamedNode(f"{DATASET}/{sort}/{sha256(' '.join(of).encode()).hexdigest()[:16]}")


def _number(count: int) -> Literal:
    return Literal(str(count), datatype=term("xsd:integer"))


def _stated(node: NamedNode, values: Iterable[tuple[str, _Value]]) -> set[Triple]:
    return {Triple(node, term(name), value) for name, value in values}

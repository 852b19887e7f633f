"""What a vocabulary's file becomes: its concepts, and what is left out with the reason."""

from pathlib import Path
from textwrap import dedent

import pytest

from ontology.adoption import Adopted, adopt, read_vocabulary
from ontology.claim import Concept, Mapping, Name
from ontology.errors import InvalidVocabulary
from ontology.findings import Finding
from ontology.terms import Kind, MappingRelation, NameType

OBO = """
    format-version: 1.4
    idspace: WAX http://wax.example/term#
    import: http://wax.example/other.obo
    ontology: wax

    [Term]
    id: WAX:1
    name: bath procedure
    is_a: WAX:3

    [Term]
    id: WAX:2
    name: Paraffin bath
    def: "Hands in warm wax." [WAX:me]
    synonym: "wax bath" EXACT layperson []
    synonym: "hot bath" BROAD []
    synonym: "PB" EXACT abbreviation []
    synonym: "dip" RELATED []
    xref: MESH:D0001
    xref: Wikipedia:Paraffin_bath
    property_value: skos:exactMatch MAXO:0000999
    is_a: WAX:1

    [Term]
    id: WAX:3
    name: therapeutic procedure
    is_a: WAX:1

    [Term]
    id: WAX:4
    name: obsolete wax plug
    is_obsolete: true

    [Term]
    id: UBERON:0000001
    name: wax gland

    [Term]
    id: WAX:5
    name: water
    is_a: WAX:3

    [Typedef]
    id: part_of
    name: part of
    """
WAX = "http://wax.example/term#"
BATH = Concept(
    f"{WAX}2",
    "paraffin bath",
    (Kind.TREATMENT,),
    (Name("wax bath", NameType.LAY),),
    (Mapping(MappingRelation.CLOSE, "MESH:D0001"), Mapping(MappingRelation.EXACT, "MAXO:0000999")),
    "Hands in warm wax.",
)
GRAPHS = """
    {"graphs": [{
      "id": "http://purl.obolibrary.org/obo/symp.json",
      "nodes": [
        {"id": "http://purl.obolibrary.org/obo/SYMP_1", "lbl": "Grumbling", "type": "CLASS", "meta": {
          "synonyms": [{"pred": "hasExactSynonym", "val": "rumbling"}, {"pred": "hasBroadSynonym", "val": "noise"}],
          "xrefs": [{"val": "UMLS_CUI:C0001"}],
          "basicPropertyValues": [{"pred": "http://www.w3.org/2004/02/skos/core#broadMatch", "val": "HP:0000002"}]}},
        {"id": "http://purl.obolibrary.org/obo/SYMP_2", "lbl": "grumblitis", "type": "CLASS"},
        {"id": "http://purl.obolibrary.org/obo/SYMP_3", "lbl": "gone", "meta": {"deprecated": true}},
        {"id": "http://purl.obolibrary.org/obo/RO_1", "lbl": "has", "type": "PROPERTY"}],
      "edges": []}]}
    """
TURTLE = """
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    @prefix etio: <https://w3id.org/etiograph/> .
    @prefix w: <http://wax.example/> .
    w:scheme a skos:ConceptScheme .
    w:a a skos:Concept ; skos:prefLabel "soothing drugs"@en, "Linderung"@de ; skos:narrower w:b .
    w:b a skos:Concept ; skos:prefLabel "balm"@en, "salve"@en-GB ; skos:altLabel "Salbe"@de ;
        skos:exactMatch <http://purl.obolibrary.org/obo/MAXO_0000001> ; skos:closeMatch <http://elsewhere.example/1> .
    w:c a skos:Concept, etio:Symptom ; skos:prefLabel "greasiness" ; skos:broader w:a .
    w:d a skos:Concept ; skos:prefLabel "Glanz"@de .
    """
XML = """<?xml version="1.0"?>
    <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#">
      <skos:Concept rdf:about="http://wax.example/a">
        <skos:prefLabel xml:lang="en">wax test</skos:prefLabel>
      </skos:Concept>
    </rdf:RDF>
    """
JSON_LD = """
    {"@context": {"skos": "http://www.w3.org/2004/02/skos/core#"}, "@id": "http://wax.example/a",
     "@type": "skos:Concept", "skos:prefLabel": "wax test"}
    """
TRIPLES = """
    <w:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2004/02/skos/core#Concept> .
    <w:a> <http://www.w3.org/2004/02/skos/core#prefLabel> "wax test"@en .
    """.replace("w:a", "http://wax.example/a")


def adopted(folder: Path, name: str, content: str, *, kind: Kind | None = None) -> Adopted:
    path = folder / name
    path.write_text(dedent(content).lstrip(), encoding="utf-8")
    return adopt(read_vocabulary(path), kind=kind)


def test_an_obo_file_gives_its_own_living_terms_with_their_exact_names(tmp_path: Path) -> None:
    found = adopted(tmp_path, "wax.obo", OBO)
    assert [concept.label for concept in found.concepts] == ["bath procedure", "paraffin bath", "therapeutic procedure"]
    assert found.concepts[1] == BATH
    assert [(note.finding, note.name) for note in found.notes] == [
        (Finding.SHORT, "PB"),
        (Finding.OBSOLETE, "obsolete wax plug"),
        (Finding.IMPORTED, "wax gland"),
        (Finding.COMMON, "water"),
        (Finding.NO_NAME, "water"),
    ]
    assert found.vocabulary.imports == ("http://wax.example/other.obo",)


def test_obo_graphs_are_read_alike_and_mappings_keep_their_relation(tmp_path: Path) -> None:
    found = adopted(tmp_path, "symp.json", GRAPHS)
    assert found.concepts == (
        Concept(
            "SYMP:1",
            "grumbling",
            (Kind.SYMPTOM,),
            (Name("rumbling"),),
            (Mapping(MappingRelation.BROAD, "HP:0000002"), Mapping(MappingRelation.CLOSE, "UMLS:C0001")),
        ),
        Concept("SYMP:2", "grumblitis", (Kind.CONDITION, Kind.SYMPTOM)),
    )
    assert [note.finding for note in found.notes] == [Finding.OBSOLETE]


def test_a_skos_file_gives_english_names_stated_mappings_and_kinds_by_what_is_broader(tmp_path: Path) -> None:
    found = adopted(tmp_path, "wax.ttl", TURTLE)
    assert found.concepts == (
        Concept("http://wax.example/a", "soothing drugs", (Kind.TREATMENT,)),
        Concept(
            "http://wax.example/b",
            "balm",
            (Kind.TREATMENT,),
            (Name("salve"),),
            (Mapping(MappingRelation.EXACT, "MAXO:0000001"),),
        ),
        Concept("http://wax.example/c", "greasiness", (Kind.SYMPTOM,)),
    )
    assert [(note.finding, note.term) for note in found.notes] == [(Finding.NO_LABEL, "http://wax.example/d")]


@pytest.mark.parametrize(("name", "content"), [("a.rdf", XML), ("a.jsonld", JSON_LD), ("a.nt", TRIPLES)])
def test_skos_is_read_in_every_form_of_rdf(tmp_path: Path, name: str, content: str) -> None:
    found = adopted(tmp_path, name, content)
    assert found.concepts == (Concept("http://wax.example/a", "wax test", (Kind.TEST,)),)


def test_a_term_whose_kind_nothing_tells_needs_to_be_given_one(tmp_path: Path) -> None:
    content = "[Term]\nid: ZZ:1\nname: grumble\n"
    with pytest.raises(InvalidVocabulary, match="1 left out: nothing tells its kind"):
        adopted(tmp_path, "zz.obo", content)
    assert adopted(tmp_path, "zz.obo", content, kind=Kind.MECHANISM).concepts[0].kinds == (Kind.MECHANISM,)


def test_terms_that_are_kinds_of_one_another_in_a_circle_are_read(tmp_path: Path) -> None:
    content = (
        "[Term]\nid: SYMP:1\nname: grim ache\nis_a: SYMP:2\n\n[Term]\nid: SYMP:2\nname: ache, grim\nis_a: SYMP:1\n"
    )
    assert [concept.id for concept in adopted(tmp_path, "a.obo", content).concepts] == ["SYMP:1", "SYMP:2"]


def _bomb() -> str:
    entities = "".join(f'<!ENTITY e{number} "{f"&e{number - 1};" * 10}">' for number in range(1, 10))
    head = f'<!DOCTYPE rdf:RDF [<!ENTITY e0 "ha">{entities}]>'
    return XML.replace("<rdf:RDF", f"{head}<rdf:RDF", 1).replace("wax test", "&e9;")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.obo", "nothing of the kind\n", "no [Term] in it"),
        ("a.obo", "", "empty"),
        ("a.json", "[1, 2", "not valid JSON"),
        ("a.json", '{"graphs": {"nodes": 3}}', "no list 'nodes' in a list 'graphs'"),
        ("a.json", "[" * 100_000, "not valid JSON"),
        ("a.jsonld", '{"@id": ' * 100_000, "not valid JSON"),
        ("a.jsonld", '{"@context": "http://a.example/", "@id": "http://a.example/"}', "not valid JSON-LD"),
        ("a.ttl", "a b c", "not valid Turtle"),
        ("a.ttl", "<http://a.example/> a <http://a.example/B> .", "without a skos:Concept"),
        ("a.rdf", "<a>", "not well-formed XML"),
        ("a.rdf", "<a>" * 300, "more than 200 elements inside one another"),
        ("a.rdf", _bomb(), "entity 'e1' stands for other entities"),
        ("a.rdf", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hosts">]><a>&x;</a>', "fetched from elsewhere"),
        ("a.csv", "id,name", ".csv is no vocabulary read here"),
    ],
)
def test_a_bad_file_is_refused_with_what_was_seen(tmp_path: Path, name: str, content: str, said: str) -> None:
    with pytest.raises(InvalidVocabulary) as caught:
        adopted(tmp_path, name, content)
    assert said in str(caught.value)
    assert name in str(caught.value)


def test_a_file_too_large_and_what_is_no_file_are_not_opened(tmp_path: Path) -> None:
    large = tmp_path / "large.obo"
    with large.open("wb") as file:
        file.truncate(1_000_000_000)
    with pytest.raises(InvalidVocabulary, match="too large: 1,000,000,000 bytes"):
        read_vocabulary(large)
    with pytest.raises(InvalidVocabulary, match="not a file"):
        read_vocabulary(tmp_path.rename(tmp_path.with_suffix(".obo")))
    with pytest.raises(InvalidVocabulary, match="cannot be read"):
        read_vocabulary(tmp_path / "none.obo")


def test_the_vocabularies_of_the_obo_foundry_are_read(shared: Path) -> None:
    counts = {
        name: (len(found.concepts), found.vocabulary.prefix)
        for name in ("maxo", "symp", "uberon-subset")
        for found in (adopt(read_vocabulary(shared / "vocabularies" / f"{name}.obo")),)
    }
    assert counts == {"maxo": (1884, "MAXO"), "symp": (891, "SYMP"), "uberon-subset": (2890, "UBERON")}

"""What an update may do to a store of articles, and what it may not, in the default graph and beside it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from toygraph import toy_extractions
from toystore import store_toy

from graph.layer import Layer, bundled
from graph.rdf import concept_triples
from graph.store import Snapshot, Store
from graph.updating.edits import edit
from graph.updating.handover import Written
from ontology.claim import Concept
from ontology.errors import InvalidUpdate
from ontology.terms import Kind

EX = "http://example.org/"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("toy")
    store_toy(folder)
    return folder


@pytest.fixture
def store(filled: Path) -> Iterator[Store]:
    with Store.open_as_it_is(filled) as store:
        yield store


def update(store: Store, text: str) -> Written:
    request: dict[str, object] = {"action": "update", "base": None, "using": [], "using_named": []}
    return edit(store, request, f"PREFIX ex: <{EX}> {text}".encode())


def content(store: Store) -> bytes:
    with Snapshot.open(store.folder) as snapshot:
        return snapshot.nquads()


REFUSED = {
    "a link that no claim states": (
        "INSERT DATA { etio:anticoagulants etio:causes etio:hemoptysis }",
        "link without an affirmed claim: <https://w3id.org/etiograph/anticoagulants>",
    ),
    "the link of a claim": (
        "DELETE DATA { etio:anticoagulants etio:treats etio:pulmonary-embolism }",
        "missing: <https://w3id.org/etiograph/anticoagulants> <https://w3id.org/etiograph/treats>",
    ),
    "figures that follow from evidence": (
        "DELETE { ?c etio:belief ?b } INSERT { ?c etio:belief 0.01 } WHERE { ?c etio:belief ?b }",
        "follows from no evidence; say it in a named graph: ",
    ),
    "a value that the shapes do not allow": (
        'INSERT { ?c etio:certainty "surely" } WHERE { ?c a etio:Claim }',
        "a claim needs exactly one certainty: asserted, possible or unlikely",
    ),
    "a quote that does not stand there": (
        'DELETE { ?q oa:exact ?x } INSERT { ?q oa:exact "Not so." } WHERE { ?q oa:exact ?x }',
        "is not the quote 'Not so.'",
    ),
    "evidence without its claim": ("DELETE WHERE { ?c etio:evidence ?e }", "evidence of no claim"),
    "claims without their evidence": (
        "DELETE { ?e ?p ?o } WHERE { ?e a etio:Evidence ; ?p ?o }",
        "cannot be read as a claim: ",
    ),
    "an article that evidence is of": (
        "DELETE WHERE { <https://w3id.org/etiograph/article/lung-clots> ?p ?o }",
        "its article 'lung-clots' is not in the store",
    ),
    "another text of an article": (
        'DELETE { ?a etio:text ?t } INSERT { ?a etio:text "Short." } WHERE { ?a etio:text ?t }',
        "is not the quote",
    ),
    "a second label of a concept": (
        'INSERT DATA { etio:hemoptysis skos:prefLabel "spitting" }',
        "a concept needs exactly one preferred label",
    ),
    "another type of a concept": (
        "INSERT DATA { etio:hemoptysis a ex:Thing }",
        "a concept needs at least one of the ten kinds, and no other type",
    ),
    "a label of the vocabulary": (
        "DELETE WHERE { etio:hemoptysis skos:prefLabel ?label }",
        "belongs to the vocabulary and cannot be removed: ",
    ),
    "a term of the ontology": (
        "INSERT DATA { etio:causes rdfs:subPropertyOf ex:makes }",
        "the ontology cannot be added to: ",
    ),
    "a class below one of ours": ("INSERT DATA { ex:Rare rdfs:subClassOf etio:Condition }", "has no subclasses"),
    "a claim that says nothing": ("INSERT DATA { ex:claim a etio:Claim }", "cannot be read as a claim: "),
    "a concept without a label": (
        "INSERT DATA { ex:concept a skos:Concept , etio:Condition }",
        "exactly one preferred",
    ),
    "a blank node for a claim": ("INSERT DATA { [] a etio:Claim }", "a node of ours has an IRI: "),
    "a relation to a text": ('INSERT DATA { ex:a etio:causes "pain" }', "a relation links two concepts: "),
    "evidence of ours for something else": (
        "INSERT { ex:paper etio:evidence ?e } WHERE { ?e a etio:Evidence }",
        "evidence belongs to exactly one claim",
    ),
    "a note on a claim": (
        'INSERT { ?c ex:note "doubtful" } WHERE { ?c a etio:Claim }',
        "follows from no evidence; say it in a named graph: ",
    ),
    "everything": ("INSERT DATA { ex:a ex:b 1 } ; DROP ALL", "the vocabulary cannot be removed: DROP ALL"),
    "the default graph": ("CLEAR DEFAULT", "the vocabulary cannot be removed: CLEAR DEFAULT"),
    "every concept": (
        "DELETE { ?s ?p ?o } WHERE { ?s a skos:Concept ; ?p ?o }",
        "belongs to the vocabulary and cannot be removed: ",
    ),
    "the vocabulary's version": (
        "DELETE WHERE { etio:vocabulary owl:versionInfo ?version }",
        "belongs to the vocabulary and cannot be removed: ",
    ),
    "a named graph put in place of it": (
        "INSERT DATA { GRAPH ex:g { ex:a ex:b 1 } } ; COPY ex:g TO DEFAULT",
        "belongs to the vocabulary and cannot be removed: ",
    ),
}


@pytest.mark.parametrize(("text", "line"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_longer_consistent_is_refused_and_undone(store: Store, text: str, line: str) -> None:
    before, name = content(store), store.hash
    with pytest.raises(InvalidUpdate) as caught:
        update(store, text)
    assert [row for row in caught.value.report if line in row], caught.value.report
    assert (content(store), store.hash) == (before, name)


ACCEPTED = {
    "a user's own": "INSERT DATA { ex:a ex:b 1 , [] ; a ex:Thing }",
    "another name of a concept": 'INSERT DATA { etio:hemoptysis etio:layName "spitting of blood" }',
    "a note on a concept": 'INSERT DATA { etio:hemoptysis ex:note "see 2.1" ; rdfs:comment "x"@de }',
    "a concept of one's own": 'INSERT DATA { ex:c a skos:Concept , etio:Condition ; skos:prefLabel "rare" }',
    "a statement about a statement": "INSERT DATA { ex:s rdf:subject etio:hemoptysis ; rdf:predicate ex:p }",
    "damage in a named graph": "INSERT { GRAPH ex:g { ?s etio:causes ?o } } WHERE { ?s etio:treats ?o }",
    "a copy of all": "COPY DEFAULT TO ex:copy",
    "a graph without triples": "CREATE GRAPH ex:empty",
    "a change and its reverse": (
        "DELETE DATA { etio:anticoagulants etio:treats etio:pulmonary-embolism } ; "
        "INSERT DATA { etio:anticoagulants etio:treats etio:pulmonary-embolism }"
    ),
    "a named graph cleared": "INSERT DATA { GRAPH ex:h { ex:a ex:b 1 } } ; CLEAR GRAPH ex:h ; DROP GRAPH ex:h",
}


@pytest.mark.parametrize("text", ACCEPTED.values(), ids=ACCEPTED)
def test_what_a_user_says_besides_is_accepted_and_taken_back(tmp_path: Path, text: str) -> None:
    with Store.open(tmp_path) as store:
        store.replace(toy_extractions())
        written = update(store, text)
        assert written.hash == store.hash
        with Snapshot.open(tmp_path) as snapshot:
            assert len(snapshot.claims()) == 9
            assert {concept.id for concept in snapshot.concepts()} >= {"etio:hemoptysis", "etio:anticoagulants"}


def test_a_name_that_is_added_is_among_the_concept_s_names_and_may_be_removed_again(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        before = content(store)
        update(store, 'INSERT DATA { etio:hemoptysis etio:layName "spitting of blood" }')
        with Snapshot.open(tmp_path) as snapshot:
            (concept,) = (each for each in snapshot.concepts() if each.id == "etio:hemoptysis")
        assert "spitting of blood" in {name.text for name in concept.names}
        update(store, 'DELETE DATA { etio:hemoptysis etio:layName "spitting of blood" }')
        assert content(store) == before


def test_a_whole_claim_may_be_taken_out_and_put_in_again_by_an_update(store: Store) -> None:
    before = content(store)
    with pytest.raises(InvalidUpdate):
        update(store, "DELETE { ?c ?p ?o } WHERE { ?c a etio:Claim ; ?p ?o }")
    claim = "<https://w3id.org/etiograph/claim/"
    lines = [
        line
        for line in before.decode().splitlines()
        if line.startswith((claim, "<https://w3id.org/etiograph/evidence/"))
        or ("<https://w3id.org/etiograph/treats>" in line and "anticoagulants" in line)
    ]
    assert len(lines) > 100
    text = "\n".join(lines)
    assert update(store, f"DELETE DATA {{ {text} }} ; INSERT DATA {{ {text} }}").changed is False
    assert content(store) == before


def test_a_report_has_so_many_lines_and_counts_the_others(store: Store) -> None:
    with pytest.raises(InvalidUpdate) as caught:
        update(store, "DELETE { ?s ?p ?o } WHERE { ?s a skos:Concept ; ?p ?o }")
    assert len(caught.value.report) == 101
    assert caught.value.report[-1].startswith("… and ")


def test_another_vocabulary_leaves_a_user_s_own_triples_and_additions_and_graphs(tmp_path: Path) -> None:
    concepts = [
        Concept("etio:hemoptysis", "coughing up blood", (Kind.SYMPTOM,)),
        Concept("etio:pneumonia", "pneumonia", (Kind.CONDITION,)),
    ]
    first, second = (
        Layer.of(triple for concept in given for triple in concept_triples(concept))
        for given in (concepts, [Concept("etio:hemoptysis", "hemoptysis", (Kind.SYMPTOM,))])
    )
    with Store.open(tmp_path, layer=first) as store, store.revision():
        store.run(
            'INSERT DATA { <a:a> <a:b> 1 . etio:hemoptysis etio:layName "spitting" . '
            "GRAPH <a:g> { etio:pneumonia skos:prefLabel 'x' } }",
            base=None,
        )
    with Store.open(tmp_path, layer=second), Snapshot.open(tmp_path) as snapshot:
        quads = set(snapshot.nquads().decode().splitlines())
    with Store.open(tmp_path / "new", layer=second), Snapshot.open(tmp_path / "new") as snapshot:
        fresh = set(snapshot.nquads().decode().splitlines())
    etio, skos = "https://w3id.org/etiograph/", "http://www.w3.org/2004/02/skos/core#"
    assert fresh <= quads
    assert quads - fresh == {
        '<a:a> <a:b> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .',
        f'<{etio}hemoptysis> <{etio}layName> "spitting" .',
        f'<{etio}pneumonia> <{skos}prefLabel> "x" <a:g> .',
    }


def test_a_bare_store_is_given_the_vocabulary_by_the_first_ingest_and_keeps_what_it_has(tmp_path: Path) -> None:
    with Store.open_as_it_is(tmp_path) as store:
        assert update(store, "INSERT DATA { ex:a ex:b 1 }").changed
        assert len(content(store).splitlines()) == 1
    with Store.open(tmp_path) as store:
        store.replace(toy_extractions())
        held = content(store)
    with Store.open(tmp_path / "new") as store:
        store.replace(toy_extractions())
        fresh = content(store)
    own = f'<{EX}a> <{EX}b> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .'
    assert set(held.decode().splitlines()) - set(fresh.decode().splitlines()) == {own}


def test_a_bare_store_takes_a_whole_export_but_not_a_part_of_one(tmp_path: Path, filled: Path) -> None:
    with Snapshot.open(filled) as snapshot:
        whole = snapshot.nquads()
    put = {"action": "put", "graph": None, "base": EX, "media_types": ["application/n-triples"]}
    with Store.open_as_it_is(tmp_path) as store:
        part = b"".join(
            line for line in whole.splitlines(keepends=True) if b"hemoptysis> <http://www.w3.org/2004" not in line
        )
        with pytest.raises(InvalidUpdate):
            edit(store, {**put, "sizes": [len(part)]}, part)
        assert content(store) == b""
        assert edit(store, {**put, "sizes": [len(whole)]}, whole).changed
        assert content(store) == whole
    with Store.open(tmp_path) as store:
        assert store.layer == bundled()
        assert content(store) == whole

from drawn import drawn
from graphworld import MINTED, OUTSIDE, extractions, toy_layer
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store
from toygraph import CONCEPTS, merged

from graph.change import Change, change, relayered
from graph.checkpoints import nquads
from graph.layer import Layer
from graph.rdf import concept_triples
from graph.reading import Descriptions, read_articles, read_claims, read_concepts
from ontology.article import Extraction
from ontology.claim import Claim, Concept
from ontology.terms import Kind

LAYER = toy_layer()
ids = st.sampled_from(["one", "two", "three"])


def new_store() -> Store:
    store = Store()
    store.update(relayered(store, LAYER).as_update())
    return store


def put(store: Store, article_id: str, extraction: Extraction | None, layer: Layer = LAYER) -> Change:
    difference = change(store, article_id, extraction, layer)
    store.update(difference.as_update())
    return difference


@given(st.lists(st.tuples(ids, st.none() | extractions(ids)), max_size=6))
@drawn(30)
def test_whatever_was_replaced_and_removed_before_only_what_stands_last_counts(
    steps: list[tuple[str, Extraction | None]],
) -> None:
    worked, last = new_store(), {}
    for removed, extraction in steps:
        article_id = extraction.article.id if extraction else removed
        put(worked, article_id, extraction)
        last[article_id] = extraction
    fresh = new_store()
    for article_id, extraction in sorted(last.items(), reverse=True):
        put(fresh, article_id, extraction)
    assert nquads(worked).splitlines() == nquads(fresh).splitlines()


@given(st.lists(extractions(ids), max_size=3, unique_by=lambda extraction: extraction.article.id))
@drawn(30)
def test_what_is_read_back_is_what_was_put_in(given: list[Extraction]) -> None:
    store = new_store()
    for extraction in given:
        put(store, extraction.article.id, extraction)
    triples = Descriptions(quad.triple for quad in store)
    claims, expected = tuple(read_claims(triples)), merged(given)
    assert (claims, [claim.evidence for claim in claims]) == (expected, [claim.evidence for claim in expected])
    articles = sorted((extraction.article for extraction in given), key=lambda article: article.id)
    assert sorted(read_articles(triples), key=lambda article: article.id) == articles
    used = {end for claim in expected for end in (claim.subject, claim.object)}
    curated = {concept.id for concept in CONCEPTS}
    assert {concept.id for concept in read_concepts(triples)} == used | curated


@given(extractions(ids))
@drawn(15)
def test_putting_the_same_in_twice_changes_nothing(extraction: Extraction) -> None:
    store = new_store()
    put(store, extraction.article.id, extraction)
    assert change(store, extraction.article.id, extraction, LAYER) == Change(frozenset(), frozenset())


@given(extractions(ids), extractions(ids))
@drawn(15)
def test_another_vocabulary_layer_leaves_articles_claims_and_used_concepts_as_they_are(
    first: Extraction, second: Extraction
) -> None:
    lungs = Concept("etio:lungs", "lungs", (Kind.ANATOMY,))
    other = Layer.of(triple for concept in (*CONCEPTS[1:], lungs) for triple in concept_triples(concept))
    old, new = new_store(), Store()
    new.update(relayered(new, other).as_update())
    for extraction in (first, second):
        put(old, extraction.article.id, extraction)
        put(new, extraction.article.id, extraction, other)
    old.update(relayered(old, other).as_update())
    assert nquads(old).splitlines() == nquads(new).splitlines()


def test_a_minted_concept_goes_with_the_last_claim_that_speaks_of_it(toy: tuple[Extraction, ...]) -> None:
    store = new_store()
    before = nquads(store)
    known = toy[0].claims[0]
    evidence = known.evidence
    minted = Extraction(
        toy[0].article,
        OUTSIDE[:1],
        (Claim(MINTED[1], known.predicate, OUTSIDE[0].id, negated=False, evidence=evidence),),
    )
    put(store, minted.article.id, minted)
    found = {concept.id for concept in read_concepts(Descriptions(quad.triple for quad in store))}
    assert found - {concept.id for concept in CONCEPTS} == {MINTED[1], OUTSIDE[0].id}
    put(store, minted.article.id, None)
    assert nquads(store) == before


def test_figures_that_other_software_derived_are_renewed_when_an_article_is_read_again(
    toy: tuple[Extraction, ...],
) -> None:
    store, fresh = new_store(), new_store()
    for extraction in toy:
        put(store, extraction.article.id, extraction)
        put(fresh, extraction.article.id, extraction)
    store.update(
        "PREFIX etio: <https://w3id.org/etiograph/> DELETE { ?c etio:belief ?b } INSERT { ?c etio:belief 0.01 } "
        "WHERE { ?c etio:belief ?b }"
    )
    for extraction in toy:
        put(store, extraction.article.id, extraction)
    assert nquads(store) == nquads(fresh)

"""A stretch of neighbours ranked in arrays is the stretch of all that are read."""

from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from drawn import drawn
from hypothesis import given
from hypothesis import strategies as st
from toygraph import CONCEPTS, claim_between, merged, toy_extractions
from toynetworks import ARTICLES, SMALL, Ranked, networks
from toystore import stored, with_arrays

from graph import arraylookups, arrayneighbours
from graph.arraylookups import WALKS
from graph.knowledge import Link
from graph.linkarrays import LinkArrays, degrees_of
from graph.lookups import CONDITION_LOOKUPS, REASSURANCE, SYMPTOM_LOOKUPS, mechanisms_of, red_flags_of
from graph.neighbourhood import looked_up, near
from graph.neighbours import Direction, Filter, Negated, Pattern, find_matching
from graph.network import Network
from graph.storednetwork import StoredNetwork
from graph.stretches import Sort, Stretch, cut
from ontology.claim import Concept
from ontology.errors import InvalidArgument
from ontology.terms import Certainty, Kind, Predicate

filters = st.builds(
    Filter,
    negated=st.sampled_from(get_args(Negated)),
    min_certainty=st.sampled_from(Certainty),
    min_articles=st.integers(1, 2),
)
stretches = st.builds(
    Stretch,
    sort=st.sampled_from(get_args(Sort)),
    offset=st.integers(0, 6),
    limit=st.one_of(st.none(), st.integers(0, 6)),
)
some_kinds = st.frozensets(st.sampled_from([Kind.CONDITION, Kind.SYMPTOM, Kind.MECHANISM]), max_size=2)
patterns = st.builds(
    Pattern,
    direction=st.sampled_from(get_args(Direction)),
    predicates=st.frozensets(st.sampled_from([Predicate.CAUSES, Predicate.MIMICS, Predicate.IS_A]), max_size=2),
    kinds=some_kinds,
)


@drawn(150)
@given(networks(), patterns, stretches, some_kinds, st.integers(1, 3), filters)
def test_the_arrays_answer_what_reading_everything_answers(
    network: Network, pattern: Pattern, stretch: Stretch, kinds: frozenset[Kind], depth: int, filter: Filter
) -> None:
    for concept in SMALL:
        options = {"kinds": kinds, "depth": depth, "filter": filter}
        whole = find_matching(network, concept.id, (pattern,), **options)  # type: ignore[arg-type]
        found = near(Ranked.like(network), concept.id, (pattern,), stretch, **options)  # type: ignore[arg-type]
        assert found == cut(whole, stretch)


@drawn(30)
@given(networks(), stretches, some_kinds, filters)
def test_every_look_up_is_answered_from_arrays_as_by_reading(
    network: Network, stretch: Stretch, kinds: frozenset[Kind], filter: Filter
) -> None:
    for lookup in {*CONDITION_LOOKUPS.values(), *SYMPTOM_LOOKUPS.values()}:
        found = looked_up(Ranked.like(network), lookup, "etio:a", stretch, kinds=kinds, filter=filter)
        assert found == looked_up(network, lookup, "etio:a", stretch, kinds=kinds, filter=filter)


@drawn(30)
@given(networks(), stretches, filters)
def test_look_ups_that_walk_are_answered_from_arrays_as_by_reading(
    network: Network, stretch: Stretch, filter: Filter
) -> None:
    for concept in SMALL:
        for lookup in WALKS:
            found = looked_up(Ranked.like(network), lookup, concept.id, stretch, filter=filter)
            assert found == cut(lookup(network, concept.id, filter), stretch)


def test_a_walk_stops_where_more_links_lie_than_are_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    reassuring = Concept(REASSURANCE, "no need to worry", (Kind.CARE_ACTION,))
    claims = [
        claim_between("b", Predicate.IS_A, "a"),
        claim_between("c", Predicate.IS_A, "b"),
        *(claim_between(name, Predicate.WARRANTS, "d") for name in "abc"),
        claim_between("a", Predicate.WARRANTS, "no-need-to-worry"),
    ]
    network = Ranked([*SMALL, reassuring], claims, ARTICLES)
    whole = looked_up(network, red_flags_of, "etio:a", Stretch())
    assert [(link.of.id, link.distance) for link in whole.links] == [("etio:a", 1), ("etio:b", 2), ("etio:c", 3)]
    assert (whole.total, whole.truncated) == (3, False)
    monkeypatch.setattr(arrayneighbours, "MOST_FOLLOWED", 3)
    part = looked_up(network, red_flags_of, "etio:a", Stretch())
    assert (part.links, part.truncated) == (whole.links[:2], True)
    monkeypatch.setattr(arraylookups, "MOST_STEPS", 1)
    assert looked_up(network, red_flags_of, "etio:a", Stretch()).links == whole.links[:1]
    assert looked_up(network, mechanisms_of, "etio:a", Stretch()).total == 0


@pytest.fixture
def toys(tmp_path: Path) -> StoredNetwork:
    extractions = toy_extractions()
    articles = [extraction.article for extraction in extractions]
    return with_arrays(stored(tmp_path, CONCEPTS, merged(extractions), articles))


def test_only_the_claims_of_the_stretch_are_read(toys: StoredNetwork) -> None:
    found = near(toys, "etio:pulmonary-embolism", (Pattern(),), Stretch(limit=1, offset=1))
    kept = toys.claims._kept  # type: ignore[attr-defined]  # how it works, not what it answers
    assert (found.total, len(found.links), len(kept)) == (4, 1, 1)
    assert found.facets.predicates == {
        Predicate.CAUSES: 1,
        Predicate.DIAGNOSES: 1,
        Predicate.HAS_SYMPTOM: 1,
        Predicate.TREATS: 1,
    }
    assert found.facets.certainties == {Certainty.ASSERTED: 3, Certainty.POSSIBLE: 1}


def test_what_an_article_says_alone_is_answered_by_reading(toys: StoredNetwork) -> None:
    only = Filter(articles=frozenset({"lung-clots"}))
    found = near(toys, "etio:hemoptysis", (Pattern(),), Stretch(), filter=only)
    assert {row.article for link in found.links for claim in link.claims for row in claim.evidence} == {"lung-clots"}


@pytest.mark.parametrize(
    ("concept", "pattern", "depth", "message"),
    [
        ("etio:nothing", Pattern(), 1, "concept='etio:nothing'"),
        ("etio:hemoptysis", Pattern("up"), 1, "direction='up': expected out, in or both"),  # type: ignore[arg-type]
        ("etio:hemoptysis", Pattern(), 4, "depth=4: expected 1 to 3"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    toys: StoredNetwork, concept: str, pattern: Pattern, depth: int, message: str
) -> None:
    with pytest.raises(InvalidArgument) as caught:
        near(toys, concept, (pattern,), Stretch(), depth=depth)
    assert str(caught.value).startswith(message)


@given(networks())
def test_degrees_count_other_concepts_once(network: Network) -> None:
    arrays = LinkArrays.of(network.concepts.values(), network.links())
    ids = [arrays.names.id(number) for number in range(len(arrays.names))]
    assert [*degrees_of(arrays.affirmed)] == [network.degree(id) for id in ids]
    assert np.array_equal(arrays.degree, degrees_of(arrays.affirmed))


def test_links_of_concepts_that_are_not_there_are_left_out() -> None:
    claims = [claim_between("a", Predicate.CAUSES, name) for name in ("stranger", "b")]
    arrays = LinkArrays.of(SMALL, map(Link.of, claims))
    assert (arrays.affirmed.links, arrays.denied.links, arrays.names.find("etio:stranger")) == (1, 0, None)


def test_what_lies_beyond_the_links_that_are_followed_is_left_out_and_said_so(
    toys: StoredNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = near(toys, "etio:hemoptysis", (Pattern(),), Stretch(), depth=2)
    monkeypatch.setattr(arrayneighbours, "MOST_FOLLOWED", 2)
    part = near(toys, "etio:hemoptysis", (Pattern(),), Stretch(), depth=2)
    assert (whole.truncated, part.truncated) == (False, True)
    assert part.links == whole.links[: part.total]
    assert {link.distance for link in part.links} == {1, 2}  # alveolar hemorrhage has two links and comes first
    assert not near(toys, "etio:hemoptysis", (Pattern(),), Stretch()).truncated

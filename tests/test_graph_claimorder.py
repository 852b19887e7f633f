"""The list of all claims from arrays is the one that is made by sorting them."""

from drawn import drawn
from hypothesis import given
from hypothesis import strategies as st
from toynetworks import networks

from graph.claimorder import ClaimBounds, claim_order, in_order, ranked
from graph.knowledge import Link
from graph.linkarrays import LinkArrays
from graph.network import Network
from ontology.terms import Certainty, Predicate

bounds = st.builds(
    ClaimBounds,
    predicates=st.frozensets(st.sampled_from([Predicate.CAUSES, Predicate.MIMICS]), max_size=2),
    negated=st.sampled_from([None, True, False]),
    min_certainty=st.sampled_from(Certainty),
    min_articles=st.integers(1, 2),
)


@drawn(200)
@given(networks(), bounds, st.integers(0, 12), st.integers(0, 12))
def test_a_stretch_of_all_claims_is_cut_from_their_order(
    network: Network, bounds: ClaimBounds, offset: int, limit: int
) -> None:
    arrays = LinkArrays.of(network.concepts.values(), network.links())
    found = in_order(network.links(), bounds)
    assert ranked(arrays, bounds, offset, limit) == (
        len(found),
        tuple(link.id for link in found[offset : offset + limit]),
    )


@given(networks())
def test_the_best_believed_come_first_and_equal_ones_by_what_they_say(network: Network) -> None:
    found: tuple[Link, ...] = in_order(network.links(), ClaimBounds())
    assert [claim_order(link) for link in found] == sorted(claim_order(link) for link in network.links())
    assert [link.belief for link in found] == sorted((link.belief for link in found), reverse=True)

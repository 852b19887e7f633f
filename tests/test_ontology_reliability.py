"""What the statements of one article weigh together."""

import math

from hypothesis import given
from hypothesis import strategies as st

from ontology.reliability import independent, together, weights
from ontology.terms import Certainty

STATEMENTS = st.lists(
    st.tuples(
        st.sampled_from(["cause-verb", "lead-to", "heading-causes", "toy"]),
        st.sampled_from(Certainty),
        st.integers(0, 3),
        st.integers(4, 5),
    ),
    max_size=6,
)


def test_of_statements_that_share_a_rule_or_a_sentence_the_weightiest_counts() -> None:
    statements = [
        ("cause-verb", Certainty.ASSERTED, 0, 9),
        ("lead-to", Certainty.ASSERTED, 0, 9),
        ("lead-to", Certainty.ASSERTED, 20, 29),
        ("is-cause-of", Certainty.ASSERTED, 20, 29),
    ]
    known = weights().rules
    assert known["is-cause-of"] > known["lead-to"] > known["cause-verb"]
    assert dict(independent(statements)) == {3: known["is-cause-of"], 1: known["lead-to"]}


@given(STATEMENTS)
def test_those_that_count_make_up_the_whole_and_share_nothing(
    statements: list[tuple[str, Certainty, int, int]],
) -> None:
    counted = independent(statements)
    chosen = [statements[place] for place in counted]
    assert together(statements) == round(1 - math.prod(1 - weight for weight in counted.values()), 4)
    assert len({rule for rule, *_ in chosen}) == len({row[2:] for row in chosen}) == len(chosen)
    assert bool(counted) == bool(statements)

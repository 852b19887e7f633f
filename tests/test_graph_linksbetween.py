"""The links between two nodes are the same whether all of a node's links are looked at or they are searched for."""

from collections.abc import Sequence
from unittest.mock import patch

import numpy as np
import pytest
from drawn import drawn
from hypothesis import given
from hypothesis import strategies as st

from graph import linksbetween
from graph.adjacency.arrays import Adjacency, Links
from graph.adjacency.walking import Rules
from graph.linksbetween import Column, links_between
from graph.numbering import RELATIONS

NODES = 7
COLUMNS = tuple(Column(relation, backward) for backward in (True, False) for relation in (0, 2, 3))
Drawn = tuple[int, int, int, int, int]

a_link = st.tuples(
    st.integers(0, NODES - 1),
    st.sampled_from([0, 1, 2, 3]),
    st.integers(0, NODES - 1),
    st.integers(0, 3),
    st.integers(1, 3),
)
pairs = st.lists(st.tuples(st.integers(0, NODES - 1), st.integers(0, NODES - 1)), min_size=1, max_size=20)


def adjacency(links: Sequence[Drawn]) -> Adjacency:
    subject, relation, object_, certainty, articles = (np.array(part, np.int64) for part in zip(*links, strict=True))
    belief = np.full(len(links), 0.5, np.float32)
    return Adjacency.of(NODES, Links(subject, relation, object_, certainty, articles, belief), RELATIONS)


@pytest.mark.parametrize("few", [-1, 1, 1 << 20])
@drawn(150)
@given(
    links=st.lists(a_link, min_size=1, max_size=40, unique_by=lambda link: link[:3]),
    pairs=pairs,
    bounds=st.tuples(st.integers(0, 3), st.integers(1, 3)),
)
def test_all_links_of_pairs_are_found(
    few: int, links: list[Drawn], pairs: list[tuple[int, int]], bounds: tuple[int, int]
) -> None:
    arrays = adjacency(links)
    rules = Rules(min_certainty=bounds[0], min_articles=bounds[1])
    source, target = (np.array(ends, np.int64) for ends in zip(*pairs, strict=True))
    with patch.object(linksbetween, "_FEW", few):
        found = links_between(arrays, COLUMNS, source, target, rules)
    allowed = {
        link[:3]: number
        for number, link in enumerate(sorted(links))
        if link[3] >= rules.min_certainty and link[4] >= rules.min_articles
    }
    expected = [
        [
            allowed.get((end, column.relation, start) if column.backward else (start, column.relation, end), -1)
            for column in COLUMNS
        ]
        for start, end in pairs
    ]
    assert found.tolist() == expected


def test_where_there_are_no_links_none_is_found() -> None:
    nothing = np.empty(0, np.int64)
    arrays = Adjacency.of(NODES, Links(nothing, nothing, nothing, nothing, nothing, np.empty(0, np.float32)), RELATIONS)
    ends = np.array([0, 1])
    assert links_between(arrays, COLUMNS, ends, ends[::-1], Rules()).tolist() == [[-1] * len(COLUMNS)] * 2

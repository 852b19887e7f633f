"""The arrays of links: what they hold, in which order, and that files give back what was written."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pytest
from drawn import drawn
from hypothesis import given
from hypothesis import strategies as st

from graph.adjacency import arrays
from graph.adjacency.arrays import Adjacency, Links
from ontology.errors import InvalidArgument, StoreError

Row: TypeAlias = tuple[int, int, int, int, int, float]
"""Subject, relation, object, certainty, articles, belief."""

RELATIONS = ("causes", "has_symptom", "is_a")
NODES = 7
BELIEFS = st.floats(0, 1, width=32)


def links_of(rows: Iterable[Row]) -> Links:
    *whole, belief = (list(column) for column in zip(*rows, strict=True))
    subject, relation, object_, certainty, articles = (np.array(column, np.int64) for column in whole)
    return Links(subject, relation, object_, certainty, articles, np.array(belief, np.float64))


def adjacency_of(rows: list[Row], nodes: int = NODES) -> Adjacency:
    empty = np.zeros(0, np.int64)
    links = links_of(rows) if rows else Links(empty, empty, empty, empty, empty, np.zeros(0))
    return Adjacency.of(nodes, links, RELATIONS)


def rows_of(adjacency: Adjacency) -> list[Row]:
    subject = adjacency.subjects(np.arange(adjacency.links)).tolist()
    columns = (adjacency.relation, adjacency.out_node, adjacency.certainty, adjacency.articles, adjacency.belief)
    return list(zip(subject, *(column.tolist() for column in columns), strict=True))


def rows() -> st.SearchStrategy[list[Row]]:
    nodes = st.integers(0, NODES - 1)
    row = st.tuples(nodes, st.integers(0, 2), nodes, st.integers(0, 2), st.integers(1, 70_000), BELIEFS)
    return st.lists(row, max_size=40, unique_by=lambda row: row[:3])


@given(rows())
def test_links_are_numbered_by_subject_relation_object_and_keep_what_is_known_of_them(rows: list[Row]) -> None:
    adjacency = adjacency_of(rows)
    assert rows_of(adjacency) == sorted(rows)
    assert (adjacency.nodes, adjacency.links) == (NODES, len(rows))
    assert [adjacency.find_link(*row[:3]) for row in sorted(rows)] == list(range(len(rows)))


@given(rows())
def test_incoming_links_are_the_same_links_by_object_relation_subject(rows: list[Row]) -> None:
    adjacency = adjacency_of(rows)
    incoming = []
    for node in range(NODES):
        places = slice(int(adjacency.in_start[node]), int(adjacency.in_start[node + 1]))
        columns = (adjacency.in_relation[places], adjacency.in_node[places], adjacency.in_link[places])
        incoming += [(node, *row) for row in zip(*(column.tolist() for column in columns), strict=True)]
    numbered = [(*row[:3], number) for number, row in enumerate(sorted(rows))]
    assert incoming == sorted((object_, relation, subject, number) for subject, relation, object_, number in numbered)


@drawn(100)
@given(rows())
def test_a_folder_gives_back_what_was_saved(tmp_path_factory: pytest.TempPathFactory, rows: list[Row]) -> None:
    folder = tmp_path_factory.mktemp("saved") / "adjacency"
    adjacency = adjacency_of(rows)
    adjacency.save(folder)
    opened = Adjacency.open(folder)
    assert opened.relations == RELATIONS
    for name in arrays.ARRAYS:
        before, after = getattr(adjacency, name), getattr(opened, name)
        assert (before.dtype, before.tolist()) == (after.dtype, after.tolist())
        assert not before.flags.writeable
        assert not after.flags.writeable


@given(rows())
def test_keys_too_wide_for_one_whole_number_give_the_same_order(rows: list[Row]) -> None:
    narrow = adjacency_of(rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arrays, "_WIDEST_KEY", 1)
        wide = adjacency_of(rows)
    assert {name: getattr(narrow, name).tolist() for name in arrays.ARRAYS} == {
        name: getattr(wide, name).tolist() for name in arrays.ARRAYS
    }


def test_a_link_that_is_not_there_has_no_number() -> None:
    adjacency = adjacency_of([(1, 0, 2, 2, 1, 0.5), (1, 2, 4, 2, 1, 0.5)])
    asked = [(1, 0, 2), (1, 2, 4), (1, 0, 4), (1, 1, 2), (2, 0, 1), (6, 2, 6), (1, 2, 5)]
    assert [adjacency.find_link(*link) for link in asked] == [0, 1, None, None, None, None, None]


def test_counts_of_articles_take_two_bytes_while_they_fit() -> None:
    few, many = adjacency_of([(0, 0, 1, 2, 65_535, 1.0)]), adjacency_of([(0, 0, 1, 2, 65_536, 1.0)])
    assert (few.articles.itemsize, few.articles.tolist()) == (2, [65_535])
    assert (many.articles.itemsize, many.articles.tolist()) == (4, [65_536])


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([(0, 0, 7, 2, 1, 1.0)], "object=(7, 7): expected numbers from 0 to 6"),
        ([(-1, 0, 1, 2, 1, 1.0)], "subject=(-1, -1): expected numbers from 0 to 6"),
        ([(0, 3, 1, 2, 1, 1.0)], "relation=(3, 3): expected numbers from 0 to 2"),
        ([(0, 1, 2, 2, 1, 1.0), (0, 1, 2, 0, 3, 0.5)], "links=(0, 'has_symptom', 2): expected each link once"),
    ],
)
def test_what_is_no_link_is_refused(rows: list[Row], message: str) -> None:
    with pytest.raises(InvalidArgument) as raised:
        adjacency_of(rows)
    assert str(raised.value) == message


def test_too_many_relations_are_refused() -> None:
    links = links_of([(0, 0, 1, 2, 1, 1.0)])
    with pytest.raises(InvalidArgument, match="relations=256: expected at most 255 names"):
        Adjacency.of(2, links, tuple(f"r{number}" for number in range(256)))


def test_damaged_files_are_told_from_good_ones(tmp_path: Path) -> None:
    adjacency_of([(node, 0, other, 2, 1, 1.0) for node in range(7) for other in range(7)]).save(tmp_path / "a")
    with pytest.raises(StoreError, match=r"cannot be opened: .*shape.json.*; remove the folder"):
        Adjacency.open(tmp_path / "b")
    os.truncate(tmp_path / "a" / "out_node.npy", 140)
    with pytest.raises(StoreError, match=r"a cannot be opened: .*; remove the folder"):
        Adjacency.open(tmp_path / "a")
    shape = tmp_path / "a" / "shape.json"
    shape.write_text(shape.read_text().replace('"version": 2', '"version": 0'))
    with pytest.raises(StoreError, match="a has version 0 of the arrays, expected 2; remove it"):
        Adjacency.open(tmp_path / "a")

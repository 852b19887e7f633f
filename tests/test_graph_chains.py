"""Chains over the arrays: the same that NetworkX finds, in a stated order, under every rule, within a budget."""

from collections.abc import Iterator
from dataclasses import replace
from threading import Thread
from typing import TypeAlias

import networkx as nx
import numpy as np
import pytest
from drawn import drawn
from hypothesis import given
from hypothesis import strategies as st

from graph.adjacency import chains, meeting, nearby
from graph.adjacency.arrays import Adjacency, Links
from graph.adjacency.chains import Chains, ChainSearch
from graph.adjacency.walking import BOTH_WAYS, FORWARD, Rules, Step, Ways
from ontology.errors import InvalidArgument

RELATIONS = ("a", "b", "c")
NODES = 9

Row: TypeAlias = tuple[int, int, int, int, int]
"""Subject, relation, object, certainty, articles."""


@pytest.fixture(scope="module", params=[nearby.FEW, 6], ids=["sets", "sets, then marks"], autouse=True)
def few(request: pytest.FixtureRequest) -> Iterator[None]:
    """A shortest chain is looked for with sets, or with marks in arrays where these few links are too few."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nearby, "FEW", request.param)
        yield


def adjacency_of(rows: list[Row], nodes: int = NODES) -> Adjacency:
    subject, relation, object_, certainty, articles = np.array(rows, np.int64).reshape(-1, 5).T
    return Adjacency.of(nodes, Links(subject, relation, object_, certainty, articles, np.ones(len(rows))), RELATIONS)


def rows() -> st.SearchStrategy[list[Row]]:
    nodes = st.integers(0, NODES - 1)
    row = st.tuples(nodes, st.integers(0, 2), nodes, st.integers(0, 2), st.integers(1, 3))
    return st.lists(row, max_size=30, unique_by=lambda row: row[:3])


def relations() -> st.SearchStrategy[frozenset[int] | None]:
    return st.none() | st.frozensets(st.integers(0, 2), max_size=3)


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Row], Rules]:
    found = draw(rows())
    masks = draw(st.none() | st.lists(st.booleans(), min_size=NODES, max_size=NODES))
    links = draw(st.none() | st.lists(st.booleans(), min_size=len(found), max_size=len(found)))
    rules = Rules(
        forward=draw(relations()),
        backward=draw(relations()),
        min_certainty=draw(st.integers(0, 2)),
        min_articles=draw(st.integers(0, 3)),
        barred=draw(st.frozensets(st.integers(0, NODES - 1), max_size=2)),
        passable=None if masks is None else np.array(masks),
        links=None if links is None else np.array(links, np.bool_),
    )
    return found, rules


def networkx_graph(rows: list[Row], rules: Rules, source: int, target: int) -> "nx.DiGraph[int]":
    """What the rules leave between two ends, by going through the links one at a time."""
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(NODES))
    for number, (subject, relation, object_, certainty, articles) in enumerate(sorted(rows)):
        if certainty < rules.min_certainty or articles < rules.min_articles or subject == object_:
            continue
        if rules.links is None or rules.links[number]:
            if rules.forward is None or relation in rules.forward:
                graph.add_edge(subject, object_)
            if rules.backward is None or relation in rules.backward:
                graph.add_edge(object_, subject)
    impassable = set() if rules.passable is None else set((~rules.passable).nonzero()[0].tolist())
    graph.remove_nodes_from(impassable - {source, target} | rules.barred)
    return graph


def ordered(graph: "nx.DiGraph[int]", source: int, target: int, max_hops: int) -> list[tuple[int, ...]]:
    if source not in graph or target not in graph:
        return []
    found: Iterator[list[int]] = nx.all_simple_paths(graph, source, target, cutoff=max_hops)
    return sorted((tuple(path) for path in found), key=lambda path: (len(path), path))


ENDS = st.integers(0, NODES - 1)


@drawn(150)
@given(worlds(), ENDS, ENDS, st.integers(0, 8), st.integers(1, 40))
def test_chains_are_the_simple_paths_by_length_and_numbers(
    world: tuple[list[Row], Rules], source: int, target: int, max_hops: int, at_most: int
) -> None:
    rows, rules = world
    expected = ordered(networkx_graph(rows, rules, source, target), source, target, max_hops)
    search = ChainSearch(adjacency_of(rows))
    for _ in range(2):  # the second in the room that the first left behind
        assert search.chains(source, target, rules, max_hops=max_hops, at_most=at_most) == Chains(
            tuple(expected[:at_most])
        )
    fewest = [chain for chain in expected if len(chain) == len(expected[0])]
    assert search.all_shortest(source, target, rules, max_hops=max_hops).chains == tuple(fewest)
    assert search.find_shortest(source, target, rules, max_hops=max_hops).chains == tuple(fewest[:1])


@drawn(150)
@given(worlds(), ENDS, ENDS, st.integers(1, 60), st.integers(1, 4))
def test_what_a_budget_leaves_is_the_beginning_of_what_there_is(
    world: tuple[list[Row], Rules], source: int, target: int, budget: int, piece: int
) -> None:
    rows, rules = world
    expected = tuple(ordered(networkx_graph(rows, rules, source, target), source, target, 8))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(meeting, "_FIRST_PIECE", piece)
        found = ChainSearch(adjacency_of(rows)).chains(source, target, rules, max_hops=8, at_most=10_000, budget=budget)
    assert found.chains == expected[: len(found.chains)]
    assert found.truncated or found.chains == expected
    alone = ChainSearch(adjacency_of(rows)).find_shortest(source, target, rules, budget=budget)
    assert alone.truncated or alone.chains == expected[:1]


@drawn(100)
@given(worlds(), ENDS, ENDS)
def test_the_steps_between_two_nodes_are_the_links_that_the_rules_leave(
    world: tuple[list[Row], Rules], source: int, target: int
) -> None:
    rows, rules = world
    rules = replace(rules, barred=frozenset(), passable=None)
    expected = []
    for inverted, relations in ((False, rules.forward), (True, rules.backward)):
        for number, (subject, relation, object_, certainty, articles) in enumerate(sorted(rows)):
            ends = (object_, subject) if inverted else (subject, object_)
            wanted = relations is None or relation in relations
            enough = certainty >= rules.min_certainty and articles >= rules.min_articles
            if ends == (source, target) and wanted and enough and (rules.links is None or rules.links[number]):
                expected.append(Step(number, relation, inverted))
    ways = Ways.under(adjacency_of(rows), rules)
    assert ways.steps(source, target) == tuple(expected)
    assert (target in ways.neighbours(np.array([source], np.int32)).tolist()) == bool(expected)


@pytest.mark.parametrize("length", [249, 250, 251, 260])
def test_a_shortest_chain_may_be_longer_than_a_byte_can_count(length: int) -> None:
    rows = [(node, 0, node + 1, 2, 1) for node in range(length)]
    search = ChainSearch(adjacency_of(rows, nodes=length + 1))
    whole = Chains((tuple(range(length + 1)),))
    assert search.find_shortest(0, length) == whole
    assert search.all_shortest(0, length) == whole
    assert search.chains(0, length, max_hops=length, at_most=2) == whole
    assert search.chains(1, length, BOTH_WAYS, max_hops=length, at_most=2) == Chains((tuple(range(1, length + 1)),))
    assert search.find_shortest(length, 0) == Chains(())
    assert search.find_shortest(length, 0, BOTH_WAYS) == Chains((tuple(range(length, -1, -1)),))
    assert search.find_shortest(0, length, max_hops=length - 1) == Chains(())


def test_an_end_that_may_not_be_passed_is_an_end_all_the_same() -> None:
    """Either ball may be the one that reaches the other end."""
    nowhere = Rules(passable=np.zeros(NODES, np.bool_))
    for loop in (0, 1):
        search = ChainSearch(adjacency_of([(loop, 0, loop, 2, 1), (0, 0, 1, 2, 1), (1, 0, 2, 2, 1)]))
        for rules in (nowhere, replace(nowhere, backward=None)):
            assert search.chains(0, 1, rules, max_hops=3, at_most=3) == Chains(((0, 1),))
            assert search.find_shortest(0, 1, rules) == Chains(((0, 1),))
            assert search.find_shortest(0, 2, rules) == Chains(())


@pytest.mark.parametrize("narrow", [20, 250])
def test_long_chains_follow_short_ones(narrow: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many hops one byte is said to count."""
    monkeypatch.setattr(chains, "_NARROW", narrow)
    rows = [*((node, 0, (node + 1) % 60, 2, 1) for node in range(60)), (0, 1, 45, 2, 1)]
    found = ChainSearch(adjacency_of(rows, nodes=60)).chains(0, 45, max_hops=59, at_most=5)
    assert found == Chains(((0, 45), tuple(range(46))))


def test_a_hub_between_two_ends_is_passed_with_few_links_looked_at() -> None:
    """Either end has one link; the hub between them has 100,000."""
    rows = [(0, 0, 1, 2, 1), (1, 0, 2, 2, 1), *((1, 0, node, 2, 1) for node in range(3, 100_003))]
    search = ChainSearch(adjacency_of(rows, nodes=100_003))
    assert search.find_shortest(0, 2, budget=2) == Chains(((0, 1, 2),))
    assert search.chains(0, 2, max_hops=2, at_most=1, budget=100) == Chains(((0, 1, 2),))
    assert search.find_shortest(1, 0, BOTH_WAYS, budget=1) == Chains(((1, 0),))


def test_a_question_out_of_budget_says_so() -> None:
    rows = [(node, 0, other, 2, 1) for node in range(8) for other in range(8) if node != other]
    search = ChainSearch(adjacency_of(rows))
    assert search.find_shortest(0, 7, budget=3) == Chains((), truncated=True)
    assert search.find_shortest(0, 8) == Chains((), truncated=False)
    some = search.chains(0, 7, max_hops=7, at_most=100_000, budget=400)
    every = search.chains(0, 7, max_hops=7, at_most=100_000, budget=1_000_000)
    assert (some.truncated, every.truncated, len(every.chains)) == (True, False, 1957)
    assert 0 < len(some.chains) < 1957
    assert some.chains == every.chains[: len(some.chains)]


@pytest.mark.parametrize(
    ("source", "target", "rules", "max_hops", "message"),
    [
        (9, 0, FORWARD, 3, "source=9: expected the number of a node, below 9"),
        (0, -1, FORWARD, 3, "target=-1: expected the number of a node, below 9"),
        (0, 1, FORWARD, -1, "max_hops=-1: expected 0 or more"),
        (0, 1, Rules(forward=frozenset({3})), 3, "relation=3: expected a number below 3"),
        (0, 1, Rules(barred=frozenset({12})), 3, "barred=[12]: expected numbers of nodes below 9"),
    ],
)
def test_what_cannot_be_asked_is_refused(source: int, target: int, rules: Rules, max_hops: int, message: str) -> None:
    search = ChainSearch(adjacency_of([(0, 0, 1, 2, 1)]))
    with pytest.raises(InvalidArgument) as raised:
        search.chains(source, target, rules, max_hops=max_hops, at_most=1)
    assert str(raised.value) == message


def test_threads_that_ask_at_once_get_their_own_answers() -> None:
    rows = [(node, 0, (node + step) % 2_000, 2, 1) for node in range(2_000) for step in (1, 7, 40)]
    search = ChainSearch(adjacency_of(rows, nodes=2_000))
    pairs = [(number * 31 % 2_000, number * 57 % 2_000) for number in range(1, 200)]
    expected = [search.find_shortest(*pair) for pair in pairs]
    found: list[list[Chains]] = [[] for _ in range(4)]

    def ask(answers: list[Chains]) -> None:
        answers.extend(search.find_shortest(*pair) for pair in pairs)

    threads = [Thread(target=ask, args=(answers,)) for answers in found]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 4

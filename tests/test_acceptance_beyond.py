"""What is answered beyond one pair, on the articles themselves: quotes that stand there, sums that come out."""

import math
import re
from itertools import chain

import pytest
from realworld import World

from api.wire import one_claim
from graph.common import find_common
from graph.conflicts import find_conflicts
from graph.differential import find_differential
from graph.paths import Path, find_paths
from graph.quoting import in_quotes

PE, HEMOPTYSIS = "etio:pulmonary-embolism", "etio:hemoptysis"
SENTENCE = re.compile(r"“(?P<quote>.*?)”(?:, under “.*?”)? \[(?P<article>[^ \]]+)(?: and \d+ other articles?)?\]\.")


def misquoted(world: World, paths: tuple[Path, ...]) -> tuple[int, list[tuple[str, str]]]:
    """How many quotes explain the paths, and those of them that do not stand in the article they name."""
    texts = {article: " ".join(text.split()) for article, text in world.texts.items()}
    found = [
        (match["article"], match["quote"])
        for sentence in chain.from_iterable(map(in_quotes, paths))
        for match in SENTENCE.finditer(sentence)
    ]
    return len(found), [(article, quote) for article, quote in found if quote not in texts[article]]


def test_the_chain_from_embolism_to_hemoptysis_is_explained_by_quotes_that_stand_there(world: World) -> None:
    paths = find_paths(world.network, PE, HEMOPTYSIS, k=10).paths
    told = [len(in_quotes(path)) for path in paths]
    count, wrong = misquoted(world, paths)
    assert told == [len(path.hops) for path in paths]
    assert (wrong, count >= 20) == ([], True)


def test_common_causes_are_explained_by_quotes_that_stand_there(world: World) -> None:
    items = find_common(world.network, [HEMOPTYSIS, "etio:chest-pain"]).items
    count, wrong = misquoted(world, tuple(path for item in items for path in item.chains))
    assert {"pulmonary embolism", "lung cancer"} <= {item.concept.label for item in items[:3]}
    assert (wrong, count >= 20) == ([], True)


def test_the_belief_in_every_claim_comes_out_of_its_terms(world: World) -> None:
    several = 0
    for claim in world.network.claims.values():
        told = one_claim(world.network, claim)
        weights = []
        for term in told.belief_terms:
            counted = [row.rule_weight * row.certainty_factor for row in term.statements if row.counted]
            assert counted
            weights.append(1 - math.prod(1 - weight for weight in counted))
            assert term.weight == pytest.approx(weights[-1], abs=6e-5)
            several += len(counted) > 1
        assert told.belief == pytest.approx(1 - math.prod(1 - term.weight for term in told.belief_terms), abs=6e-5)
        places = [(row.start, row.end) for term in told.belief_terms for row in term.statements]
        assert places == [(row.start, row.end) for row in claim.evidence]
    assert several > 5


def test_embolism_explains_its_own_symptoms_best(world: World) -> None:
    asked = [HEMOPTYSIS, "etio:chest-pain", "etio:dyspnea"]
    found = find_differential(world.network, asked, ["etio:fever"], limit=50)
    first = found.candidates[0]
    assert first.concept.id == PE
    assert {row.fit.finding.id for row in first.explains} == set(asked)
    assert "etio:ct-pulmonary-angiography" in {test.link.concept.id for test in first.tests}
    feverish = {row.concept.label for row in found.candidates if row.against}
    assert "pneumonia" in feverish
    assert found.red_flags


def test_every_side_of_every_conflict_has_its_sentences(world: World) -> None:
    conflicts = find_conflicts(world.network)
    assert len(conflicts) >= 2
    assert [row for row in conflicts if any(not side.claim.evidence for side in row.sides)] == []
    about = find_conflicts(world.network, HEMOPTYSIS)
    assert about == tuple(row for row in conflicts if HEMOPTYSIS in (row.subject.id, row.object.id))

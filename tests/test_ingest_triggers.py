"""The trigger table: every row on its own example, and how matches are found."""

import pytest

from ingest.extract import extract
from ingest.matching import find_matches
from ingest.trigger_table import Example, examples, triggers
from ontology.article import Article
from ontology.schema import schema
from ontology.terms import SYMMETRIC


def pairs(example: Example) -> set[tuple[str, str]]:
    """Subject and object of what the example's own row reads in its text."""
    heading = f"# {example.heading}\n\n" if example.heading else ""
    article = Article(id="example", title="", text=f"{heading}{example.text}\n", format="markdown")
    found = extract(article)
    labels = {concept.id: concept.label for concept in found.concepts}
    return {
        (labels[claim.subject], labels[claim.object])
        for claim in found.claims
        if any(evidence.rule == example.trigger for evidence in claim.evidence)
    }


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.trigger)
def test_a_row_reads_its_own_example(example: Example) -> None:
    expected, found = set(example.claims), pairs(example)
    if {trigger.id: trigger.relation for trigger in triggers()}[example.trigger] in SYMMETRIC:
        found |= {(other, one) for one, other in found}
    assert expected - found == set()


def test_every_row_has_one_id_and_one_example_that_claims_something() -> None:
    ids = [trigger.id for trigger in triggers()]
    assert [example.trigger for example in examples()] == ids
    assert len(set(ids)) == len(ids)
    assert [example.trigger for example in examples() if not example.claims or not example.text] == []


def test_the_kinds_of_every_row_have_something_in_common_with_its_relation() -> None:
    relations = schema()
    assert [
        trigger.id
        for trigger in triggers()
        if not (
            trigger.subject & relations[trigger.relation].domain and trigger.object & relations[trigger.relation].range
        )
    ] == []


def test_every_slot_is_open_closed_missing_or_implied() -> None:
    for trigger in triggers():
        places = [
            trigger.leading,
            trigger.trailing,
            trigger.missing,
            trigger.implied[0] if trigger.implied else None,
            *map({"S": "subject", "O": "object"}.get, trigger.regex.compiled.groupindex),
        ]
        named = sorted(place for place in places if place)
        assert named == ["object", "subject"], trigger.id


@pytest.mark.parametrize(
    ("trap", "text", "first"),
    [
        (
            "auxiliary and adverb belong to the trigger",
            "Smoking can often cause lung cancer.",
            ("cause-verb", "can often cause"),
        ),
        ("negation belongs to it", "Smoking does not cause asthma.", ("cause-verb", "does not cause")),
        ("passive is not active", "Asthma is caused by smoke.", ("caused-by", "is caused by")),
        ("the longer row first", "Fever is a symptom of flu.", ("is-symptom-of", "is a symptom of")),
    ],
)
def test_the_best_match_has_most_words_of_its_own(trap: str, text: str, first: tuple[str, str]) -> None:
    (group,) = find_matches(text)
    assert (group[0].trigger.id, group[0].words.of(text).rstrip()) == first, trap


@pytest.mark.parametrize("text", ["", "The causeway ends.", "A noncausal link.", "Because."])
def test_words_that_hold_a_trigger_are_none(text: str) -> None:
    assert find_matches(text) == ()


def test_matches_that_share_no_words_are_groups_from_left_to_right() -> None:
    text = "Smoke causes asthma, and aspirin treats pain."
    groups = find_matches(text)
    assert [group[0].trigger.id for group in groups] == ["cause-verb", "treat-verb"]
    assert groups[0][0].words.end <= groups[1][0].words.start


def test_a_closed_slot_is_the_words_between_the_parts_of_a_row() -> None:
    text = "Symptoms of lung cancer include fever."
    match = find_matches(text)[0][0]
    slot = match.slot("subject")
    assert slot is not None
    assert (match.trigger.id, slot.of(text).strip(), match.slot("object")) == ("symptoms-of-list", "lung cancer", None)

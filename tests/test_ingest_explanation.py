"""How sentences were read: what was tried for each, and why what was dropped was dropped."""

import pytest

from ingest.arguments import Via
from ingest.article import bundled_articles
from ingest.explanation import Explanation, explain
from ingest.extract import extract
from ingest.reasons import Inconsistent, Unlinked, Unread
from ontology.article import Article


def read(text: str) -> tuple[Explanation, ...]:
    return explain(Article(id="a", title="", text=text, format="markdown"))


def last(text: str) -> Explanation:
    return read(text)[-1]


@pytest.mark.parametrize(
    ("text", "row", "words", "reason"),
    [
        ("Asthma can cause other problems.", "cause-verb", "other problems", Unlinked.GENERIC),
        ("Asthma can cause grimblies.", "cause-verb", "grimblies", Unlinked.NO_KIND),
        ("Asthma can cause surgery.", "cause-verb", "surgery", Unlinked.OTHER_KIND),
        ("Asthma can cause you.", "cause-verb", "you", Unlinked.PRONOUN),
        ("Asthma can cause a peat monitoring.", "cause-verb", "a peat monitoring", Unlinked.UNWANTED_KIND),
        ("Asthma can cause at night.", "cause-verb", "at night", Unlinked.PREPOSITION),
    ],
)
def test_words_that_name_nothing_in_a_slot_are_shown_with_the_reason(
    text: str, row: str, words: str, reason: Unlinked
) -> None:
    found = next(match for match in last(text).matches if match.match.trigger.id == row)
    assert [(each.words, each.reason) for each in found.slots[-1].lookups] == [(words, reason)]
    assert (found.reason, found.candidates) == (Unread.NO_OBJECT, ())


def test_a_slot_shows_what_each_member_of_its_list_was_linked_to_and_how() -> None:
    found = last("Severe asthma can cause coughing, tightness of the chest, and a grim wheeze.")
    subject, object = found.matches[0].slots
    assert (subject.words, object.words) == ("Severe asthma", "coughing, tightness of the chest, and a grim wheeze")
    assert [
        (each.words, each.found.concept.id, each.found.via, each.found.qualifier)
        for each in (*subject.lookups, *object.lookups)
        if each.found
    ] == [
        ("Severe asthma", "etio:asthma", Via.HEAD, "Severe"),
        ("coughing", "etio:cough", Via.NAME, None),
        ("tightness of the chest", "etio:chest-tightness", Via.NAME, None),
        ("a grim wheeze", "etio:wheezing", Via.HEAD, "grim"),
    ]


def test_a_row_whose_words_another_row_has_read_says_so() -> None:
    found = last("Asthma can cause wheezing.")
    assert [(match.match.trigger.id, match.reason) for match in found.matches] == [
        ("cause-verb", None),
        ("treatment-harm", Unread.SUPERSEDED),
    ]


def test_an_anaphor_shows_which_layer_of_the_focus_it_was_found_in() -> None:
    found = last("# Asthma\n\n## Causes of asthma\n\nIt can cause wheezing.")
    lookup = found.matches[0].slots[0].lookups[0]
    assert (lookup.words, lookup.found and lookup.found.concept.id, lookup.layer) == ("It", "etio:asthma", "section")
    assert [layer for layer, _ in found.focus] == ["section", "document"]


@pytest.mark.parametrize(
    ("text", "words", "reason"),
    [
        ("# Asthma\n\n## Causes of asthma\n\n- Allergic asthma", "Allergic asthma", Unread.SUBTOPIC),
        ("# Notes\n\n- Dust", "", Unread.NO_GOVERNING_HEADING),
        ("# Asthma\n\n## Symptoms of asthma\n\n- Fever caused by pneumonia", "", Unread.READ_BY_TRIGGER),
    ],
)
def test_an_item_that_its_heading_makes_no_claim_of_says_why(text: str, words: str, reason: Unread) -> None:
    passed = {stage.name: stage.passed for stage in last(text).stages}
    assert passed["item"] == ((words, reason),)


def test_a_candidate_that_does_not_fit_its_relation_is_dropped_with_the_reason() -> None:
    found = last("Hemoptysis can cause coughing up blood.")
    assert [(each.candidate.rule, each.dropped) for each in found.outcomes] == [("cause-verb", Inconsistent.SAME)]


def test_a_name_put_in_its_place_shows_what_it_was_narrowed_from() -> None:
    found = last("# Pulmonary embolism\n\nA clot in the lung can lead to infarction.")
    assert [
        (each.words, each.concept.id, each.narrowed_from.id)
        for each in found.mentions
        if each.narrowed_from is not None
    ] == [("infarction", "etio:pulmonary-infarction", "etio:tissue-death")]


def test_a_mention_put_together_from_several_is_shown_as_one() -> None:
    found = last("Mutations in the CFTR gene cause cystic fibrosis.")
    assert [(each.words, each.name and each.name.text) for each in found.mentions] == [
        ("Mutations in the CFTR gene", None),
        ("cystic fibrosis", "cystic fibrosis"),
    ]


def test_a_sentence_that_makes_no_claim_by_its_form_says_so() -> None:
    assert [(stage.name, stage.passed) for stage in last("What causes asthma?").stages] == [
        ("sentence", (("", Unread.SILENT),))
    ]


def test_what_is_explained_is_what_is_extracted() -> None:
    for article in bundled_articles():
        explained = {
            (each.candidate.subject.concept.id, each.candidate.predicate, each.candidate.object.concept.id)
            for unit in explain(article)
            for each in unit.outcomes
            if each.dropped is None
        }
        assert explained == {(claim.subject, claim.predicate, claim.object) for claim in extract(article).claims}


def test_numbers_and_offsets_lead_back_to_the_article() -> None:
    text = "Asthma causes wheezing.  It  may also cause a cough."
    assert [(each.number, text[each.start : each.end]) for each in read(text)] == [
        (1, "Asthma causes wheezing."),
        (2, "It  may also cause a cough."),
    ]


def test_an_article_without_text_to_read_has_no_explanation() -> None:
    assert read("Advertisement") == ()

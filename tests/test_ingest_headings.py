"""What headings say of the items under them: every row of the table, on its own example."""

import pytest

from ingest.extract import extract
from ingest.headings import HeadingRule, find_heading_rule, heading_rules
from ontology.article import Article
from ontology.schema import schema
from ontology.terms import Predicate


@pytest.mark.parametrize("rule", heading_rules(), ids=lambda rule: rule.id)
def test_a_row_is_the_first_to_match_its_own_example(rule: HeadingRule) -> None:
    assert find_heading_rule(rule.example[0]) == rule


@pytest.mark.parametrize("rule", heading_rules(), ids=lambda rule: rule.id)
def test_an_item_under_the_heading_makes_the_claim_of_the_row(rule: HeadingRule) -> None:
    heading, item, claim = rule.example
    found = extract(Article(id="example", title=heading, text=f"# {heading}\n\n- {item}\n", format="markdown"))
    labels = {concept.id: concept.label for concept in found.concepts}
    pairs = [(each.predicate, frozenset({labels[each.subject], labels[each.object]})) for each in found.claims]
    if rule.relation is Predicate.MIMICS:
        assert pairs == [(rule.relation, frozenset(claim))]
    else:
        ordered = [(labels[each.subject], labels[each.object]) for each in found.claims]
        assert (ordered, [each.predicate for each in found.claims]) == (
            ([claim], [rule.relation]) if claim else ([], [])
        )


@pytest.mark.parametrize("rule", heading_rules(), ids=lambda rule: rule.id)
def test_the_kinds_of_a_row_fit_its_relation(rule: HeadingRule) -> None:
    if rule.relation is None:
        assert (rule.item_kinds, rule.focus, rule.fixed) == (frozenset(), (), None)
        return
    relation = schema()[rule.relation]
    item, other = (relation.domain, relation.range) if rule.item_is_subject else (relation.range, relation.domain)
    assert rule.item_kinds
    assert rule.item_kinds <= item
    assert set(rule.focus) <= other
    assert bool(rule.focus) != bool(rule.fixed)


def test_row_ids_are_unique() -> None:
    ids = [rule.id for rule in heading_rules()]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    ("heading", "rule"),
    [
        ("When should you see a doctor about a cough?", "red-flags"),
        ("Warning signs", "red-flags"),
        ("Symptoms and complications", "complications"),
        ("Side effects of treatment", "side-effects"),
        ("Who is at risk?", "risk"),
        ("Preventing blood clots", "prevention"),
        ("SYMPTOMS", "symptoms"),
        ("How is asthma diagnosed?", "diagnosis"),
        ("How do doctors tell asthma from bronchitis?", "diagnosis"),
        ("Home remedies", "treatment"),
        ("Why do I cough?", "causes"),
        ("What causes a cough?", "causes"),
        ("What is asthma?", "other-topic"),
        ("Types of asthma", "types"),
        # a name is no rule
        ("Asthma", None),
        ("", None),
        # a word of a row inside another word
        ("Testosterone", None),
    ],
)
def test_the_first_row_that_fits_wins(heading: str, rule: str | None) -> None:
    found = find_heading_rule(heading)
    assert (found.id if found else None) == rule

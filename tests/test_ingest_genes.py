"""Changes of a gene: one concept a gene, however an article words them."""

import pytest
from statements import claims

from ingest.genes import with_gene_changes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mutations in the NOG gene", [("Mutations in the NOG gene", "nog gene mutation")]),
        ("a change in the FGD1 gene", [("a change in the FGD1 gene", "fgd1 gene mutation")]),
        ("SCN5A gene mutations", [("SCN5A gene mutations", "scn5a gene mutation")]),
        ("the mutated HBB gene", [("mutated HBB gene", "hbb gene mutation")]),
        ("mutations in MYH7", [("mutations in MYH7", "myh7 gene mutation")]),
        (
            "variants of the KCNQ1, KCNH2, or C9orf72 gene",
            [
                ("variants of the KCNQ1", "kcnq1 gene mutation"),
                ("KCNH2", "kcnh2 gene mutation"),
                ("C9orf72 gene", "c9orf72 gene mutation"),
            ],
        ),
        ("The NOG gene makes a protein.", []),
        ("mutations in several genes", []),
        ("changes in DNA", []),
    ],
)
def test_every_wording_of_a_change_names_the_gene(text: str, expected: list[tuple[str, str]]) -> None:
    found = with_gene_changes(text, ())
    assert [(mention.span.of(text), mention.concept.label) for mention in found] == expected


def test_a_changed_gene_causes_its_disease() -> None:
    text = (
        "# Marfan syndrome\n\nMarfan syndrome is a rare disorder caused by mutations in the FBN1 gene. "
        "About 60 percent of cases of Marfan syndrome result from TGFBR2 or TGFBR1 gene mutations.\n"
    )
    assert {(subject, relation) for subject, relation, _ in claims(text, "caused-by", "result-from")} == {
        ("fbn1 gene mutation", "causes"),
        ("tgfbr1 gene mutation", "causes"),
        ("tgfbr2 gene mutation", "causes"),
    }

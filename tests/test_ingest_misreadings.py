"""Names that are everyday words in their place, and sentences that state nothing a claim could say."""

import pytest

from ingest.extract import extract
from ingest.mentions import MentionFinder
from ingest.misreadings import Misreading, is_misread, misreadings
from ingest.unclaimed import makes_no_claim
from ontology.article import Article
from ontology.lexicon import everything


@pytest.mark.parametrize("row", misreadings(), ids=lambda row: row.name.pattern)
def test_the_example_of_a_row_is_misread_and_what_is_meant_is_not(row: Misreading) -> None:
    finder = MentionFinder(everything())

    def meant(text: str) -> list[str]:
        return [
            mention.span.of(text)
            for mention in finder.find(text)
            if row.name.fullmatch(mention.span.of(text)) and not is_misread(text, mention.span)
        ]

    assert (len(meant(row.example)), len(meant(row.meant))) == (0, 1)


@pytest.mark.parametrize(
    ("sentence", "silent"),
    [
        ("Does pneumonia cause fever?", True),
        ("Asthma is inherited in an autosomal dominant pattern.", True),
        ("The disorder affects about 1 in 40,000 newborns.", True),
        ("Asthma has been reported in fewer than ten families.", True),
        ("For more information, ask about pneumonia.", True),
        ("Pneumonia causes fever.", False),
        ("One in the family had pneumonia, which causes fever.", False),
        ("Asthma is an inherited disorder.", False),
    ],
)
def test_questions_inheritance_and_head_counts_make_no_claim(sentence: str, silent: bool) -> None:
    assert makes_no_claim(sentence) is silent


def test_nothing_is_read_from_them() -> None:
    text = "# Pneumonia\n\nDoes pneumonia cause fever? Pneumonia, which causes fever, is seen in 1 in 200 people.\n"
    assert extract(Article(id="a", title="", text=text, format="markdown")).claims == ()

"""The disease that a title names although no vocabulary does."""

import pytest
from statements import claims

from ingest.mentions import MentionFinder
from ingest.subject import find_subject, main_name
from ontology.claim import Concept, Name
from ontology.lexicon import Lexicon
from ontology.terms import Kind, NameType

VOCABULARY = Lexicon(
    (
        Concept("etio:asthma", "asthma", (Kind.CONDITION,)),
        Concept("HP:0000001", "acral overgrowth", (Kind.SYMPTOM,), (Name("giantism of the hands", NameType.EXACT),)),
    )
)


@pytest.mark.parametrize(
    ("title", "passage", "expected"),
    [
        ("Hollister dysplasia", "What are the symptoms of Hollister dysplasia?", "hollister dysplasia"),
        ("Marbury type 2", "Marbury type 2 (MT2) is a rare inherited disorder.", "marbury type 2"),
        ("Björk, familial form", "How do people inherit Björk, familial form?", "bjork familial form"),
        ("Giantism of the hands", "Is giantism of the hands inherited?", "giantism of the hands"),
        ("Corrugated kidney", "What are the symptoms of corrugated kidney?", "corrugated kidney"),
        ("The healthy kidney", "What is the healthy kidney?", None),
        ("Asthma", "What are the symptoms of asthma?", None),
        ("Walking", "Walking is good for you.", None),
        ("Living with a cough", "What are the treatments for living with a cough?", None),
        ("Why do we cough?", "What are the causes of coughing?", None),
        ("Vane vaccine", "What are the treatments for Vane vaccine?", None),
    ],
)
def test_a_title_spoken_of_as_a_condition_names_one(title: str, passage: str, expected: str | None) -> None:
    found = find_subject(title, (passage,), MentionFinder(VOCABULARY))
    assert (found and found.label) == expected


def test_the_name_means_the_same_in_the_text_and_by_its_abbreviation() -> None:
    text = (
        "# Hollister cough syndrome\n\nHollister cough syndrome (HCS) is a rare disorder.\n\n"
        "Symptoms of HCS include fever.\n\nPeople with Hollister cough syndrome may have chest pain.\n"
    )
    assert claims(text, "symptoms-of", "people-exp") == [
        ("hollister cough syndrome", "has_symptom", "chest pain"),
        ("hollister cough syndrome", "has_symptom", "fever"),
    ]


def test_a_page_that_only_asks_what_something_is_names_a_condition_when_people_have_it() -> None:
    finder = MentionFinder(VOCABULARY)
    asked = "Do you have information about Brellow?"
    assert find_subject("Brellow", (asked, "Some people who get Brellow recover."), finder) is not None
    assert find_subject("Brellow", (asked, "Brellow fever is caused by a virus."), finder) is not None
    assert find_subject("Rescue kits", (asked.replace("Brellow", "Rescue kits"), "Keep them at home."), finder) is None


def test_a_longer_name_that_says_what_the_subject_is_names_it_too() -> None:
    text = "# Brellow\n\n## What is Brellow?\n\nBrellow blister fever is caused by a virus. Whoever has Brellow rests."
    assert ("virus", "causes", "brellow") in claims(text, "caused-by")


def test_the_main_name_of_a_title_has_no_shelf_mark_and_no_second_name() -> None:
    finder = MentionFinder(VOCABULARY)
    titles = ("Parasites - Corrugation (also known as ripples)", "Torn fever (TF)", "Asthma", "Non - sense")
    assert [main_name(title, finder) for title in titles] == ["Corrugation", "Torn fever", "Asthma", "sense"]


def test_the_initials_of_a_title_that_are_used_unexplained_mean_what_it_names() -> None:
    asked = "## What are the symptoms of Hollister joint dysplasia?"
    text = f"# Hollister joint dysplasia\n\n{asked}\n\nHJD is rare. Gout can cause HJD.\n"
    assert claims(text, "cause-verb") == [("gout", "causes", "hollister joint dysplasia")]


@pytest.mark.parametrize("title", ["What I need to know about Torn fever", "Torn fever in Children", "Torn fever"])
def test_the_main_name_of_a_title_says_not_for_whom_it_is_written(title: str) -> None:
    assert main_name(title, MentionFinder(VOCABULARY)) == "Torn fever"

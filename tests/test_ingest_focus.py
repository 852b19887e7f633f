"""What a passage is about, and what "it" means."""

import pytest

from ingest.arguments import Argument
from ingest.focus import Focus, fits
from ingest.provisional import mint
from ontology.terms import Kind

CONDITION, SYMPTOM, TREATMENT = (frozenset({kind}) for kind in (Kind.CONDITION, Kind.SYMPTOM, Kind.TREATMENT))


def argument(name: str, kind: Kind = Kind.CONDITION) -> Argument:
    return Argument(mint(name, kind), name, kind)


TITLE = argument("pulmonary embolism")
SECTION = argument("bronchitis")
ITEM = argument("asthma")
TOLD = argument("pneumonia")
COUGH = argument("cough", Kind.SYMPTOM)
DRUG = argument("antibiotic", Kind.TREATMENT)


def test_an_empty_focus_finds_nothing() -> None:
    assert Focus(()).find(CONDITION, recent=True) is None


def test_the_nearest_focus_of_a_fitting_kind_wins() -> None:
    focus = Focus((TITLE, COUGH))
    assert focus.find(CONDITION, recent=False) == TITLE
    focus.enter(1, (SECTION,))
    assert focus.find(CONDITION, recent=False) == SECTION
    assert focus.find(SYMPTOM, recent=False) == COUGH
    assert focus.find(TREATMENT, recent=False) is None
    focus.name_item((ITEM,))
    assert focus.find(CONDITION, recent=False) == ITEM


def test_a_sentence_is_nearer_than_the_section_only_for_an_anaphor() -> None:
    focus = Focus((TITLE,))
    focus.enter(1, (SECTION,))
    focus.tell((TOLD,))
    assert focus.find(CONDITION, recent=True) == TOLD
    assert focus.find(CONDITION, recent=False) == SECTION


def test_an_item_holds_until_the_next_paragraph() -> None:
    focus = Focus((TITLE,))
    focus.enter(1, ())
    focus.name_item((ITEM,))
    focus.enter(1, ())
    assert focus.find(CONDITION, recent=False) == ITEM
    focus.enter(2, ())
    assert focus.find(CONDITION, recent=False) == TITLE


def test_sentences_are_forgotten_in_the_next_section() -> None:
    focus = Focus((TITLE,))
    focus.enter(1, ())
    focus.tell((TOLD,))
    focus.enter(2, (SECTION,))
    assert focus.find(CONDITION, recent=True) == SECTION


def test_a_label_speaks_for_the_sentence_right_behind_it_alone() -> None:
    focus = Focus((TITLE,))
    focus.enter(1, ())
    focus.name_item((ITEM,))
    assert focus.label(CONDITION) == ITEM
    assert focus.label(SYMPTOM) is None
    focus.tell((COUGH,))
    assert focus.label(CONDITION) is None


@pytest.mark.parametrize(
    ("phrase", "kinds", "expected"),
    [
        ("It", CONDITION, TOLD),
        ("they", SYMPTOM, COUGH),
        ("This", TREATMENT, DRUG),
        ("However, it", CONDITION, TOLD),
        ("This condition", CONDITION, TOLD),
        ("this infection", CONDITION, TOLD),
        ("these medicines", TREATMENT, DRUG),
        ("the cough", SYMPTOM, COUGH),
        # its noun names another kind than the slot takes
        ("This medicine", CONDITION, None),
        # "the" and a noun that was not said before is no anaphor, nor are these
        ("the infection", CONDITION, None),
        ("pneumonia", CONDITION, None),
        ("the bronchial tree", CONDITION, None),
        ("it and more", CONDITION, None),
        ("", CONDITION, None),
    ],
)
def test_an_anaphor_means_the_nearest_thing_that_fits(
    phrase: str, kinds: frozenset[Kind], expected: Argument | None
) -> None:
    focus = Focus((TITLE,))
    focus.enter(1, ())
    focus.tell((TOLD, COUGH, DRUG))
    assert focus.resolve(phrase, kinds) == expected


def test_a_noun_that_was_said_before_means_the_thing_it_named() -> None:
    focus = Focus((TITLE,))
    focus.enter(1, ())
    focus.tell((argument("acute bronchitis"),))
    focus.tell((TOLD,))
    assert focus.resolve("the bronchitis", CONDITION) == argument("acute bronchitis")


def test_fitting_is_sharing_a_kind() -> None:
    assert [fits(COUGH, kinds) for kinds in (SYMPTOM, CONDITION, SYMPTOM | CONDITION, frozenset[Kind]())] == [
        True,
        False,
        True,
        False,
    ]


def test_the_places_of_the_latest_sentence_come_first() -> None:
    focus = Focus(())
    focus.see(("leg", "lung"))
    focus.see(("heart",))
    assert focus.places() == ("heart", "leg", "lung")


def test_kinds_in_order_are_tried_in_order_in_each_layer() -> None:
    focus = Focus((TITLE, COUGH))
    assert focus.find((Kind.SYMPTOM, Kind.CONDITION), recent=False) == COUGH
    focus.enter(1, (SECTION,))
    assert focus.find((Kind.SYMPTOM, Kind.CONDITION), recent=False) == SECTION


def test_what_a_heading_names_aside_counts_after_what_sections_are_about() -> None:
    focus = Focus((TITLE,))
    focus.enter(1, (SECTION,), (ITEM,))
    assert focus.find(CONDITION, recent=False) == SECTION
    focus.enter(2, (), (ITEM,))
    assert focus.find(CONDITION, recent=False) == ITEM


def test_this_kind_of_thing_is_the_item_before_it_is_a_namesake_further_back() -> None:
    focus = Focus(())
    focus.enter(1, ())
    focus.tell((argument("a skin disease"),))
    focus.tell((TITLE,))
    focus.enter(2, ())
    focus.name_item((ITEM,))
    assert focus.resolve("this disease", CONDITION) == ITEM


def test_the_condition_is_what_section_or_article_are_about() -> None:
    focus = Focus((TITLE,))
    focus.enter(1, (SECTION,))
    focus.tell((TOLD,))
    assert [focus.resolve(phrase, CONDITION) for phrase in ("the condition", "the disorder")] == [SECTION, SECTION]


def test_this_treatment_is_the_one_just_told_of_before_a_namesake_further_back() -> None:
    focus = Focus(())
    focus.enter(1, ())
    focus.tell((argument("early treatment", Kind.TREATMENT),))
    focus.tell((DRUG,))
    assert focus.resolve("this treatment", frozenset({Kind.TREATMENT})) == DRUG


def test_what_was_told_since_a_mark_can_be_forgotten() -> None:
    focus = Focus((TITLE,))
    focus.enter(1, ())
    focus.tell((TOLD,))
    mark = focus.mark()
    focus.tell((ITEM,))
    focus.rewind(mark)
    assert focus.resolve("it", CONDITION) == TOLD


def test_the_test_is_the_one_told_of_or_that_of_the_heading_and_no_other() -> None:
    kinds = frozenset({Kind.TEST})
    echo, scan = argument("echo", Kind.TEST), argument("CT scan", Kind.TEST)
    focus = Focus(())
    focus.enter(1, ())
    focus.tell((echo,))
    assert focus.resolve("the test", kinds) == echo
    focus.tell((ITEM,))
    assert focus.resolve("the test", kinds) is None
    focus.enter(2, (scan,))
    assert focus.resolve("the test", kinds) == scan

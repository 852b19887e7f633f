"""An article's text with its marks: in one another, overlapping, cut by blocks, and always the whole text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as some
from toygraph import CLOTS, toy_extractions

from api.pages.reading import Marking, Mention, Place, mentions_of, places_of

TEXT = "A clot <blocks> the artery & lung."
CLAIM = toy_extractions()[0].claims[0]
DIGITS = CLAIM.id.rpartition("/")[2]


def _place(number: int, start: int, end: int) -> Place:
    return Place(number, start, end, ())


@pytest.mark.parametrize(
    ("places", "mentions", "written"),
    [
        ((), (), "A clot &lt;blocks&gt; the artery &amp; lung."),
        ((), ((2, 6, "etio:clot"),), "A [clot] &lt;blocks&gt; the artery &amp; lung."),
        (((0, 15),), ((2, 6, "etio:clot"),), "{A [clot] &lt;blocks&gt;}1 the artery &amp; lung."),
        (((0, 26), (2, 6)), (), "{A {clot}2 &lt;blocks&gt; the artery}1 &amp; lung."),
        (((0, 15), (7, 26)), (), "{A clot {&lt;blocks&gt;}}1{ the artery}2 &amp; lung."),
        (((0, 6),), ((2, 15, "etio:clot"),), "{A [clot]}1[ &lt;blocks&gt;] the artery &amp; lung."),
        ((), ((2, 26, "a"), (20, 26, "b")), "A [clot &lt;blocks&gt; the ][artery] &amp; lung."),
    ],
)
def test_marks_may_lie_in_one_another_and_overlap(
    places: tuple[tuple[int, int], ...], mentions: tuple[tuple[int, int, str], ...], written: str
) -> None:
    marked = Marking(
        TEXT,
        [_place(number, *place) for number, place in enumerate(places, start=1)],
        [Mention(*mention) for mention in mentions],
    ).stretch(0, len(TEXT))
    short = re.sub(r"<mark[^>]*>", "{", marked).replace("</mark>", "}")
    short = re.sub(r"<sup><a[^>]*>(\d)</a></sup>", r"\1", short)
    assert re.sub(r"<a [^>]*>", "[", short).replace("</a>", "]") == written


PLACES = some.tuples(some.integers(0, 33), some.integers(1, 34)).filter(lambda place: place[0] < place[1])


@given(places=some.lists(PLACES, max_size=6), mentions=some.lists(PLACES, max_size=6), cut=some.integers(0, 34))
def test_no_letter_is_lost_or_said_twice(
    places: list[tuple[int, int]], mentions: list[tuple[int, int]], cut: int
) -> None:
    in_order = sorted(places, key=lambda place: (place[0], -place[1]))
    marking = Marking(
        TEXT,
        [_place(number, *place) for number, place in enumerate(in_order, start=1)],
        [Mention(*mention, "etio:x") for mention in mentions],
    )
    marked = marking.stretch(0, cut) + marking.stretch(cut, len(TEXT))
    text = re.sub(r"<sup>.*?</sup>", "", marked)
    assert re.sub(r"<[^>]+>", "", text) == TEXT.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert re.search(r"<a [^>]*>[^<]*<(?!/a>)", text) is None


def test_a_place_is_named_once_for_each_of_its_claims() -> None:
    marking = Marking("ab cd", [Place(1, 0, 2, (CLAIM,)), Place(2, 3, 5, (CLAIM,))], ())
    names = re.findall(r'id="([^"]+)"', marking.stretch(0, 5) + marking.stretch(0, 5))
    assert names == [f"claim-{DIGITS}", f"claim-{DIGITS}-0", f"claim-{DIGITS}-3"]


def test_places_and_words_of_an_article_are_found_in_its_text() -> None:
    (clots,) = (found for found in toy_extractions() if found.article == CLOTS)
    places = places_of(clots.claims)
    assert [CLOTS.text[place.start : place.end] for place in places] == [
        "A pulmonary embolism reduces the flow of blood through the lung.",
        "This reduced blood flow can cause a pulmonary infarction.",
        "The infarction leads to bleeding into the air sacs, and that bleeding causes hemoptysis.",
        "CT pulmonary angiography detects a pulmonary embolism.",
        "Anticoagulants treat it.",
    ]
    assert [len(place.claims) for place in places] == [1, 1, 2, 1, 1]
    words = [(CLOTS.text[mention.start : mention.end], mention.concept) for mention in mentions_of(clots.claims)]
    assert words[:3] == [
        ("pulmonary embolism", "etio:pulmonary-embolism"),
        ("reduces the flow of blood through the lung", "etio:reduced-pulmonary-blood-flow"),
        ("reduced blood flow", "etio:reduced-pulmonary-blood-flow"),
    ]

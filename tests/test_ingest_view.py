"""What the cleaned reading of raw text looks like, and that every character of it can be found again."""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.view import part_glued, view


def read(raw: str) -> str:
    return view(raw, 0, len(raw)).text


@pytest.mark.parametrize(
    ("trap", "raw", "text"),
    [
        ("no-break space", "a\u00a0dry cough", "a dry cough"),
        ("runs of white space and line breaks", "a dry\n\t  cough", "a dry cough"),
        ("white space around the block", "  fever \n", "fever"),
        ("curly apostrophe", "don\u2019t", "don't"),
        ("curly quotes", "\u201cwet\u201d cough", '"wet" cough'),
        ("ligature", "in\ufb02amed", "inflamed"),
        ("soft hyphen", "re\u00adsult", "result"),
        ("byte-order mark", "\ufefffever", "fever"),
        ("zero-width space alone", "\u200b", ""),
        ("nothing", "", ""),
        ("no-break hyphen is a hyphen", "X\u2011ray", "X-ray"),
        ("em dash without spaces is a pause", "a clot\u2014a plug", "a clot - a plug"),
        ("en dash with spaces is one pause, not more spaces", "a clot \u2013 a plug", "a clot - a plug"),
        ("en dash of a range is no pause", "20\u201330 drops", "20-30 drops"),
    ],
)
def test_raw_text_is_folded_to_one_plain_form(trap: str, raw: str, text: str) -> None:
    assert read(raw) == text, trap


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Bronchitis (bron-KI-tis) is common.", "Bronchitis is common."),
        ("Pneumonia (noo-MOH-nyuh) is common.", "Pneumonia is common."),
        ("Embolism (EM-bo-lizm) is rare.", "Embolism is rare."),
        ("Deep vein thrombosis (DVT) is a clot.", "Deep vein thrombosis (DVT) is a clot."),
        ("Doctors use a (heart-lung) machine.", "Doctors use a (heart-lung) machine."),
        ("A clot (often from the leg) travels.", "A clot (often from the leg) travels."),
    ],
)
def test_a_pronunciation_is_hidden_and_every_other_parenthesis_stays(raw: str, text: str) -> None:
    assert read(raw) == text


@pytest.mark.parametrize(
    ("word", "cut"),
    [
        ("infarctoften", 7),
        ("germssuch", 5),
        ("lungsand", 5),
        ("anticoagulantsthat", 14),
        ("thepain", 3),
        ("PEand", 2),
        ("DVTor", 3),
        # known words that hold a function word
        ("inside", None),
        ("another", None),
        ("themselves", None),
        ("pleurisy", None),
        ("asthma", None),
        # unknown words that are no seam: a name, an acronym, two acronyms' worth of letters
        ("Latifa", None),
        ("HELLO", None),
        ("CTscan", None),
    ],
)
def test_an_unknown_word_parts_only_at_a_function_word(word: str, cut: int | None) -> None:
    assert part_glued(word) == cut


def test_a_lost_dash_is_set_and_takes_the_place_of_the_letter_before_it() -> None:
    found = view("infarctoften", 0, 12)
    assert found.text == "infarct - often"
    assert found.offsets == (0, 1, 2, 3, 4, 5, 6, 6, 6, 6, 7, 8, 9, 10, 11, 12)
    assert found.raw_span(0, 7) == (0, 7)
    assert found.raw_span(10, 15) == (7, 12)


def test_a_span_over_a_hidden_pronunciation_comes_back_with_it() -> None:
    raw = "Acute bronchitis (bron-KI-tis) is common."
    found = view(raw, 0, len(raw))
    start, end = found.raw_span(0, found.text.index(" common"))
    assert raw[start:end] == "Acute bronchitis (bron-KI-tis) is"


def test_a_view_of_a_stretch_counts_in_the_whole_text() -> None:
    raw = "Title\n\n\u00a0A cough.\n"
    found = view(raw, 7, len(raw))
    assert found.text == "A cough."
    assert found.raw_span(2, 7) == (10, 15)
    assert raw[10:15] == "cough"


_FOLDED: Final = {
    "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2010": "-", "\u2011": "-",
    "\ufb01": "fi", "\ufb02": "fl", "\ufb00": "ff", "\ufb03": "ffi", "\ufb04": "ffl",
}  # fmt: skip
_DASHES: Final = "\u2013\u2014\u2212"
_WORDS: Final = st.sampled_from(
    [
        "infarctoften",
        "germssuch",
        "PEand",
        " (bron-KI-tis)",
        "(noo-MOH-nyuh) ",
        " ",
        "\n",
        "\u00a0",
        "20\u201330",
        "cough.",
    ]
)
_RAW: Final = st.lists(
    _WORDS | st.text(alphabet="abAB19 .,()-\n\u00a0\u00ad\ufeff" + "".join(_FOLDED) + _DASHES, max_size=12), max_size=8
).map("".join)


@given(raw=_RAW, data=st.data())
def test_every_character_of_a_view_stands_at_its_raw_offset(raw: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, len(raw)))
    found = view(raw, start, end)
    assert len(found.offsets) == len(found.text) + 1
    for index, character in enumerate(found.text):
        origin = raw[found.offsets[index]]
        set_anew = index > 0 and found.offsets[index] == found.offsets[index - 1] and character in " -"
        assert (
            character == origin
            or (character == " " and origin.isspace())
            or (character in " -" and origin in _DASHES)
            or character in _FOLDED.get(origin, "")
            or set_anew
        ), (character, origin)


@given(raw=_RAW, data=st.data())
def test_offsets_never_decrease_and_every_span_lies_inside_the_block(raw: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, len(raw)))
    found = view(raw, start, end)
    assert list(found.offsets) == sorted(found.offsets)
    if found.text:
        first = data.draw(st.integers(0, len(found.text) - 1))
        last = data.draw(st.integers(first + 1, len(found.text)))
        raw_start, raw_end = found.raw_span(first, last)
        assert start <= raw_start < raw_end <= end


def test_an_article_that_a_lost_dash_glued_on_is_parted() -> None:
    raw = "gastritisa swelling of the stomach"
    assert view(raw, 0, len(raw)).text == "gastritis - a swelling of the stomach"


def test_two_whole_words_that_a_lost_dash_glued_are_parted() -> None:
    text = "Gastritisirritation of the lining, papulosis and neurofilaments"
    assert view(text.lower(), 0, len(text)).text == "gastritis - irritation of the lining, papulosis and neurofilaments"


def test_a_dash_lost_behind_a_parenthesis_is_set() -> None:
    text = "Sleep apnea (OSA)pauses in breathing"
    assert view(text, 0, len(text)).text == "Sleep apnea (OSA) - pauses in breathing"


def test_plain_words_between_an_adjective_and_its_noun_are_hidden() -> None:
    raw = "A chronic (ongoing) cough and acute (short-term) pain (a bad one)."
    assert view(raw, 0, len(raw)).text == "A chronic cough and acute pain (a bad one)."

"""What the plain-text reader takes for a heading, an item and a paragraph."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.text import blocks


def shown(text: str) -> list[str]:
    """Each block as `heading 2: words`, `item 1: words` or `paragraph: words`, line breaks as `/`."""
    found: list[str] = []
    for block in blocks(text):
        words = text[block.start : block.end].replace("\r\n", "/").replace("\n", "/")
        found.append(f"{block.kind}{f' {block.level}' if block.level else ''}: {words}")
    return found


@pytest.mark.parametrize("text", ["", "  \n\t\n", "\ufeff", "\u200b\n\u00a0", "-----\n\n***\n"])
def test_a_text_without_words_has_no_blocks(text: str) -> None:
    assert blocks(text) == ()


def test_a_paragraph_spans_its_lines_and_ends_at_a_blank_one() -> None:
    text = "A clot blocks the artery.\nBlood flow falls,\nand tissue suffers.\n\nThat is serious.\n"
    assert shown(text) == [
        "paragraph: A clot blocks the artery./Blood flow falls,/and tissue suffers.",
        "paragraph: That is serious.",
    ]


@pytest.mark.parametrize("marker", ["•", "-", "*", "–", "+", "1.", "2)", "  • ", "\u00a0-", "\t*", "▪"])
def test_every_bullet_makes_an_item_without_its_marker(marker: str) -> None:
    assert shown(f"Symptoms include:\n\n{marker} dry cough\u00a0\n") == [
        "paragraph: Symptoms include:",
        "item 1: dry cough",
    ]


def test_a_list_right_under_its_lead_in_is_a_list() -> None:
    assert shown("Symptoms include:\n- fever\n- chills\n\nRest helps.") == [
        "paragraph: Symptoms include:",
        "item 1: fever",
        "item 1: chills",
        "paragraph: Rest helps.",
    ]


def test_deeper_indented_items_are_nested() -> None:
    assert shown("• infections\n    ◦ flu\n    ◦ cold\n• smoke\n") == [
        "item 1: infections",
        "item 2: flu",
        "item 2: cold",
        "item 1: smoke",
    ]


def test_an_item_goes_on_in_indented_and_in_unfinished_lines() -> None:
    text = "• shortness of breath,\n  above all at night\n• pain that\nspreads\n• fever\nRest helps.\n"
    assert shown(text) == [
        "item 1: shortness of breath,/  above all at night",
        "item 1: pain that/spreads",
        "item 1: fever",
        "paragraph: Rest helps.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The lungs are the organ that suffers first and longest\n– and the heart after them.",
        "The patient was over\n40. She had smoked.",
        "Below freezing, at\n-5 degrees, breathing hurts.",
    ],
)
def test_a_wrapped_line_that_begins_like_a_bullet_stays_in_its_paragraph(text: str) -> None:
    assert shown(text) == ["paragraph: " + text.replace("\n", "/")]


@pytest.mark.parametrize(
    "heading",
    [
        "Common Causes",
        "When bleeding is an emergency",
        "Infarction: the step from clot to blood",
        "What is asthma?",
        "Lung cancer\u00a0",
        "X-rays",
        "The main reason a clot makes people bleed: injured tissue and vessels that leak",
    ],
)
def test_a_short_unfinished_line_between_blank_ones_is_a_heading(heading: str) -> None:
    assert shown(f"About lungs\n\nText here.\n\n{heading}\n\nMore text.")[2] == f"heading 2: {heading.strip()}"


@pytest.mark.parametrize(
    "line",
    [
        "Start the treatment now.",
        "Symptoms include:",
        "They may also have fever and chills",
        "and this goes on",
        "Source: https://example.org/asthma",
        "He said: “Stop.”",
        "One two three four five six seven eight nine ten eleven twelve thirteen",
        "Fever, chills,",
    ],
)
def test_a_line_that_may_be_a_sentence_is_a_paragraph(line: str) -> None:
    assert shown(f"About lungs\n\nText here.\n\n{line}\n\nMore text.")[2] == f"paragraph: {line}"


def test_a_line_with_nothing_under_it_heads_nothing() -> None:
    assert shown("Rest helps.\n\nStart Now") == ["paragraph: Rest helps.", "paragraph: Start Now"]


def test_a_heading_may_stand_right_on_its_text() -> None:
    assert shown("Asthma\n\nOutlook\nMost people do well.\n\nTests\n- spirometry\n") == [
        "heading 1: Asthma",
        "heading 2: Outlook",
        "paragraph: Most people do well.",
        "heading 2: Tests",
        "item 1: spirometry",
    ]


def test_a_question_alone_on_its_line_is_a_heading_even_inside_a_run_of_lines() -> None:
    text = "Is it serious?\nRarely.\nCan it be cured?\nOften, with antibiotics.\n"
    assert shown(text) == [
        "heading 1: Is it serious?",
        "paragraph: Rarely.",
        "heading 2: Can it be cured?",
        "paragraph: Often, with antibiotics.",
    ]


def test_a_question_inside_a_wrapped_paragraph_is_none() -> None:
    text = "Many people\nask: is it serious?\nIt is not.\n"
    assert shown(text) == ["paragraph: Many people/ask: is it serious?/It is not."]


def test_hash_signs_make_headings_of_their_own_level() -> None:
    assert shown("# Asthma\n## Causes ##\nDust.\n#hashtag\n") == [
        "heading 1: Asthma",
        "heading 2: Causes",
        "paragraph: Dust./#hashtag",
    ]


def test_an_underlined_line_is_a_heading() -> None:
    assert shown("Asthma\n======\n\nCauses\n------\nDust and smoke cause it.\n") == [
        "heading 1: Asthma",
        "heading 2: Causes",
        "paragraph: Dust and smoke cause it.",
    ]


def test_numbered_headings_stand_one_deeper_and_lose_their_number() -> None:
    text = "Clots\n\nHow it happens\n\n1) The clot lodges\n\nFlow falls.\n\n2) The tissue dies\n\nIt bleeds.\n"
    assert shown(text) == [
        "heading 1: Clots",
        "heading 2: How it happens",
        "heading 3: The clot lodges",
        "paragraph: Flow falls.",
        "heading 3: The tissue dies",
        "paragraph: It bleeds.",
    ]


def test_headings_after_a_lead_in_stand_under_its_heading() -> None:
    text = (
        "Cough\n\nCauses of cough\n\nThese include:\n\nAsthma\n\nAirways narrow.\n\nLung cancer\n\nIt may bleed.\n\n"
        "How doctors find the cause\n\nThey ask.\n"
    )
    assert [block for block in shown(text) if block.startswith("heading")] == [
        "heading 1: Cough",
        "heading 2: Causes of cough",
        "heading 3: Asthma",
        "heading 3: Lung cancer",
        "heading 2: How doctors find the cause",
    ]


def test_plain_headings_right_under_questions_stand_one_deeper() -> None:
    text = "Cough\n\nWhat causes cough?\n\nIrritants\n\nSmoke does.\n\nWho is at risk?\n\nSmokers are.\n"
    assert [block for block in shown(text) if block.startswith("heading")] == [
        "heading 1: Cough",
        "heading 2: What causes cough?",
        "heading 3: Irritants",
        "heading 2: Who is at risk?",
    ]


def test_questions_right_under_a_plain_heading_stand_one_deeper() -> None:
    text = "Cough\n\nFrequent questions\n\nIs it serious?\n\nRarely.\n\nDoes it pass?\n\nMostly.\n"
    assert [block for block in shown(text) if block.startswith("heading")] == [
        "heading 1: Cough",
        "heading 2: Frequent questions",
        "heading 3: Is it serious?",
        "heading 3: Does it pass?",
    ]


def test_a_list_that_lost_its_bullets_is_a_list_up_to_the_next_heading() -> None:
    text = (
        "Asthma\n\nYour doctor may ask:\n\nWhether you smoke\n\nAbout your work\n\nPhysical Exam\n\n"
        "The doctor listens to your lungs.\n"
    )
    assert shown(text) == [
        "heading 1: Asthma",
        "paragraph: Your doctor may ask:",
        "item 1: Whether you smoke",
        "item 1: About your work",
        "heading 2: Physical Exam",
        "paragraph: The doctor listens to your lungs.",
    ]


def test_offsets_count_carriage_returns_and_the_byte_order_mark() -> None:
    text = "\ufeffAsthma\r\n\r\n• dry\r\n  cough\r\n"
    assert [(block.start, block.end) for block in blocks(text)] == [(1, 7), (13, 25)]
    assert shown(text) == ["heading 1: Asthma", "item 1: dry/  cough"]


@given(st.text(alphabet="aB .?:\n\r-•1)#\u00a0", max_size=80))
def test_blocks_are_trimmed_ordered_and_lose_no_letter(text: str) -> None:
    found = blocks(text)
    assert all(text[block.start : block.end].strip() == text[block.start : block.end] != "" for block in found)
    assert all(left.end <= right.start for left, right in pairwise(found))
    kept = "".join(text[block.start : block.end] for block in found)
    assert [letter for letter in kept if letter.isalpha()] == [letter for letter in text if letter.isalpha()]


def test_a_question_in_small_letters_between_blank_lines_is_a_heading() -> None:
    assert shown("Gout\n\nwhat is gout?\n\nGout is a joint disease.\n")[1] == "heading 2: what is gout?"

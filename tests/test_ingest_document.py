"""An article as sections and units: lead-ins with their items, labels, headings that are items, advertisements."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.article import read_blocks
from ingest.document import read_document, title_view
from ingest.units import Unit
from ontology.article import Article


def units(text: str, format: str = "markdown") -> tuple[Unit, ...]:
    article = Article(id="a", title="", text=text, format=format)
    return read_document(article, read_blocks(text, format=format))


def shown(text: str, format: str = "markdown") -> list[str]:
    """Each unit's words; `=` before a label, `-` before an item, `#` before a heading that is one, `<` the headings."""
    found: list[str] = []
    for unit in units(text, format):
        mark = "# " if unit.heading else "= " if unit.label else "- " if unit.item else ""
        path = "".join(f" < {heading.text}" for heading in reversed(unit.headings))
        found.append(f"{mark}{unit.text}{path}")
    return found


def test_an_empty_article_has_no_units() -> None:
    assert units("") == ()


def test_prose_is_read_sentence_by_sentence_under_its_headings() -> None:
    assert shown("# Asthma\n\nIt is common. It lasts.\n\n## How is it treated?\n\nRest.\n") == [
        "It is common. < Asthma",
        "It lasts. < Asthma",
        "Rest. < How is it treated? < Asthma",
    ]


def test_an_open_lead_in_is_read_with_each_of_its_items() -> None:
    text = "Symptoms include:\n\n- fever\n- chest pain. It is sharp.\n\nRest helps.\n"
    assert shown(text) == [
        "Symptoms include:",
        "- Symptoms include fever",
        "- Symptoms include chest pain.",
        "It is sharp.",
        "Rest helps.",
    ]
    assert [unit.lead_in for unit in units(text)] == [None, "Symptoms include:", "Symptoms include:", None, None]


def test_the_quote_of_an_item_leaves_its_lead_in_out() -> None:
    text = "Symptoms include:\n\n- fever\n- chest pain\n"
    found = [unit.view.raw_span(unit.quote.start, unit.quote.end) for unit in units(text)]
    assert [text[start:end] for start, end in found] == ["Symptoms include:", "fever", "chest pain"]


def test_a_lead_in_that_is_a_whole_sentence_joins_nothing() -> None:
    text = "Two imposters fool people:\n\n- Nosebleeds\n"
    assert shown(text) == ["Two imposters fool people:", "- Nosebleeds"]
    assert units(text)[1].lead_in == "Two imposters fool people:"


@pytest.mark.parametrize(
    ("trap", "text", "expected"),
    [
        (
            "a heading with a rule follows",
            "Asthma\n\nSymptoms include:\n\nTreatment\n\nRest helps.\n",
            ["Symptoms include: < Asthma", "Rest helps. < Treatment < Asthma"],
        ),
        (
            "a question follows",
            "Asthma\n\nSymptoms include:\n\nIs it common?\n\nRest helps.\n",
            ["Symptoms include: < Asthma", "Rest helps. < Is it common? < Asthma"],
        ),
        (
            "prose follows",
            "Asthma\n\nSymptoms include:\n\nIt helps to rest.\n",
            ["Symptoms include: < Asthma", "It helps to rest. < Asthma"],
        ),
        ("nothing follows", "Asthma\n\nSymptoms include:\n", ["Symptoms include: < Asthma"]),
    ],
)
def test_a_lead_in_whose_list_was_lost_swallows_nothing(trap: str, text: str, expected: list[str]) -> None:
    assert shown(text, "text") == expected, trap


def test_a_lead_in_takes_items_that_lost_their_bullets() -> None:
    assert shown("Asthma\n\nSymptoms include:\n\nWheezing\n\nChest pain\n\nIt helps to rest.\n", "text") == [
        "Symptoms include: < Asthma",
        "- Symptoms include Wheezing < Asthma",
        "- Symptoms include Chest pain < Asthma",
        "It helps to rest. < Asthma",
    ]


def test_a_label_names_the_item_and_the_rest_is_said_of_it() -> None:
    text = "- Antibiotics: These kill germs. They work.\n- Oxygen: more air\n"
    assert shown(text) == ["= Antibiotics", "These kill germs.", "They work.", "= Oxygen", "- more air"]
    assert [unit.paragraph for unit in units(text)] == [0, 0, 0, 1, 1]


def test_a_label_at_the_head_of_a_paragraph_is_a_unit_of_its_own() -> None:
    assert shown("Lung cancer. In rare cases, it bleeds.\n") == ["= Lung cancer.", "In rare cases, it bleeds."]


def test_a_heading_that_names_a_thing_is_an_item_and_a_section() -> None:
    assert shown("# Causes of cough\n\n## Lung cancer\n\nIt bleeds.\n\n## Why does it bleed?\n\nVessels tear.\n") == [
        "# Lung cancer < Causes of cough",
        "It bleeds. < Lung cancer < Causes of cough",
        "Vessels tear. < Why does it bleed? < Causes of cough",
    ]


@pytest.mark.parametrize(
    "advertisement",
    [
        "Start your free trial today.",
        "Medically reviewed by A. Person.",
        "Get care in 20 minutes.",
        "Last updated on May 2, 2024.",
    ],
)
def test_an_advertisement_is_skipped_and_what_follows_is_read(advertisement: str) -> None:
    assert shown(f"# Asthma\n\nIt lasts.\n\n{advertisement}\n\nIt is common.\n") == [
        "It lasts. < Asthma",
        "It is common. < Asthma",
    ]


def test_an_advertisement_under_its_own_heading_is_skipped_up_to_the_next() -> None:
    text = "# Asthma\n\n## Get started\n\nTalk to us about pain.\n\n## Is it common?\n\nYes.\n"
    assert shown(text) == ["Yes. < Is it common? < Asthma"]


def test_a_byline_hides_nothing_but_itself() -> None:
    assert shown("Asthma\n\nBy Jane Doe, MD\n\nIt is common.\n", "text")[-1].startswith("It is common.")


@pytest.mark.parametrize(
    ("text", "title"),
    [("# Asthma\n\n## More\n", "Asthma"), ("Text.\n\n## Asthma\n", "Asthma"), ("Only text.\n", ""), ("", "")],
)
def test_the_title_is_the_first_heading(text: str, title: str) -> None:
    article = Article(id="a", title="", text=text, format="markdown")
    assert title_view(article, read_blocks(text, format="markdown")).text == title


_LINES = st.lists(
    st.sampled_from(
        [
            "# Asthma",
            "## Treatment",
            "- fever",
            "- Rest: it helps. Much.",
            "Symptoms include:",
            "It lasts. It hurts.",
            "Fever",
            "",
            "Get started",
            "Lungs\u2014two (LUNGZ-tu)",
        ]
    ),
    max_size=14,
)


@given(lines=_LINES, format=st.sampled_from(["markdown", "text"]))
def test_every_quote_is_read_from_the_text_and_quotes_never_overlap(lines: list[str], format: str) -> None:
    text = "\n\n".join(lines)
    end = 0
    for unit in units(text, format):
        start, stop = unit.view.raw_span(unit.quote.start, unit.quote.end)
        assert end <= start < stop <= len(text)
        words = unit.quote.of(unit.text)
        assert (text[start], text[stop - 1]) == (words[0], words[-1])
        end = stop


def test_passages_on_research_and_further_reading_are_passed_over() -> None:
    text = "# Gout\n\nGout hurts.\n\n## What research is being done for gout?\n\nGrants help.\n\n## Causes\n\nCrystals."
    read = {unit.text for unit in units(text)}
    assert "Grants help." not in read
    assert {"Gout hurts.", "Crystals."} <= read


def test_a_lost_list_of_labelled_and_bare_members_goes_on_until_a_sentence() -> None:
    text = "Many things bring it on. Examples include:\n\nPneumonia. It is common.\n\nSmoke or dust.\n\nIt helps.\n"
    assert shown(text)[-3:] == ["It is common.", "- Examples include Smoke or dust.", "It helps."]

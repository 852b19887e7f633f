"""Sentences that say what somebody studies are no medical statements."""

import pytest

from ingest.talk import is_research_heading, is_research_talk


@pytest.mark.parametrize(
    ("sentence", "talk"),
    [
        ("Scientists are testing whether ice prevents gout.", True),
        ("The NIH funds work on gout.", True),
        ("Researchers have found that gout runs in families.", False),
        ("Gout causes joint pain.", False),
    ],
)
def test_what_is_studied_is_told_from_what_was_found(sentence: str, talk: bool) -> None:
    assert is_research_talk(sentence) is talk


def test_a_heading_may_announce_research() -> None:
    assert (is_research_heading("What research is being done?"), is_research_heading("Causes")) == (True, False)

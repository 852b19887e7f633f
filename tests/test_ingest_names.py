"""The table of names is the same from the cache as made anew."""

from pathlib import Path

import pytest
from toygraph import CONCEPTS

from ingest.names import NameTable, name_table, name_words
from ontology.claim import Concept, Name
from ontology.lexicon import Lexicon
from ontology.terms import Kind, NameType

LEXICON = (
    Concept("HP:1", "chest x-ray shadow", (Kind.SYMPTOM,)),
    Concept("etio:it", "information technology", (Kind.TEST,), (Name("IT", NameType.ABBREVIATION),)),
    Concept("etio:shadow", "shadow on the chest X-rays", (Kind.SYMPTOM,), (Name("chest x-ray shadow"),)),
)


def test_a_name_is_folded_ranked_and_bound_to_its_spelling_where_it_is_an_abbreviation() -> None:
    assert name_table(Lexicon(LEXICON)) == NameTable(
        folded=["chest x ray shadow", "chest xray shadow", "information technology", "it", "shadow on chest x ray",
                "shadow on chest xray"],
        concepts=[["etio:shadow", "HP:1"], ["etio:shadow", "HP:1"], ["etio:it"], ["etio:it"], ["etio:shadow"],
                  ["etio:shadow"]],
        written={3: frozenset({"IT", "ITs"})},
        known=frozenset({"chest", "information", "shadow", "technology"}),
    )  # fmt: skip


def test_determiners_are_no_part_of_a_name() -> None:
    assert name_words("Blood in your Lungs") == "blood in lung"


def test_a_table_from_the_cache_equals_one_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platformdirs.user_cache_dir", lambda _: str(tmp_path))
    known = Lexicon.of({concept.id: concept for concept in CONCEPTS}, fingerprint="toy")
    first = name_table(known)
    [entry] = tmp_path.iterdir()
    assert (name_table(known), name_table(Lexicon(CONCEPTS))) == (first, first)
    entry.write_bytes(b"[1]")
    assert name_table(known) == first

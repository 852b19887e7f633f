"""Vocabularies of the installation: kept, replaced, removed, and how their concepts join what is known."""

import os
from pathlib import Path

import pytest

from ontology.claim import Concept, Mapping, Name
from ontology.errors import InvalidArgument, InvalidVocabulary
from ontology.findings import Finding
from ontology.installed import Vocabulary, digest, installed, put, remove, vocabulary_name
from ontology.lexicon import Lexicon
from ontology.merging import Growing
from ontology.terms import Kind, MappingRelation, NameType

KNOWN = (
    Concept(
        "etio:wheezing",
        "wheezing",
        (Kind.SYMPTOM,),
        (Name("whistling", NameType.LAY),),
        (Mapping(MappingRelation.EXACT, "HP:0030828"),),
    ),
    Concept("HP:0002099", "asthma", (Kind.CONDITION,)),
)
ACHE = Concept("SYMP:1", "grim ache", (Kind.SYMPTOM,), (Name("grimness"),))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ETIOGRAPH_VOCABULARIES", str(tmp_path / "kept"))
    return tmp_path / "kept"


def vocabulary(name: str, *concepts: Concept) -> Vocabulary:
    return Vocabulary(name, f"{name}.obo", "0" * 64, "OBO", None, concepts)


def test_what_is_put_is_there_until_it_is_removed(folder: Path) -> None:
    second, first = vocabulary("aches", ACHE), vocabulary("zoo")
    assert (installed(), digest()) == ((), "")
    assert put(first)
    assert put(second)
    assert installed() == (first, second)
    remove("zoo")
    assert installed() == (second,)
    assert oct(next(folder.iterdir()).stat().st_mode & 0o777) == "0o644"


@pytest.mark.usefixtures("folder")
def test_putting_the_same_again_changes_nothing_and_another_of_the_name_takes_its_place() -> None:
    put(vocabulary("aches", ACHE))
    put(vocabulary("zoo"))
    before = digest()
    assert not put(vocabulary("aches", ACHE))
    assert digest() == before
    assert put(vocabulary("aches"))
    assert digest() != before
    assert [each.name for each in installed()] == ["aches", "zoo"]


def test_a_folder_that_cannot_be_written_and_a_file_that_cannot_be_read_say_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir()
    (folder / "broken.json").write_text('{"form": 1}')
    with pytest.raises(InvalidVocabulary, match=r"broken\.json: cannot be read as an added vocabulary"):
        installed()
    monkeypatch.setenv("ETIOGRAPH_VOCABULARIES", os.devnull)
    with pytest.raises(InvalidVocabulary, match="cannot be written"):
        put(vocabulary("aches", ACHE))


@pytest.mark.usefixtures("folder")
def test_names_of_vocabularies_are_file_names() -> None:
    assert vocabulary_name("My Words (2)") == "my-words-2"
    with pytest.raises(InvalidArgument):
        vocabulary_name("世界")
    with pytest.raises(InvalidArgument, match=r"'\.\./aches'"):
        put(vocabulary("../aches", ACHE))
    put(vocabulary("aches", ACHE))
    with pytest.raises(InvalidArgument, match="expected 'aches'"):
        remove("ache")


@pytest.mark.parametrize(
    ("trap", "concept", "findings", "owner"),
    [
        (
            "a curated concept maps it exactly",
            Concept("HP:0030828", "musical breathing", (Kind.SYMPTOM,)),
            [(Finding.MERGED, "etio:wheezing")],
            "etio:wheezing",
        ),
        (
            "it maps a known one exactly",
            Concept("W:1", "musical breathing", (Kind.SYMPTOM,), (), (Mapping(MappingRelation.EXACT, "HP:0002099"),)),
            [(Finding.MERGED, "HP:0002099")],
            "HP:0002099",
        ),
        (
            "its id is known",
            Concept("HP:0002099", "musical breathing", (Kind.SYMPTOM,)),
            [(Finding.KNOWN_ID, "HP:0002099")],
            "HP:0002099",
        ),
        (
            "a close match is another concept",
            Concept("W:1", "musical breathing", (Kind.SYMPTOM,), (), (Mapping(MappingRelation.CLOSE, "HP:0002099"),)),
            [],
            "W:1",
        ),
        (
            "a name that means another concept stays with it",
            Concept("W:1", "musical breathing", (Kind.SYMPTOM,), (Name("Whistlings"),)),
            [(Finding.NAME_TAKEN, "etio:wheezing")],
            "W:1",
        ),
    ],
)
def test_an_added_concept_joins_what_is_known(
    trap: str, concept: Concept, findings: list[tuple[Finding, str]], owner: str
) -> None:
    whole = Growing(KNOWN)
    whole.add((concept,))
    lexicon = Lexicon(whole.concepts.values(), added=whole.added)
    assert [(note.finding, note.other) for note in whole.notes] == findings, trap
    assert [found.id for found in lexicon.find("musical breathing")] == [owner], trap
    assert [found.id for found in lexicon.find("whistling")] == ["etio:wheezing"], trap


def test_a_concept_without_a_name_of_its_own_is_left_out() -> None:
    whole = Growing(KNOWN)
    whole.add((Concept("W:1", "Asthma", (Kind.CONDITION,)),))
    assert set(whole.concepts) == {"etio:wheezing", "HP:0002099"}
    assert [note.finding for note in whole.notes] == [Finding.NAME_TAKEN, Finding.NAMELESS]


def test_a_label_that_a_curated_concept_has_too_means_the_curated_one() -> None:
    whole = Growing(KNOWN)
    whole.add((Concept("W:1", "wheezing", (Kind.SYMPTOM,), (Name("musical breathing"),)),))
    lexicon = Lexicon(whole.concepts.values(), added=whole.added)
    assert [found.id for found in lexicon.find("wheezing")] == ["etio:wheezing"]
    assert [lexicon.standing(curie) for curie in ("etio:wheezing", "HP:0002099", "W:1")] == [0, 1, 2]

"""Names of a snapshot find what a lexicon of the same concepts finds, from arrays in memory and in files."""

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from drawn import drawn
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store
from toystore import stored

from graph.naming import likeness, namebuilding
from graph.naming.arranging import arranged
from graph.naming.arrays import FOLDER, NameArrays
from graph.naming.gathering import Gathered, gathered, gathered_from
from graph.naming.namebuilding import at_hand, build, main, names_of
from graph.naming.nameindex import NameIndex
from graph.naming.texts import Texts
from graph.snapshot import Snapshot
from ontology.claim import Concept, Mapping, Name
from ontology.errors import AmbiguousName, UnknownConcept
from ontology.lexicon import Lexicon, everything
from ontology.resolving import Names
from ontology.terms import PREFIXES, Kind, MappingRelation, NameType

COUGH = Concept(
    "etio:cough",
    "cough",
    (Kind.SYMPTOM,),
    (Name("tussis"), Name("cold", NameType.LAY), Name("hack", NameType.HIDDEN)),
    (Mapping(MappingRelation.BROAD, "HP:0002795"), Mapping(MappingRelation.EXACT, "HP:0012735")),
)
COLD = Concept("etio:common-cold", "common cold", (Kind.CONDITION,), (Name("cold"), Name("URI", NameType.ABBREVIATION)))
URINE = Concept("etio:urine", "urine", (Kind.AGENT,), (Name("URI", NameType.ABBREVIATION),))
SMALL = (COLD, COUGH, URINE)


@pytest.fixture(scope="module", params=["lexicon", "arrays in memory", "arrays in files"])
def small(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Names]:
    """Whatever answers what names mean, of three concepts."""
    if request.param == "lexicon":
        yield Lexicon(SMALL)
        return
    graph = stored(tmp_path_factory.mktemp("small"), SMALL, [], [])
    if request.param == "arrays in files":
        build(graph.snapshot.path)
    yield graph.lexicon
    assert (graph.snapshot.path / FOLDER).exists() == (request.param == "arrays in files")


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("cough", ("etio:cough",)),
        ("  Common   COLD ", ("etio:common-cold",)),
        ("common-cold", ("etio:common-cold",)),
        ("coughs", ("etio:cough",)),
        ("cold", ("etio:common-cold",)),  # an exact name outranks a lay one
        ("hack", ("etio:cough",)),
        ("uri", ("etio:common-cold", "etio:urine")),
        ("sneeze", ()),
        ("", ()),
    ],
)
def test_a_name_finds_the_concepts_of_its_best_rank(small: Names, name: str, ids: tuple[str, ...]) -> None:
    assert tuple(concept.id for concept in small.find(name)) == ids


@pytest.mark.parametrize(
    ("words", "begins"),
    [("Common", True), ("common cold", False), ("com", False), ("cold", False), ("zoster", False)],
)
def test_words_that_a_longer_name_begins_with_are_told(small: Names, words: str, begins: bool) -> None:
    assert small.begins(words) is begins


@pytest.mark.parametrize(
    "asked", ["etio:cough", "ETIO:cough", "https://w3id.org/etiograph/cough", "HP:0012735", "hp:0012735", "Tussis"]
)
def test_a_concept_is_got_by_curie_iri_exact_mapping_or_name(small: Names, asked: str) -> None:
    assert small.get(asked) == COUGH


def test_a_broad_mapping_does_not_stand_for_the_concept(small: Names) -> None:
    with pytest.raises(UnknownConcept):
        small.get("HP:0002795")


def test_an_unknown_name_is_answered_with_near_ones(small: Names) -> None:
    with pytest.raises(UnknownConcept) as caught:
        small.get("tusis")
    assert caught.value.suggestions == ("tussis",)


def test_an_ambiguous_name_is_answered_with_its_candidates(small: Names) -> None:
    with pytest.raises(AmbiguousName) as caught:
        small.get("URI")
    assert caught.value.candidates == (("etio:common-cold", "common cold"), ("etio:urine", "urine"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cough", [("etio:cough", "cough", 100.0)]),
        ("co", [("etio:common-cold", "cold", 95.0), ("etio:cough", "cough", 95.0)]),
        ("common clod", [("etio:common-cold", "common cold", 77.27)]),
        ("", []),
        ("xyzzy", []),
    ],
)
def test_search_finds_beginnings_and_misspellings(
    small: Names, text: str, expected: list[tuple[str, str, float]]
) -> None:
    hits = small.search(text)
    assert [(hit.concept.id, hit.name, hit.score) for hit in hits] == expected


def test_search_keeps_to_the_kinds_and_the_limit_asked_for(small: Names) -> None:
    kinds = frozenset({Kind.CONDITION})
    assert [hit.concept.id for hit in small.search("co", kinds=kinds)] == ["etio:common-cold"]
    assert len(small.search("co", limit=1)) == 1


def test_concepts_are_listed_by_label(small: Names) -> None:
    assert [(hit.name, hit.score) for hit in small.listed()] == [("common cold", 100), ("cough", 100), ("urine", 100)]
    assert [hit.concept for hit in small.listed(kinds=frozenset({Kind.AGENT, Kind.TEST}))] == [URINE]


@pytest.mark.parametrize("text", ["common clod", "clod commons", "urines", "hack tussis"])
def test_hits_are_read_one_by_one_or_in_stretches(text: str) -> None:
    hits, expected = NameIndex.of(SMALL).search(text), Lexicon(SMALL).search(text)
    assert ([hits[place] for place in range(len(hits))], tuple(hits)) == (list(expected), expected)
    assert (hits[:1], hits[1:], hits[-1:]) == (expected[:1], expected[1:], expected[-1:])


WORDS = st.text(st.sampled_from("aabbs -é日"), max_size=9)
LONG = st.lists(st.sampled_from(["abas", "bees", "bee", "aé", "s", "日日", "abases"]), max_size=60).map(" ".join)
NAMES = st.builds(Name, WORDS | LONG, st.sampled_from(NameType))


@st.composite
def vocabularies(draw: st.DrawFn) -> tuple[Concept, ...]:
    ids = draw(st.lists(st.sampled_from(["etio:a", "etio:b", "etiop:c", "HP:1", "HP:2", "MONDO:3"]), unique=True))
    kinds = st.lists(st.sampled_from([Kind.TEST, Kind.SYMPTOM]), min_size=1, max_size=2, unique=True).map(tuple)
    return tuple(Concept(id, draw(WORDS), draw(kinds), tuple(draw(st.lists(NAMES, max_size=5)))) for id in ids)


@drawn(150)
@given(
    vocabularies(), st.lists(WORDS | LONG, min_size=1, max_size=4), st.integers(0, 4), st.sets(st.sampled_from(Kind))
)
def test_whatever_is_asked_of_whatever_vocabulary_the_lexicon_says_the_same(
    concepts: tuple[Concept, ...], asked: list[str], limit: int, kinds: set[Kind]
) -> None:
    lexicon, index = Lexicon(concepts), NameIndex.of(concepts)
    texts = [*asked, *(concept.label[:4] for concept in concepts), *(concept.label + "s" for concept in concepts)]
    some = frozenset(kinds)
    assert [index.find(text) for text in texts] == [lexicon.find(text) for text in texts]
    assert (tuple(index.listed()), tuple(index.listed(kinds=some))) == (lexicon.listed(), lexicon.listed(kinds=some))
    assert [tuple(index.search(text)) for text in texts] == [lexicon.search(text) for text in texts]
    assert [tuple(index.search(text, kinds=some, limit=limit)) for text in texts] == [
        lexicon.search(text, kinds=some, limit=limit) for text in texts
    ]


@pytest.fixture(scope="module")
def bundled() -> tuple[Lexicon, NameIndex]:
    """The vocabulary of the installation, both ways."""
    concepts = everything().concepts.values()
    return Lexicon(concepts), NameIndex.of(concepts)


def test_every_name_of_the_bundled_vocabulary_means_the_same(bundled: tuple[Lexicon, NameIndex]) -> None:
    lexicon, index = bundled
    names = sorted({text for text, _, _ in lexicon.names()})
    asked = [*names, *(name + "s" for name in names[::10])]
    assert len(asked) > 50_000
    assert [name for name in asked if index.find(name) != lexicon.find(name)] == []


def misspelled(name: str, rng: random.Random) -> str:
    """The name with up to two letters changed, left out or put in, or only its beginning."""
    letters = list(name)
    for _ in range(rng.choice([0, 1, 2])):
        place = rng.randrange(len(letters))
        letters[place : place + rng.choice([0, 1])] = rng.choice(["", "e", "t"])
        letters = letters or ["a"]
    return "".join(letters[: rng.choice([len(letters), rng.randint(1, len(letters))])])


def test_misspellings_and_beginnings_of_bundled_names_find_the_same(bundled: tuple[Lexicon, NameIndex]) -> None:
    lexicon, index = bundled
    rng = random.Random(5)  # noqa: S311  # no secret
    names = sorted({text for text, _, _ in lexicon.names()})
    asked = [misspelled(rng.choice(names), rng) for _ in range(150)]
    asked += ["a", "of", "of the", "pain of the lung", "pulmonary " * 9, "pulmonary " * 30, "ö", "日", "x" * 200]
    assert [text for text in asked if tuple(index.search(text)) != lexicon.search(text)] == []
    some = frozenset({Kind.TEST, Kind.MECHANISM})
    assert [
        text
        for text in asked
        if tuple(index.search(text, kinds=some, limit=5)) != lexicon.search(text, kinds=some, limit=5)
    ] == []
    assert [
        text for text in asked[::10] if tuple(index.search(text, limit=10**6)) != lexicon.search(text, limit=10**6)
    ] == []


def test_characters_that_share_a_code_are_told_apart() -> None:
    rng = random.Random(7)  # noqa: S311  # no secret
    names = ["".join(chr(0x4E00 + rng.randrange(400)) for _ in range(6)) for _ in range(400)]
    concepts = [Concept(f"HP:{number}", name, (Kind.TEST,)) for number, name in enumerate(names)]
    lexicon, index = Lexicon(concepts), NameIndex.of(concepts)
    asked = [name[:3] + other[3:5] + name[5:] for name, other in zip(names, reversed(names), strict=True)]
    assert [tuple(index.search(text)) for text in asked] == [lexicon.search(text) for text in asked]


def test_half_a_surrogate_pair_finds_nothing() -> None:
    index = NameIndex.of(SMALL)
    assert (index.find("\ud800"), tuple(index.search("\ud800")), tuple(index.search("\ud800ough"))) == (
        (),
        (),
        Lexicon(SMALL).search("\ud800ough"),
    )


def test_where_too_many_names_may_be_alike_the_likeliest_are_compared(
    bundled: tuple[Lexicon, NameIndex], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, index = bundled
    whole = index.search("pulmonry embolsm")
    monkeypatch.setattr(likeness, "MOST_WORK", 400)
    some = index.search("pulmonry embolsm")
    assert some[0] == whole[0]
    assert 0 < len(some) < len(whole)
    assert set(some) < set(index.search("pulmonry embolsm", limit=1000)) | set(whole)


def test_a_store_gives_the_names_that_its_concepts_have() -> None:
    def of(name: str, value: Literal | NamedNode, node: str = "one") -> Quad:
        prefix, _, local = name.partition(":")
        return Quad(NamedNode(f"http://purl.obolibrary.org/obo/HP_{node}"), NamedNode(PREFIXES[prefix] + local), value)

    store = Store()
    concept, kind = NamedNode(PREFIXES["skos"] + "Concept"), NamedNode(Kind.TEST.iri)
    store.extend(
        [
            *(of("rdf:type", concept, node) for node in ("one", "two")),
            *(of("rdf:type", kind, node) for node in ("one", "none")),
            of("skos:prefLabel", Literal("Husten", language="de")),
            of("skos:prefLabel", Literal("a cough", language="en")),
            of("skos:prefLabel", Literal("Cough")),
            of("skos:altLabel", Literal("tussis")),
            of("skos:altLabel", Literal("toux", language="fr")),
            of("etio:layName", Literal("HACK", language="en")),
            of("skos:hiddenLabel", Literal("no concept"), "none"),
        ]
    )
    found = gathered_from(store)
    assert (found.ids, found.kinds) == (["HP:one", "HP:two"], [1 << list(Kind).index(Kind.TEST), 0])
    assert found.labels == ["Cough", "HP:two"]
    assert rows(found) == [("cough", 3, 0), ("hack", 4, 0), ("hp:two", 3, 1), ("tussis", 3, 0)]


def rows(found: Gathered) -> list[tuple[str, int, int]]:
    """The names in an order of their own."""
    return sorted(zip(found.keys, found.ranks, found.concepts, strict=True))


@drawn(10)
@given(vocabularies())
def test_a_stored_vocabulary_is_gathered_as_it_is_read(
    tmp_path_factory: pytest.TempPathFactory, concepts: tuple[Concept, ...]
) -> None:
    graph = stored(tmp_path_factory.mktemp("stored"), concepts, [], [])
    found, expected = gathered_from(graph.snapshot.store), gathered(graph.snapshot.concepts())
    assert (found.ids, found.kinds, found.labels) == (expected.ids, expected.kinds, expected.labels)
    assert set(rows(found)) == set(rows(expected))


@pytest.fixture
def snapshot(tmp_path: Path) -> Iterator[Snapshot]:
    """Of the three concepts."""
    graph = stored(tmp_path, SMALL, [], [])
    with graph.snapshot as snapshot:
        yield snapshot


CONCEPTS = {concept.id: concept for concept in SMALL}


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three concepts are too many for every process to make their names."""
    monkeypatch.setattr(namebuilding, "FEW", 2)


@pytest.mark.usefixtures("many")
def test_names_of_many_concepts_are_made_once_by_a_process_of_their_own(snapshot: Snapshot) -> None:
    making = snapshot.path / f"{FOLDER}.making"
    making.mkdir()
    (making / "half").touch()  # by one that was killed
    with ThreadPoolExecutor() as pool:
        found = list(pool.map(lambda _: names_of(snapshot, CONCEPTS), range(2)))
    made = (snapshot.path / FOLDER).stat()
    found.append(names_of(snapshot, CONCEPTS))
    assert [index.find("tussis") for index in found] == [(COUGH,)] * 3
    assert ((snapshot.path / FOLDER).stat(), making.exists()) == (made, False)


def test_names_of_few_concepts_are_not_written(snapshot: Snapshot) -> None:
    before = sorted(snapshot.path.iterdir())
    assert names_of(snapshot, CONCEPTS).find("tussis") == (COUGH,)
    assert sorted(snapshot.path.iterdir()) == before


@pytest.mark.usefixtures("many")
def test_names_that_must_be_made_are_not_at_hand(snapshot: Snapshot) -> None:
    before = at_hand(snapshot)
    main(snapshot.path)
    assert (before, at_hand(snapshot)) == (False, True)


def test_names_of_a_snapshot_that_is_gone_are_not_made(tmp_path: Path) -> None:
    main(tmp_path / "gone")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("many")
def test_names_that_cannot_be_written_are_found_all_the_same(snapshot: Snapshot) -> None:
    (snapshot.path / f"{FOLDER}.lock").mkdir()
    assert names_of(snapshot, CONCEPTS).find("tussis") == (COUGH,)
    assert not (snapshot.path / FOLDER).exists()


def test_what_is_saved_and_mapped_is_the_same(tmp_path: Path) -> None:
    arrays = arranged(gathered(SMALL))
    arrays.save(tmp_path)
    mapped = NameArrays.load(tmp_path)
    assert list(mapped.keys.texts) == [b"cold", b"common cold", b"cough", b"hack", b"tussis", b"uri", b"urine"]
    assert (list(mapped.words.texts), mapped.words.keys.tolist()) == ([b"cold"], [1])
    assert (mapped.spellings.bags == arrays.spellings.bags).all()
    assert NameIndex(mapped, CONCEPTS).search("clod")[0] == Lexicon(SMALL).search("clod")[0]


@given(st.lists(st.text(max_size=3), max_size=20), st.text(max_size=2))
def test_sorted_texts_are_found_by_their_whole_and_by_their_beginning(names: list[str], asked: str) -> None:
    ordered = sorted(names)
    texts = Texts.encoded(ordered)
    assert [text.decode() for text in texts] == ordered
    assert [ordered[place] for place in texts.equal(asked.encode())] == [name for name in ordered if name == asked]
    assert [ordered[place] for place in texts.beginning(asked.encode())] == [
        name for name in ordered if name.startswith(asked)
    ]

"""Real articles and bad input: what goes in comes out the same, and what cannot go in changes nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from realworld import World, etiograph

from api.app import create_app
from api.pipeline import put, remove
from api.settings import Settings
from graph.store import Snapshot, Store, published
from ingest.article import FORMATS
from ontology.article import Article, Extraction
from ontology.claim import Claim, Concept, Evidence
from ontology.terms import Kind, Predicate

TWINS = ("HP:9999998", "HP:9999999")


@pytest.fixture(scope="module")
def data(bundled: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the bundled articles and one that makes "snow cough" the name of two concepts."""
    text = "Snow cough causes hemoptysis."
    evidence = Evidence(
        article="snow",
        quote=text,
        start=0,
        end=len(text),
        rule="test",
        extractor="test 1",
        subject_mention="Snow cough",
        object_mention="hemoptysis",
        subject_kind=Kind.SYMPTOM,
        object_kind=Kind.SYMPTOM,
    )
    claims = [Claim(twin, Predicate.CAUSES, "etio:hemoptysis", negated=False, evidence=(evidence,)) for twin in TWINS]
    twins = tuple(Concept(twin, "snow cough", (Kind.SYMPTOM,)) for twin in TWINS)
    snow = Extraction(
        Article(id="snow", title="Snow", text=text, format="text"),
        (bundled.network.concepts["etio:hemoptysis"], *twins),
        tuple(sorted(claims, key=lambda claim: claim.id)),
        1,
    )
    folder = tmp_path_factory.mktemp("bad")
    with Store.open(folder) as store:
        store.replace([*bundled.extractions, snow])
    return folder


@pytest.fixture(scope="module")
def client(data: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(data=data))) as client:
        yield client


def nquads(folder: Path) -> bytes:
    with Snapshot.open(folder) as snapshot:
        return snapshot.nquads()


def test_two_rebuilds_of_the_originals_are_the_same_bytes(originals: World, tmp_path: Path) -> None:
    put(tmp_path, originals.extractions[::-1])
    assert nquads(tmp_path) == originals.nquads


def test_the_graph_depends_on_the_articles_in_it_alone(bundled: World, tmp_path: Path) -> None:
    """Byte for byte: another process made `bundled` at one go; here articles come and go."""
    Store.open(tmp_path).close()
    graphs = [nquads(tmp_path)]
    for extraction in bundled.extractions:
        put(tmp_path, (extraction,))
        graphs.append(nquads(tmp_path))
    assert len(set(graphs)) == len(bundled.files) + 1
    assert graphs[-1] == bundled.nquads

    before = published(tmp_path)
    put(tmp_path, bundled.extractions[::-1])
    assert published(tmp_path) == before

    for extraction, former in zip(bundled.extractions[::-1], graphs[-2::-1], strict=True):
        remove(tmp_path, extraction.article.id)
        assert nquads(tmp_path) == former


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.txt", b"", "empty: there is no text in it"),
        ("binary.txt", bytes(range(256)) * 8, "binary: a NUL byte at offset 0; an article is UTF-8 text"),
        (
            "latin.txt",
            "Hämoptyse".encode("latin-1"),
            "not UTF-8: byte 0xe4 at offset 1 (invalid continuation byte); convert it to UTF-8 first",
        ),
        (
            "line.txt",
            b"blood " * 8_333_334,
            "too large: 50,000,004 bytes; at most 20,000,000 are read, so split it into articles",
        ),
        ("missing.txt", None, "no such file or folder"),
        (
            "folder",
            None,
            "a folder without articles (read are "
            + ", ".join(f"*{ending}" for ending in (*FORMATS, ".jsonl", ".jsonl.gz"))
            + ")",
        ),
    ],
)
def test_a_file_that_is_no_article_is_told_and_changes_nothing(
    data: Path, tmp_path: Path, name: str, content: bytes | None, said: str
) -> None:
    path, before = tmp_path / name, published(data)
    if content is not None:
        path.write_bytes(content)
    if name == "folder":
        path.mkdir()
    _, problem = etiograph("ingest", "--data", data, path, code=1)
    assert problem == f"etiograph: {path}: {said}\n"
    assert published(data) == before


MALFORMED = "SELECT ?c { ?c etio:causes }"
QUESTIONS: tuple[tuple[tuple[str, ...], tuple[str, dict[str, str]], int, str], ...] = (
    (
        ("ask", "hemoptsis"),
        ("/v1/concepts/hemoptsis", {}),
        404,
        "unknown concept 'hemoptsis' (did you mean 'hemoptysis'",
    ),
    (
        ("ask", "snow cough"),
        ("/v1/concepts/snow cough", {}),
        409,
        "'snow cough' may mean any of: snow cough (HP:9999998), snow cough (HP:9999999); ask for one by its id",
    ),
    (
        ("paths", "PE", "hemoptysis", "--max-hops", "0"),
        ("/v1/paths", {"source": "PE", "target": "hemoptysis", "max_hops": "0"}),
        422,
        "max_hops",
    ),
    (("sparql", MALFORMED), ("/sparql", {"query": MALFORMED}), 400, "malformed query at line 1, column 28"),
    (("articles", "show", "blood-in-mucos"), ("/v1/articles/blood-in-mucos", {}), 404, "did you mean 'blood-in-mucus'"),
)


@pytest.mark.parametrize(("command", "asked", "status", "said"), QUESTIONS, ids=lambda value: str(value)[:30])
def test_a_question_without_an_answer_is_told_why_and_changes_nothing(
    data: Path,
    client: TestClient,
    command: tuple[str, ...],
    asked: tuple[str, dict[str, str]],
    status: int,
    said: str,
) -> None:
    before = published(data)
    shown, problem = etiograph(*command, "--data", data, code=1)
    assert (shown, problem.count("\n"), problem[:11]) == ("", 1, "etiograph: ")
    assert said in problem
    address, parameters = asked
    answer = client.get(address, params=parameters)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert (answer.json()["status"], said in answer.json()["detail"]) == (status, True), answer.json()
    assert published(data) == before

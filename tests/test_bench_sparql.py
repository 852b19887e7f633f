"""The benchmark of SPARQL, small: what it is built from is a valid store, and its questions are answered alike."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib

BENCH = Path(__file__).parent / "bench"
sys.path.append(str(BENCH))

import hpo  # noqa: E402
import rivals  # noqa: E402
from questions import ROWS, TRIPLES, Question, content, questions, with_prefixes  # noqa: E402

from graph.gate import check  # noqa: E402
from graph.layer import bundled  # noqa: E402
from graph.store import Snapshot  # noqa: E402
from ontology.claim import claim_id  # noqa: E402
from ontology.terms import Predicate  # noqa: E402

SHARE = 0.0005


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a small share, beside its N-Triples."""
    folder = tmp_path_factory.mktemp("bench") / "data"
    hpo.build(folder, folder.with_name("data.nt"), SHARE)
    return folder


@pytest.fixture(scope="module")
def engine(data: Path) -> rivals.Engine:
    """The engine on it."""
    return rivals.Engine(data)


@pytest.fixture(scope="module")
def in_memory(data: Path) -> rdflib.Graph:
    """The same in rdflib's own store."""
    return rdflib.Graph().parse(data.with_name("data.nt"), format="nt")


@pytest.fixture(scope="module")
def served(data: Path) -> Iterator[rivals.Client]:
    """A client of our server on it."""
    with rivals.ours(data) as (port, _):
        client = rivals.Client(port, "/sparql", name=rivals.OURS)
        yield client
        client.close()


def test_every_article_made_of_annotations_passes_the_gate() -> None:
    layer = bundled()
    passed = [check(extraction, layer) for extraction in hpo.extractions(0.0)]
    assert len(passed) > 1
    assert sum(len(stated.claims) for stated in passed) > 100


def test_what_is_published_is_what_the_ntriples_say_and_reads_back_as_claims(data: Path) -> None:
    lines = data.with_name("data.nt").read_bytes().splitlines(keepends=True)
    with Snapshot.open(data) as snapshot:
        claims = {claim.id: claim for claim in snapshot.claims()}
        assert snapshot.nquads().splitlines(keepends=True) == sorted(lines)
    negated = False
    seizures = claims[claim_id("etiop:mowat_wilson_syndrome", Predicate.HAS_SYMPTOM, "HP:0001250", negated)]
    assert seizures.evidence[0].quote == "mowat wilson syndrome frequently shows seizure."


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.name)
def test_the_server_answers_each_question_as_the_engine_does(
    question: Question, engine: rivals.Engine, served: rivals.Client
) -> None:
    right = content(question, engine.ask(question.text, question.accept, 60))
    first = content(question, served.ask(question.text, question.accept, 60))
    again = content(question, served.ask(question.again(1), question.accept, 60))
    assert right.size > 0
    assert (first, again) == (right, right)


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.name)
def test_rdflib_answers_each_question_as_the_engine_does(
    question: Question, engine: rivals.Engine, in_memory: rdflib.Graph
) -> None:
    answer = in_memory.query(question.text)
    body = answer.serialize(format="turtle" if question.accept == TRIPLES else "json")
    assert body is not None
    assert content(question, body) == content(question, engine.ask(question.text, question.accept, 60))


def test_numbers_are_compared_by_value_and_rows_in_any_order() -> None:
    one = Question("one", "", "", with_prefixes("SELECT ?a ?b { ?a etio:causes ?b }"), None)

    def body(*values: str) -> bytes:
        rows = ",".join(
            f'{{"a":{{"type":"literal","value":"{value}","datatype":"http://www.w3.org/2001/XMLSchema#decimal"}}}}'
            for value in values
        )
        return f'{{"results":{{"bindings":[{rows}]}}}}'.encode()

    assert one.accept == ROWS
    assert content(one, body("1.50", "2")) == content(one, body("2.0", "1.5"))
    assert content(one, body("1.50", "2")) != content(one, body("2.0", "1.5", "1.5"))

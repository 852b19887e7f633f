"""The command line: what it prints, where, and with which exit code."""

import json
import os
import re
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from toygraph import BLOOD, POSSIBLE
from toystore import store_toy
from typer.testing import CliRunner

from api.cli import command_line
from api.differentialmodels import STATEMENT
from api.settings import NOTICE

ROOT = Path(__file__).parents[1]
MAIN = "from api.cli import main; main()"
PROMISED = {
    "serve": {"--host", "--port", "--data", "--workers", "--empty"},
    "ingest": {"--workers", "--data", "--json"},
    "extract": {"--format", "--explain", "--text", "--sentence", "--grep", "--json"},
    "evaluate": {"--gold", "--misses", "--extras", "--sheet", "--json"},
    "ask": {"--data", "--json"},
    "paths": {
        "--max-hops", "--k", "--predicate", "--via", "--via-kind", "--avoid", "--min-certainty", "--min-articles",
        "--article", "--directed", "--undirected", "--rank", "--explain", "--data", "--json",
    },
    "neighbours": {
        "--predicate", "--kind", "--direction", "--depth", "--negated", "--min-certainty", "--data", "--json",
    },
    "differential": {"--present", "--absent", "--limit", "--min-certainty", "--data", "--json"},
    "common": {"--effects", "--max-hops", "--kind", "--limit", "--min-certainty", "--data", "--json"},
    "conflicts": {"--type", "--limit", "--data", "--json"},
    "sparql": {"--format", "--json", "--data"},
    "export": {
        "--format", "--concept", "--depth", "--direction", "--predicate", "--kind", "--negated", "--min-certainty",
        "--min-articles", "--article", "--claim", "--source", "--target", "--max-hops", "--k", "--via", "--via-kind",
        "--avoid", "--directed", "--undirected", "--rank", "-o", "--output", "--data",
    },
    "check": {"--data", "--json"},
    "stats": {"--data", "--json"},
    "import hpo": {"--workers", "--data", "--json"},
    "import kgx": {"--name", "--workers", "--data", "--json"},
    "import rdf": {"--graph", "--replace", "--format", "--base", "--data", "--json"},
    "vocabulary add": {"--name", "--kind", "--json"},
    "vocabulary list": {"--json"},
    "vocabulary remove": set(),
    "articles list": {"--data", "--json"},
    "articles show": {"--data", "--json"},
    "articles remove": {"--data"},
    "token create": {"--scope", "--data"},
    "token list": {"--data", "--json"},
    "token revoke": {"--data"},
}  # fmt: skip


@pytest.fixture(scope="module")
def toy_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("toy")
    store_toy(folder)
    return folder


def run(*arguments: str | Path, code: int = 0) -> tuple[str, str]:
    """What the command prints on standard output and standard error; it must end with `code`."""
    result = CliRunner().invoke(command_line(), [str(argument) for argument in arguments])
    assert result.exit_code == code, result.output
    return result.stdout, result.stderr


def run_apart(*arguments: str | Path, cwd: Path = ROOT, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    environment.pop("ETIOGRAPH_DATA", None)
    command = [sys.executable, "-c", MAIN, *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, env=environment, input=stdin, capture_output=True, check=False, timeout=120)


def commands(group: Any, name: str = "") -> Iterator[tuple[str, Any]]:  # typer's copy of click has no public types
    for key, command in getattr(group, "commands", {}).items():
        yield from commands(command, f"{name} {key}".strip())
    if not hasattr(group, "commands"):
        yield name, group


def test_every_command_has_the_promised_options_and_each_is_explained() -> None:
    found = {}
    unexplained: list[tuple[str, str | None]] = []
    for name, command in commands(typer.main.get_command(command_line())):
        options = [row for row in command.params if row.param_type_name == "option"]
        found[name] = {text for row in options for text in (*row.opts, *row.secondary_opts)} - {"--help", "-h"}
        unexplained += [(name, row.name) for row in command.params if not getattr(row, "help", None)]
        unexplained += [] if command.help and len(command.help) > 15 else [(name, None)]
    assert (found, unexplained) == (PROMISED, [])


@pytest.mark.parametrize("name", sorted(PROMISED))
def test_every_command_has_help(name: str) -> None:
    shown, _ = run(*name.split(), "--help")
    assert shown.lstrip().startswith("Usage: ")
    assert all(option in shown for option in PROMISED[name] if option != "-o")


def test_ask_shows_the_card_with_a_sentence_for_everything(toy_data: Path) -> None:
    shown, _ = run("ask", "coughing up BLOOD", "--data", toy_data)
    assert re.findall(r"^\w.*", shown, re.M)[1:] == ["Conditions that show it", "What articles deny", NOTICE]
    assert shown.splitlines()[0].split("  ") == ["hemoptysis", "Symptom", "etio:hemoptysis"]
    lines = [line.strip() for line in shown.splitlines()]
    place = lines.index("• is a symptom of pneumonia (possible, often)")
    assert lines[place + 1] == "“Pneumonia often causes coughing up blood, though not always.”  coughing-up-blood"
    assert "• denied: is caused by anticoagulants (asserted)" in lines


def test_ask_tells_the_same_as_json(toy_data: Path) -> None:
    shown = json.loads(run("ask", "PE", "--data", toy_data, "--json")[0])
    assert shown["concept"]["id"] == "etio:pulmonary-embolism"
    assert [
        (section["name"], [item["concept"]["label"] for item in section["items"]]) for section in shown["sections"]
    ] == [
        ("mechanisms", ["reduced pulmonary blood flow", "pulmonary infarction", "alveolar hemorrhage"]),
        ("symptoms", ["hemoptysis"]),
        ("tests", ["CT pulmonary angiography"]),
        ("treatments", ["anticoagulants"]),
    ]
    assert shown["notice"] == NOTICE


def test_paths_show_a_sentence_for_every_hop_and_the_terms_of_the_score(toy_data: Path) -> None:
    shown, _ = run("paths", "pulmonary embolism", "hemoptysis", "--data", toy_data, "--k", "1")
    lines = [line.strip() for line in shown.splitlines()]
    assert lines[0].startswith("1. pulmonary embolism causes reduced pulmonary blood flow, which may cause")
    assert lines[1:3] == [
        "pulmonary embolism causes reduced pulmonary blood flow (asserted)",
        "“A pulmonary embolism reduces the flow of blood through the lung.”  lung-clots",
    ]
    assert sum(line.startswith("“") for line in lines) == 4
    assert any(re.match(r"score 0\.\d+ = belief 0\.\d+ × causality", line) for line in lines)
    assert "1 of 2 chains; more with --k" in lines


def test_paths_take_every_option(toy_data: Path) -> None:
    options = ["--max-hops", "5", "--predicate", "causes", "--via", "lung infarction", "--via-kind", "Mechanism"]
    options += ["--avoid", "pneumonia", "--min-certainty", "possible", "--min-articles", "1", "--rank", "length"]
    shown = json.loads(run("paths", "PE", "hemoptysis", "--data", toy_data, "--json", *options)[0])
    assert [len(item["hops"]) for item in shown["items"]] == [4]
    both = json.loads(run("paths", "hemoptysis", "PE", "--data", toy_data, "--json", "--undirected", "--k", "1")[0])
    assert both["items"][0]["hops"][0]["inverted"] is True
    none, _ = run("paths", "hemoptysis", "PE", "--data", toy_data)
    assert none.splitlines()[:3] == [
        (
            "No chain of at most 8 hops leads from hemoptysis to pulmonary embolism. "
            "With directed=false there is one of 1 hop."
        ),
        "From hemoptysis nothing can be reached.",
        "To pulmonary embolism nothing leads.",
    ]
    asserted, _ = run("paths", "PE", "hemoptysis", "--data", toy_data, "--min-certainty", "asserted")
    assert asserted.splitlines()[:6] == [
        (
            "No chain of at most 8 hops leads from pulmonary embolism to hemoptysis. "
            "Without min_certainty=asserted there is one of 1 hop."
        ),
        "From pulmonary embolism 1 concept can be reached within 1 hop; nearest to hemoptysis:",
        "  • reduced pulmonary blood flow (1 hop, 3 hops from the other end either way)",
        "To hemoptysis 2 concepts lead within 2 hops; nearest to pulmonary embolism:",
        "  • pulmonary infarction (2 hops, 2 hops from the other end either way)",
        "  • alveolar hemorrhage (1 hop, 3 hops from the other end either way)",
    ]


def test_neighbours_are_filtered(toy_data: Path) -> None:
    shown = json.loads(run("neighbours", "PE", "--predicate", "treated_by", "--data", toy_data, "--json")[0])
    assert [item["concept"]["label"] for item in shown["items"]] == ["anticoagulants"]
    text, _ = run("neighbours", "anticoagulants", "--negated", "only", "--direction", "out", "--data", toy_data)
    assert "• denied: anticoagulants causes hemoptysis (asserted)" in text
    assert "“Blood thinners do not cause hemoptysis by themselves.”  coughing-up-blood" in text


def test_sparql_prints_a_table_or_any_format(toy_data: Path, tmp_path: Path) -> None:
    query = "SELECT ?c ?l { ?c etio:hasSymptom etio:hemoptysis ; skos:prefLabel ?l } ORDER BY ?c"
    table, _ = run("sparql", query, "--data", toy_data)
    assert [line.split("  ") for line in table.splitlines()][1] == ["etio:pneumonia          ".rstrip(), *_rest(table)]
    (tmp_path / "q.rq").write_text(query)
    csv, _ = run("sparql", tmp_path / "q.rq", "--format", "csv", "--data", toy_data)
    assert csv.splitlines()[1].endswith("pneumonia,pneumonia")
    as_json = json.loads(run("sparql", query, "--json", "--data", toy_data)[0])
    assert [row["l"]["value"] for row in as_json["results"]["bindings"]] == ["pneumonia", "pulmonary embolism"]
    assert run("sparql", "ASK { etio:pneumonia etio:hasSymptom etio:hemoptysis }", "--data", toy_data)[0] == "yes\n"
    turtle, _ = run("sparql", "CONSTRUCT WHERE { ?t etio:treats ?c }", "--data", toy_data)
    assert "<https://w3id.org/etiograph/anticoagulants>" in turtle


def _rest(table: str) -> list[str]:
    return table.splitlines()[1].split("  ")[1:]


@pytest.mark.parametrize("name", ["turtle", "nquads", "graphml", "cytoscape"])
def test_export_writes_a_file_or_standard_output(toy_data: Path, tmp_path: Path, name: str) -> None:
    target = tmp_path / f"graph.{name}"
    run("export", "--format", name, "--data", toy_data, "-o", target)
    printed, _ = run("export", "--format", name, "--data", toy_data)
    assert printed == target.read_text(encoding="utf-8")
    part, _ = run("export", "--format", name, "--concept", "pneumonia", "--data", toy_data)
    assert ("pneumonia" in part, "angiography" in part, len(part) < len(printed)) == (True, False, True)
    assert list(tmp_path.iterdir()) == [target]


ENDED = """
import os, signal, sys
from pathlib import Path
from typer.testing import CliRunner
from api.cli import command_line
from graph.export import formats

def write(network, chosen, take, **options):
    take(b"half of it")
    assert [path.suffix for path in folder.iterdir()] == [".new"]
    os.kill(os.getpid(), signal.SIGTERM)

folder = Path(sys.argv[2]).parent
formats.export = write
sys.argv = ["etiograph", "export", "--format", "turtle", "--data", sys.argv[1], "-o", sys.argv[2]]
command_line()()
"""


def test_an_export_that_is_ended_leaves_nothing_behind(toy_data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    ended = subprocess.run(
        [sys.executable, "-c", ENDED, toy_data, folder / "graph.ttl"], cwd=ROOT, check=False, capture_output=True
    )
    assert (ended.returncode, ended.stderr) == (128 + signal.SIGTERM, b"")
    assert list(folder.iterdir()) == []


def test_check_passes_a_sound_store(toy_data: Path) -> None:
    assert run("check", "--data", toy_data)[0] == "2 articles, 9 claims, 9 sentences: no violations\n"
    assert json.loads(run("check", "--json", "--data", toy_data)[0])["violations"] == []


def test_stats_and_articles_list_what_is_there(toy_data: Path) -> None:
    assert json.loads(run("stats", "--json", "--data", toy_data)[0])["claims"] == 9
    assert re.search(r"^claims +9$", run("stats", "--data", toy_data)[0], re.M)
    listed = json.loads(run("articles", "list", "--json", "--data", toy_data)[0])
    assert [item["id"] for item in listed["items"]] == ["coughing-up-blood", "lung-clots"]
    shown, _ = run("articles", "show", "coughing-up-blood", "--data", toy_data)
    assert all(line in shown.splitlines() for line in BLOOD.text.splitlines())
    assert json.loads(run("articles", "show", "lung-clots", "--json", "--data", toy_data)[0])["claims"] == 6


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ask", "hemoptsis"], "etiograph: unknown concept 'hemoptsis' (did you mean 'hemoptysis'"),
        (["paths", "PE", "PE"], "expected another concept than the source"),
        (["paths", "PE", "hemoptysis", "--max-hops", "0"], "etiograph: max_hops=0: expected 1 to 8"),
        (["paths", "PE", "hemoptysis", "--max-hops", "99"], "etiograph: max_hops=99: expected 1 to 8"),
        (["paths", "PE", "hemoptysis", "--k", "0"], "etiograph: k=0: expected 1 to 50"),
        (["paths", "PE", "coughing up blod"], "etiograph: unknown concept 'coughing up blod' (did you mean 'coughing"),
        (["paths", "PE", "hemoptysis", "--via", "hemoptsis"], "unknown concept 'hemoptsis' (did you mean 'hemoptysis'"),
        (["paths", "PE", "hemoptysis", "--predicate", "cause"], "etiograph: predicate='cause': expected one of"),
        (["paths", "PE", "hemoptysis", "--k", "51"], "etiograph: k=51: expected 1 to 50"),
        (["paths", "PE", "hemoptysis", "--min-articles", "0"], "etiograph: min_articles=0: expected 1 or more"),
        (["neighbours", "PE", "--depth", "4"], "etiograph: depth=4: expected 1 to 3"),
        (["export", "--format", "turtle", "--concept", "PE", "--depth", "4"], "etiograph: depth=4: expected 1 to 3"),
        (["neighbours", "PE", "--predicate", "cause"], "etiograph: predicate='cause': expected one of"),
        (["sparql", "SELECT ?c {"], "etiograph: "),
        (["sparql", "nothing.rq"], "etiograph: query='nothing.rq': expected a query or a file that can be read"),
        (["sparql", "CLEAR ALL"], "etiograph: "),
        (["sparql", "ASK {}", "--format", "turtle"], "etiograph: "),
        (["articles", "show", "lung-clot"], "etiograph: unknown article 'lung-clot' (did you mean 'lung-clots'?)"),
        (["articles", "remove", "lung-clot"], "etiograph: unknown article 'lung-clot' (did you mean 'lung-clots'?)"),
        (["export", "--format", "turtle", "--depth", "2"], "etiograph: depth=2: expected to go with 'concept'"),
        (["export", "--format", "turtle", "-o", "/nowhere/x"], "etiograph: /nowhere/x: No such file or directory"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_exit_code_1(toy_data: Path, arguments: list[str], said: str) -> None:
    shown, problem = run(*arguments, "--data", toy_data, code=1)
    assert (shown, len(problem.splitlines()), problem.startswith("etiograph: ")) == ("", 1, True), problem
    assert said in problem


@pytest.mark.parametrize(
    "arguments",
    [
        ["paths", "a", "b", "--max-hops", "x"],
        ["paths", "a"],
        ["export", "--format", "pdf"],
        ["export", "-o", "graph.zip"],
        ["export"],
        ["serve", "--port", "x"],
        ["asq"],
    ],
)
def test_a_command_that_is_not_understood_ends_with_exit_code_2(arguments: list[str]) -> None:
    _, problem = run(*arguments, code=2)
    assert "Usage: " in problem


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask", "x"],
        ["stats"],
        ["check"],
        ["export", "--format", "nquads"],
        ["sparql", "ASK {}"],
        ["articles", "remove", "x"],
    ],
)
def test_an_empty_folder_says_how_to_fill_it_and_stays_empty(tmp_path: Path, arguments: list[str]) -> None:
    _, problem = run(*arguments, "--data", tmp_path / "none", code=1)
    assert "etiograph ingest" in problem
    assert list(tmp_path.iterdir()) == []


def test_a_process_of_its_own_ends_with_the_same_codes(toy_data: Path, tmp_path: Path) -> None:
    done = run_apart("ask", "PE", "--data", toy_data, cwd=tmp_path)
    failed = run_apart("ask", "hemoptsis", "--data", toy_data)
    wrong = run_apart("asq")
    assert (done.returncode, failed.returncode, wrong.returncode) == (0, 1, 2)
    assert (done.stderr, failed.stdout) == (b"", b"")
    assert b"Traceback" not in failed.stderr + wrong.stderr


def test_to_a_pipe_no_colour_is_sent_and_no_quote_is_broken(toy_data: Path) -> None:
    shown = run_apart("paths", "PE", "hemoptysis", "--data", toy_data).stdout.decode()
    assert "\x1b" not in shown
    assert "“The infarction leads to bleeding into the air sacs, and that bleeding causes hemoptysis.”" in shown


def test_bytes_to_a_pipe_are_those_of_the_file(toy_data: Path, tmp_path: Path) -> None:
    target = tmp_path / "graph.nq"
    run("export", "--format", "nquads", "--data", toy_data, "-o", target)
    printed = run_apart("export", "--format", "nquads", "--data", toy_data)
    assert (printed.returncode, printed.stdout, printed.stderr) == (0, target.read_bytes(), b"")


def test_a_query_may_come_from_standard_input(toy_data: Path) -> None:
    asked = run_apart("sparql", "-", "--data", toy_data, stdin=b"ASK { etio:pneumonia etio:hasSymptom ?s }")
    assert (asked.returncode, asked.stdout) == (0, b"yes\n")


def test_the_data_folder_may_come_from_the_environment(toy_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ETIOGRAPH_DATA", str(toy_data))
    assert json.loads(run("stats", "--json")[0])["articles"] == 2
    monkeypatch.setenv("ETIOGRAPH_PORT", "many")
    assert "etiograph: ETIOGRAPH_PORT='many': expected" in run("stats", code=1)[1]


def test_the_version_is_told() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert run("--version")[0] == f"etiograph {project['version']}\n"


def test_help_loads_nothing_heavy() -> None:
    asked = "import sys; from api.cli import command_line; command_line(); print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    heavy = {"fastapi", "pydantic", "pyoxigraph", "rdflib", "networkx", "granian", "rapidfuzz", "pyhpo"}
    assert heavy & set(loaded.stdout.split()) == set()


def test_an_explanation_says_how_a_sentence_was_read_in_words_and_as_data(tmp_path: Path) -> None:
    article = tmp_path / "asthma.txt"
    article.write_text("Asthma\n\nAsthma can cause wheezing. Dust makes it worse.\n")
    told, _ = run("extract", "--explain", "--grep", "WHEEZ", article)
    assert told.splitlines()[:2] == ["asthma", "1. Asthma can cause wheezing.  (sentence)"]
    assert "  claim      asthma causes wheezing; possible (“can”); rule cause-verb" in told.splitlines()
    data, _ = run("extract", "--explain", "--sentence", "1", "--json", article)
    (item,) = json.loads(data)["items"]
    claims = [(each["subject"]["concept"]["id"], each["predicate"], each["rule"]) for each in item["claims"]]
    assert (item["quote"], claims) == ("Asthma can cause wheezing.", [("etio:asthma", "causes", "cause-verb")])


def test_an_explanation_of_a_sentence_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text("Asthma causes wheezing.\n")
    _, problem = run("extract", "--explain", "--grep", "gout", article, code=1)
    assert problem == f"etiograph: {article}: a sentence with 'gout' in it was asked for, and none is read there\n"
    run("extract", "--grep", "gout", article, code=2)
    run("extract", code=2)
    run("extract", "--explain", code=2)


def test_a_sentence_given_on_the_command_line_is_explained() -> None:
    told, _ = run("extract", "--explain", "--text", "Asthma causes wheezing.")
    assert told.splitlines()[1] == "1. Asthma causes wheezing.  (sentence)"


def test_conflicts_show_both_sides(toy_data: Path) -> None:
    none, _ = run("conflicts", "hemoptysis", "--data", toy_data)
    assert none.splitlines() == ["No article contradicts another about hemoptysis.", "", NOTICE]
    assert json.loads(run("conflicts", "--data", toy_data, "--json")[0])["items"] == []


def test_a_path_is_explained_by_its_quotes(toy_data: Path) -> None:
    shown, _ = run("paths", "PE", "hemoptysis", "--data", toy_data, "--via", "lung infarction", "--explain")
    chain, *told = [line.strip() for line in shown.splitlines()][:5]
    assert chain.startswith("1. pulmonary embolism causes reduced pulmonary blood flow, which may cause pulmonary inf")
    assert [line.partition(": ")[2] for line in told] == [
        "“A pulmonary embolism reduces the flow of blood through the lung.” [lung-clots].",
        "“This reduced blood flow can cause a pulmonary infarction.” [lung-clots].",
        "“The infarction leads to bleeding into the air sacs, and that bleeding causes hemoptysis.” [lung-clots].",
        "the same words [lung-clots].",
    ]


def test_a_differential_says_what_speaks_for_and_against_each_condition(toy_data: Path) -> None:
    shown, _ = run("differential", "--present", "coughing up blood", "--absent", "pneumonia", "--data", toy_data)
    assert [line.strip() for line in shown.splitlines()] == [
        STATEMENT,
        "",
        "1. alveolar hemorrhage  0.4219 = explained 0.4219 × uncontradicted 1",
        "explains hemoptysis  0.4219",
        "“The infarction leads to bleeding into the air sacs, and that bleeding causes hemoptysis.”  lung-clots",
        "",
        "2. pulmonary embolism  0.4219 = explained 0.4219 × uncontradicted 1",
        "explains hemoptysis  0.4219",
        "“A pulmonary embolism may make a person cough up blood.”  coughing-up-blood",
        "test: CT pulmonary angiography, tells it from alveolar hemorrhage",
        "“CT pulmonary angiography detects a pulmonary embolism.”  lung-clots",
        "",
        "",
        NOTICE,
    ]
    nothing, _ = run("differential", "--present", "PE", "--data", toy_data)
    assert "No condition is said to show: pulmonary embolism." in nothing
    answer = json.loads(run("differential", "--present", "hemoptysis", "--limit", "1", "--data", toy_data, "--json")[0])
    assert [item["condition"]["label"] for item in answer["items"]] == ["alveolar hemorrhage"]


def test_common_causes_are_told_by_the_quotes_of_their_chains(toy_data: Path) -> None:
    shown, _ = run("common", "PE", "pneumonia", "--effects", "--data", toy_data)
    terms = f"belief of chain 1 {POSSIBLE:g} × belief of chain 2 {POSSIBLE:g} × brevity 1 × specificity 0.9325"
    assert [line.strip() for line in shown.splitlines()] == [
        f"1. hemoptysis  {POSSIBLE * POSSIBLE * 0.9325:.6g} = {terms}",
        (
            "Pulmonary embolism may have the symptom hemoptysis: "
            "“A pulmonary embolism may make a person cough up blood.” [coughing-up-blood]."
        ),
        (
            "Pneumonia may have the symptom hemoptysis (often): "
            "“Pneumonia often causes coughing up blood, though not always.” [coughing-up-blood]."
        ),
        "",
        "",
        NOTICE,
    ]
    none, _ = run("common", "PE", "pneumonia", "--data", toy_data)
    assert none.splitlines()[0] == "No article says what leads to all of pulmonary embolism, pneumonia."
    assert "2 to 10 different concepts" in run("common", "PE", "--data", toy_data, code=1)[1]

"""Which updates may be run, and how they are cut."""

import pytest

from graph.updating.guard import guarded
from graph.updating.operations import operations
from graph.updating.templates import modify
from ontology.errors import QueryError, QueryRefused, QuerySyntaxError

LOADS = (
    "LOAD <http://127.0.0.1:9/>",
    "load<http://127.0.0.1:9/>",
    "LoAd <file:///etc/passwd> INTO GRAPH <a:g>",
    "INSERT DATA { <a:a> <a:b> 'LOAD' } ; LOAD <http://127.0.0.1:9/>",
    "# a comment\nPREFIX load: <http://127.0.0.1:9/> LOAD load:x",
    "LOAD SILENT <a:a> ; LOAD <http://127.0.0.1:9/>",
)
HARMLESS = (
    "INSERT DATA { <a:a> <a:b> 'a loading dose ; LOAD <http://127.0.0.1:9/>' }",
    "PREFIX load: <a:> INSERT DATA { load:LOAD <a:b> ''' \" ; LOAD <http://127.0.0.1:9/> ''' }",
    "INSERT { ?load <a:b> 1 } WHERE { ?load <a:load> <http://127.0.0.1:9/LOAD#load> } # LOAD <http://127.0.0.1:9/>",
)


@pytest.mark.parametrize("text", LOADS)
def test_a_load_is_refused(text: str) -> None:
    with pytest.raises(QueryRefused, match="LOAD is refused"):
        guarded(text.encode(), base=None)


@pytest.mark.parametrize("text", HARMLESS)
def test_the_word_load_may_stand_where_it_is_no_keyword(text: str) -> None:
    found = guarded(text.encode(), base=None)
    assert found.text == text
    assert found.operations is not None
    assert len(found.operations) == 1


def test_a_silent_load_is_left_out() -> None:
    text = "PREFIX : <a:> LOAD SILENT <http://127.0.0.1:9/> INTO GRAPH :g ; INSERT DATA { :a :b 'LOAD' }"
    found = guarded(text.encode(), base=None)
    assert found.text == "PREFIX : <a:>\nINSERT DATA { :a :b 'LOAD' }"
    assert guarded(b"LOAD SILENT <a:a>", base=None).text == ""


def test_declarations_may_stand_between_operations() -> None:
    text = "PREFIX a: <a:> CLEAR ALL ; # one\nPREFIX b: <b:> PREFIX a: <a:>\nINSERT DATA { a:x b:y 1 } ;\nDROP ALL"
    found = guarded(text.encode(), base=None)
    assert found.text == (
        "PREFIX a: <a:>\nPREFIX b: <b:>\nPREFIX a: <a:>\nCLEAR ALL ;\nINSERT DATA { a:x b:y 1 } ;\nDROP ALL"
    )


@pytest.mark.parametrize(
    "text", ["CLEAR ALL ; BASE <a:> CLEAR ALL", "PREFIX a: <a:> CLEAR ALL ; PREFIX a: <b:> CLEAR ALL"]
)
def test_declarations_that_change_a_meaning_may_not(text: str) -> None:
    with pytest.raises(QuerySyntaxError):
        guarded(text.encode(), base=None)


def test_graphs_are_given_to_every_pattern_behind_one_prologue() -> None:
    text = "PREFIX a: <a:> CLEAR ALL ; INSERT { a:x a:y ?o } WHERE { ?s a:y ?o } ; DELETE WHERE { ?s a:z ?o }"
    found = guarded(text.encode(), base=None, using=("a:g",), using_named=("a:h",))
    clauses = "USING <a:g> USING NAMED <a:h>"
    assert found.text == (
        f"PREFIX a: <a:>\nCLEAR ALL ;\nINSERT {{ a:x a:y ?o }} {clauses} WHERE {{ ?s a:y ?o }} ;\n"
        f"DELETE {{ ?s a:z ?o }} {clauses} WHERE {{ ?s a:z ?o }}"
    )


@pytest.mark.parametrize(
    "text",
    [
        "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "INSERT { ?s ?p ?o } WHERE { sErViCe SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "INSERT DATA { <a:a> <a:b> 'service' }",
    ],
)
def test_the_word_service_is_refused_wherever_it_stands(text: str) -> None:
    with pytest.raises(QueryRefused, match="mention SERVICE are refused"):
        guarded(text.encode(), base=None)


def test_the_namespace_of_service_descriptions_may_be_named() -> None:
    update = "INSERT DATA { <a:a> <http://www.w3.org/ns/sparql-service-description#endpoint> <a:b> }"
    assert guarded(update.encode(), base=None).text == update


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (b"INSERT DATA {\n <a:a> <a:b> }", (2, 14)),
        (b"LOAD SILENT <a:a> ;\nINSERT DATA { <a:a> }", (2, 21)),
        (b"LOAD <a:a> INTO <a:b>", (1, 8)),
        (b"L\\u004FAD <http://127.0.0.1:9/>", (1, 8)),
        (b"INSERT DATA { <a:a> <a:b> \xff }", (None, None)),
        (b"INSERT DATA { _:a <a:b> 1 } ; INSERT DATA { _:a <a:b> 1 }", (None, None)),
        (b"SELECT * { ?s ?p ?o }", (1, 8)),
    ],
)
def test_what_is_malformed_is_said_with_its_place(text: bytes, place: tuple[int | None, int | None]) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        guarded(text, base=None)
    assert (caught.value.line, caught.value.column) == place


LOOKING = " USING <a:g> USING NAMED <a:h>"


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("INSERT { ?s <a:b> 1 } WHERE { ?s ?p ?o }", f"INSERT {{ ?s <a:b> 1 }}{LOOKING} WHERE {{ ?s ?p ?o }}"),
        ("DELETE WHERE { ?s ?p ?o }", f"DELETE {{ ?s ?p ?o }}{LOOKING} WHERE {{ ?s ?p ?o }}"),
        ("INSERT DATA { <a:a> <a:b> 1 }", "INSERT DATA { <a:a> <a:b> 1 }"),
        ("CLEAR ALL ; CREATE GRAPH <a:x>", "CLEAR ALL ;\nCREATE GRAPH <a:x>"),
        (
            "PREFIX : <a:> DELETE{:a :b '} WHERE {'}INSERT{?s :b <a:}>}WHERE{?s :p '''USING'''} # WHERE {",
            None,
        ),
        (
            "PREFIX : <a:> DELETE{:a :b '} WHERE {'}INSERT{?s :b :c}WHERE{?s :p '''USING'''} # WHERE {",
            f"PREFIX : <a:>\nDELETE{{:a :b '}} WHERE {{'}}INSERT{{?s :b :c}}{LOOKING} WHERE {{?s :p '''USING'''}}",
        ),
    ],
)
def test_graphs_that_the_protocol_names_become_using_clauses(text: str, made: str | None) -> None:
    if made is None:
        with pytest.raises(QuerySyntaxError):
            guarded(text.encode(), base=None, using=["a:g"], using_named=["a:h"])
    else:
        assert guarded(text.encode(), base=None, using=["a:g"], using_named=["a:h"]).text == made


@pytest.mark.parametrize(
    "text",
    [
        "INSERT { ?s <a:b> 1 } USING <a:g> WHERE { ?s ?p ?o }",
        "INSERT { ?s <a:b> 1 } USING NAMED <a:g> WHERE { ?s ?p ?o }",
        "WITH <a:g> DELETE { ?s <a:b> 1 } WHERE { ?s ?p ?o }",
        "INSERT DATA { <a:a> <a:b> 1 } ; WITH <a:g> DELETE { ?s <a:b> 1 } WHERE { ?s ?p ?o }",
    ],
)
def test_graphs_are_named_by_the_protocol_or_by_the_update_but_not_by_both(text: str) -> None:
    with pytest.raises(QuerySyntaxError, match="says itself which graphs it looks at"):
        guarded(text.encode(), base=None, using=["a:g"])


def test_a_graph_that_is_no_iri_is_no_clause() -> None:
    with pytest.raises(QueryError, match="is no IRI"):
        guarded(b"INSERT { ?s <a:b> 1 } WHERE { ?s ?p ?o }", base=None, using=["a:g> { } ; DROP ALL #"])


@pytest.mark.parametrize(
    "text",
    [
        "INSERT { ?s <a:b> 1 } WHERE { ?s ?p ?o FILTER(?s<?o#> } ; DROP ALL\n) }",
        "DELETE DATA { <a:a> <a:b> 1 }\r ; CLEAR ALL",
        "CLEAR ALL ;; CLEAR ALL",
        "INSERT DATA { <a:a> <a:b> 1 ) ",
    ],
)
def test_what_could_be_cut_in_two_ways_is_not_cut(text: str) -> None:
    assert operations(text) is None


@pytest.mark.parametrize(
    ("text", "default", "asked"),
    [
        ("INSERT { ?s <a:b> 1 } WHERE { ?s ?p ?o }", True, True),
        ("WITH <a:g> INSERT { ?s <a:b> 1 } WHERE { ?s ?p ?o }", False, True),
        ("INSERT { GRAPH <a:g> { ?s <a:b> 1 } } WHERE { ?s ?p ?o }", False, True),
        ("INSERT { GRAPH ?g { ?s <a:b> 1 } } WHERE { GRAPH ?g { ?s ?p ?o } }", False, False),
        ("INSERT { GRAPH <a:g> { ?s <a:b> 1 } ?s <a:b> 1 } WHERE { ?s ?p ?o }", True, True),
        ("INSERT { _:x <a:b> ?s } WHERE { ?s ?p ?o }", True, True),
        ("INSERT { [] <a:b> ?s } WHERE { ?s ?p ?o }", True, True),
        ("DELETE { ?s <a:b> 1 } INSERT { ?s <a:b> (1 2) } WHERE { ?s ?p ?o }", True, True),
        ("INSERT { _:x <a:b> ?s GRAPH <a:g> { _:x <a:b> ?s } } WHERE { ?s ?p ?o }", True, False),
        ("INSERT { ?s <a:b> ?x } WHERE { ?s ?p ?o BIND(RAND() AS ?x) }", True, True),
        ("DELETE { ?s <a:c> 1 } INSERT { ?s <a:b> 1 } WHERE { ?s ?p ?o FILTER(RAND() > 0.5) }", True, False),
        ("DELETE WHERE { ?s ?p ?o }", True, True),
        ("DELETE WHERE { GRAPH ?g { ?s ?p ?o } }", False, False),
    ],
)
def test_a_template_tells_where_it_writes_and_whether_a_query_tells_what(
    text: str, *, default: bool, asked: bool
) -> None:
    (operation,) = operations(text) or ()
    changes = modify(operation)
    assert changes is not None
    assert (changes.touches_default, changes.can_be_asked) == (default, asked)

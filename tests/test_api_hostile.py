"""Requests that want to read a file, open a socket, run for ever or eat the machine, sent to the real server.

A file with a secret and a listener on loopback are the canaries: no answer may hold the one, nothing may reach the
other. After all of them the server answers as before and has logged no fault.
"""

import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import pytest
from realserver import get, serving
from toystore import store_toy

from api.scopes import Scope
from api.tokens import Tokens

FOUND = "canary-in-a-file"
LOOK_UP = "SELECT ?s { ?s etio:causes etio:hemoptysis }"
CROSS = " . ".join(f"?a{n} ?b{n} ?c{n}" for n in range(6))
OPTIONAL = " ".join(f"OPTIONAL {{ ?a{n} ?b ?c{n} }}" for n in range(9))
UNIONS = " ".join(f"{{ ?a ?b ?c{n} }} UNION {{ ?d ?e ?c{n} }}" for n in range(9))
EXISTS = "FILTER NOT EXISTS { ?s ?p ?o "


class Listener:
    """A port of loopback that counts who connects to it."""

    def __init__(self) -> None:
        self.connections = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            connection.close()

    def close(self) -> None:
        """Listen no more."""
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()


@dataclass(frozen=True, slots=True)
class World:
    """The server's address, the canaries, and the server's process."""

    host: str
    file: Path
    listener: Listener
    token: str

    def filled(self, text: str) -> str:
        return (
            text.replace("TOKEN", self.token)
            .replace("CANARY", f"http://127.0.0.1:{self.listener.port}/x")
            .replace("FILE", self.file.as_uri())
        )


@dataclass(frozen=True, slots=True)
class Sent:
    """A request; `statuses` are those that are right for it."""

    name: str
    statuses: frozenset[int]
    method: str = "GET"
    target: str = "/sparql"
    body: bytes | str | None = None
    headers: dict[str, str] = field(default_factory=dict)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("data")
    store_toy(folder)
    token = Tokens(folder).create("hostile", Scope.UPDATE)
    file = tmp_path_factory.mktemp("canary") / "secret.nt"
    file.write_text(f'<http://a.example/s> <http://a.example/p> "{FOUND}" .\n', encoding="utf-8")
    listener = Listener()
    limits = {"ETIOGRAPH_QUERY_TIMEOUT": "1", "ETIOGRAPH_QUERY_MEMORY": str(400 << 20)}
    with serving(folder, **limits) as (process, address):
        get(f"{address}/health/live")
        yield World(urlsplit(address).netloc, file, listener, token)
        assert listener.connections == 0
        assert get(f"{address}/sparql?query={quote(LOOK_UP)}")[0] == 200
        process.terminate()
        _, errors = process.communicate(timeout=30)
        assert "fault" not in errors
        assert "Traceback" not in errors
    listener.close()


def asking(name: str, query: str, *statuses: int, **parameters: str) -> Sent:
    """A query in a form, so that it may be long."""
    body = urlencode({"query": query, **parameters})
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    return Sent(name, frozenset(statuses), "POST", body=body, headers=form)


def direct(name: str, text: str, media_type: str, *statuses: int, target: str = "/sparql") -> Sent:
    return Sent(name, frozenset(statuses), "POST", target, text, {"Content-Type": media_type})


QUERY = {"Content-Type": "application/sparql-query"}
ASK = "/sparql?query=ASK%7B%7D"
UPDATE = "application/sparql-update"
FEDERATED = [
    asking("service", "SELECT * { SERVICE <CANARY> { ?s ?p ?o } }", 403),
    asking("service in small letters", "select * { service <CANARY> { ?s ?p ?o } }", 403),
    asking("service in mixed letters", "SELECT * { sErVice <CANARY> { ?s ?p ?o } }", 403),
    asking("service, silent", "SELECT * { SERVICE SILENT <CANARY> { ?s ?p ?o } }", 403),
    asking("service of a variable", "SELECT * { VALUES ?g { <CANARY> } SERVICE ?g { ?s ?p ?o } }", 403),
    asking("service of a prefixed name", "PREFIX c: <CANARY> SELECT * { SERVICE c: { ?s ?p ?o } }", 403),
    asking("service glued to its name", "PREFIX e: <CANARY> SELECT * { SERVICEe:x { ?s ?p ?o } }", 403),
    asking("service in a subquery", "SELECT * { { SELECT * { SERVICE <CANARY> { ?s ?p ?o } } } }", 403),
    asking("service in exists", "ASK { FILTER EXISTS { SERVICE <CANARY> { ?s ?p ?o } } }", 403),
    asking("service behind a comment", "SELECT * { # a note\n SERVICE # another\n<CANARY> { ?s ?p ?o } }", 403),
    asking("service with an escaped letter", "SELECT * { \\u0053ERVICE <CANARY> { ?s ?p ?o } }", 400, 403),
    asking("service with a wide letter", "SELECT * { SERVICE <CANARY> { ?s ?p ?o } }".replace("S", "Ｓ", 2), 400, 403),
    asking("service with a long s", "SELECT * { ſERVICE <CANARY> { ?s ?p ?o } }", 400, 403),
    asking("service behind the namespace", "PREFIX x: <http://service-description#> ASK { SERVICE <CANARY> {} }", 403),
    direct("service, directly", "ASK { SERVICE <CANARY> { ?s ?p ?o } }", "application/sparql-query", 403),
    Sent("service, by GET", frozenset({403}), target="/sparql?query=" + quote("ASK { SERVICE <CANARY> { ?s ?p ?o } }")),
]
READING = [
    asking("from a file", "SELECT * FROM <FILE> { ?s ?p ?o }", 200),
    asking("from an address", "SELECT * FROM <CANARY> { ?s ?p ?o }", 200),
    asking("from named, a file", "SELECT * FROM NAMED <FILE> { GRAPH ?g { ?s ?p ?o } }", 200),
    asking("graph of a file", "SELECT * { GRAPH <FILE> { ?s ?p ?o } }", 200),
    asking("default graph of a file", "SELECT * { ?s ?p ?o }", 200, **{"default-graph-uri": "FILE"}),
    asking("default graph at an address", "SELECT * { ?s ?p ?o }", 200, **{"default-graph-uri": "CANARY"}),
    asking("named graph of a file", "SELECT * { GRAPH ?g { ?s ?p ?o } }", 200, **{"named-graph-uri": "FILE"}),
    asking("describe a file", "DESCRIBE <FILE>", 200),
    asking("a function at an address", "SELECT (<CANARY>(1) AS ?x) {}", 400),
    asking("a file as base", "BASE <FILE> SELECT * FROM <#x> { ?s ?p ?o }", 200),
    asking("a path as format", LOOK_UP, 406, format="../../../../etc/passwd"),
    asking("a header in the format", LOOK_UP, 406, format="csv\r\nX-Injected: yes"),
    Sent("a path as address", frozenset({400, 404}), target="/sparql/../../../etc/passwd"),
    Sent("a graph by path", frozenset({400, 404}), target="/store/../../etc/passwd"),
    Sent("a graph of a file", frozenset({404}), target="/store?graph=FILE"),
    Sent("a graph at an address", frozenset({404}), target="/store?graph=CANARY"),
]
WRITING = [
    asking("load as a query", "LOAD <CANARY>", 400, 403),
    asking("load behind a comment", "# note\nPREFIX a: <b:> LOAD SILENT <FILE>", 400, 403),
    asking("insert as a query", "INSERT DATA { <a:a> <a:b> <a:c> }", 400, 403),
    asking("a query, then an update", "ASK {} ; DROP ALL", 400),
    asking("drop in a parameter", LOOK_UP, 400, 403, update="DROP ALL"),
    direct("an update to the queries", "DROP ALL", UPDATE, 403, 415),
    direct("an update without a token", "DROP ALL", UPDATE, 401, target="/update"),
    direct("load without a token", "LOAD <CANARY>", UPDATE, 401, target="/update"),
    Sent("an update by GET", frozenset({405}), target="/update?update=DROP%20ALL"),
    Sent("a graph put without a token", frozenset({401}), "PUT", "/store?default", "", {"Content-Type": "text/turtle"}),
    Sent("a graph deleted without a token", frozenset({401}), "DELETE", "/store?default"),
    Sent(
        "a token that nobody made",
        frozenset({401}),
        "POST",
        "/update",
        "DROP ALL",
        {"Content-Type": UPDATE, "Authorization": "Bearer etiograph-0000"},
    ),
]


def updating(name: str, text: str, *statuses: int, timeout: int = 1) -> Sent:
    """An update by one who has a token."""
    headers = {"Content-Type": UPDATE, "Authorization": "Bearer TOKEN"}
    return Sent(name, frozenset(statuses), "POST", f"/update?timeout={timeout}", text, headers)


def putting(name: str, media_type: str, text: str, *statuses: int) -> Sent:
    """A graph put into the store by one who has a token."""
    headers = {"Content-Type": media_type, "Authorization": "Bearer TOKEN"}
    return Sent(name, frozenset(statuses), "PUT", "/store?graph=http://a.example/put", text, headers)


EXTERNAL = '<!DOCTYPE r [<!ENTITY e SYSTEM "%s">]>'
RDF = (
    '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><r:Description r:about="a:a">'
    '<x xmlns="a:">%s</x></r:Description></r:RDF>'
)
LAUGHS = "<!DOCTYPE r [" + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(12)) + "]>"
WITH_TOKEN = [
    updating("load with a token", "LOAD <CANARY>", 403),
    updating("load a file with a token", "LOAD <FILE>", 403),
    updating("load, silent, with a token", "LOAD SILENT <CANARY>", 200, 204),
    updating("load a file, silent, with a token", "LOAD SILENT <FILE> INTO GRAPH <a:g>", 200, 204),
    updating("load among others", "INSERT DATA { GRAPH <a:g> { <a:a> <a:b> 'LOAD' } } ; LOAD <CANARY>", 403),
    updating("load with an escaped letter", "\\u004cOAD <CANARY>", 400, 403),
    updating("load of a prefixed name", "PREFIX load: <CANARY> LOAD load: INTO GRAPH load:g", 403),
    updating("service in an update", "INSERT { ?s ?p ?o } WHERE { SERVICE <CANARY> { ?s ?p ?o } }", 403),
    updating("using a file", "INSERT { GRAPH <a:g> { ?s ?p ?o } } USING <FILE> WHERE { ?s ?p ?o }", 200, 204),
    updating("an update without end", f"INSERT {{ GRAPH <a:g> {{ ?a1 ?b2 ?c3 }} }} WHERE {{ {CROSS} }}", 503),
    updating(
        "a test without end", f"DELETE {{ <a:a> <a:b> ?n }} WHERE {{ {CROSS} BIND(?c1 AS ?n) FILTER(?n = 1) }}", 503
    ),
    updating(
        "brackets without end in an update", "INSERT { <a:a> <a:b> 1 } WHERE " + "{" * 90_000 + "}" * 90_000, 400, 503
    ),
    updating("everything dropped", "DROP ALL", 409, timeout=30),
    updating("a link that no claim makes", "INSERT DATA { etio:asthma etio:causes etio:hemoptysis }", 409),
    putting("an import", "text/turtle", "<a:a> <http://www.w3.org/2002/07/owl#imports> <CANARY>, <FILE> .", 201, 204),
    putting("an entity of a file", "application/rdf+xml", EXTERNAL % "FILE" + RDF % "&e;", 201, 204, 400),
    putting("an entity at an address", "application/rdf+xml", EXTERNAL % "CANARY" + RDF % "&e;", 201, 204, 400),
    putting("entities that grow", "application/rdf+xml", LAUGHS + RDF % "&e11;", 400, 503),
    putting("a context at an address", "application/ld+json", '{"@context": "CANARY", "@id": "a:a", "x": 1}', 400),
    putting("a context in a file", "application/ld+json", '{"@context": "FILE", "@id": "a:a", "x": 1}', 400),
    Sent("what was put", frozenset({200}), target="/store?graph=http://a.example/put"),
]
ENDLESS = [
    asking("cross product, counted", f"SELECT (COUNT(*) AS ?n) {{ {CROSS} }}", 503),
    asking("cross product, distinct", f"SELECT DISTINCT * {{ {CROSS} }} ", 503),
    asking("cross product, sorted", f"SELECT * {{ {CROSS} }} ORDER BY ?a1 ?c3 LIMIT 3", 503),
    asking("cross product, never true", f"ASK {{ {CROSS} FILTER(?a1 = ?b2 && ?c5 = 1) }}", 503),
    asking("all paths", "SELECT (COUNT(*) AS ?n) { ?a (!<a:b>)* ?b . ?b (!<a:b>)* ?c . ?c (!<a:b>|^!<a:b>)* ?d }", 503),
    asking("nested exists", f"SELECT * {{ ?s ?p ?o {EXISTS * 5} {'}' * 5} {CROSS} }}", 200, 503),
    asking("regular expression", f"ASK {{ {CROSS} FILTER REGEX(STR(?c1), '(a|a|aa)+(b*b*)*q$') }}", 200, 503),
    asking("regular expression that grows", "ASK { ?s ?p ?o FILTER REGEX(STR(?o), '((a{99}){99}){99}') }", 200, 503),
    asking("a group of everything", f"SELECT (GROUP_CONCAT(STR(?c1)) AS ?x) {{ {CROSS} }}", 503),
    asking("optional upon optional", f"SELECT (COUNT(*) AS ?n) {{ {OPTIONAL} }}", 503),
    asking("unions of unions", f"SELECT (COUNT(*) AS ?n) {{ {UNIONS} }}", 503),
]
DOUBLED = "".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1}) " for n in range(60))
HUNGRY = [
    asking("a text that doubles", f"SELECT (STRLEN(?x60) AS ?n) {{ BIND('0123456789' AS ?x0) {DOUBLED} }}", 503),
    asking("brackets without end", "SELECT * { FILTER(" + "(" * 100_000 + "1" + ")" * 100_000 + ") }", 400, 503),
    asking("groups without end", "SELECT * " + "{" * 100_000 + "}" * 100_000, 400, 503),
    asking("minus without end", "SELECT (" + "-" * 100_000 + "1 AS ?x) {}", 400, 503),
    asking("not without end", "ASK { FILTER(" + "!" * 200_000 + "true) }", 200, 400, 503),
    asking("a path without end", "ASK { ?s " + "/".join(["<a:b>"] * 50_000) + " ?o }", 200, 503),
    asking("alternatives without end", "ASK { ?s " + "|".join(["<a:b>*"] * 30_000) + " ?o }", 200, 503),
    asking("a list without end", "ASK { FILTER(1 IN (" + ",".join(["2"] * 200_000) + ")) }", 200, 503),
    asking("many values", "SELECT * { VALUES ?x { " + "1 " * 300_000 + "} VALUES ?y { 1 2 3 4 5 6 7 8 9 } }", 200, 503),
    asking("everything with everything", "SELECT * { ?a ?b ?c . ?d ?e ?f }", 200, 503),
    asking("a graph of everything", "CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f }", 200, 503),
]
MALFORMED = [
    Sent("an address without end", frozenset({414, 431, 400}), target="/sparql?query=" + "A" * 100_000),
    direct("a body without end", "A" * 3_000_000, "application/sparql-query", 413),
    Sent("no UTF-8", frozenset({400}), "POST", body=b"\xff\xfe", headers=QUERY),
    Sent("null bytes", frozenset({400}), "POST", body=b"ASK {\0}", headers=QUERY),
    asking("half a character", "SELECT * { ?s ?p '\ufffe\uffff' }", 200, 400),
    asking("no seconds", LOOK_UP, 400, timeout="-1"),
    asking("seconds without end", LOOK_UP, 400, timeout="inf"),
    asking("no rows", LOOK_UP, 400, rows="0"),
    asking("more rows than there are numbers", LOOK_UP, 200, rows="9" * 400),
    Sent("two queries", frozenset({400}), target="/sparql?query=ASK%7B%7D&query=ASK%7B%7D"),
    Sent(
        "an Accept header without end",
        frozenset({200, 406, 431}),
        target=ASK,
        headers={"Accept": "a/b;q=0.1, " * 2_000},
    ),
    Sent("another host", frozenset({200, 400}), target=ASK, headers={"Host": "evil<>\"'.example"}),
]


@pytest.mark.parametrize(
    "sent",
    [*FEDERATED, *READING, *WRITING, *WITH_TOKEN, *ENDLESS, *HUNGRY, *MALFORMED],
    ids=lambda sent: sent.name.replace(" ", "-"),
)
def test_it_is_refused_or_answered_within_its_limits(world: World, sent: Sent) -> None:
    body = world.filled(sent.body).encode() if isinstance(sent.body, str) else sent.body
    headers = {name: world.filled(value) for name, value in sent.headers.items()}
    connection = HTTPConnection(world.host, timeout=30)
    try:
        connection.request(sent.method, world.filled(sent.target), body, headers)
        answer = connection.getresponse()
        content = answer.read()
    except (BrokenPipeError, ConnectionResetError):  # refused while it was still being sent
        assert sent.statuses & {413, 414, 431}
        return
    finally:
        connection.close()
    assert answer.status in sent.statuses, content[:500]
    assert FOUND.encode() not in content
    assert world.listener.connections == 0
    assert answer.getheader("X-Injected") is None
    if answer.status >= 400 and answer.getheader("Content-Type") == "application/problem+json":
        assert json.loads(content)["detail"]

"""Articles from addresses, asked of a real server on this machine, which may misbehave in every way known."""

import gzip
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import realworld

from ingest.address import FORMATS, Bounds, fetch
from ingest.article import read_articles
from ontology.article import Article, Source
from ontology.errors import UnreadableArticle

Answer = Callable[[BaseHTTPRequestHandler], None]
READ = f"which is not read from an address; read are {', '.join(FORMATS)}"
SENTENCE = "Asthma narrows the airways of the lungs and makes breathing hard."


class Server(ThreadingHTTPServer):
    """Answers each path as `answers` says; `url` is its address."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a client that went away: that is what the tests are about."""

    def says(self, path: str, body: bytes, type: str | None, *, status: int = 200, **headers: str) -> str:
        """The address of a path that is answered so."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            for name, value in headers.items():
                handler.send_header(name.replace("_", "-"), value)
            if type is not None:
                handler.send_header("Content-Type", type)
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            handler.wfile.write(body)

        self.answers[path] = answer
        return self.url + path


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        server = self.server
        assert isinstance(server, Server)
        server.answers[self.path](self)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the tests' output clean."""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server on this machine."""
    with Server() as here:
        thread = threading.Thread(target=here.serve_forever, daemon=True)
        thread.start()
        yield here
        here.shutdown()
        thread.join()


def reason(url: str, *, bounds: Bounds | None = None) -> str:
    """Why an address cannot be read."""
    with pytest.raises(UnreadableArticle) as refused:
        fetch(url, bounds=bounds)
    assert refused.value.source == url
    return refused.value.reason


@pytest.mark.parametrize(
    ("path", "type", "body", "format", "text", "id"),
    [
        ("/asthma/", "text/html; charset=UTF-8", f"<p>{SENTENCE}", "outline", f"{SENTENCE}\n", "asthma"),
        ("/a/index.html?page=2", "application/xhtml+xml", f"<p>{SENTENCE}", "outline", f"{SENTENCE}\n", "a-page-2"),
        ("/cough%20a.txt", "text/plain", "Cough\n\nIt hurts.\n", "text", "Cough\n\nIt hurts.\n", "cough-a"),
        ("/cough.md", "text/markdown", "# Cough\n", "markdown", "# Cough\n", "cough"),
        ("/raw/cough.md", "text/plain; charset=utf-8", "# Cough\n", "markdown", "# Cough\n", "cough"),
        ("/j.xml", "text/xml", f"<article><body><p>{SENTENCE}</p></body></article>", "outline", f"{SENTENCE}\n", "j"),
        ("/v1.2", "text/plain", "Cough\n", "text", "Cough\n", "v1.2"),
    ],
)
def test_an_address_is_read_by_what_its_server_says_it_is(
    server: Server, path: str, type: str, body: str, format: str, text: str, id: str
) -> None:
    url = server.says(path, body.encode(), type)
    (article,) = read_articles([url])
    assert isinstance(article, Article)
    assert (article.id, article.format, article.text) == (id, format, text)
    assert article.source == Source(url=url)


def test_the_address_that_the_page_states_counts_more_than_the_one_asked(server: Server) -> None:
    page = f"<link rel=canonical href=https://example.org/asthma><p>{SENTENCE}"
    (article,) = read_articles([server.says("/amp", page.encode(), "text/html")])
    assert isinstance(article, Article)
    assert article.source == Source(url="https://example.org/asthma")


@pytest.mark.parametrize("packing", ["gzip", "deflate"])
def test_a_packed_answer_in_the_encoding_of_the_server_is_read(server: Server, packing: str) -> None:
    pack = gzip.compress if packing == "gzip" else zlib.compress
    page = pack("<p>Caf\u00e9 au lait is a drink.".encode("latin-1"))
    url = server.says("/cafe", page, "text/html; charset=ISO-8859-1", Content_Encoding=packing)
    (article,) = read_articles([url])
    assert isinstance(article, Article)
    assert article.text == "Caf\u00e9 au lait is a drink.\n"


def test_redirections_are_followed_and_the_last_address_counts(server: Server) -> None:
    last = server.says("/last", f"<p>{SENTENCE}".encode(), "text/html")
    server.says("/second", b"", None, status=308, Location="last")
    first = server.says("/first", b"", None, status=302, Location=f"{server.url}/second")
    assert fetch(first).url == last


@pytest.mark.parametrize(
    ("path", "body", "type", "headers", "expected"),
    [
        ("/gone", b"", "text/html", {"status": 404}, "the server answers 404 Not Found; check the address"),
        ("/busy", b"", "text/html", {"status": 503}, "the server answers 503 Service Unavailable; check the address"),
        (
            "/a.pdf",
            b"%PDF",
            "application/pdf",
            {},
            f"the server says it sends application/pdf, {READ}",
        ),
        (
            "/untold",
            b"x",
            None,
            {},
            f"the server says it sends nothing of its kind, {READ}",
        ),
        ("/c", b"{}", "application/x-ndjson", {}, "a corpus (application/x-ndjson); download it and give the file"),
        (
            "/twice",
            b"x",
            "text/html",
            {"Content_Encoding": "gzip, gzip"},
            "the server packs its answer as 'gzip, gzip', which was not asked for",
        ),
        (
            "/ftp",
            b"",
            None,
            {"status": 302, "Location": "ftp://example.org/a"},
            "redirected to ftp://example.org/a: only http:// and https:// addresses are fetched",
        ),
        (
            "/half",
            gzip.compress(b"x" * 999, mtime=0)[:-9],
            "text/html",
            {"Content_Encoding": "gzip"},
            "the answer broke off; try again",
        ),
    ],
)
def test_an_answer_that_is_no_article_is_refused_with_the_reason(
    server: Server, path: str, body: bytes, type: str | None, headers: dict[str, object], expected: str
) -> None:
    status = headers.pop("status", 200)
    assert isinstance(status, int)
    assert (
        reason(server.says(path, body, type, status=status, **{name: str(value) for name, value in headers.items()}))
        == expected
    )


def test_redirections_in_a_circle_end(server: Server) -> None:
    url = server.says("/round", b"", None, status=301, Location="/round")
    assert reason(url) == f"redirected more than 5 times, last to {url}; give the address where the article is"


def test_a_server_that_drips_is_given_up_in_time(server: Server) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b"x")
            time.sleep(0.05)

    def drip_headers(handler: BaseHTTPRequestHandler) -> None:
        for _ in range(100):
            handler.wfile.write(b"H")
            time.sleep(0.05)

    server.answers |= {"/drip": drip, "/drip-headers": drip_headers}
    expected = "not finished within 0.3 seconds; try again, or save it with a browser and give the file"
    assert reason(f"{server.url}/drip", bounds=Bounds(total=0.3)) == expected
    assert reason(f"{server.url}/drip-headers", bounds=Bounds(total=0.3)) == expected


def test_a_server_that_says_nothing_is_given_up(server: Server) -> None:
    server.answers["/silent"] = lambda _: time.sleep(1)
    assert reason(f"{server.url}/silent", bounds=Bounds(read=0.2)) == "no answer for 0.2 seconds; try again later"


def test_a_body_without_end_is_cut_off_at_the_limit(server: Server) -> None:
    sent: list[int] = []

    def flood(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.end_headers()
        for _ in range(1_000):
            handler.wfile.write(b"x" * 100_000)
            sent.append(100_000)

    server.answers["/flood"] = flood
    expected = "too large: more than 1,000,000 bytes; at most 20,000,000 are read, so split it into articles"
    assert reason(f"{server.url}/flood", bounds=Bounds(size=1_000_000)) == expected
    assert sum(sent) < 50_000_000


def test_a_small_answer_that_grows_without_end_is_cut_off_at_the_limit(server: Server) -> None:
    bomb = gzip.compress(b"\0" * 100_000_000)
    assert len(bomb) < 100_000
    url = server.says("/bomb", bomb, "text/html", Content_Encoding="gzip")
    expected = "too large: more than 20,000,000 bytes; at most 20,000,000 are read, so split it into articles"
    assert reason(url) == expected


def test_a_page_in_another_encoding_than_its_server_says_is_refused(server: Server) -> None:
    url = server.says("/wrong", b"<p>caf\xe9", "text/html; charset=utf-8")
    unknown = server.says("/unknown", b"<p>caf", "text/plain; charset=klingon")
    assert [str(found) for found in read_articles([url, unknown])] == [
        f"{url}: its server says utf-8, but byte 0xe9 at offset 6 is not; convert it to UTF-8 first",
        f"{unknown}: the server says it is in 'klingon', which is no known encoding; convert it to UTF-8 first",
    ]


def test_a_server_may_not_lead_from_a_public_address_to_a_private_one(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The server stands in for the rest of the world as a proxy does.
    monkeypatch.setenv("HTTP_PROXY", server.url)
    for host in ("127.0.0.1", "[::1]", "10.1.2.3", "169.254.169.254", "localhost"):
        secret = f"http://{host}/secret"
        server.says("http://public.invalid/", b"", None, status=302, Location=secret)
        expected = f"redirected to {secret}, an address of a private network; give that address yourself if you mean it"
        assert reason("http://public.invalid/") == expected
    server.says("http://public.invalid/", b"", None, status=302, Location="http://other.invalid/")
    server.says("http://other.invalid/", b"<p>Text.", "text/html")
    assert fetch("http://public.invalid/").url == "http://other.invalid/"


def test_a_port_where_no_one_listens_is_said() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert reason(f"http://127.0.0.1:{port}/").startswith("no connection (")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("ftp://example.org/a.txt", "only http:// and https:// addresses are fetched"),
        ("file:///etc/passwd", "only http:// and https:// addresses are fetched"),
        ("http://", "only http:// and https:// addresses are fetched"),
        ("http://exa mple.org:x/", "no address that can be asked"),
    ],
)
def test_what_is_no_address_of_the_web_is_refused(url: str, expected: str) -> None:
    assert reason(url).startswith(expected)


def test_an_address_is_ingested_and_one_that_cannot_be_read_leaves_the_store_as_it_was(
    server: Server, tmp_path: Path
) -> None:
    page = "<h1>Asthma</h1><p>Asthma can cause a cough.</p>"
    good = server.says("/good", page.encode(), "text/html")
    bad = server.says("/bad", b"", "text/html", status=404)
    realworld.etiograph_here("ingest", "--data", tmp_path / "store", good)
    before = realworld.etiograph_here("export", "--data", tmp_path / "store", "--format", "nquads")
    _, said = realworld.etiograph_here("ingest", "--data", tmp_path / "store", bad, code=1)
    assert f"{bad}: the server answers 404 Not Found; check the address" in said
    assert realworld.etiograph_here("export", "--data", tmp_path / "store", "--format", "nquads") == before
    lines, said = realworld.etiograph_here("extract", good, bad, code=1)
    assert [line for line in lines.splitlines() if '"asthma"' in line] != []
    assert "404" in said

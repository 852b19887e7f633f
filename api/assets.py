"""`/assets/…`: what pages load, as the build of `api/web` left it in `api/web/dist`.

A file's name holds the hash of its content, so it never changes and is kept for a year; all but the script that every
page begins with, of which a browser asks each time whether it changed. Each lies there compressed too.
"""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Final

import orjson
from fastapi import APIRouter, Header, HTTPException, Request, Response
from fastapi.responses import FileResponse

from api.current import check_unchanged

router = APIRouter(include_in_schema=False)

DIST: Final = Path(__file__).parent / "web" / "dist"
_ENTRY: Final = "src/main.ts"
_MEDIA_TYPES: Final = {".js": "text/javascript", ".css": "text/css"}
_ENCODINGS: Final = (("br", ".br"), ("gzip", ".gz"))
_VARY: Final = {"Vary": "Accept-Encoding"}
_FOREVER: Final = {"Cache-Control": "public, max-age=31536000, immutable", **_VARY}
_BEGINNING: Final = "explorer.js"


@dataclass(frozen=True, slots=True)
class Editor:
    """Where the editor's script and style sheets are."""

    script: str
    styles: tuple[str, ...]


@cache
def find_editor() -> Editor | None:
    """The built editor; None in a checkout where nothing was built, whose page is then the plain form."""
    manifest = DIST / "manifest.json"
    if not manifest.is_file():
        return None
    entry = orjson.loads(manifest.read_bytes())[_ENTRY]
    return Editor("/" + entry["file"], tuple("/" + name for name in entry.get("css", ())))


@cache
def find_explorer() -> str | None:
    """The address of the script that every page begins with; None where nothing was built: pages do without."""
    return f"/assets/{_BEGINNING}" if _BEGINNING in _files() else None


@router.get("/assets/third-party.txt")
async def licences() -> Response:
    """The licences of the packages that are part of the assets."""
    file = DIST / "third-party.txt"
    if not file.is_file():
        raise HTTPException(404, "nothing was built here")
    return FileResponse(file, media_type="text/plain; charset=utf-8")


@router.get("/assets/{name}")
async def asset(request: Request, name: str, accept_encoding: Annotated[str, Header()] = "") -> Response:
    """A script or a style sheet."""
    file = _files().get(name)
    if file is None:
        raise HTTPException(404, f"there is no asset {name[:80]!r}")
    media_type, headers = _MEDIA_TYPES[file.suffix], _FOREVER
    if name == _BEGINNING:
        tag = f'"{_hash(file)}"'
        check_unchanged(request, tag)
        headers = {"Cache-Control": "no-cache", "ETag": tag, **_VARY}
    for encoding, suffix in _ENCODINGS:
        smaller = file.with_name(file.name + suffix)
        if encoding in _accepted(accept_encoding) and smaller.is_file():
            return FileResponse(smaller, media_type=media_type, headers={**headers, "Content-Encoding": encoding})
    return FileResponse(file, media_type=media_type, headers=headers)


@cache
def _files() -> dict[str, Path]:
    """Name → file; nothing else can be asked for, whatever a name looks like."""
    return {file.name: file for file in sorted((DIST / "assets").glob("*")) if file.suffix in _MEDIA_TYPES}


@cache
def _hash(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()[:16]


def _accepted(header: str) -> frozenset[str]:
    parts = (part.replace(" ", "").lower() for part in header.split(","))
    return frozenset(part.split(";")[0] for part in parts if not part.endswith((";q=0", ";q=0.0")))

"""`/docs`: Swagger UI from our own server. No address of another server stands in the page, none is asked."""

from pathlib import Path
from typing import Final

import fastapi_offline
from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse

router = APIRouter(include_in_schema=False)

CSP: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

_PAGE: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Etiograph: REST interface</title>
<link rel="stylesheet" href="docs/assets/swagger-ui.css">
<link rel="stylesheet" href="docs/assets/docs.css">
<link rel="icon" href="icon.svg" type="image/svg+xml">
</head>
<body>
<nav><a href="./">Etiograph</a></nav>
<main id="docs"><noscript>This page needs JavaScript; <a href="openapi.json">openapi.json</a> says the same.</noscript>
</main>
<script src="docs/assets/swagger-ui-bundle.js"></script>
<script src="docs/assets/docs.js"></script>
</body>
</html>
"""

_OURS: Final = Path(__file__).parent
_SWAGGER: Final = Path(fastapi_offline.__file__).parent / "static"
_DAY: Final = {"Cache-Control": "public, max-age=86400"}


@router.get("/docs")
async def docs() -> Response:
    """The page."""
    return HTMLResponse(_PAGE, headers={"Content-Security-Policy": CSP})


@router.get("/openapi.json")
async def openapi(request: Request) -> Response:
    """What the page shows."""
    return JSONResponse(request.app.openapi())


@router.get("/docs/assets/docs.js")
async def start() -> Response:
    """What starts Swagger UI; a file of its own, so that no script stands in the page."""
    return FileResponse(_OURS / "docs.js", media_type="text/javascript")


@router.get("/docs/assets/docs.css")
async def style() -> Response:
    """What we add to its style sheet."""
    return FileResponse(_OURS / "docs.css", media_type="text/css")


@router.get("/docs/assets/swagger-ui.css")
async def swagger_style() -> Response:
    """Swagger UI's style sheet."""
    return FileResponse(_SWAGGER / "swagger-ui.css", media_type="text/css", headers=_DAY)


@router.get("/docs/assets/swagger-ui-bundle.js")
async def swagger() -> Response:
    """Swagger UI."""
    return FileResponse(_SWAGGER / "swagger-ui-bundle.js", media_type="text/javascript", headers=_DAY)

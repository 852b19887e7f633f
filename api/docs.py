"""`/docs`: Swagger UI from our own server. No address of another server stands in the page, none is asked."""

from pathlib import Path
from typing import Final

import fastapi_offline
from fastapi import APIRouter, Response
from fastapi.responses import FileResponse, HTMLResponse

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
<meta name="color-scheme" content="light">
<title>Etiograph: REST interface</title>
<link rel="stylesheet" href="docs/assets/swagger-ui.css">
</head>
<body>
<nav style="max-width: 1460px; margin: 0 auto; padding: 0.75rem 20px 0; font: 1rem system-ui, sans-serif">
<a href="./">Etiograph</a></nav>
<main id="docs"><noscript>This page needs JavaScript; <a href="openapi.json">openapi.json</a> says the same.</noscript>
</main>
<script src="docs/assets/swagger-ui-bundle.js"></script>
<script src="docs/assets/start.js"></script>
</body>
</html>
"""

# `validatorUrl: null` keeps Swagger UI from sending the interface's description to its makers.
_START: Final = """SwaggerUIBundle({
  url: "openapi.json", dom_id: "#docs", deepLinking: true, validatorUrl: null, tryItOutEnabled: true,
  docExpansion: "list", defaultModelsExpandDepth: 0,
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIBundle.SwaggerUIStandalonePreset]
});
"""

_ASSETS: Final = {"swagger-ui.css": "text/css", "swagger-ui-bundle.js": "text/javascript"}
_DAY: Final = {"Cache-Control": "public, max-age=86400"}


@router.get("/docs")
async def docs() -> Response:
    """The page."""
    return HTMLResponse(_PAGE, headers={"Content-Security-Policy": CSP})


@router.get("/docs/assets/start.js")
async def start() -> Response:
    """What starts Swagger UI; a file of its own, so that no script stands in the page."""
    return Response(_START, media_type="text/javascript", headers=_DAY)


@router.get("/docs/assets/swagger-ui.css")
async def style() -> Response:
    """Swagger UI's style sheet."""
    return _asset("swagger-ui.css")


@router.get("/docs/assets/swagger-ui-bundle.js")
async def script() -> Response:
    """Swagger UI."""
    return _asset("swagger-ui-bundle.js")


def _asset(name: str) -> Response:
    folder = Path(fastapi_offline.__file__).parent / "static"
    return FileResponse(folder / name, media_type=_ASSETS[name], headers=_DAY)

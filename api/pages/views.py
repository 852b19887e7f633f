"""All views, and the style sheet and the icon that they share."""

from pathlib import Path
from typing import Final

from fastapi import APIRouter, Response
from fastapi.responses import FileResponse

from api.pages import articles, claims, concepts, conflicts, differential, graph, why

router = APIRouter(include_in_schema=False)
for _view in (why, concepts, articles, claims, differential, conflicts, graph):
    router.include_router(_view.router)

STYLE: Final = Path(__file__).parents[1] / "style.css"
ICON: Final = STYLE.with_name("icon.svg")
_NO_CACHE: Final = {"Cache-Control": "no-cache"}


@router.get("/style.css")
async def style() -> Response:
    """The style sheet of all pages."""
    return FileResponse(STYLE, media_type="text/css", headers=_NO_CACHE)


@router.get("/icon.svg")
async def icon() -> Response:
    """What browsers show beside the title of every page."""
    return FileResponse(ICON, media_type="image/svg+xml", headers=_NO_CACHE)

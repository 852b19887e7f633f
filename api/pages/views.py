"""All views, and the style sheet that they share."""

from pathlib import Path
from typing import Final

from fastapi import APIRouter, Response
from fastapi.responses import FileResponse

from api.pages import articles, claims, concepts, conflicts, differential, graph, why

router = APIRouter(include_in_schema=False)
for _view in (why, concepts, articles, claims, differential, conflicts, graph):
    router.include_router(_view.router)

STYLE: Final = Path(__file__).parents[1] / "style.css"


@router.get("/style.css")
async def style() -> Response:
    """The style sheet of all pages."""
    return FileResponse(STYLE, media_type="text/css", headers={"Cache-Control": "no-cache"})

"""Takes the README's pictures anew, in Chromium, of the bundled articles; `make pictures` runs it.

They show a chain of the page that says why a pulmonary embolism makes people cough up blood, and the graph of what
causes hemoptysis.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

sys.path.insert(0, str(Path(__file__).parents[1]))

from browser import chromium, visiting
from playwright.sync_api import ViewportSize, expect
from realserver import get, serving
from realworld import BUNDLED, World

PICTURES: Final = Path(__file__).parents[1] / "api" / "web" / "pictures"
WHY: Final = "/?source=pulmonary+embolism&target=hemoptysis&max_hops=5&k=1"
GRAPH: Final = "/graph?concept=etio:hemoptysis&predicate=causes&chosen=etio:pulmonary-embolism+causes+etio:hemoptysis"
VIEWPORT: Final[ViewportSize] = {"width": 1200, "height": 820}


def take(data: Path) -> tuple[Path, ...]:
    """The pictures, taken of a server over this data folder."""
    PICTURES.mkdir(exist_ok=True)
    why, graph = PICTURES / "why.png", PICTURES / "graph.png"
    with serving(data) as (_, address), chromium() as browser:
        get(f"{address}/health/ready")
        with visiting(browser, address, viewport=VIEWPORT, reduced_motion="reduce") as visit:
            page = visit.page
            page.goto(address + WHY)
            page.locator("article.chain").first.screenshot(path=why)
            page.goto(address + GRAPH)
            expect(page.locator("[data-graph]:not([aria-busy]) .telling blockquote").first).to_be_visible()
            page.locator("[data-graph] .stage").screenshot(path=graph)
    return why, graph


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        world = World.make("bundled", tuple(sorted(BUNDLED.glob("*.md"))), Path(folder))
        for picture in take(world.data):
            sys.stdout.write(f"{picture} has {picture.stat().st_size:,} bytes\n")

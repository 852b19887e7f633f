"""Measures the explorer in Chromium: `drawing.py [--concepts 500] [--moves 120]`.

Times until a page is first painted, of the bundled articles' views; frames a second while a graph of so many concepts
is dragged: its background, a leaf, and the concept that all the others are linked to, which is the hardest. Frames are
those of `requestAnimationFrame`. And what the built scripts and style sheets weigh.
"""

import argparse
import math
import statistics
import sys
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parents[1]))

from browser import Visit, chromium, visiting
from crowd import HUB, store_crowd
from playwright.sync_api import Browser
from realserver import get, serving

from api.assets import DIST

VIEWS: Final = (
    "/",
    "/concepts/etio:hemoptysis",
    "/graph?concept=etio:hemoptysis",
    "/articles/blood-in-mucus",
    "/sparql",
)
VISITS: Final = 5
_BEGIN: Final = """() => {
  window.frames_ = [];
  const note = (time) => { window.frames_.push(time); window.next_ = requestAnimationFrame(note); };
  window.next_ = requestAnimationFrame(note);
}"""
_END: Final = "() => { cancelAnimationFrame(window.next_); return window.frames_; }"
_PAINTED: Final = """() => new Promise((resolve) => {
  new PerformanceObserver((list) => {
    const found = list.getEntriesByName("first-contentful-paint")[0];
    if (found) resolve(found.startTime);
  }).observe({ type: "paint", buffered: true });
})"""
_PLACE: Final = """(id) => {
  const drawn = document.querySelector(".picture")._cyreg.cy;
  const inside = ({ x, y }) => x > 40 && y > 40 && x < drawn.width() - 40 && y < drawn.height() - 40;
  const isLeaf = (node) => node.degree() === 1 && inside(node.renderedPosition());
  return drawn.nodes().filter((node) => (id ? node.id() === id : isLeaf(node)))[0].renderedPosition();
}"""


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def measure_paint(browser: Browser, folder: Path) -> None:
    """Print when each view is first painted, each visit with an empty cache."""
    say("\n| view | first paint, ms: median | worst |\n|---|--:|--:|")
    with serving(folder) as (_, address):
        get(f"{address}/health/ready")
        for view in VIEWS:
            times = []
            for _ in range(VISITS + 1):
                with visiting(browser, address, viewport={"width": 1280, "height": 900}) as visit:
                    visit.page.goto(address + view)
                    times.append(visit.page.evaluate(_PAINTED))
            say(f"| `{view}` | {statistics.median(times[1:]):.0f} | {max(times[1:]):.0f} |")


def measure_dragging(browser: Browser, folder: Path, *, concepts: int, moves: int) -> None:
    """Print frames a second while each of the three is dragged."""
    store_crowd(folder, leaves=concepts - 1)
    with (
        serving(folder) as (_, address),
        visiting(browser, address, viewport={"width": 1280, "height": 900}) as visit,
    ):
        get(f"{address}/health/ready")
        visit.page.goto(f"{address}/graph?concept={HUB}&limit={concepts - 1}")
        visit.page.wait_for_selector("[data-graph]:not([aria-busy]) .legend li")
        visit.page.wait_for_timeout(1000)
        say(f"\n{visit.page.locator('[data-graph] .bar .soft').inner_text()} are drawn.")
        say("\n| dragged | frames a second | median frame, ms | 95 of 100 within | worst |\n|---|--:|--:|--:|--:|")
        for name, id in (("the background", None), ("a leaf", ""), ("the hub", HUB)):
            times = drag(visit, id, moves)
            gaps = sorted(after - before for before, after in pairwise(times))
            rate = 1000 * len(gaps) / (times[-1] - times[0])
            within = gaps[int(len(gaps) * 0.95)]
            say(f"| {name} | {rate:.0f} | {statistics.median(gaps):.1f} | {within:.1f} | {gaps[-1]:.1f} |")


def drag(visit: Visit, id: str | None, moves: int) -> list[float]:
    """When each frame began while a concept (any leaf for "", the background for None) was dragged in circles."""
    box = visit.page.locator(".picture").bounding_box()
    assert box is not None
    at = {"x": 8, "y": 8} if id is None else visit.page.evaluate(_PLACE, id)
    x, y = box["x"] + at["x"], box["y"] + at["y"]
    mouse = visit.page.mouse
    mouse.move(x, y)
    mouse.down()
    visit.page.evaluate(_BEGIN)
    for number in range(moves):
        mouse.move(x + 80 * math.sin(number / 8), y + 60 * (math.cos(number / 8) - 1))
    times: list[float] = visit.page.evaluate(_END)
    mouse.up()
    return times


def weigh() -> None:
    """Print what the build weighs, compressed with gzip."""
    files = sorted((DIST / "assets").glob("*.gz"), key=lambda file: -file.stat().st_size)
    say(f"\nAll assets: {sum(file.stat().st_size for file in files) / 1000:.0f} kB gzipped, of these:")
    for file in files[:4]:
        say(f"- {file.name.split('-')[0]}: {file.stat().st_size / 1000:.0f} kB")


def main() -> None:
    """Measure all of it."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--concepts", type=int, default=500)
    options.add_argument("--moves", type=int, default=120)
    chosen = options.parse_args()
    with TemporaryDirectory() as folder, chromium() as browser:
        measure_paint(browser, Path(folder) / "bundled")
        measure_dragging(browser, Path(folder) / "crowd", concepts=chosen.concepts, moves=chosen.moves)
    weigh()


if __name__ == "__main__":
    main()

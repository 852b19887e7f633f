"""Draws cost against size: `pathplot.py FIGURES.json PICTURE.svg`, run by a Python that has matplotlib.

FIGURES.json is what `paths.py --json` wrote. The same figures always give the same picture.
"""

import json
import sys
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl

mpl.use("svg")
mpl.rcParams |= {"svg.hashsalt": "etiograph", "svg.fonttype": "none"}

from matplotlib import pyplot  # noqa: E402

PANELS: Final = (
    ("hop", "50 neighbours"),
    ("shortest", "shortest path"),
    ("chains", "ten simple chains, ≤ 5 hops"),
    ("filtered", "the same, filtered"),
)
COLOURS: Final = {
    "Etiograph": "#0b6e4f",
    "NetworkX": "#d17a22",
    "igraph": "#7b5ea7",
    "rustworkx": "#b3423a",
    "SciPy": "#4a7fb0",
    "GANDALF": "#777777",
}


def draw(figures: dict[str, Any], picture: Path) -> None:
    """Write the picture: a panel a question, milliseconds against links, medians solid and our p99 dashed."""
    sizes = sorted(map(int, figures))
    figure, panels = pyplot.subplots(1, len(PANELS), figsize=(13, 3.4), sharey=True)
    for panel, (question, title) in zip(panels, PANELS, strict=True):
        for name, colour in COLOURS.items():
            known = [(size, figures[str(size)]["peers"].get(name, {}).get(question)) for size in sizes]
            rows = [(size, *found) for size, found in known if found]
            if rows:
                panel.plot([row[0] for row in rows], [row[1] for row in rows], "o-", color=colour, label=name, ms=4)
            if rows and name == "Etiograph":
                panel.plot([row[0] for row in rows], [row[2] for row in rows], "--", color=colour, label=f"{name}, p99")
        panel.set(xscale="log", yscale="log", xlabel="links", title=title)
        panel.grid(visible=True, alpha=0.3)
    panels[0].set_ylabel("milliseconds, median")
    figure.legend(*panels[0].get_legend_handles_labels(), loc="outside lower center", ncols=7, frameon=False)
    figure.set_layout_engine("constrained")
    figure.savefig(picture, metadata={"Date": None})


if __name__ == "__main__":
    draw(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), Path(sys.argv[2]))

/** How Cytoscape.js draws things and links, in the colours of the page as it is, light or dark. */

import type { Css, StylesheetJson } from "cytoscape";

import { KINDS, RELATIONS } from "./looks";
import { DASHES, NAME_SIZE, NAME_WIDTH, SIZE, WORDS_SIZE } from "./sizes";

/** The style sheet, in the colours of `place`. */
export function styles(place: Element): StylesheetJson {
  const style = getComputedStyle(place);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const family = style.fontFamily;
  return [
    {
      selector: "node",
      style: {
        label: "data(label)",
        color: colour("--ink"),
        "background-color": colour("--node"),
        "border-width": 1.5,
        "border-color": colour("--ink"),
        "font-size": NAME_SIZE,
        "font-family": family,
        "min-zoomed-font-size": 8,
        "text-wrap": "wrap",
        "text-max-width": `${NAME_WIDTH}px`,
        "text-valign": "bottom",
        "text-margin-y": 4,
        "text-background-color": colour("--card"),
        "text-background-opacity": 0.8,
        width: SIZE,
        height: SIZE,
      },
    },
    ...ofKinds(colour),
    { selector: "node.opened", style: { "border-width": 3.5 } },
    { selector: "node.middle", style: { width: SIZE * 1.6, height: SIZE * 1.6, "font-size": NAME_SIZE * 1.2, "font-weight": 700 } },
    {
      selector: "edge",
      style: {
        color: colour("--soft"),
        "font-size": WORDS_SIZE,
        "font-family": family,
        "min-zoomed-font-size": 7,
        "text-rotation": "autorotate",
        "text-background-color": colour("--card"),
        "text-background-opacity": 0.85,
        "arrow-scale": 0.95,
        "curve-style": "straight",
        width: 1.5,
      },
    },
    { selector: "edge.beside", style: { "curve-style": "bezier", "control-point-step-size": 34 } },
    ...Object.entries(RELATIONS).map(([name, { arrow, hollow, both, family }]) => {
      const ink = colour(`--e-${family}`);
      const fill = hollow ? "hollow" : "filled";
      const end = { "line-color": ink, "target-arrow-color": ink, "target-arrow-shape": arrow, "target-arrow-fill": fill };
      const start = both ? { "source-arrow-color": ink, "source-arrow-shape": arrow, "source-arrow-fill": fill } : {};
      return { selector: `edge[predicate = '${name}']`, style: { ...end, ...start } as Css.Edge };
    }),
    ...Object.entries(DASHES).map(([said, pattern]) => ({
      selector: `edge[said = '${said}']`,
      style: { "line-style": "dashed", "line-dash-pattern": [...pattern], ...(said === "denied" ? { width: 2.5 } : {}) } as Css.Edge,
    })),
    {
      selector: "edge.moving", // what is quickest to draw, while a hub with many links is dragged
      style: { "curve-style": "haystack", "line-style": "solid", "target-arrow-shape": "none", "source-arrow-shape": "none", width: 1 },
    },
    { selector: "edge.told", style: { label: "data(label)" } },
    { selector: "edge.chosen", style: { width: 4, color: colour("--ink"), "font-weight": 700, "z-index": 9 } },
    {
      selector: "node.chosen",
      style: { "outline-width": 3, "outline-offset": 2, "outline-color": colour("--link"), "z-index": 10 } as Css.Node,
    },
    { selector: ".apart", style: { opacity: 0.28 } },
  ];
}

/** The colour and the shape of every kind. */
export function ofKinds(colour: (name: string) => string): StylesheetJson {
  return Object.entries(KINDS).map(([kind, shape]) => ({
    selector: `node[kind = '${kind}']`,
    style: {
      "background-color": colour(`--k-${kind}`),
      ...(shape ? { shape: "polygon", "shape-polygon-points": [...shape] } : {}),
    } as unknown as Css.Node,
  }));
}

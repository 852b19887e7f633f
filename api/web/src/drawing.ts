/** A network drawn with Cytoscape.js; loaded when a graph is first looked at. */

import cytoscape, { type Core, type NodeSingular, type StylesheetJson } from "cytoscape";

import { h, many } from "./dom";
import { legendOfKinds } from "./graph/legend";
import { arrange } from "./graph/layout";
import { KINDS } from "./graph/looks";
import { ofKinds } from "./graph/styles";
import { namesOf, pageOf } from "./names";
import type { Network } from "./network";
import type { Prefixes } from "./terms";

/** Where an element has this id, Cytoscape.js does not add its own style element, which the page's policy would refuse. */
const STYLED = "__________cytoscape_stylesheet";

/** Draw into `place`, which is on the page already; what is drawn is told in words too. */
export function draw(place: HTMLElement, network: Network, prefixes: Prefixes): Core {
  const picture = h("div", { class: "picture" });
  const told = h("p", { class: "told", role: "status" }, "Choose a node to see what it is; drag to move, scroll or pinch to zoom.");
  const legend = h("div");
  const button = (text: string, label: string, onclick: () => void) => h("button", { type: "button", "aria-label": label, title: label, onclick }, text);
  place.replaceChildren(
    h(
      "div",
      { class: "bar" },
      button("+", "Zoom in", () => zoom(1.3)),
      button("−", "Zoom out", () => zoom(1 / 1.3)),
      button("Fit", "Fit the graph into view", () => drawn.fit(undefined, 24)),
      button("PNG", "Save as PNG", () => save(drawn)),
      h("span", {}, `${many(network.nodes.length, "node")}, ${many(network.links.length, "link")}`),
    ),
    network.total > network.links.length
      ? h("p", { class: "notice" }, `The first ${many(network.links.length, "link")} of ${network.total.toLocaleString("en")} are drawn.`)
      : "",
    picture,
    legend,
    told,
  );
  if (!document.getElementById(STYLED)) document.head.append(h("meta", { id: STYLED }));
  const drawn = cytoscape({
    container: picture,
    elements: {
      nodes: network.nodes.map(({ id, label, term }) => ({ data: { id, label, type: term.type, value: term.value, kind: "" } })),
      edges: network.links.map((link, number) => ({ data: { id: `link ${number}`, ...link } })),
    },
    style: styles(picture),
    maxZoom: 3,
    minZoom: 0.05,
  });
  void lay(drawn);

  function zoom(by: number): void {
    drawn.zoom({ level: drawn.zoom() * by, renderedPosition: { x: drawn.width() / 2, y: drawn.height() / 2 } });
  }

  drawn.on("tap", "node", (event) => told.replaceChildren(...tell(event.target as NodeSingular, prefixes)));
  drawn.on("tap", "edge", ({ target }) => {
    told.replaceChildren(`${target.source().data("label")} – ${target.data("label")} → ${target.target().data("label")}`);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawn.style(styles(picture)));
  void name(drawn, legend);
  return drawn;
}

/** Lay it out around what has most links. */
async function lay(drawn: Core): Promise<void> {
  const middle = (drawn.nodes().toArray() as NodeSingular[]).reduce((one, other) => (other.degree(false) > one.degree(false) ? other : one));
  await arrange(drawn, middle.id());
  drawn.fit(undefined, 24);
  if (drawn.zoom() > 1.4) drawn.zoom({ level: 1.4, renderedPosition: { x: drawn.width() / 2, y: drawn.height() / 2 } });
  drawn.center();
}

/** Call the nodes what the graph calls them, and show their kinds. */
async function name(drawn: Core, legend: HTMLElement): Promise<void> {
  const names = await namesOf(drawn.nodes("[type = 'uri']").map((node) => node.data("value") as string));
  const seen = new Set<string>();
  drawn.batch(() => {
    for (const [iri, { label, kinds }] of names) {
      const nodes = drawn.nodes().filter((node) => node.data("type") === "uri" && node.data("value") === iri);
      nodes.data({ label, kind: kinds[0] ?? "" });
      if (kinds[0]) seen.add(kinds[0]);
    }
  });
  legend.replaceChildren(legendOfKinds(Object.keys(KINDS).filter((kind) => seen.has(kind))));
}

function tell(node: NodeSingular, prefixes: Prefixes): (Node | string)[] {
  const { type, value, label, kind } = node.data() as Record<string, string>;
  if (type !== "uri") return [type === "bnode" ? "A node without a name" : (value ?? "")];
  const curie = prefixes.contract(value ?? "");
  const shown = curie ?? value ?? "";
  const link = kind && curie ? h("a", { href: pageOf(curie) }, shown) : shown;
  return [h("strong", {}, label ?? ""), kind ? ` ${kind} ` : " ", link];
}

function save(drawn: Core): void {
  const background = getComputedStyle(document.body).backgroundColor;
  const picture = drawn.png({ output: "blob", full: true, scale: 2, bg: background, maxWidth: 8000, maxHeight: 8000 });
  const address = URL.createObjectURL(picture);
  h("a", { href: address, download: "etiograph.png" }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

function styles(place: HTMLElement): StylesheetJson {
  const style = getComputedStyle(place);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  return [
    {
      selector: "node",
      style: {
        label: "data(label)",
        color: colour("--ink"),
        "background-color": colour("--node"),
        "border-width": 1,
        "border-color": colour("--soft"),
        "font-size": 11,
        "min-zoomed-font-size": 5,
        "font-family": "system-ui, sans-serif",
        "text-wrap": "wrap",
        "text-max-width": "110px",
        "text-valign": "bottom",
        "text-margin-y": 4,
        "text-background-color": colour("--card"),
        "text-background-opacity": 0.8,
        width: 20,
        height: 20,
      },
    },
    { selector: "node[type = 'literal']", style: { shape: "rectangle", width: 10, height: 10, "font-style": "italic" } },
    ...ofKinds(colour),
    { selector: "node:selected", style: { "border-width": 3, "border-color": colour("--link") } },
    {
      selector: "edge",
      style: {
        label: "data(label)",
        color: colour("--soft"),
        "font-size": 9,
        "font-family": "system-ui, sans-serif",
        "text-rotation": "autorotate",
        "text-background-color": colour("--card"),
        "text-background-opacity": 0.85,
        "line-color": colour("--edge"),
        "target-arrow-color": colour("--edge"),
        "target-arrow-shape": "triangle",
        "arrow-scale": 0.8,
        "curve-style": "bezier",
        "min-zoomed-font-size": 6,
        width: 1.3,
      },
    },
  ];
}

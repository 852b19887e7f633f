/** The drawing as an SVG file: exactly what is drawn, as shapes and text that any program can edit. */

import type { Core, EdgeSingular, NodeSingular, Position } from "cytoscape";

import { KINDS, relation } from "./looks";
import { arrow, outline, round, s } from "./marks";
import { DASHES, NAME_SIZE, NAME_WIDTH, WORDS_SIZE } from "./sizes";

const MARGIN = 40;
const LINE_HEIGHT = 1.2;

/** The text of the file, in the colours of `place`. */
export function svg(drawn: Core, place: Element, title: string): string {
  const style = getComputedStyle(place);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const { x1, y1, w, h } = drawn.elements().boundingBox();
  const [width, height] = [round(w + 2 * MARGIN), round(h + 2 * MARGIN)];
  const view = `${round(x1 - MARGIN)} ${round(y1 - MARGIN)} ${width} ${height}`;
  const made = s(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: view, "font-family": "system-ui, sans-serif", role: "img" },
    s("title", {}, title),
    s("rect", { x: round(x1 - MARGIN), y: round(y1 - MARGIN), width, height, fill: colour("--card") }),
    s("g", { fill: "none" }, ...drawn.edges().map((edge) => link(edge, colour))),
    s("g", {}, ...drawn.nodes().map((node) => thing(node, colour))),
    s("g", { "text-anchor": "middle", fill: colour("--soft"), "font-size": WORDS_SIZE }, ...drawn.edges().map((edge) => words(edge, colour))),
    s("g", { "text-anchor": "middle", fill: colour("--ink") }, ...drawn.nodes().map((node) => name(node, colour))),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(made)}\n`;
}

function thing(node: NodeSingular, colour: (name: string) => string): SVGElement {
  const kind = node.data("kind") as string;
  const { x, y } = node.position();
  const paint = { fill: colour(`--k-${kind}`) || colour("--node"), stroke: colour("--ink"), "stroke-width": node.hasClass("opened") ? 3.5 : 1.5 };
  return outline(KINDS[kind] ?? null, x, y, node.width() / 2, paint);
}

function link(edge: EdgeSingular, colour: (name: string) => string): SVGElement {
  const { arrow: head, hollow, both, family } = relation(edge.data("predicate") as string);
  const ink = colour(`--e-${family}`);
  const inside = hollow ? colour("--card") : ink;
  const [start, end] = [edge.sourceEndpoint(), edge.targetEndpoint()];
  const bends = edge.controlPoints() ?? [];
  const dashes = DASHES[edge.data("said") as string];
  const line = s("path", { d: path(start, bends, end), stroke: ink, "stroke-width": 1.5, "stroke-dasharray": dashes?.join(" ") });
  const into = bends.at(-1) ?? start;
  const out = bends[0] ?? end;
  return s(
    "g",
    {},
    line,
    arrow(head, end, Math.atan2(end.y - into.y, end.x - into.x), ink, inside),
    ...(both ? [arrow(head, start, Math.atan2(start.y - out.y, start.x - out.x), ink, inside)] : []),
  );
}

/** A curve as Cytoscape.js draws it: parts of a quadratic one that meet halfway between its bends. */
function path(start: Position, bends: readonly Position[], end: Position): string {
  const at = ({ x, y }: Position) => `${round(x)} ${round(y)}`;
  const parts = bends.map((bend, number) => {
    const next = bends[number + 1];
    return `Q${at(bend)} ${at(next ? { x: (bend.x + next.x) / 2, y: (bend.y + next.y) / 2 } : end)}`;
  });
  return `M${at(start)}${parts.length ? parts.join("") : `L${at(end)}`}`;
}

function words(edge: EdgeSingular, colour: (name: string) => string): SVGElement {
  const { x, y } = edge.midpoint();
  const [from, to] = [edge.source().position(), edge.target().position()];
  const angle = (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI;
  const upright = angle > 90 ? angle - 180 : angle < -90 ? angle + 180 : angle;
  const turned = `rotate(${round(upright)} ${round(x)} ${round(y)})`;
  return text(edge.data("label") as string, x, y + WORDS_SIZE / 3, colour, { transform: turned });
}

function name(node: NodeSingular, colour: (name: string) => string): SVGElement {
  const size = node.hasClass("middle") ? NAME_SIZE * 1.2 : NAME_SIZE;
  const { x, y } = node.position();
  const top = y + node.height() / 2 + 4 + size;
  const rows = broken(node.data("label") as string, size);
  const drawn = rows.map((row, number) => text(row, x, top + number * size * LINE_HEIGHT, colour));
  return s("g", { "font-size": round(size), "font-weight": node.hasClass("middle") ? 700 : undefined }, ...drawn);
}

/** Text with a rim of the background around its letters, so that lines below do not cross them. */
function text(said: string, x: number, y: number, colour: (name: string) => string, more: Record<string, string> = {}): SVGElement {
  const rim = { stroke: colour("--card"), "stroke-width": 3, "paint-order": "stroke", "stroke-linejoin": "round" };
  return s("text", { x: round(x), y: round(y), ...rim, ...more }, said);
}

const measure = document.createElement("canvas").getContext("2d");

/** The words in lines that are no wider than a name may be. */
function broken(said: string, size: number): string[] {
  if (measure) measure.font = `${size}px system-ui, sans-serif`;
  const lines: string[] = [];
  for (const word of said.split(/\s+/)) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && (measure?.measureText(longer).width ?? longer.length * size * 0.55) <= NAME_WIDTH) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

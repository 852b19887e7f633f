/** What the shapes, arrows and dashes of a drawing mean; only what occurs in it. */

import { h } from "../dom";
import { KINDS, RELATIONS, relation } from "./looks";
import { arrow, outline, s } from "./marks";
import { DASHES } from "./sizes";
import type { Graph } from "./wire";

const SAID: Readonly<Record<string, string>> = { possible: "possible", unlikely: "unlikely", denied: "denied by articles" };
const HEIGHT = 16;
const LINE = 34;

/** The legend of these kinds. */
export function legendOfKinds(kinds: readonly string[]): HTMLElement {
  return h("ul", { class: "legend", "aria-label": "Kinds" }, ...kinds.map((kind) => ofKind(kind)));
}

/** The legend of a graph. */
export function legend(graph: Graph): HTMLElement {
  const kinds = new Set([...graph.things.values()].map(({ kinds }) => kinds[0]));
  const relations = new Set([...graph.links.values()].map(({ predicate }) => predicate));
  const said = new Set([...graph.links.values()].map(({ claims }) => (claims[0]?.negated ? "denied" : claims[0]?.certainty)));
  return h(
    "ul",
    { class: "legend", "aria-label": "Legend" },
    ...Object.keys(KINDS).flatMap((kind) => (kinds.has(kind) ? [ofKind(kind)] : [])),
    ...Object.keys(RELATIONS).flatMap((name) => (relations.has(name) ? [ofRelation(name)] : [])),
    ...Object.keys(SAID).flatMap((name) =>
      said.has(name) ? [row(SAID[name] ?? name, LINE, line(colour("--soft"), DASHES[name]))] : [],
    ),
  );
}

/** The colour of the page by that name, as it is and as it becomes. */
const colour = (name: string) => `var(${name})`;

function ofKind(kind: string): HTMLElement {
  const paint = { fill: colour(`--k-${kind}`), stroke: colour("--ink"), "stroke-width": 1.2 };
  return row(kind, HEIGHT, outline(KINDS[kind] ?? null, 8, 8, 6.5, paint));
}

function ofRelation(name: string): HTMLElement {
  const { words, arrow: head, hollow, both, family } = relation(name);
  const ink = colour(`--e-${family}`);
  const inside = hollow ? colour("--paper") : ink;
  const ends = [arrow(head, { x: LINE - 1, y: 8 }, 0, ink, inside), ...(both ? [arrow(head, { x: 1, y: 8 }, Math.PI, ink, inside)] : [])];
  return row(words, LINE, line(ink), ...ends);
}

function line(ink: string, dashes?: readonly number[]): SVGElement {
  return s("path", { d: `M1 8H${LINE - 1}`, stroke: ink, "stroke-width": 1.6, "stroke-dasharray": dashes?.join(" ") });
}

function row(text: string, width: number, ...marks: SVGElement[]): HTMLElement {
  const box = s("svg", { width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}`, "aria-hidden": "true" }, ...marks);
  return h("li", {}, box, text);
}
